import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agendaOf } from '../../../src/domain/agenda.ts'
import type { CoachNote } from '../../../src/domain/coach-note.ts'
import type { Decision } from '../../../src/domain/decision.ts'
import { gate } from '../../../src/domain/gate.ts'
import { type Client, occasionOf } from '../../../src/domain/person.ts'
import { isOpen } from '../../../src/domain/schedule.ts'
import { calendars, zones } from '../schedule.arbitraries.ts'
import { aClient, aPerson, DAY, HOUR, MONDAY, OFFICE, someFacts } from './people.ts'

const aDecision = (over: Partial<Decision> = {}): Decision => ({
  id: 'd1',
  what: 'Lead the team or not',
  options: '',
  matters: '',
  leaning: undefined,
  lookBack: '2026-01-14',
  asked: undefined,
  rides: false,
  ...over,
})
const aNote = (over: Partial<Exclude<CoachNote, { kind: 'hand-over' }>> = {}): CoachNote => ({
  id: 'n1',
  kind: 'note',
  text: 'Well begun.',
  coachName: 'Carla',
  at: MONDAY,
  rides: false,
  offers: 0,
  ...over,
})
const WIDE = { made: 0, at: 0, never: false }

const planned = (client: Partial<Client>, now = MONDAY + HOUR) =>
  Object.entries(agendaOf(aPerson(aClient(client)), someFacts(), now)).filter(([key]) => occasionOf(key) !== undefined)

describe('a look back', () => {
  it('stands on the client’s own day, at their hour, until it was asked or rides in a check-in', () => {
    expect(planned({ decisions: [aDecision()] })).toEqual([
      ['look-back:2026-01-14', { kind: 'follow-up', at: Date.UTC(2026, 0, 14, 9), date: '2026-01-14' }],
    ])
    expect(planned({ decisions: [aDecision({ asked: MONDAY })] })).toEqual([])
    expect(planned({ decisions: [aDecision({ rides: true })] })).toEqual([])
  })
  it('is one message for all of a day', () => {
    expect(planned({ decisions: [aDecision(), aDecision({ id: 'd2' })] })).toHaveLength(1)
  })
})

describe('the coach’s words', () => {
  it('go at once in open hours, and a week after the last that went', () => {
    expect(planned({ notes: [aNote()] }).map(([key, { at }]) => [key, at])).toEqual([
      ['note:2026-01-05', MONDAY + HOUR],
    ])
    const sent = { key: 'm', at: MONDAY - 2 * DAY, class: 'note', ask: false } as const
    expect(planned({ notes: [aNote()], ledger: [sent] }).map(([, { at }]) => at)).toEqual([Date.UTC(2026, 0, 12, 8)])
  })
  it('have no time of their own once they ride', () => {
    expect(planned({ notes: [aNote({ rides: true })] })).toEqual([])
  })
})

describe('whatever comes back', () => {
  const clients = fc.record({
    decisions: fc.constantFrom([], [aDecision()], [aDecision({ lookBack: '2026-01-10' })]),
    notes: fc.constantFrom([], [aNote()], [aNote({ kind: 'perspective' }), aNote({ id: 'n2' })]),
    widening: fc.constantFrom(WIDE, { made: 2, at: MONDAY - 80 * DAY, never: false }),
    silence: fc.record({ unanswered: fc.nat(5), closed: fc.constant(false) }),
    pause: fc.constantFrom(undefined, { until: undefined }, { until: MONDAY + 20 * DAY }),
    hold: fc.constantFrom(undefined, undefined, MONDAY),
  })
  it('stands in open hours, not in a pause or a hold, and the same when it is asked again', () => {
    fc.assert(
      fc.property(clients, zones, calendars, fc.nat(60), (over, zone, calendar, days) => {
        const now = MONDAY + days * DAY
        const facts = someFacts({ calendar })
        const person = aPerson(aClient(over), { zone })
        const agenda = agendaOf(person, facts, now)
        expect(agendaOf({ ...person, scheduled: agenda }, facts, now)).toEqual(agenda)
        const coming = Object.entries(agenda).filter(([key]) => occasionOf(key) !== undefined)
        if (over.hold !== undefined || (over.pause !== undefined && over.pause.until === undefined))
          expect(coming).toEqual([])
        for (const [key, { at }] of coming) {
          expect([key, isOpen(at, zone, calendar)]).toEqual([key, true])
          expect(at).toBeGreaterThanOrEqual(Math.max(now, over.pause?.until ?? 0))
          if (key.startsWith('widening:')) expect(over.silence.unanswered).toBe(0)
        }
      }),
    )
  })
  it('competes for room as what it is: a look back outranks a follow-up, and a widening gives way', () => {
    const ledger = [
      { key: 'a', at: MONDAY - DAY, class: 'nudge', ask: true },
      { key: 'b', at: MONDAY - DAY, class: 'reply', ask: false },
    ] as const
    const verdict = (key: string) =>
      gate(
        aPerson(aClient({ ledger }), {
          scheduled: { [key]: { kind: 'follow-up', at: MONDAY + DAY, date: '2026-01-06' } },
        }),
        { key: 'new', class: 'follow-up', ask: true },
        OFFICE,
        MONDAY,
      ).kind
    expect([verdict('look-back:2026-01-06'), verdict('note:2026-01-06')]).toEqual(['no', 'no'])
    expect([verdict('widening:2026-01-06'), verdict('follow-up:2026-01-06')]).toEqual(['go', 'go'])
  })
})
