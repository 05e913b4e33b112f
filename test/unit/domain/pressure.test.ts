import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  budgetRefusal,
  isLimits,
  type LedgerEntry,
  type Limits,
  type MessageClass,
  MOST,
  PATIENCE,
  roomSoon,
  spent,
  stamp,
  type Upcoming,
  unstamp,
} from '../../../src/domain/pressure.ts'
import { DAY, HOUR, MONDAY } from './people.ts'
import { refusedByReference } from './pressure.reference.ts'

const WEEK = 7 * DAY
const COUNTED = ['nudge', 'check-in', 'look-back', 'note', 'follow-up', 'widening', 'closing'] as const
const classes = fc.constantFrom<MessageClass[]>(...COUNTED)
const limits = fc.oneof(
  fc.constant(MOST),
  fc.record({ asks: fc.integer({ min: 0, max: 2 }), messages: fc.integer({ min: 0, max: 3 }) }),
)

/** One thing that happens in a client's sixty days; `gap` is the time since the last one, in minutes. */
type Step =
  | { readonly kind: 'wants'; readonly class: MessageClass; readonly ask: boolean; readonly gap: number }
  | { readonly kind: 'replies'; readonly ask: boolean; readonly gap: number }
  /** A send is tried again, or turns out not to have left; `which` picks a message. */
  | { readonly kind: 'again' | 'unsent'; readonly which: number; readonly gap: number }
  | { readonly kind: 'limits'; readonly limits: Limits; readonly gap: number }

const gap = fc.oneof(
  fc.integer({ min: 1, max: 90 }),
  fc.integer({ min: 1, max: 36 * 60 }),
  fc.constantFrom(24 * 60, 48 * 60, 7 * 24 * 60 - 1, 7 * 24 * 60),
)
const wants = fc.record({ kind: fc.constant('wants' as const), class: classes, ask: fc.boolean(), gap })
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: wants },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('wants' as const), class: classes, ask: fc.constant(true), gap }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('replies' as const), ask: fc.boolean(), gap }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('again' as const, 'unsent' as const), which: fc.nat(9), gap }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('limits' as const), limits, gap }) },
  ),
  { minLength: 20, maxLength: 120, size: 'max' },
)
const plans: fc.Arbitrary<readonly Upcoming[]> = fc.array(
  fc.record({
    class: classes,
    ask: fc.boolean(),
    at: fc.integer({ min: 1, max: 9 * 24 }).map(hours => MONDAY + hours * HOUR),
  }),
  { maxLength: 4 },
)

type Story = {
  /** Everything that left, kept by the test itself: nothing is ever trimmed from it. */
  readonly history: readonly LedgerEntry[]
  readonly ledger: readonly LedgerEntry[]
  readonly limits: Limits
}
type Seen = Story & { readonly now: number; readonly admitted: LedgerEntry | undefined }

/**
 * Lives through the steps as the core does: a message leaves only if the budget has room, each attempt asks again and
 * moves its entry, and what did not leave gives its slot back. Messages leave in order, so that a quiet one's fate is
 * known before anything relies on it: only the last one can still be tried again or turn out unsent, if it asked nothing.
 */
const live = (given: readonly Step[], start: Limits, look: (seen: Seen) => void): Story => {
  let story: Story = { history: [], ledger: [], limits: start }
  let now = MONDAY
  let count = 0
  const admit = (entry: LedgerEntry): void => {
    const history = [...story.history.filter(({ key }) => key !== entry.key), entry]
    story = { ...story, history, ledger: stamp(story.ledger, entry) }
  }
  const drop = (key: string): void => {
    const history = story.history.filter(one => one.key !== key)
    story = { ...story, history, ledger: unstamp(story.ledger, key) }
  }
  for (const step of given) {
    now += step.gap * 60_000
    let admitted: LedgerEntry | undefined
    if (step.kind === 'limits') story = { ...story, limits: step.limits }
    if (step.kind === 'replies') {
      count += 1
      admit({ key: `m${count}`, at: now, class: 'reply', ask: step.ask })
    }
    if (step.kind === 'wants') {
      count += 1
      const entry: LedgerEntry = { key: `m${count}`, at: now, class: step.class, ask: step.ask }
      if (budgetRefusal(story.ledger, story.limits, { ...step, key: entry.key }, [], now) === undefined) {
        admit(entry)
        admitted = entry
      }
    }
    if (step.kind === 'again' || step.kind === 'unsent') {
      const last = story.history.length - 1
      const open = story.history.filter((one, index) => one.at > now - DAY && (one.ask || index === last))
      const one = open[step.which % Math.max(1, open.length)]
      if (one !== undefined) {
        const { key, class: as, ask } = one
        const again =
          step.kind === 'again' &&
          as !== 'reply' &&
          budgetRefusal(story.ledger, story.limits, { key, class: as, ask }, [], now) === undefined
        if (again) admit({ ...one, at: now })
        else drop(key)
      }
    }
    look({ ...story, now, admitted })
  }
  return story
}

const unprompted = (history: readonly LedgerEntry[]) => history.filter(one => one.class !== 'reply')
const during = (history: readonly LedgerEntry[], end: number, length: number) =>
  history.filter(one => one.at > end - length && one.at <= end)
/** The ends of all stretches of a length that can differ in what they hold: as something comes in, and as something goes. */
const ends = (history: readonly LedgerEntry[], length: number) => history.flatMap(({ at }) => [at, at + length])

describe('the pressure budget', () => {
  it('holds in every seven days at most two asks and three messages, whatever wants to leave, moves or fails', () => {
    fc.assert(
      fc.property(steps, given => {
        const { history } = live(
          given.filter(({ kind }) => kind !== 'limits'),
          MOST,
          () => {},
        )
        for (const end of ends(history, WEEK)) {
          const week = unprompted(during(history, end, WEEK))
          expect(week.filter(({ ask }) => ask).length).toBeLessThanOrEqual(2)
          expect(week.length).toBeLessThanOrEqual(3)
        }
      }),
      { numRuns: 300 },
    )
  })
  it('holds the client’s own lower limits at every message from the day they are set, and never goes beyond the most', () => {
    fc.assert(
      fc.property(steps, limits, (given, start) => {
        live(given, start, ({ history, limits: own, now, admitted }) => {
          const week = unprompted(during(history, now, WEEK))
          expect(week.filter(({ ask }) => ask).length).toBeLessThanOrEqual(MOST.asks)
          expect(week.length).toBeLessThanOrEqual(MOST.messages)
          if (admitted === undefined) return
          if (admitted.ask) expect(week.filter(({ ask }) => ask).length).toBeLessThanOrEqual(own.asks)
          expect(week.length).toBeLessThanOrEqual(own.messages)
        })
      }),
      { numRuns: 300 },
    )
  })
  it('puts interest before asks: in every 28 days at most 2 asks and 2 more for each message that asks nothing', () => {
    fc.assert(
      fc.property(steps, given => {
        const { history } = live(given, MOST, () => {})
        for (const end of ends(history, 28 * DAY)) {
          const month = during(history, end, 28 * DAY)
          const quiet = month.filter(({ ask }) => !ask).length
          const asks = unprompted(month).filter(({ ask }) => ask).length
          expect(asks).toBeLessThanOrEqual(2 + 2 * quiet)
        }
      }),
      { numRuns: 300 },
    )
  })
  it('never lets more leave for a lower limit than for a higher one', () => {
    fc.assert(
      fc.property(steps, limits, limits, classes, fc.boolean(), plans, (given, one, other, as, ask, upcoming) => {
        const lower = { asks: Math.min(one.asks, other.asks), messages: Math.min(one.messages, other.messages) }
        const { ledger } = live(given.slice(0, 15), MOST, () => {})
        const now = Math.max(MONDAY, ...ledger.map(({ at }) => at)) + HOUR
        const planned = upcoming.map((next: Upcoming) => ({ ...next, at: next.at - MONDAY + now }))
        const candidate = { key: 'new', class: as, ask }
        if (budgetRefusal(ledger, lower, candidate, planned, now) === undefined)
          expect(budgetRefusal(ledger, one, candidate, planned, now)).toBeUndefined()
      }),
    )
  })
  it('takes as limits the most and less, in whole numbers, and nothing beyond', () => {
    expect(isLimits(MOST)).toBe(true)
    expect(isLimits({ asks: 0, messages: 0 })).toBe(true)
    for (const bad of [
      { asks: 3, messages: 3 },
      { asks: 2, messages: 4 },
      { asks: -1, messages: 3 },
      { asks: 1.5, messages: 3 },
      { asks: Number.NaN, messages: 3 },
    ])
      expect(isLimits(bad)).toBe(false)
  })
  it('leaves the invitation and replies out of the count', () => {
    const invited: LedgerEntry = { key: 'i', at: MONDAY, class: 'invitation', ask: true }
    const replied: LedgerEntry = { key: 'r', at: MONDAY + HOUR, class: 'reply', ask: false }
    expect(spent([invited, replied], MONDAY + DAY)).toEqual({ asks: 0, messages: 0 })
    expect(budgetRefusal([], { asks: 0, messages: 0 }, { key: 'i', class: 'invitation', ask: true }, [], MONDAY)).toBe(
      undefined,
    )
  })
  it('counts what another machine, with a clock that runs ahead, stamped a moment later than now', () => {
    const ahead = [1, 2].map((n): LedgerEntry => ({ key: `m${n}`, at: MONDAY + n * 60_000, class: 'nudge', ask: true }))
    const quiet: LedgerEntry = { key: 'q', at: MONDAY - DAY, class: 'reply', ask: false }
    const candidate = { key: 'new', class: 'nudge' as const, ask: true }
    expect(budgetRefusal([quiet, ...ahead], MOST, candidate, [], MONDAY)).toBe('asks-spent')
  })
  it('credits what asked nothing when it left before the ask, or with it, and not when it is yet to come', () => {
    const asks = [14, 15].map(
      (days): LedgerEntry => ({ key: `a${days}`, at: MONDAY - days * DAY, class: 'nudge', ask: true }),
    )
    const quietAt = (at: number): LedgerEntry => ({ key: 'q', at, class: 'reply', ask: false })
    const refusal = (at: number) =>
      budgetRefusal([...asks, quietAt(at)], MOST, { key: 'new', class: 'nudge', ask: true }, [], MONDAY)
    expect(refusal(MONDAY - DAY)).toBeUndefined()
    expect(refusal(MONDAY - 15 * DAY)).toBeUndefined()
    expect(refusal(MONDAY - 16 * DAY)).toBe('interest-first')
    expect(refusal(MONDAY + HOUR)).toBe('interest-first')
  })
  it('has one note a week', () => {
    const note: LedgerEntry = { key: 'n', at: MONDAY, class: 'note', ask: false }
    const another = { key: 'new', class: 'note' as const, ask: false }
    expect(budgetRefusal([note], MOST, another, [], MONDAY + WEEK - 1)).toBe('one-note-a-week')
    expect(budgetRefusal([note], MOST, another, [], MONDAY + WEEK)).toBeUndefined()
    expect(budgetRefusal([note], MOST, { ...another, key: 'n' }, [], MONDAY + HOUR)).toBeUndefined()
  })
})

describe('the ledger', () => {
  it('stays small, and says the same as if nothing had ever been forgotten', () => {
    fc.assert(
      fc.property(
        steps,
        fc.array(fc.tuple(classes, fc.boolean(), plans), { minLength: 20, maxLength: 20, size: 'max' }),
        (given, questions) => {
          live(given, MOST, ({ history, ledger, limits: own, now }) => {
            expect(ledger.length).toBeLessThanOrEqual(12 + 6)
            const [as, ask, upcoming] = questions[now % questions.length] ?? (['nudge', true, []] as const)
            const planned = upcoming.map((next: Upcoming) => ({ ...next, at: next.at - MONDAY + now }))
            const refusal = budgetRefusal(ledger, own, { key: 'new', class: as, ask }, planned, now)
            expect(refusal).toBe(refusedByReference(history, own, { class: as, ask }, planned, now))
          })
        },
      ),
      { numRuns: 200 },
    )
  })
  it('keeps a few of a talkative client’s replies and lets the rest go, the oldest first', () => {
    const replies = Array.from({ length: 50 }, (_, n): LedgerEntry => {
      return { key: `r${n}`, at: MONDAY + n * HOUR, class: 'reply', ask: false }
    })
    const ledger = replies.reduce<readonly LedgerEntry[]>(stamp, [])
    expect(ledger).toEqual(replies.slice(-6))
  })
  it('does not keep replies that ask, which would push out those that do not', () => {
    const quiet: LedgerEntry = { key: 'q', at: MONDAY, class: 'reply', ask: false }
    const asking = Array.from(
      { length: 9 },
      (_, n): LedgerEntry => ({ ...quiet, key: `a${n}`, at: MONDAY + n, ask: true }),
    )
    expect(asking.reduce<readonly LedgerEntry[]>(stamp, [quiet])).toEqual([quiet])
  })
  it('moves an entry that is stamped again, and never holds one message twice', () => {
    const first: LedgerEntry = { key: 'm', at: MONDAY, class: 'nudge', ask: true }
    const again = { ...first, at: MONDAY + HOUR }
    expect(stamp(stamp([], first), again)).toEqual([again])
    expect(unstamp(stamp([], first), 'm')).toEqual([])
  })
})

describe('who gives way to whom', () => {
  const RANKS = ['check-in', 'nudge', 'look-back', 'note', 'follow-up', 'widening'] as const
  const others: readonly LedgerEntry[] = [
    { key: 'a', at: MONDAY - DAY, class: 'look-back', ask: false },
    { key: 'b', at: MONDAY - DAY + HOUR, class: 'look-back', ask: false },
  ]
  it('gives the last slot of a week to the check-in, then in the order of the rule', () => {
    for (const [candidateRank, as] of RANKS.entries())
      for (const [wantedRank, wanted] of RANKS.entries()) {
        const upcoming = [{ class: wanted, at: MONDAY + 2 * DAY, ask: false }]
        const refusal = budgetRefusal(others, MOST, { key: 'new', class: as, ask: false }, upcoming, MONDAY)
        const kept = wanted === 'check-in' ? 'kept-for-check-in' : 'kept-for-higher'
        expect([as, wanted, refusal]).toEqual([as, wanted, wantedRank < candidateRank ? kept : undefined])
      }
  })
  it('keeps no slot for what is due more than seven days on', () => {
    const upcoming = [{ class: 'check-in' as const, at: MONDAY + WEEK + HOUR, ask: true }]
    expect(budgetRefusal(others, MOST, { key: 'new', class: 'nudge', ask: true }, upcoming, MONDAY)).toBeUndefined()
  })
  it('keeps a slot for what is due and waits its turn, until that is stale', () => {
    const asked: LedgerEntry = { key: 'a', at: MONDAY - 3 * DAY, class: 'nudge', ask: true }
    const refusal = (since: number) =>
      budgetRefusal(
        [asked],
        MOST,
        { key: 'new', class: 'nudge', ask: true },
        [{ class: 'check-in', at: MONDAY - since, ask: true }],
        MONDAY,
      )
    expect([refusal(0), refusal(HOUR), refusal(2 * DAY)]).toEqual(['kept-for-check-in', 'kept-for-check-in', undefined])
  })
  it('gives up a follow-up when the two asks of its week belong to a nudge and a check-in that are coming', () => {
    const upcoming: readonly Upcoming[] = [
      { class: 'check-in', at: MONDAY + 5 * DAY, ask: true },
      { class: 'nudge', at: MONDAY + 3 * DAY, ask: true },
    ]
    expect(budgetRefusal([], MOST, { key: 'new', class: 'follow-up', ask: true }, upcoming, MONDAY)).toBe(
      'kept-for-check-in',
    )
    expect(budgetRefusal([], MOST, { key: 'new', class: 'nudge', ask: true }, upcoming, MONDAY)).toBeUndefined()
  })
  it('never lets anything leave that would cost a check-in, due within seven days, its slot or its interest', () => {
    fc.assert(
      fc.property(steps, classes, fc.boolean(), fc.nat(7 * 24), (given, as, ask, hours) => {
        fc.pre(as !== 'check-in')
        const { ledger, limits: own } = live(given.slice(0, 25), MOST, () => {})
        const now = Math.max(MONDAY, ...ledger.map(({ at }) => at)) + HOUR
        const upcoming = [{ class: 'check-in' as const, at: now + hours * HOUR, ask: true }]
        if (budgetRefusal(ledger, own, { key: 'new', class: as, ask }, upcoming, now) !== undefined) return
        const after = stamp(ledger, { key: 'new', at: now, class: as, ask })
        const checkIn = { key: 'check-in', class: 'check-in' as const, ask: true }
        const at = now + hours * HOUR + PATIENCE
        const refusal = budgetRefusal(after, own, checkIn, [], at)
        // A message that asks nothing takes no ask: if those are spent, they were spent before.
        if (ask) expect(refusal).toBeUndefined()
        else expect(refusal).not.toBe('messages-spent')
      }),
      { numRuns: 300 },
    )
  })
})

describe('a weekly client', () => {
  it('gets a nudge each week and every check-in, though messages leave some seconds or a changed clock late', () => {
    const late = fc.array(fc.integer({ min: 0, max: 59_000 }), { minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(late, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 8 }), (delays, day, springs) => {
        let ledger: readonly LedgerEntry[] = []
        const leaves = (key: string, as: MessageClass, at: number, upcoming: readonly Upcoming[]): void => {
          const candidate = { key, class: as, ask: true }
          const refusal = budgetRefusal(ledger, MOST, candidate, upcoming, at)
          const then = refusal === undefined ? at : roomSoon(ledger, MOST, candidate, upcoming, at)
          expect([key, refusal, then]).toEqual([key, refusal, expect.any(Number)])
          ledger = stamp(ledger, { ...candidate, at: then ?? at })
          ledger = stamp(ledger, { key: `thanks for ${key}`, at: (then ?? at) + HOUR / 2, class: 'reply', ask: false })
        }
        const due = (week: number): number => MONDAY + week * WEEK - (week > springs ? HOUR : 0)
        for (let week = 0; week < 8; week += 1) {
          leaves(`check-in ${week}`, 'check-in', due(week) + (delays[2 * week] ?? 0), [])
          const next = { class: 'check-in' as const, ask: true, at: due(week + 1) }
          leaves(`nudge ${week}`, 'nudge', due(week) + day * DAY + (delays[2 * week + 1] ?? 0), [next])
        }
      }),
    )
  })
})
