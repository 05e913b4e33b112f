import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agendaDeeds, agendaOf } from '../../../src/domain/agenda.ts'
import { settle } from '../../../src/domain/commitment.ts'
import { decline } from '../../../src/domain/contract.ts'
import type { Conversation, Scheduled } from '../../../src/domain/person.ts'
import { addDays, daysBetween, isOpen, localDate, onDateAt } from '../../../src/domain/schedule.ts'
import { stretch, unansweredCheckIn } from '../../../src/domain/silence.ts'
import { calendars, zones } from '../schedule.arbitraries.ts'
import { carriedOut, type Fired, type Look, liveThrough, months } from './agenda.world.ts'
import { aClient, aCommitment, aPerson, DAY, HOUR, MINUTE, MONDAY, OFFICE, someFacts } from './people.ts'

const places = fc.record({ zone: zones, calendar: fc.oneof(fc.constant(OFFICE), calendars) })
const utc = (text: string): number => Date.parse(`${text}Z`)

/** Looks at every turn of many random half-years. */
const always = (look: (turn: Look) => void): void =>
  fc.assert(
    fc.property(months, places, (days, place) => liveThrough(days, place, look)),
    { numRuns: 150 },
  )

/** What is still to come, as the agenda says. */
const toCome = ({ after, now }: Look): readonly (readonly [string, Scheduled])[] =>
  Object.entries(after).filter(([, { at }]) => at > now)

describe('the agenda, through months of anything that can happen', () => {
  it('is one appointment for each kind and date, in open hours', () => {
    always(turn => {
      for (const [key, { kind, at, date }] of toCome(turn)) {
        expect(key).toBe(`${kind}:${date}`)
        expect([key, isOpen(at, turn.person.zone, turn.facts.calendar)]).toEqual([key, true])
      }
    })
  })
  it('comes to stand as it should be by the deeds that follow from it, and by no more of them than needed', () => {
    always(({ before, after }) => {
      expect(carriedOut(before, after)).toEqual(after)
      expect(agendaDeeds(after, after)).toEqual([])
      for (const deed of agendaDeeds(before, after))
        if (deed.kind === 'appoint') expect(before[deed.key]?.at).not.toBe(deed.at)
    })
  })
  it('says the same when it is asked again', () => {
    always(({ person, facts, after, now }) => {
      expect(agendaOf({ ...person, scheduled: after }, facts, now)).toEqual(after)
    })
  })
  it('keeps what is due until its turn comes', () => {
    always(({ before, after, now }) => {
      for (const [key, { at }] of Object.entries(before)) if (at <= now) expect(Object.keys(after)).toContain(key)
    })
  })
  it('begins nothing before the client accepts but the one reminder, five days after the invitation or later', () => {
    always(turn => {
      const { contract } = turn.client
      if (contract.state === 'accepted') return
      const kinds = toCome(turn).map(([, { kind }]) => kind)
      if (contract.state !== 'invited' || contract.reminded) return expect(kinds).toEqual([])
      expect(kinds.every(kind => kind === 'reminder')).toBe(true)
      for (const [, { at }] of toCome(turn)) expect(at).toBeGreaterThanOrEqual(contract.at + 5 * DAY)
    })
  })
  it('holds nothing while the client is paused without end or on hold, nor until a pause is over', () => {
    always(turn => {
      const { pause, hold } = turn.client
      if (turn.client.contract.state !== 'accepted') return
      if (hold !== undefined || (pause !== undefined && pause.until === undefined)) expect(toCome(turn)).toEqual([])
      const until = pause?.until ?? 0
      for (const [, { at }] of toCome(turn)) if (until > turn.now) expect(at).toBeGreaterThan(until)
    })
  })
  it('looks the same on hold as in a pause', () => {
    always(({ person, client, facts, now }) => {
      const as = (over: Partial<typeof client>) =>
        agendaOf({ ...person, client: { ...client, hold: undefined, pause: undefined, ...over } }, facts, now)
      expect(as({ hold: now - DAY })).toEqual(as({ pause: { until: undefined } }))
    })
  })
  it('has one check-in to come for whoever wants them, and none for a rhythm of none', () => {
    always(turn => {
      const { contract, pause, hold, rhythm, silence } = turn.client
      const isOn = contract.state === 'accepted' && hold === undefined && pause === undefined
      const checkIns = toCome(turn).filter(([, { kind }]) => kind === 'check-in')
      if (rhythm.weeks === 0) expect(checkIns).toEqual([])
      else if (isOn && silence.unanswered < 4) expect(checkIns).toHaveLength(1)
    })
  })
  it('never repeats the date of a check-in, and goes on in the client’s rhythm or a slower one', () => {
    fc.assert(
      fc.property(months, places, (days, place) => {
        liveThrough(days, place, ({ fired }) => {
          if (fired === undefined || (fired.kind !== 'check-in' && fired.kind !== 'closing-line')) return
          const { lastDate, weeks } = fired.client.rhythm
          const since = daysBetween(lastDate ?? fired.date, fired.date)
          expect(since).toBeGreaterThan(0)
          // Due dates fall on the weekday of the rhythm, and so did the last one.
          expect(since % 7).toBe(0)
          if (weeks > 0 && fired.kind === 'check-in' && fired.client.silence.unanswered >= 2)
            expect(since).toBeGreaterThanOrEqual(7 * weeks * stretch(fired.client.silence))
        })
      }),
      { numRuns: 150 },
    )
  })
  it('falls silent after four check-ins without an answer: one closing line, then nothing, nudges included', () => {
    always(turn => {
      const { silence } = turn.client
      if (silence.unanswered < 4) return
      const kinds = toCome(turn).map(([, { kind }]) => kind)
      if (turn.client.contract.state === 'accepted') expect(kinds.every(kind => kind === 'closing-line')).toBe(true)
      expect(kinds.length).toBeLessThanOrEqual(silence.closed ? 0 : 1)
    })
  })
  it('nudges once for all that is due on a day, at the earliest of their hours, and for nothing else', () => {
    always(turn => {
      const { contract, pause, hold, silence, hour } = turn.client
      if (contract.state !== 'accepted' || hold !== undefined || pause !== undefined || silence.unanswered >= 4) return
      const waits = turn.facts.commitments.filter(
        one => one.state === 'open' && !one.carried && one.nudgedAt === undefined && one.due !== undefined,
      )
      const nudges = toCome(turn).filter(([, { kind }]) => kind === 'nudge')
      for (const [, { date }] of nudges) expect(waits.map(({ due }) => due)).toContain(date)
      for (const date of new Set(waits.map(({ due }) => due ?? ''))) {
        const own = waits
          .filter(({ due }) => due === date)
          .map(one => onDateAt(date, one.hour ?? hour, turn.person.zone, turn.facts.calendar))
          .filter(at => at > turn.now)
        const standing = turn.before[`nudge:${date}`]?.at ?? 0
        const isPutBack = standing > turn.now
        if (own.length === 0) continue
        const zoned = (at: number) => localDate(at, turn.person.zone)
        const checkIns = toCome(turn).flatMap(([, { kind, at }]) => (kind === 'check-in' ? [zoned(at)] : []))
        // Those of a check-in's day are left to it; a holiday may have moved one of several hours there.
        const others = own.filter(at => !checkIns.includes(zoned(at)))
        if (!isPutBack && others.length > 0) expect(turn.after[`nudge:${date}`]?.at).toBe(Math.min(...others))
        if (!isPutBack && others.length === 0)
          expect(turn.after[`nudge:${date}`]?.at ?? 0).toBeLessThanOrEqual(turn.now)
      }
    })
  })
  it('follows up at most once, 48 hours after the nudge or later, and not once a check-in has come first', () => {
    fc.assert(
      fc.property(months, places, (days, place) => {
        const log: Fired[] = []
        liveThrough(days, place, ({ fired }) => {
          if (fired === undefined) return
          log.push(fired)
          if (fired.kind !== 'follow-up') return
          for (const { id, nudgedAt, followedUpAt } of fired.about) {
            expect([id, followedUpAt]).toEqual([id, undefined])
            const nudged = nudgedAt ?? Number.POSITIVE_INFINITY
            expect(fired.now - nudged).toBeGreaterThanOrEqual(48 * HOUR)
            expect(log.filter(one => one.kind === 'check-in' && one.now > nudged)).toEqual([])
          }
        })
      }),
      { numRuns: 300 },
    )
  })
  it('is the same whatever a settled commitment was settled as: a let-go leaves as little behind as a keeping', () => {
    always(({ person, facts, now }) => {
      const ended = (how: 'kept' | 'let-go') => facts.commitments.map(one => settle(one, { kind: how }, now))
      const none = agendaOf(person, { ...facts, commitments: [] }, now)
      expect(agendaOf(person, { ...facts, commitments: ended('let-go') }, now)).toEqual(none)
      expect(agendaOf(person, { ...facts, commitments: ended('kept') }, now)).toEqual(none)
    })
  })
})

describe('a nudge', () => {
  const agendaWith = (
    commitments: Parameters<typeof aCommitment>[0][],
    now = MONDAY,
    scheduled = {},
    over: Parameters<typeof aClient>[0] = {},
  ) =>
    agendaOf(
      aPerson(aClient(over), { scheduled }),
      someFacts({ commitments: commitments.map((over, index) => aCommitment({ id: `k${index}`, ...over })) }),
      now,
    )
  it('comes at the client’s hour on the due date, else at the next open hour', () => {
    expect(agendaWith([{ due: '2026-01-08' }])['nudge:2026-01-08']?.at).toBe(utc('2026-01-08T09:00'))
    expect(agendaWith([{ due: '2026-01-08', hour: '16:00' }])['nudge:2026-01-08']?.at).toBe(utc('2026-01-08T16:00'))
    // A Saturday: the Monday after has a check-in, which asks after it; in the week after that there is none.
    expect(agendaWith([{ due: '2026-01-10' }])['nudge:2026-01-10']?.at).toBeUndefined()
    const rhythm = { ...aClient().rhythm, weeks: 2 as const, lastDate: '2026-01-05' }
    expect(agendaWith([{ due: '2026-01-10' }], MONDAY, {}, { rhythm })['nudge:2026-01-10']?.at).toBe(
      utc('2026-01-12T08:00'),
    )
  })
  it('does not come on the day of a check-in, which asks after the same things', () => {
    const agenda = agendaWith([{ due: '2026-01-12' }, { due: '2026-01-13' }])
    expect(agenda['check-in:2026-01-12']).toBeDefined()
    expect(Object.keys(agenda).filter(key => key.startsWith('nudge'))).toEqual(['nudge:2026-01-13'])
  })
  it('is shared by what is due on one day', () => {
    const agenda = agendaWith([{ due: '2026-01-08', hour: '16:00' }, { due: '2026-01-08' }, { due: '2026-01-09' }])
    expect(Object.keys(agenda).filter(key => key.startsWith('nudge'))).toEqual(['nudge:2026-01-08', 'nudge:2026-01-09'])
    expect(agenda['nudge:2026-01-08']?.at).toBe(utc('2026-01-08T09:00'))
  })
  it('does not come a minute after a commitment was made for an hour that has passed: the check-in asks', () => {
    expect(agendaWith([{ due: '2026-01-05' }], MONDAY + 2 * HOUR)['nudge:2026-01-05']).toBeUndefined()
  })
  it('that was put back comes when it was put back to', () => {
    const again = { kind: 'nudge' as const, at: utc('2026-01-08T10:00'), date: '2026-01-08' }
    const agenda = agendaWith([{}], utc('2026-01-08T09:00') + MINUTE, { 'nudge:2026-01-08': again })
    expect(agenda['nudge:2026-01-08']).toEqual(again)
  })
})

describe('a follow-up', () => {
  const nudged = aCommitment({ due: '2026-01-06', nudgedAt: utc('2026-01-06T09:00') })
  const agendaAt = (now: number, lastDate: string) => {
    const rhythm = { ...aClient().rhythm, weeks: 4 as const, lastDate }
    return Object.keys(agendaOf(aPerson(aClient({ rhythm })), someFacts({ commitments: [nudged] }), now))
  }
  it('comes two days after its nudge', () => {
    const rhythm = { ...aClient().rhythm, weeks: 4 as const, lastDate: '2025-12-29' }
    const agenda = agendaOf(aPerson(aClient({ rhythm })), someFacts({ commitments: [nudged] }), utc('2026-01-06T09:01'))
    expect(agenda['follow-up:2026-01-06']?.at).toBe(utc('2026-01-08T09:00'))
  })
  it('does not come when a check-in fell due in between, answered or not', () => {
    expect(agendaAt(utc('2026-01-07T11:00'), '2026-01-07')).not.toContain('follow-up:2026-01-06')
  })
  it('comes once', () => {
    const rhythm = { ...aClient().rhythm, weeks: 0 as const, lastDate: '2025-12-08' }
    const commitments = [{ ...nudged, followedUpAt: utc('2026-01-07T09:00') }]
    expect(agendaOf(aPerson(aClient({ rhythm })), someFacts({ commitments }), utc('2026-01-07T10:00'))).toEqual({})
  })
  it('is one for all that was due on a day, two days after the last of its nudges', () => {
    const rhythm = { ...aClient().rhythm, weeks: 0 as const, lastDate: '2025-12-08' }
    const later = { ...nudged, id: 'k2', nudgedAt: utc('2026-01-06T16:00') }
    for (const commitments of [
      [nudged, later],
      [later, nudged],
    ])
      expect(agendaOf(aPerson(aClient({ rhythm })), someFacts({ commitments }), utc('2026-01-06T16:01'))).toEqual({
        'follow-up:2026-01-06': { kind: 'follow-up', at: utc('2026-01-08T16:00'), date: '2026-01-06' },
      })
  })
  it('does not come when a check-in is just ahead', () => {
    expect(agendaAt(utc('2026-01-06T09:01'), '2025-12-08')).toContain('follow-up:2026-01-06')
    const rhythm = { ...aClient().rhythm, weekday: 5 as const, lastDate: '2026-01-01' }
    const agenda = agendaOf(aPerson(aClient({ rhythm })), someFacts({ commitments: [nudged] }), utc('2026-01-06T09:01'))
    expect(Object.keys(agenda)).toEqual(['check-in:2026-01-09'])
  })
})

describe('a check-in', () => {
  it('that was put back comes when it was put back to, and the next one after it', () => {
    const again = { kind: 'check-in' as const, at: utc('2026-01-12T11:00'), date: '2026-01-12' }
    const before = aPerson(aClient(), { scheduled: { 'check-in:2026-01-12': again } })
    expect(agendaOf(before, someFacts(), utc('2026-01-12T10:01'))).toEqual({ 'check-in:2026-01-12': again })
    const client = aClient({ rhythm: { ...aClient().rhythm, lastDate: '2026-01-12' } })
    expect(Object.keys(agendaOf(aPerson(client), someFacts(), utc('2026-01-12T11:01')))).toEqual([
      'check-in:2026-01-19',
    ])
  })
  it('comes half as often to whoever did not answer two, and in their own rhythm once they have', () => {
    let client = aClient({ rhythm: { ...aClient().rhythm, lastDate: '2026-01-05' } })
    const dates: string[] = []
    for (let now = MONDAY; dates.length < 5; ) {
      const next = Object.values(agendaOf(aPerson(client), someFacts(), now)).find(({ kind }) => kind !== 'digest')
      if (next === undefined) break
      dates.push(`${next.kind} ${next.date}`)
      now = next.at
      client = {
        ...client,
        rhythm: { ...client.rhythm, lastDate: next.date },
        silence: unansweredCheckIn(client.silence),
      }
    }
    expect(dates).toEqual([
      'check-in 2026-01-12',
      'check-in 2026-01-19',
      'check-in 2026-02-02',
      'check-in 2026-02-16',
      'closing-line 2026-03-02',
    ])
    const heard = { ...client, silence: aClient().silence }
    expect(Object.keys(agendaOf(aPerson(heard), someFacts(), utc('2026-03-03T12:00')))).toEqual(['check-in:2026-03-09'])
  })
})

describe('a long silence', () => {
  const agendaOfSilent = (closed: boolean) =>
    agendaOf(
      aPerson(aClient({ silence: { unanswered: 4, closed } })),
      someFacts({ commitments: [aCommitment(), aCommitment({ id: 'k2', nudgedAt: MONDAY })] }),
      MONDAY + HOUR,
    )
  it('is left alone after one closing line, also by the nudges of what falls due in it', () => {
    expect(Object.keys(agendaOfSilent(false))).toEqual(['closing-line:2026-01-19'])
    expect(agendaOfSilent(true)).toEqual({})
  })
})

describe('a reminder', () => {
  it('stands for whoever was invited, in open hours, and for nobody who has answered', () => {
    const invited = { state: 'invited', at: MONDAY, reminded: false } as const
    // Five days later is a Saturday.
    expect(agendaOf(aPerson(aClient({ contract: invited })), someFacts(), MONDAY)).toEqual({
      'reminder:2026-01-12': { kind: 'reminder', at: utc('2026-01-12T08:00'), date: '2026-01-12' },
    })
    const declined = decline(invited, MONDAY + DAY, 'v1')
    expect(agendaOf(aPerson(aClient({ contract: declined })), someFacts(), MONDAY + DAY)).toEqual({})
  })
})

describe('a running conversation', () => {
  const running: Conversation = {
    id: 'c1',
    frames: [],
    startedAt: MONDAY,
    lastAt: MONDAY,
    answered: false,
    asked: 1,
    ledgerKey: undefined,
    misses: 0,
    class: 'check-in',
    quietAfter: 20,
    snoozed: false,
  }
  const comesBack = { 'snoozed:c1': { kind: 'snoozed' as const, at: MONDAY + DAY, date: '2026-01-06' } }
  const agendaOfSnoozed = (client: Parameters<typeof aClient>[0]) =>
    agendaOf(
      aPerson(aClient({ rhythm: { ...aClient().rhythm, weeks: 0 }, ...client }), {
        conversation: { ...running, snoozed: true },
        scheduled: comesBack,
      }),
      someFacts(),
      MONDAY + HOUR,
    )
  it('ends by itself after its hours of quiet', () => {
    const person = aPerson(undefined, { conversation: running })
    expect(agendaOf(person, someFacts(), MONDAY)).toEqual({
      'expiry:c1': { kind: 'expiry', at: MONDAY + 20 * HOUR, date: '2026-01-06' },
    })
  })
  it('comes back as agreed when it was snoozed, but not into a pause or a hold', () => {
    expect(agendaOfSnoozed({})).toEqual(comesBack)
    for (const away of [{ pause: { until: undefined } }, { hold: MONDAY }, { pause: { until: MONDAY + 2 * DAY } }])
      expect(Object.keys(agendaOfSnoozed(away))).toEqual(['expiry:c1'])
  })
})

describe('a coach and a tenant', () => {
  it('get a digest each week in open hours, and the month’s report as the next month begins', () => {
    const coach = aPerson(undefined, { coach: { appointedAt: MONDAY, digestedTo: MONDAY } })
    expect(agendaOf(coach, someFacts({ closesPeriods: true }), MONDAY)).toEqual({
      'digest:2026-01-12': { kind: 'digest', at: utc('2026-01-12T08:30'), date: '2026-01-12' },
      'close-period:2026-02-01': { kind: 'close-period', at: utc('2026-02-01T06:00'), date: '2026-02-01' },
    })
  })
  it('never get the same digest twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * 24 }), hours => {
        const now = MONDAY + hours * HOUR
        const coach = aPerson(undefined, { coach: { appointedAt: MONDAY, digestedTo: now } })
        const [next] = Object.values(agendaOf(coach, someFacts(), now))
        expect(next?.at).toBeGreaterThan(now)
        expect((next?.date ?? '') > addDays(localDate(now, 'UTC'), -1)).toBe(true)
      }),
    )
  })
})
