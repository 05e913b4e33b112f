import type { Instant } from '../domain/schedule.ts'

export type Clock = {
  /** ms since the epoch. */
  now(): Instant
  /** ms from an arbitrary start, never going back: for leases, which must not trust the wall clock. */
  monotonic(): number
}
