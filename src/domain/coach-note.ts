import type { PersonId } from './ids.ts'
import { isCounted, type LedgerEntry } from './pressure.ts'
import type { Instant } from './schedule.ts'

/**
 * What a coach writes to one client: a note is shown as it is, a perspective is offered first and never pushed. A measure is
 * proposed, and theirs only if they take it; a hand-over asks whether they go on with another coach. One of these four a week.
 */
export type WrittenNote =
  | { readonly kind: 'note' | 'perspective' | 'measure'; readonly text: string }
  | { readonly kind: 'hand-over'; readonly text: string; readonly to: { readonly id: PersonId; readonly name: string } }

/** One that waits for its client, in the coach's words. `coachName` is the name it is shown under. */
export type CoachNote = WrittenNote & {
  readonly id: string
  readonly coachName: string
  readonly at: Instant
  /** Not sent by itself, for whatever reason: it rides in the next check-in. */
  readonly rides: boolean
  /** How often a perspective was offered without an answer. */
  readonly offers: number
}

/** Asks something of its own, so it never rides in a check-in: it waits for a week that has room. */
export const isProposal = ({ kind }: WrittenNote): boolean => kind === 'measure' || kind === 'hand-over'

/** Another try for what found no room, or no answer. */
export const waitsOn = (note: CoachNote, now: Instant): CoachNote => ({ ...note, at: now + WEEK })

/** A perspective that was offered so often without an answer is not offered once more: it was never pushed. */
export const MOST_OFFERS = 2

const WEEK = 7 * 86_400_000

/**
 * Rule 2: one note or perspective a week as a message of its own, the rest ride in check-ins. When the oldest that waits may
 * go, given the ledger; undefined if none is meant to go by itself.
 */
export const noteDue = (
  notes: readonly CoachNote[],
  ledger: readonly LedgerEntry[],
  now: Instant,
): { readonly note: CoachNote; readonly at: Instant } | undefined => {
  const [note] = notes.filter(({ rides }) => !rides).toSorted((a, b) => a.at - b.at)
  if (note === undefined) return undefined
  const sent = ledger.filter(entry => isCounted(entry) && entry.class === 'note').map(({ at }) => at)
  return { note, at: Math.max(now, note.at, ...sent.map(at => at + WEEK)) }
}
