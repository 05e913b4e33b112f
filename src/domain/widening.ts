import type { Instant } from './schedule.ts'
import { type Silence, stretch } from './silence.ts'
import type { Topic, Topics } from './topics.ts'

/** Invitations to widen that were made so far, and when the last was, or was last tried. */
export type Widening = { readonly made: number; readonly at: Instant; readonly never: boolean }

const DAY = 86_400_000
/** Long enough for a month of check-ins: nobody is asked for more before they know what there is. */
const FIRST_AFTER = 28 * DAY
/** Rule 10: the second after 30 days, the third after 90, then never. */
const PAUSES = [30 * DAY, 90 * DAY] as const

/** Rule 10: what may be offered: a closed topic beside work, the other one at the next invitation. */
export const topicToOffer = (topics: Topics, made: number): Topic | undefined => {
  const closed = (['self', 'dreams'] as const).filter(topic => !topics[topic])
  return closed[made % Math.max(1, closed.length)]
}

/**
 * Rule 10. When the next invitation to widen may leave; undefined for never. None to somebody silent or to somebody who wants no
 * check-in unless they ask for it, none when all is open, three in all, and none after they said so. Declining ends that period: the pauses run from each invitation, whatever came of
 * it. Opening is always the client's act.
 */
export const wideningDue = (
  facts: {
    readonly topics: Topics
    readonly silence: Silence
    readonly rhythm: { readonly weeks: number }
    readonly widening: Widening | undefined
  },
  acceptedAt: Instant,
): Instant | undefined => {
  const { topics, silence, rhythm, widening } = facts
  if (rhythm.weeks === 0) return undefined
  if (silence.unanswered > 0 || silence.closed || stretch(silence) > 1) return undefined
  if (widening?.never === true || topicToOffer(topics, 0) === undefined) return undefined
  if (widening === undefined || widening.made === 0) return Math.max(acceptedAt + FIRST_AFTER, widening?.at ?? 0)
  const pause = PAUSES[widening.made - 1]
  return pause === undefined ? undefined : widening.at + pause
}

/** It could not leave now: a week later, with the same pauses. */
export const postponed = (widening: Widening | undefined, now: Instant): Widening => {
  const made = widening?.made ?? 0
  const pause = made === 0 ? 0 : (PAUSES[made - 1] ?? 0)
  return { made, at: now + 7 * DAY - pause, never: widening?.never ?? false }
}

/** One was made at `at`. */
export const offered = (widening: Widening | undefined, at: Instant): Widening => ({
  made: (widening?.made ?? 0) + 1,
  at,
  never: widening?.never ?? false,
})
