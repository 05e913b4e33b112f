/** What is counted while working. Never a person, never a word; names and help texts are the implementation's. */
export type Meters = {
  /** One turn, from the event taken up to its effects applied (ms). */
  turn(ms: number): void
  /** How long after it was due something was taken up, or sent (ms). */
  lag(what: 'appointment' | 'message', ms: number): void
  sent(): void
  /** A message was not sent, or what was due was not begun. */
  dropped(why: string): void
  /** A send that failed, by kind. */
  failed(kind: string): void
  /** A message or an event was set aside as a dead letter. */
  dead(box: 'inbox' | 'outbox'): void
}

const nothing = (): void => undefined

export const NO_METERS: Meters = {
  turn: nothing,
  lag: nothing,
  sent: nothing,
  dropped: nothing,
  failed: nothing,
  dead: nothing,
}
