import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asksWhetherWorthHaving,
  type Commitment,
  type Outcome,
  reword,
  settle,
} from '../../../src/domain/commitment.ts'
import { aCommitment, DAY, MONDAY } from './people.ts'

const dates = fc.constantFrom('2026-01-09', '2026-01-15', '2026-02-02')
const dueDates = fc.option(dates, { nil: undefined })
const endings = fc.constantFrom<Outcome[]>(
  { kind: 'kept' },
  { kind: 'kept-and-change' },
  { kind: 'partly' },
  { kind: 'let-go' },
)
const later = fc.oneof(
  dueDates.map((due): Outcome => ({ kind: 'later', due })),
  fc.tuple(dates, fc.constantFrom('08:15', '16:00')).map(([due, hour]): Outcome => ({ kind: 'later', due, hour })),
)
const smaller = fc
  .tuple(fc.string({ minLength: 1 }), dueDates)
  .map(([text, due]): Outcome => ({ kind: 'smaller', text, due }))
const outcomes = fc.oneof(endings, later, smaller)
const open = fc
  .record({
    due: dueDates,
    hour: fc.constantFrom(undefined, '16:00'),
    moves: fc.nat(5),
    nudgedAt: fc.constantFrom(undefined, MONDAY),
    followedUpAt: fc.constantFrom(undefined, MONDAY + 2 * DAY),
    carried: fc.boolean(),
    forWhom: fc.constantFrom<Commitment['forWhom'][]>('me', 'coach'),
  })
  .map(aCommitment)

describe('what becomes of a commitment', () => {
  it('stays as it was settled, whatever is answered afterwards', () => {
    fc.assert(
      fc.property(open, endings, fc.array(outcomes), (commitment, ending, more) => {
        const settled = settle(commitment, ending, MONDAY)
        expect(settled.state).not.toBe('open')
        expect(settled.settledAt).toBe(MONDAY)
        expect(more.reduce((one, outcome) => settle(one, outcome, MONDAY + DAY), settled)).toBe(settled)
        expect(reword(settled, 'something else')).toBe(settled)
      }),
    )
  })
  it('tells a let-go from a keeping by its name alone: there is no mark, no count and no lack in it', () => {
    fc.assert(
      fc.property(open, commitment => {
        const { state: letGo, ...restOfLetGo } = settle(commitment, { kind: 'let-go' }, MONDAY)
        const { state: kept, ...restOfKept } = settle(commitment, { kind: 'kept' }, MONDAY)
        expect([letGo, kept]).toEqual(['let-go', 'kept'])
        expect(restOfLetGo).toEqual(restOfKept)
        expect(restOfLetGo.moves).toBe(commitment.moves)
      }),
    )
  })
  it('takes "done, and I would change something" as done', () => {
    const commitment = aCommitment()
    expect(settle(commitment, { kind: 'kept-and-change' }, MONDAY)).toEqual(
      settle(commitment, { kind: 'kept' }, MONDAY),
    )
  })
  it('keeps the client’s words unless they themselves make it smaller', () => {
    fc.assert(
      fc.property(open, outcomes, (commitment, outcome) => {
        const after = settle(commitment, outcome, MONDAY)
        expect(after.text).toBe(outcome.kind === 'smaller' ? outcome.text : commitment.text)
        expect({ id: after.id, plan: after.plan, forWhom: after.forWhom, goal: after.goal }).toEqual({
          id: commitment.id,
          plan: commitment.plan,
          forWhom: commitment.forWhom,
          goal: commitment.goal,
        })
      }),
    )
  })
})

describe('moving a commitment', () => {
  it('asks at the third move whether it is worth having, and never again', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(later, smaller), { maxLength: 10 }), changes => {
        let commitment = aCommitment()
        let moves = 0
        const askedAt: number[] = []
        for (const change of changes) {
          commitment = settle(commitment, change, MONDAY)
          if (change.kind !== 'later') continue
          moves += 1
          if (asksWhetherWorthHaving(commitment)) askedAt.push(moves)
        }
        expect(askedAt).toEqual(moves >= 3 ? [3] : [])
      }),
    )
  })
  it('does not ask it of one that is settled', () => {
    fc.assert(
      fc.property(endings, ending => !asksWhetherWorthHaving(settle(aCommitment({ moves: 3 }), ending, MONDAY))),
    )
  })
  it('starts afresh on another day: with a nudge and a follow-up of its own', () => {
    fc.assert(
      fc.property(open, later, (commitment, outcome) => {
        const moved = settle(commitment, outcome, MONDAY)
        expect(moved.state).toBe('open')
        expect(moved.nudgedAt).toBeUndefined()
        expect(moved.followedUpAt).toBeUndefined()
      }),
    )
  })
  it('takes the new day and hour, and brings one without a day to the next check-in', () => {
    const commitment = aCommitment({ hour: '16:00' })
    expect(settle(commitment, { kind: 'later', due: '2026-02-02', hour: '08:15' }, MONDAY)).toMatchObject({
      due: '2026-02-02',
      hour: '08:15',
      carried: false,
    })
    expect(settle(commitment, { kind: 'later', due: '2026-02-02' }, MONDAY).hour).toBeUndefined()
    expect(settle(commitment, { kind: 'later', due: undefined }, MONDAY)).toMatchObject({
      due: undefined,
      carried: true,
    })
  })
})

describe('making a commitment smaller', () => {
  it('is no move: it does not count towards the question of the third', () => {
    fc.assert(
      fc.property(open, smaller, (commitment, outcome) => {
        expect(settle(commitment, outcome, MONDAY).moves).toBe(commitment.moves)
      }),
    )
  })
  it('keeps the day and the hour that they named, if they name no other', () => {
    const commitment = aCommitment({ due: '2026-01-15', hour: '16:00' })
    expect(settle(commitment, { kind: 'smaller', text: 'Only the first page', due: undefined }, MONDAY)).toEqual({
      ...commitment,
      text: 'Only the first page',
    })
  })
  it('earns no second nudge for the same day: what was nudged waits for the check-in', () => {
    fc.assert(
      fc.property(fc.constantFrom(undefined, '2026-01-08'), due => {
        const nudged = aCommitment({ due: '2026-01-08', nudgedAt: MONDAY })
        const after = settle(nudged, { kind: 'smaller', text: 'Less', due }, MONDAY + DAY)
        expect(after).toEqual({ ...nudged, text: 'Less', carried: true })
      }),
    )
  })
  it('on another day starts afresh, as a move does', () => {
    const nudged = aCommitment({ due: '2026-01-08', nudgedAt: MONDAY, followedUpAt: MONDAY + 2 * DAY })
    const after = settle(nudged, { kind: 'smaller', text: 'Less', due: '2026-01-15' }, MONDAY + 3 * DAY)
    expect(after).toMatchObject({ due: '2026-01-15', nudgedAt: undefined, followedUpAt: undefined, carried: false })
  })
})
