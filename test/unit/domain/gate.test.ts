import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contract } from '../../../src/domain/contract.ts'
import { type Candidate, gate, type Refusal } from '../../../src/domain/gate.ts'
import type { Client, Scheduled } from '../../../src/domain/person.ts'
import type { LedgerEntry, MessageClass } from '../../../src/domain/pressure.ts'
import { isOpen } from '../../../src/domain/schedule.ts'
import { calendars, zones } from '../schedule.arbitraries.ts'
import { aClient, aPerson, DAY, HOUR, MINUTE, MONDAY, OFFICE } from './people.ts'

const WEEK = 7 * DAY
const NUDGE: Candidate = { key: 'new', class: 'nudge', ask: true }
const CHECK_IN: Candidate = { key: 'new', class: 'check-in', ask: true }
const INVITATION: Candidate = { key: 'new', class: 'invitation', ask: true }

let keys = 0
const left = (as: LedgerEntry['class'], at: number, ask = true): LedgerEntry => {
  keys += 1
  return { key: `m${keys}`, at, class: as, ask }
}
const comes = (kind: Scheduled['kind'], at: number) => ({
  [`${kind}:2026-01-08`]: { kind, at, date: '2026-01-08' },
})
const verdictFor = (client: Partial<Client>, candidate: Candidate, over: Parameters<typeof aPerson>[1] = {}) =>
  gate(aPerson(aClient(client), over), candidate, OFFICE, MONDAY)

describe('the gate', () => {
  it('lets a message leave that nothing speaks against', () => {
    expect(verdictFor({}, NUDGE)).toEqual({ kind: 'go' })
    expect(verdictFor({ contract: { state: 'invited', at: MONDAY, reminded: true } }, INVITATION)).toEqual({
      kind: 'go',
    })
  })
  it('names its reason when it does not, and each reason is one that happens', () => {
    const full = [
      left('note', MONDAY - DAY, false),
      left('look-back', MONDAY - DAY),
      left('widening', MONDAY - DAY, false),
    ]
    const asked = [left('nudge', MONDAY - DAY), left('nudge', MONDAY - 2 * DAY)]
    const long = [left('nudge', MONDAY - 15 * DAY), left('nudge', MONDAY - 14 * DAY)]
    const reasons: readonly (readonly [Refusal, ReturnType<typeof verdictFor>])[] = [
      ['not-reachable', gate(aPerson(undefined), NUDGE, OFFICE, MONDAY)],
      ['not-reachable', verdictFor({}, NUDGE, { route: undefined })],
      ['not-accepted', verdictFor({ contract: { state: 'declined', at: MONDAY, version: 'v1' } }, NUDGE)],
      ['already-answered', verdictFor({}, INVITATION)],
      ['paused', verdictFor({ pause: { until: undefined } }, NUDGE)],
      ['messages-spent', verdictFor({ ledger: full }, { ...NUDGE, ask: false })],
      ['asks-spent', verdictFor({ ledger: [...asked, left('reply', MONDAY - DAY, false)] }, NUDGE)],
      ['interest-first', verdictFor({ ledger: long }, NUDGE)],
      ['one-note-a-week', verdictFor({ ledger: full.slice(0, 1) }, { key: 'new', class: 'note', ask: false })],
      [
        'kept-for-check-in',
        verdictFor({ ledger: asked.slice(0, 1) }, NUDGE, { scheduled: comes('check-in', MONDAY + DAY) }),
      ],
      [
        'kept-for-higher',
        verdictFor(
          { ledger: asked.slice(0, 1) },
          { ...NUDGE, class: 'follow-up' },
          { scheduled: comes('nudge', MONDAY + DAY) },
        ),
      ],
    ]
    for (const [why, verdict] of reasons) expect(verdict).toEqual({ kind: 'no', why })
  })
  it('lets what comes in quiet hours or on a day off wait until the next open hour', () => {
    const evening = Date.UTC(2026, 0, 9, 20)
    expect(gate(aPerson(aClient()), NUDGE, OFFICE, evening)).toEqual({
      kind: 'wait',
      at: Date.UTC(2026, 0, 12, 8),
      why: 'quiet-time',
    })
  })
  it('lets a check-in wait a moment for a slot that is about to be free, and no longer', () => {
    const lastWeek = (late: number): readonly LedgerEntry[] => [
      left('check-in', MONDAY - WEEK + late),
      left('reply', MONDAY - WEEK + late + HOUR, false),
      left('nudge', MONDAY - 3 * DAY),
    ]
    expect(verdictFor({ ledger: lastWeek(0) }, CHECK_IN)).toEqual({ kind: 'go' })
    expect(verdictFor({ ledger: lastWeek(5_000) }, CHECK_IN)).toEqual({
      kind: 'wait',
      at: MONDAY + 5_000,
      why: 'asks-spent',
    })
    expect(verdictFor({ ledger: lastWeek(3 * HOUR) }, CHECK_IN)).toEqual({ kind: 'no', why: 'asks-spent' })
  })
  it('begins nothing in any state but accepted; before that there is the invitation, for whoever has not answered', () => {
    const contracts: readonly Contract[] = [
      { state: 'none' },
      { state: 'invited', at: MONDAY, reminded: false },
      { state: 'accepted', at: MONDAY, version: 'v1' },
      { state: 'declined', at: MONDAY, version: 'v1' },
      { state: 'stopped', at: MONDAY },
    ]
    const going = (candidate: Candidate) =>
      contracts.filter(contract => verdictFor({ contract }, candidate).kind === 'go').map(({ state }) => state)
    expect(going(INVITATION)).toEqual(['invited'])
    for (const as of ['nudge', 'check-in', 'look-back', 'note', 'follow-up', 'widening', 'closing'] as const)
      expect([as, going({ key: 'new', class: as, ask: false })]).toEqual([as, ['accepted']])
  })
  it('cannot tell a hold from a pause', () => {
    const candidates = fc.record({
      key: fc.constant('new'),
      class: fc.constantFrom<MessageClass[]>('nudge', 'check-in', 'closing', 'invitation', 'note'),
      ask: fc.boolean(),
    })
    fc.assert(
      fc.property(candidates, zones, calendars, fc.nat(60 * 24), (candidate, zone, calendar, hours) => {
        const now = MONDAY + hours * HOUR
        const onHold = aPerson(aClient({ hold: now - HOUR }), { zone })
        const inPause = aPerson(aClient({ pause: { until: undefined } }), { zone })
        expect(gate(onHold, candidate, calendar, now)).toEqual(gate(inPause, candidate, calendar, now))
        expect(gate(onHold, candidate, calendar, now).kind).toBe('no')
      }),
    )
  })
  it('lets nothing leave in a pause, at a closed hour or beyond what was promised, and never waits for a closed hour', () => {
    const clients = fc.record({
      pause: fc.constantFrom(undefined, { until: MONDAY + 30 * DAY }, { until: undefined }),
      hold: fc.constantFrom(undefined, undefined, MONDAY),
      ledger: fc
        .array(fc.tuple(fc.nat(9 * 24 * 60), fc.boolean()), { maxLength: 6 })
        .map(entries => entries.map(([minutes, ask]) => left('nudge', MONDAY + minutes * MINUTE, ask))),
    })
    fc.assert(
      fc.property(clients, zones, calendars, fc.nat(60 * 24), (over, zone, calendar, hours) => {
        const now = MONDAY + 9 * DAY + hours * HOUR
        const client = aClient(over)
        const verdict = gate(aPerson(client, { zone }), CHECK_IN, calendar, now)
        if (verdict.kind === 'go') {
          expect(client.hold).toBeUndefined()
          expect(client.pause === undefined || (client.pause.until ?? now + 1) <= now).toBe(true)
          expect(isOpen(now, zone, calendar)).toBe(true)
          const week = client.ledger.filter(({ at }) => at > now - WEEK)
          expect(week.length).toBeLessThan(3)
          expect(week.filter(({ ask }) => ask).length).toBeLessThan(2)
        }
        if (verdict.kind === 'wait') {
          expect(verdict.at).toBeGreaterThan(now)
          expect(isOpen(verdict.at, zone, calendar)).toBe(true)
        }
      }),
    )
  })
})

describe('a pause', () => {
  const isPaused = (client: Partial<Client>, now: number): boolean => {
    const verdict = gate(aPerson(aClient(client)), NUDGE, OFFICE, now)
    return verdict.kind === 'no' && verdict.why === 'paused'
  }
  it('ends by itself on its day, and only by the client’s word if it has none; a hold never by itself', () => {
    const until = MONDAY + 7 * DAY
    const years = MONDAY + 4000 * DAY
    expect(isPaused({ pause: { until } }, until - 1)).toBe(true)
    expect(isPaused({ pause: { until } }, until)).toBe(false)
    expect(isPaused({ pause: { until: undefined } }, years)).toBe(true)
    expect(isPaused({ hold: MONDAY }, years)).toBe(true)
    expect(isPaused({ hold: MONDAY, pause: { until } }, until + DAY)).toBe(true)
    expect(isPaused({}, MONDAY)).toBe(false)
  })
})
