import { describe, expect, it } from 'vitest'
import { countryIn } from '../../../src/conversation/countries.ts'
import { personId } from '../../../src/domain/ids.ts'
import { NO_TALLY } from '../../../src/domain/rollout.ts'
import { changed, DEFAULT_POLICY, type Tenant } from '../../../src/domain/tenant.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { aTenant, Dialogue, labelsOf, PACKS } from './dialogue.ts'

const [HILDA, CARLA, DORA] = [personId('hilda'), personId('carla'), personId('dora')]
const programme = (coaches = [CARLA]): Tenant['programme'] => ({
  name: 'Grow',
  purpose: undefined,
  coaches,
  enabledBy: HILDA,
  enabledAt: MONDAY,
})
const row = (id: string, name: string, roles: readonly ('client' | 'coach' | 'hr')[], coach?: string) => ({
  id: personId(id),
  name,
  roles,
  coach,
})
const ROSTER = [
  row('hilda', 'Hilda', ['hr']),
  row('carla', 'Carla Weiss', ['coach']),
  row('ana', 'Ana', ['client']),
  row('ben', 'Ben Alt', ['client'], 'carla'),
]
const hilda = (tenant: Partial<Tenant> = { programme: programme() }): Dialogue => {
  const dialogue = new Dialogue(
    aPerson(undefined, { id: HILDA, name: 'Hilda', roles: ['hr'] }),
    MONDAY,
    PACKS,
    aTenant(tenant),
  )
  dialogue.roster = ROSTER
  return dialogue
}
const people = (dialogue: Dialogue) => dialogue.last.blocks.find(block => block.kind === 'people')
const pick = (dialogue: Dialogue, ...ids: readonly string[]) =>
  dialogue.reply({ kind: 'people', ask: people(dialogue)?.ask ?? '', people: ids })
const deeds = (dialogue: Dialogue, kind: string) => dialogue.effects.filter(one => one.kind === kind)

const waves = (dialogue: Dialogue) => Object.values(dialogue.person.scheduled).filter(({ kind }) => kind === 'wave')

describe('HR puts people on the list', () => {
  const asked = (tenant?: Partial<Tenant>): Dialogue => {
    const dialogue = hilda(tenant)
    dialogue.say('menu')
    dialogue.press('Invite people')
    return dialogue
  }

  it('by picking them, for the one coach there is; the first are invited at the next open hour', () => {
    const dialogue = asked()
    expect(people(dialogue)?.known.map(({ id }) => id)).toEqual(['ana', 'ben', 'carla'])
    pick(dialogue, 'ana', 'U-unknown')
    expect(deeds(dialogue, 'rollout')).toMatchObject([{ people: ['ana', 'U-unknown'], coach: 'carla' }])
    expect(waves(dialogue)).toMatchObject([{ at: MONDAY }])
  })

  it('by writing their names; a name that is nobody’s, or two people’s, is asked about again', () => {
    const dialogue = asked()
    dialogue.say('Ana, Zoe')
    expect(deeds(dialogue, 'rollout')).toEqual([])
    dialogue.say('ana, Ben Alt')
    expect(deeds(dialogue, 'rollout')).toMatchObject([{ people: ['ana', 'ben'] }])
  })

  it('for a coach of several', () => {
    const dialogue = hilda({ programme: programme([CARLA, DORA]) })
    dialogue.roster = [...ROSTER, row('dora', 'Dora', ['coach'])]
    dialogue.say('menu')
    dialogue.press('Invite people')
    expect(labelsOf(dialogue.last)).toEqual(['Carla Weiss', 'Dora', 'Leave it for now'])
    dialogue.press('Dora')
    pick(dialogue, 'ana')
    expect(deeds(dialogue, 'rollout')).toMatchObject([{ people: ['ana'], coach: 'dora' }])
  })

  it('and reads the same whoever they are and whatever happened before', () => {
    const answers = ['ana', 'ben', 'carla', 'nobody-at-all', 'erased'].map(id => {
      const dialogue = asked()
      pick(dialogue, id)
      return dialogue.last.text
    })
    expect(new Set(answers).size).toBe(1)
  })

  it('answers no more than can be on it at once', () => {
    const dialogue = asked()
    pick(dialogue, ...Array.from({ length: 101 }, (_, n) => `U${n}`))
    expect(deeds(dialogue, 'rollout')).toEqual([])
    pick(dialogue, 'two words')
    expect(deeds(dialogue, 'rollout')).toEqual([])
  })
})

describe('a wave', () => {
  const listed = (): Dialogue => {
    const dialogue = hilda({ programme: programme(), policy: { ...DEFAULT_POLICY, invitationsADay: 5 } })
    dialogue.say('menu')
    dialogue.press('Invite people')
    pick(dialogue, 'ana')
    return dialogue
  }
  const done = (dialogue: Dialogue, waiting: number) =>
    dialogue.happen({ kind: 'wave-done', tally: { ...NO_TALLY, waiting, invited: 5 } })

  it('is one a working day, of no more than HR said, until the list is through; HR hears of the end alone', () => {
    const dialogue = listed()
    dialogue.next('wave')
    expect(deeds(dialogue, 'wave')).toMatchObject([{ most: 5, date: '2026-01-05' }])
    expect(done(dialogue, 3)).toEqual([])
    const [next] = waves(dialogue)
    expect(next).toMatchObject({ kind: 'wave', date: '2026-01-06', at: MONDAY + 24.5 * 3_600_000 })
    dialogue.next('wave')
    dialogue.rollout = { ...NO_TALLY, invited: 8, passedOver: { ...NO_TALLY.passedOver, bot: 1 } }
    const [said] = done(dialogue, 0)
    expect(said?.text).toMatch(/^The list is through\./)
    expect(said?.text).toContain('Invited: 8\nPassed over: bots: 1')
    expect(waves(dialogue)).toEqual([])
    expect(done(dialogue, 0)).toEqual([])
  })

  it('comes in between what HR is being asked, which is asked again', () => {
    const dialogue = listed()
    dialogue.next('wave')
    dialogue.say('menu')
    dialogue.press('Change what holds for all')
    dialogue.press('Public holidays')
    const [said] = done(dialogue, 0)
    expect(said?.text).toContain('Which country')
  })

  it('goes over no weekend, and waits while all is paused', () => {
    const dialogue = listed()
    dialogue.next('wave')
    dialogue.now = MONDAY + 4 * 86_400_000
    dialogue.say('hello')
    dialogue.next('wave')
    dialogue.happen({ kind: 'wave-done', tally: { ...NO_TALLY, waiting: 1 } })
    expect(new Date(waves(dialogue)[0]?.at ?? 0).getUTCDay()).toBe(1)
    const before = deeds(dialogue, 'wave').length
    dialogue.tenant = { ...dialogue.tenant, pausedAt: dialogue.now }
    dialogue.next('wave')
    expect(deeds(dialogue, 'wave')).toHaveLength(before)
    expect(waves(dialogue)).toHaveLength(1)
  })
})

describe('HR’s policy', () => {
  const policy = (): Dialogue => {
    const dialogue = hilda()
    dialogue.say('menu')
    dialogue.press('Change what holds for all')
    return dialogue
  }
  const applied = (dialogue: Dialogue): Tenant =>
    dialogue.effects.reduce(
      (tenant, one) => (one.kind === 'tenant' ? changed(tenant, one.change) : tenant),
      dialogue.tenant,
    )

  it('takes a country by its name or letters, and says so of one that is none', () => {
    const dialogue = policy()
    expect(dialogue.last.text).toContain('Public holidays: None are kept')
    dialogue.press('Public holidays')
    dialogue.say('spain')
    expect(applied(dialogue).policy.country).toBe('ES')
    const other = policy()
    other.press('Public holidays')
    other.say('Narnia')
    expect(other.last.text).toContain('I know no country of that name')
    expect(applied(other).policy.country).toBeUndefined()
    expect(['Alemania', 'Germany', 'de'].map(typed => countryIn(typed, 'es'))).toEqual(['DE', 'DE', 'DE'])
    expect(['', 'zz', 'x'].map(typed => countryIn(typed, 'en'))).toEqual([undefined, undefined, undefined])
  })

  it('names whom to turn to, who then stands beside the emergency numbers', () => {
    const dialogue = policy()
    dialogue.press('Whom to turn to')
    dialogue.say('Ada at the front desk')
    dialogue.say('weekdays, nine to five')
    const tenant = applied(dialogue)
    expect(tenant.policy.safety).toEqual({ owner: 'Ada at the front desk', hours: 'weekdays, nine to five' })
    const ana = new Dialogue(aPerson(aClient(), { zone: 'Europe/Madrid' }), MONDAY, PACKS, tenant)
    ana.say('emergency')
    expect(ana.last.text).toContain('Ada at the front desk: weekdays, nine to five')
  })

  it('sets how many are invited a day, and names further coaches, never HR themself', () => {
    const dialogue = policy()
    dialogue.press('Invitations a day')
    dialogue.press('Five')
    expect(applied(dialogue).policy.invitationsADay).toBe(5)
    const coaches = policy()
    coaches.press('Who coaches')
    pick(coaches, 'dora', 'hilda')
    expect(applied(coaches).programme?.coaches).toEqual(['carla', 'dora'])
    expect(deeds(coaches, 'tell')).toMatchObject([{ to: 'dora', event: { kind: 'appointed' } }])
    const self = policy()
    self.press('Who coaches')
    pick(self, 'hilda')
    expect(self.last.text).toContain("you can't be one of the coaches")
    expect(applied(self)).toEqual(self.tenant)
  })

  it('makes whoever was HR by the platform’s word a coach and HR no more', () => {
    const eve = new Dialogue(aPerson(undefined, { roles: ['hr'] }), MONDAY, PACKS, aTenant({ programme: programme() }))
    eve.happen({ kind: 'appointed' })
    expect(eve.person.roles).toEqual(['coach'])
    eve.happen({ kind: 'joined', name: 'Eve', locale: 'en', zone: 'UTC', route: 'D1', roles: ['hr'] })
    expect(eve.person.roles).toEqual(['coach'])
  })
})

describe('a rest for all', () => {
  it('is asked about before it holds, and ends by HR’s word', () => {
    const dialogue = hilda()
    dialogue.say('menu')
    dialogue.press('Give it a rest')
    expect(deeds(dialogue, 'tenant')).toEqual([])
    dialogue.press('Let it rest')
    expect(deeds(dialogue, 'tenant')).toMatchObject([{ change: { kind: 'pause', at: MONDAY } }])
    const rests = hilda({ programme: programme(), pausedAt: MONDAY })
    rests.say('menu')
    rests.press('Give it a rest')
    rests.press('Let it go on')
    expect(deeds(rests, 'tenant')).toMatchObject([{ change: { kind: 'resume' } }])
  })

  it('begins nothing with any client meanwhile, and makes up for nothing afterwards', () => {
    const ana = new Dialogue(aPerson(aClient({ topics: { work: true, self: false, dreams: false } })), MONDAY).plan()
    ana.tenant = aTenant({ programme: programme(), pausedAt: MONDAY })
    expect(ana.next('check-in')).toEqual([])
    expect(ana.person.client?.heldBack).toMatchObject([{ what: 'check-in', why: 'paused' }])
    expect(ana.person.client?.silence.unanswered).toBe(0)
    ana.say('hello')
    expect(ana.last.text).not.toBe('')
    ana.say('nothing')
    ana.tenant = aTenant({ programme: programme() })
    expect(ana.next('check-in')).toHaveLength(1)
  })

  it('is one change, however often it comes', () => {
    const tenant = aTenant({ programme: programme() })
    const paused = changed(tenant, { kind: 'pause', at: 5 })
    expect(changed(paused, { kind: 'pause', at: 9 })).toBe(paused)
    expect(changed(paused, { kind: 'resume' })).toEqual(tenant)
    expect(changed(tenant, { kind: 'resume' })).toBe(tenant)
    const more = changed(tenant, { kind: 'add-coaches', coaches: [DORA, CARLA] })
    expect(changed(more, { kind: 'add-coaches', coaches: [DORA] })).toBe(more)
  })
})

describe('a coach on a platform with a picker of everybody', () => {
  const carla = (): Dialogue => {
    const dialogue = new Dialogue(
      aPerson(undefined, { id: CARLA, name: 'Carla', roles: ['coach'] }),
      MONDAY,
      PACKS,
      aTenant({ programme: programme() }),
    )
    dialogue.roster = ROSTER
    dialogue.directory = true
    dialogue.happen({ kind: 'appointed' })
    return dialogue
  }

  it('invites whom the roster does not know yet, and never HR or themself', () => {
    const dialogue = carla()
    dialogue.press('Invite a client')
    expect(people(dialogue)?.known.map(({ id }) => id)).toEqual(['ana'])
    pick(dialogue, 'U9')
    expect(deeds(dialogue, 'tell')).toMatchObject([{ to: 'U9', event: { kind: 'invited', coach: 'carla' } }])
    const text = dialogue.last.text
    for (const id of ['hilda', 'carla']) {
      const other = carla()
      other.press('Invite a client')
      pick(other, id)
      expect(deeds(other, 'tell')).toEqual([])
      expect(other.last.text).toBe(text)
    }
  })

  it('has a list in place of buttons, for more clients than buttons can carry', () => {
    const dialogue = carla()
    dialogue.directory = false
    dialogue.roster = Array.from({ length: 30 }, (_, n) => row(`c${n}`, `Client ${n}`, ['client'], 'carla'))
    dialogue.press('Write to a client')
    expect(labelsOf(dialogue.last)).toEqual(['Nobody for now'])
    expect(people(dialogue)?.known).toHaveLength(30)
    dialogue.say('client 7')
    expect(dialogue.last.text).toContain('A perspective')
  })
})

describe('where nobody coaches by the platform’s word', () => {
  it('HR picks a coach from everybody, by the directory’s name', () => {
    const dialogue = hilda({})
    dialogue.roster = [row('hilda', 'Hilda', ['hr'])]
    dialogue.picked = [{ id: 'U7', name: 'Nora' }]
    dialogue.say('hello')
    dialogue.press('Set it up')
    dialogue.say('Grow')
    dialogue.say('skip')
    pick(dialogue, 'U7')
    expect(dialogue.last.text).toContain('Coach: Nora')
    dialogue.press('Switch it on')
    expect(deeds(dialogue, 'tenant')).toMatchObject([{ change: { kind: 'enable', coaches: ['U7'] } }])
    expect(deeds(dialogue, 'tell')).toMatchObject([{ to: 'U7', event: { kind: 'appointed' } }])
  })
})
