import type { Instant, LocalDate } from './schedule.ts'

/** A decision of some size that its maker wants to look back at, in their own words. */
export type Decision = {
  readonly id: string
  readonly what: string
  readonly options: string
  readonly matters: string
  /** Which way they leaned or went, if they said. */
  readonly leaning: string | undefined
  /** The client's own day for looking back. */
  readonly lookBack: LocalDate
  /** Asked about by itself once; from then on, and if that was not possible, it rides in the next check-in, once. */
  readonly asked: Instant | undefined
  readonly rides: boolean
}

/** Kept with the person; the oldest give way, and a year of monthly decisions fits. */
export const DECISIONS_KEPT = 12

/** Those whose day is `date` and that have not been asked about by themselves. */
export const toLookBackAt = (decisions: readonly Decision[], date: LocalDate): readonly Decision[] =>
  decisions.filter(one => one.lookBack === date && one.asked === undefined && !one.rides)

/** What a check-in takes along: what could not be asked on its day, and what is past it. */
export const ridingDecision = (decisions: readonly Decision[], today: LocalDate): Decision | undefined =>
  decisions.find(one => one.asked === undefined && (one.rides || one.lookBack <= today))
