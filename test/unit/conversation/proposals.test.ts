import { describe, expect, it } from 'vitest'
import type { WrittenNote } from '../../../src/domain/coach-note.ts'
import { personId } from '../../../src/domain/ids.ts'
import { aClient, aPerson, DAY, MONDAY } from '../domain/people.ts'
import { aTenant, Dialogue, labelsOf, PACKS } from './dialogue.ts'

const [CARLA, DORA, HILDA] = [personId('carla'), personId('dora'), personId('hilda')]
const tenant = aTenant({
  programme: { name: 'Grow', purpose: undefined, coaches: [CARLA, DORA], enabledBy: HILDA, enabledAt: MONDAY },
})
const row = (id: string, name: string, roles: readonly ('client' | 'coach' | 'hr')[], coach?: string) => ({
  id: personId(id),
  name,
  roles,
  coach,
})
const ROSTER = [
  row('carla', 'Carla', ['coach']),
  row('dora', 'Dora', ['coach']),
  row('ana', 'Ana', ['client'], 'carla'),
  row('ben', 'Ben', ['client'], 'dora'),
]
const carla = (): Dialogue => {
  const dialogue = new Dialogue(
    aPerson(undefined, { id: CARLA, name: 'Carla', roles: ['coach'] }),
    MONDAY,
    PACKS,
    tenant,
  )
  dialogue.roster = ROSTER
  dialogue.happen({ kind: 'appointed' })
  dialogue.press('Something else')
  return dialogue
}
const told = (dialogue: Dialogue) => dialogue.effects.filter(one => one.kind === 'tell')

const OPEN = { work: true, self: false, dreams: false }
/** A client to whom Carla has put something, at the moment it comes up; with the check-in a month away. */
const ana = (note: WrittenNote, over: Parameters<typeof aClient>[0] = {}): Dialogue => {
  const rhythm = { ...aClient().rhythm, weeks: 4 as const }
  const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN, rhythm, ...over })), MONDAY, PACKS, tenant).plan()
  dialogue.happen({ kind: 'coach-note', coach: CARLA, note })
  return dialogue
}
const MEASURE: WrittenNote = { kind: 'measure', text: 'Meetings end on time' }
const HAND_OVER: WrittenNote = { kind: 'hand-over', text: '', to: { id: DORA, name: 'Dora' } }

describe('a measure that a coach proposes', () => {
  it('goes to one of their own clients, as written', () => {
    const dialogue = carla()
    dialogue.press('Propose a measure')
    expect(labelsOf(dialogue.last)).toEqual(['Ana', 'Nobody for now'])
    dialogue.press('Ana')
    dialogue.say('Meetings end on time')
    dialogue.press('Put it to them')
    expect(told(dialogue)).toMatchObject([{ to: 'ana', event: { kind: 'coach-note', note: MEASURE } }])
  })

  it('comes up as the week’s one note, and counts as an ask', () => {
    const dialogue = ana(MEASURE)
    expect(dialogue.shown).toEqual([])
    const [shown] = dialogue.next('follow-up')
    expect(shown?.text).toContain('“Meetings end on time”')
    expect(dialogue.person.client?.ledger).toMatchObject([{ class: 'note', ask: true }])
  })

  it('is theirs once they take it, in the coach’s words or their own, and else is gone', () => {
    const taken = ana(MEASURE)
    taken.next('follow-up')
    taken.press('Take it as it is')
    expect([...taken.goals.values()]).toMatchObject([{ kind: 'measure', text: 'Meetings end on time' }])
    const reworded = ana(MEASURE)
    reworded.next('follow-up')
    reworded.press('Put it in my words')
    reworded.say('I close each meeting myself')
    expect([...reworded.goals.values()]).toMatchObject([{ text: 'I close each meeting myself' }])
    const declined = ana(MEASURE)
    declined.next('follow-up')
    declined.press('No, thank you')
    expect(declined.goals.size).toBe(0)
    for (const dialogue of [taken, reworded, declined]) {
      expect(dialogue.person.client?.notes).toEqual([])
      expect(told(dialogue)).toEqual([])
    }
  })

  it('is put once more after a silence, and then never again', () => {
    const dialogue = ana(MEASURE)
    dialogue.next('follow-up')
    expect(dialogue.person.client?.notes).toHaveLength(1)
    const before = dialogue.now
    dialogue.next('expiry')
    dialogue.next('follow-up')
    expect(dialogue.now - before).toBeGreaterThanOrEqual(7 * DAY)
    expect(dialogue.last.text).toContain('Meetings end on time')
    expect(dialogue.person.client?.notes).toEqual([])
  })

  it('waits while work is closed, and rides in no check-in', () => {
    const closed = ana(MEASURE, { topics: { work: false, self: false, dreams: false } })
    expect(closed.next('follow-up')).toEqual([])
    expect(closed.person.client?.notes).toMatchObject([{ kind: 'measure', rides: false, offers: 0 }])
    const dialogue = ana(MEASURE)
    dialogue.say('check-in')
    for (let turns = 0; turns < 15 && dialogue.person.conversation !== undefined; turns += 1) dialogue.say('skip')
    expect(dialogue.shown.map(({ text }) => text).join()).not.toContain('Meetings end on time')
    expect(dialogue.person.client?.notes).toHaveLength(1)
  })

  it('finds no way past the gate: paused, it is not put', () => {
    const dialogue = ana(MEASURE)
    dialogue.say('pause')
    dialogue.press('Until I come back')
    expect(dialogue.next('follow-up')).toEqual([])
    expect(dialogue.person.client?.heldBack).toMatchObject([{ why: 'paused' }])
    expect(dialogue.person.client?.notes).toMatchObject([{ offers: 0 }])
  })

  it('of somebody who is not their coach is not kept', () => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN })), MONDAY, PACKS, tenant).plan()
    dialogue.happen({ kind: 'coach-note', coach: DORA, note: MEASURE })
    expect(dialogue.person.client?.notes ?? []).toEqual([])
  })
})

describe('going on with another coach', () => {
  it('is asked for by the coach, among those of the programme', () => {
    const dialogue = carla()
    dialogue.press('Hand a client over')
    dialogue.press('Ana')
    expect(labelsOf(dialogue.last)).toEqual(['Dora', 'Nobody, after all'])
    dialogue.press('Dora')
    expect(told(dialogue)).toMatchObject([{ to: 'ana', event: { kind: 'coach-note', note: HAND_OVER } }])
  })

  it('happens by the client’s word, and only the next coach is told', () => {
    const dialogue = ana(HAND_OVER)
    dialogue.next('follow-up')
    expect(dialogue.person.client).toMatchObject({ coach: 'carla', coachName: 'Carla' })
    dialogue.press('Yes, with Dora')
    expect(dialogue.person.client).toMatchObject({ coach: 'dora', coachName: 'Dora', notes: [] })
    expect(told(dialogue)).toMatchObject([{ to: 'dora', event: { kind: 'handed-over', client: 'Ana' } }])
    const dora = new Dialogue(aPerson(undefined, { id: DORA, name: 'Dora', roles: ['coach'] }), MONDAY, PACKS, tenant)
    dora.happen({ kind: 'appointed' })
    dora.happen({ kind: 'handed-over', client: 'Ana' })
    expect(dora.last.text).toContain('Ana would like to go on with you')
  })

  it('does not happen where they stay, skip or say nothing, and nobody is told', () => {
    const stays = ana(HAND_OVER)
    stays.next('follow-up')
    stays.press('Stay with Carla')
    const skips = ana(HAND_OVER)
    skips.next('follow-up')
    skips.say('skip')
    const silent = ana(HAND_OVER)
    silent.next('follow-up')
    silent.next('expiry')
    for (const dialogue of [stays, skips, silent]) {
      expect(dialogue.person.client?.coach).toBe('carla')
      expect(told(dialogue)).toEqual([])
    }
    expect(stays.person.client?.notes).toEqual([])
  })
})

describe('a coach who is away', () => {
  const digest = (dialogue: Dialogue) => Object.values(dialogue.person.scheduled).find(({ kind }) => kind === 'digest')

  it('gets the first digest after they are back, and what was shared meanwhile is in it', () => {
    const dialogue = carla()
    dialogue.press('Be away for a while')
    dialogue.say('20 January')
    expect(digest(dialogue)).toMatchObject({ date: '2026-01-26' })
    expect(dialogue.person.coach?.digestedTo).toBe(MONDAY)
    dialogue.say('menu')
    dialogue.press('Something else')
    dialogue.press('Be away for a while')
    dialogue.press("I'm here")
    expect(digest(dialogue)).toMatchObject({ date: '2026-01-12' })
  })
})
