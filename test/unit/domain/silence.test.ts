import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEARD, isClosingDue, isQuiet, type Silence, stretch, unansweredCheckIn } from '../../../src/domain/silence.ts'

const silentFor = (checkIns: number, closed = false): Silence => ({
  ...Array.from({ length: checkIns }).reduce<Silence>(unansweredCheckIn, HEARD),
  closed,
})

describe('silence', () => {
  it('halves the rhythm after two unanswered check-ins in a row, and not before', () => {
    expect([0, 1, 2, 3, 4].map(count => stretch(silentFor(count)))).toEqual([1, 1, 2, 2, 2])
  })
  it('is met with one closing line after four, and then with nothing', () => {
    expect([0, 1, 2, 3, 4, 5].map(count => isClosingDue(silentFor(count)))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ])
    expect(isClosingDue(silentFor(4, true))).toBe(false)
    expect([3, 4].map(count => isQuiet(silentFor(count, true)))).toEqual([false, true])
  })
  it('never makes anything come more often', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.boolean(), (count, closed) => {
        const before = silentFor(count, closed)
        const more = unansweredCheckIn(before)
        expect(stretch(more)).toBeGreaterThanOrEqual(stretch(before))
        if (isQuiet(before)) expect(isQuiet(more)).toBe(true)
        if (!isClosingDue(before) && isQuiet(before)) expect(isClosingDue(more)).toBe(false)
      }),
    )
  })
  it('is over with one reply', () => {
    expect([stretch(HEARD), isClosingDue(HEARD), isQuiet(HEARD)]).toEqual([1, false, false])
  })
})
