/**
 * Silence (rule 4) never raises frequency, size or tone: after two unanswered check-ins in a row the rhythm halves, after
 * four there is one closing line, then nothing. Any reply restores the client's own rhythm.
 */
export type Silence = {
  /** Check-ins in a row that found no answer. */
  readonly unanswered: number
  /** The closing line has been sent (or has been due): nothing more until the client writes. */
  readonly closed: boolean
}

export const HEARD: Silence = { unanswered: 0, closed: false }

export const unansweredCheckIn = (silence: Silence): Silence => ({ ...silence, unanswered: silence.unanswered + 1 })

/** Rule 4. How many times longer the client's own rhythm runs now: 1 or 2. */
export const stretch = (silence: Silence): 1 | 2 => (silence.unanswered >= 2 ? 2 : 1)

/** Time for the one closing line. */
export const isClosingDue = (silence: Silence): boolean => silence.unanswered >= 4 && !silence.closed

/** No more check-ins: four went unanswered. */
export const isQuiet = (silence: Silence): boolean => silence.unanswered >= 4
