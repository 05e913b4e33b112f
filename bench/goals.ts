import type { DueFigures } from './due.ts'
import type { StartFigures } from './start.ts'
import type { TurnFigures } from './turn.ts'

export type Goal = {
  readonly name: string
  /** At most this. */
  readonly goal: number
  /** Null: not measured here. */
  readonly measured: number | null
  readonly met: boolean | null
}

type Measured = DueFigures &
  StartFigures & { readonly turn: { readonly embedded: TurnFigures; readonly mongo: TurnFigures | undefined } }

const LARGEST = '1000000'

/** What Lighthand sets itself, and whether this run kept it. A missed goal fails nothing: the machine may be busy. */
export const goalsOf = ({ turn, tick, claim, start, rss_mb }: Measured): readonly Goal[] => {
  const atMost = (name: string, goal: number, measured: number | null | undefined): Goal =>
    measured === null || measured === undefined
      ? { name, goal, measured: null, met: null }
      : { name, goal, measured, met: measured <= goal }
  return [
    atMost('a turn, in bare writes, on the embedded engine', 1.5, turn.embedded.ratio),
    atMost("a turn, in bare writes, on a server of MongoDB's protocol", 1.5, turn.mongo?.ratio),
    atMost('an empty tick with 1,000,000 appointments, to one with 1,000', 1.2, tick.ratio[LARGEST]),
    atMost('a claim with 1,000,000 appointments, to one with 1,000', 1.2, claim.ratio[LARGEST]),
    atMost('ms from a cold start to ready', 1_000, start.cold_ms),
    atMost('MB in memory at rest', 120, rss_mb),
  ]
}
