/**
 * How a count becomes what HR may read. A published figure is a multiple of the step; the counts that publish it by nearest
 * rounding are its box: 0 for 0 to 2, 5 for 3 to 7, 10 for 8 to 12.
 *
 * Why this keeps everyone deniable. The reader knows the roster, every report and their own answer, so they may count two
 * people out: themselves and the one they wonder about. If the least counts of all figures of a question sum to at most n - 2,
 * those two can have said anything, silence included, and the others can fill the boxes: nothing in the report is against it.
 * (No figure is too small for it either: each box reaches to 2 at least.) Where the sum is greater, the largest figure is lowered by a step until it is not.
 * Lowering looks at the figures only, never at the counts behind them, so whatever lies in the box of what was published publishes the same.
 */

/** The parts of the rule, apart so that a test can leave one out and see deniability fail. Production has one value: `rule13`. */
export type Mechanism = {
  /** Figures are multiples of this. */
  step: number
  /** Figures are lowered until those they come from leave two people undecided. */
  lowers: boolean
  /** A group that shares members with a published one is not published. */
  complementary: boolean
  /** Figures that depend on another figure (only who accepted can answer) leave two people undecided within it too. */
  nested: boolean
}

/** Rule 13 of the coaching rules: fives, and all the protections. */
export const rule13: Mechanism = { step: 5, lowers: true, complementary: true, nested: true }

/** The least count that rounds to a figure. */
export const least = (figure: number, step: number): number => Math.max(0, figure - Math.floor((step - 1) / 2))

/** The greatest count that rounds to a figure. */
export const greatest = (figure: number, step: number): number => figure + Math.floor(step / 2)

/** The multiple of the step nearest to a count. Steps are odd, so there are no ties. */
const nearest = (count: number, step: number): number => Math.round(count / step) * step

/**
 * The figures published for the counts of one question's values. `room` is the number of people the counts are about, at most:
 * the group's size, or less where only those counted by another figure could answer.
 */
export const figures = (counts: readonly number[], room: number, { step, lowers }: Mechanism): number[] => {
  const published = counts.map(count => nearest(count, step))
  if (!lowers) return published
  const sumOfLeast = () => published.reduce((sum, figure) => sum + least(figure, step), 0)
  while (sumOfLeast() > Math.max(0, room - 2)) {
    const largest = Math.max(...published)
    published[published.indexOf(largest)] = largest - step
  }
  return published
}
