import type { Clock } from '../ports/clock.ts'
import type { Processes } from '../ports/store.ts'

/**
 * Who else works on this store. Each process beats; another one counts for as long as its beat changes, judged on this
 * process's own monotonic clock, so wall clocks that disagree deceive nobody for long: only a row that was never seen to
 * change, which may be of a process that died long ago, counts by what its wall clock said.
 */
export type Peers = {
  /** Beats, and looks at the others' beats. */
  beat(): Promise<void>
  /** How many processes share the work, this one included. */
  count(): number
  /** ms by which the farthest wall clock of the others is ahead of (or, negative, behind) this one, at least. */
  skew(): number
  leave(): Promise<void>
}

const SECOND = 1_000
/** Whoever misses so many beats is gone, or stopped. */
const MISSED = 4
/** Long gone: its row is removed. */
const FORGET_AFTER = 3_600 * SECOND

type Seen = { beat: number; since: number; counts: boolean }

/** @param every ms between two beats */
export const makePeers = (
  processes: Processes,
  clock: Clock,
  id: string,
  every: number,
  apart: (ms: number) => void = () => undefined,
): Peers => {
  const goneAfter = MISSED * every
  const seen = new Map<string, Seen>()
  let beats = 0
  let farthest = 0
  return {
    beat: async () => {
      beats += 1
      const rows = await processes.beat(id, beats, clock.now())
      const [now, wall] = [clock.monotonic(), clock.now()]
      farthest = 0
      for (const row of rows) {
        if (row.id === id) continue
        const before = seen.get(row.id)
        if (before === undefined || before.beat !== row.beat) {
          const counts = before !== undefined || Math.abs(row.at - wall) <= goneAfter
          seen.set(row.id, { beat: row.beat, since: now, counts })
          // A fresh beat is at most as old as the pause between two looks; one from the future is sure to be askew.
          const skew = row.at - wall
          const sure = skew > 0 ? skew : before === undefined ? 0 : Math.min(0, skew + (now - before.since))
          if (Math.abs(sure) > Math.abs(farthest)) farthest = sure
        } else if (now - before.since > FORGET_AFTER) {
          seen.delete(row.id)
          await processes.leave(row.id)
        }
      }
      if (Math.abs(farthest) > SECOND * 60) apart(farthest)
    },
    count: () => {
      const now = clock.monotonic()
      return 1 + [...seen.values()].filter(({ since, counts }) => counts && now - since <= goneAfter).length
    },
    skew: () => farthest,
    leave: () => processes.leave(id),
  }
}
