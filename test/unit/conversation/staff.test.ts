import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../src/conversation/hearing.ts'
import { personId } from '../../../src/domain/ids.ts'
import { DEFAULT_POLICY, type Tenant } from '../../../src/domain/tenant.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { aTenant, Dialogue, labelsOf, PACKS } from './dialogue.ts'

const CARLA = personId('carla')
const PROGRAMME: Tenant['programme'] = {
  name: 'Grow',
  purpose: undefined,
  coaches: [CARLA],
  enabledBy: personId('hilda'),
  enabledAt: MONDAY,
}
const person = (id: string, name: string, role: 'client' | 'coach' | 'hr', coach?: string) => ({
  id: personId(id),
  name,
  roles: [role],
  coach,
})
const ROSTER = [
  person('carla', 'Carla', 'coach'),
  person('hilda', 'Hilda', 'hr'),
  person('ana', 'Ana', 'client'),
  person('ben', 'Ben', 'client', 'carla'),
]
const hilda = (tenant: Partial<Tenant> = {}, reports: Dialogue['reports'] = []): Dialogue => {
  const dialogue = new Dialogue(
    aPerson(undefined, { id: personId('hilda'), name: 'Hilda', roles: ['hr'] }),
    MONDAY,
    PACKS,
    aTenant(tenant),
  )
  dialogue.roster = ROSTER
  dialogue.reports = reports
  return dialogue
}
const carla = (appointed = true): Dialogue => {
  const dialogue = new Dialogue(
    aPerson(undefined, { id: CARLA, name: 'Carla', roles: ['coach'] }),
    MONDAY,
    PACKS,
    aTenant({ programme: PROGRAMME }),
  )
  dialogue.roster = ROSTER
  if (appointed) dialogue.happen({ kind: 'appointed' })
  return dialogue
}
const deeds = (dialogue: Dialogue, kind: string) => dialogue.effects.filter(one => one.kind === kind)

describe('HR', () => {
  const joined = { kind: 'joined', name: 'Hilda', locale: 'en', zone: 'UTC', route: 'D2', roles: ['hr'] } as const
  it('is greeted once, on arriving, while nothing is switched on', () => {
    const dialogue = hilda()
    const arrived = new Dialogue({ ...dialogue.person, route: undefined }, MONDAY)
    expect(arrived.happen(joined)[0]?.text).toMatch(/^Hello Hilda\. .*Would you like to set it up\?/s)
    expect(arrived.happen(joined)).toEqual([])
    const later = new Dialogue(
      { ...dialogue.person, route: undefined },
      MONDAY,
      PACKS,
      aTenant({ programme: PROGRAMME }),
    )
    expect(later.happen(joined)).toEqual([])
  })
  it('sets the programme up, sees it before it holds, and the coach is told', () => {
    const dialogue = hilda()
    dialogue.say('hello')
    dialogue.press('Set it up')
    dialogue.say('  Grow at work ')
    dialogue.say('People stay, and like it')
    expect(labelsOf(dialogue.last)).toEqual(['Carla', 'Leave it for now'])
    dialogue.say('carla')
    expect(dialogue.last.blocks.find(({ kind }) => kind === 'fields')).toEqual({
      kind: 'fields',
      items: [
        { label: 'Programme', value: 'Grow at work' },
        { label: 'Shown to clients, word for word', value: 'People stay, and like it' },
        { label: 'Coach', value: 'Carla' },
      ],
    })
    expect(deeds(dialogue, 'tenant')).toEqual([])
    dialogue.press('Switch it on')
    expect(deeds(dialogue, 'tenant')).toMatchObject([
      { change: { kind: 'enable', name: 'Grow at work', purpose: 'People stay, and like it', coaches: ['carla'] } },
    ])
    expect(deeds(dialogue, 'tell')).toMatchObject([{ to: 'carla', event: { kind: 'appointed' } }])
  })
  it('may leave the purpose out, also after writing one', () => {
    const dialogue = hilda()
    dialogue.say('hello')
    dialogue.press('Set it up')
    dialogue.say('Grow')
    dialogue.say('People stay')
    dialogue.say('edit')
    dialogue.press('Leave that out')
    dialogue.press('Carla')
    expect(dialogue.last.text).not.toContain('People stay')
    dialogue.press('Switch it on')
    expect(deeds(dialogue, 'tenant')).toMatchObject([{ change: { purpose: undefined } }])
  })
  it('sees no figures of a small group, of no closed month, and else those of the last one only', () => {
    const small = hilda({ programme: PROGRAMME })
    small.say('figures')
    small.press('See the figures')
    expect(small.last.text).toMatch(/^There is nothing to show\. .*at least 5 people/)
    const many = ['d', 'e', 'f', 'g', 'h'].map(id => person(id, id, 'client', 'carla'))
    const ask = (reports: Dialogue['reports']): string => {
      const dialogue = hilda({ programme: PROGRAMME, policy: DEFAULT_POLICY }, reports)
      dialogue.roster = [...ROSTER, ...many]
      dialogue.say('hello')
      dialogue.press('See the figures')
      return dialogue.last.text
    }
    expect(ask([])).toMatch(/^There is nothing to show yet/)
    const count = { question: 'took-part', kind: 'count', counts: [{ value: 'yes', about: 5 }] }
    const withheld = { question: 'self-rating', kind: 'suppressed', why: 'few' }
    const report = (measures: readonly unknown[]) => JSON.stringify([{ group: 'all', measures }])
    const text = ask([
      { period: '2025-12-01', report: report([{ ...count, names: ['Ana'] }, withheld]) },
      { period: '2025-11-01', report: report([{ ...count, counts: [{ value: 'yes', about: 35 }] }]) },
    ])
    expect(text).toMatch(/Monday 1 December.*\n\nTook part: about 5\n.*Not shown, so that nobody can be worked out/s)
    expect(text).not.toMatch(/35|Ana|November/)
  })
})

describe('a coach', () => {
  it('whom nobody named yet is told so; named twice, is greeted once', () => {
    expect(carla(false).say('hello')[0]?.text).toMatch(/HR hasn't switched Lighthand on yet/)
    const dialogue = carla()
    expect(dialogue.last.text).toMatch(/^Hello Carla\. Grow is switched on/)
    expect(dialogue.happen({ kind: 'appointed' })).toEqual([])
  })
  it('invites whom no coach has yet, by button or by name, and reads the same whoever it is', () => {
    const dialogue = carla()
    dialogue.press('Invite a client')
    expect(labelsOf(dialogue.last)).toEqual(['Ana', 'Nobody for now'])
    dialogue.say('ana')
    expect(dialogue.last.text).toMatch(/^I've passed your invitation on\./)
    expect(deeds(dialogue, 'tell')).toMatchObject([
      { to: 'ana', event: { kind: 'invited', coach: 'carla', coachName: 'Carla' } },
    ])
  })
  it('invites nobody who is not on offer', () => {
    const dialogue = carla()
    dialogue.press('Invite a client')
    dialogue.say('Ben')
    expect(deeds(dialogue, 'tell')).toEqual([])
    expect(dialogue.last.text).toMatch(/Whom would you like to invite\?/)
    dialogue.press('Nobody for now')
    expect(dialogue.last.text).toBe('All right.')
  })
})

describe('what is always answered, for coaches and HR', () => {
  it('is who sees what, each their own', () => {
    const coach = carla()
    coach.say('what do they see')
    expect(coach.last.text).toMatch(/^You see whom you invited, and the lines that they approved/)
    const hr = hilda({ programme: PROGRAMME })
    hr.say('who can see this')
    expect(hr.last.text).toMatch(/^You see the programme, its policy, and counts in fives/)
  })
  it('is stopping: no digest comes, until they have it again', () => {
    const coach = carla()
    const digests = () => Object.values(coach.person.scheduled).filter(({ kind }) => kind === 'digest')
    const before = digests()
    expect(before).toHaveLength(1)
    coach.say('stop')
    expect(coach.last.text).toMatch(/^Stopped\. No digest comes/)
    expect(digests()).toEqual([])
    coach.say('resume')
    expect(coach.person.coach?.digestedTo).toBe(MONDAY)
    expect(digests()).toEqual(before)
    const hr = hilda({ programme: PROGRAMME })
    hr.say('stop')
    expect(hr.last.text).toMatch(/^I write to you only in answer/)
  })
  it('is deleting, once they are sure of it', () => {
    for (const dialogue of [carla(), hilda({ programme: PROGRAMME }), hilda()]) {
      dialogue.say('delete my data')
      expect(dialogue.erased).toBe(false)
      dialogue.press('Keep it')
      expect(dialogue.erased).toBe(false)
      dialogue.say('delete my data')
      dialogue.press('Yes, delete it')
      expect(dialogue.erased).toBe(true)
      expect(dialogue.last.text).toMatch(/^I've deleted my records of you/)
    }
  })
  it('comes in between what is being asked, which is asked again', () => {
    const coach = carla()
    coach.press('Invite a client')
    coach.say('what do they see')
    expect(coach.last.text).toContain('Whom would you like to invite?')
  })
  it('is a client’s own where a coach is a client too', () => {
    const both = new Dialogue(aPerson(aClient(), { roles: ['coach', 'client'] }), MONDAY)
    both.happen({ kind: 'appointed' })
    both.say('nothing')
    both.say('what do they see')
    expect(both.last.text).toContain("you haven't shared a line yet")
  })
})

/** The id of a wording: a place of the prompts, and which of its wordings. */
const PLACE = /^[a-z-]+(?:\.[a-z-]+){2}#[a-z-]*\d+$/

describe('somebody whom nobody invited', () => {
  it('is told so, whatever they write, and nothing of it is kept', () => {
    for (const text of ['hello', 'pause', 'commit', 'stop', 'delete my data', 'edit', 'I am not well']) {
      const dialogue = new Dialogue(aPerson(undefined), MONDAY)
      expect(dialogue.say(text)).toHaveLength(1)
      // The names of what was answered are ours: one of them has "edit" in it.
      const { said, ...kept } = dialogue.person
      expect(said.filter(id => !PLACE.test(id))).toEqual([])
      expect(JSON.stringify(kept)).not.toContain(text)
    }
  })
})

describe('staff who do whatever comes to mind', () => {
  const words = fc.constantFrom(
    ...COMMANDS.flatMap(command => PACKS.hearing('en').commands[command].heard.slice(0, 1)),
    ...['yes', 'no', '1', '2', '99', 'Carla', 'Ana', 'blurp', '', '👍', '{name}', 'set it up', 'skip'],
  )
  const move = fc.oneof(words, words, fc.nat(8))
  it.each([
    ['HR before', () => hilda()],
    ['HR after', () => hilda({ programme: PROGRAMME })],
    ['a coach to be', () => carla(false)],
    ['a coach', () => carla()],
    ['a stranger', () => new Dialogue(aPerson(undefined), MONDAY)],
  ])('are always answered: %s', (who, begin) => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 40 }), all => {
        const dialogue = begin()
        for (const one of all) {
          const { revision } = dialogue.person
          const labels = dialogue.shown.length === 0 ? [] : labelsOf(dialogue.last)
          const label = typeof one === 'number' ? labels[one % Math.max(1, labels.length)] : undefined
          if (typeof one === 'number' && label === undefined) continue
          const said = typeof one === 'string' ? dialogue.say(one) : dialogue.press(label ?? '')
          expect(said).toHaveLength(1)
          expect(said[0]?.text.trim()).not.toBe('')
          expect(dialogue.person.revision).toBe(revision + 1)
          expect(dialogue.person.client).toBeUndefined()
          expect(dialogue.person.conversation?.frames.length ?? 0).toBeLessThanOrEqual(2)
          if (!dialogue.erased) continue
          // A stranger has nothing to delete, and is never asked whether to.
          expect(who).not.toBe('a stranger')
          return
        }
      }),
      { numRuns: 60 },
    )
  })
})
