import type { LocalDate, LocalTime } from './schedule.ts'

/**
 * Something a client means to do. Its life: open, then kept, partly kept, or let go; moving and reshaping keep it open.
 * Letting go is an ending of equal worth: nothing here, or anywhere, counts it as a failure.
 */
export type Commitment = {
  readonly id: string
  /** In the client's own words. */
  readonly text: string
  /** The client's if-then plan, verbatim, if they wanted one. */
  readonly plan: string | undefined
  /** 'coach' only pre-selects a line in the share preview; nothing is shared by it. */
  readonly forWhom: 'me' | 'coach'
  readonly goal: string | undefined
  /** The client's own day; none means it is simply brought to the next check-in. */
  readonly due: LocalDate | undefined
  /** The hour they named with the day, if any; otherwise their usual hour holds. */
  readonly hour: LocalTime | undefined
  readonly state: CommitmentState
  /** How often it moved to another day; the third move asks once whether it is worth having in some shape. */
  readonly moves: number
  /** When its nudge went out (ms), and the one follow-up to it: one each for a due date, ever. */
  readonly nudgedAt: number | undefined
  readonly followedUpAt: number | undefined
  /** True once it is waiting to be asked about inside a check-in. */
  readonly carried: boolean
  readonly madeAt: number
  readonly settledAt: number | undefined
}

export type CommitmentState = 'open' | 'kept' | 'partly' | 'let-go'

/** What a client can say became of a commitment. */
export type Outcome =
  | { readonly kind: 'kept' }
  /** Done, and they would change something: kept, and a conversation about another try, never a grade. */
  | { readonly kind: 'kept-and-change' }
  | { readonly kind: 'partly' }
  | { readonly kind: 'smaller'; readonly text: string; readonly due: LocalDate | undefined }
  | { readonly kind: 'later'; readonly due: LocalDate | undefined; readonly hour?: LocalTime }
  | { readonly kind: 'let-go' }

/** Applies what the client said at `at` (ms). A settled commitment stays as it was settled: a repeated answer changes nothing. */
export const settle = (commitment: Commitment, outcome: Outcome, at: number): Commitment => {
  if (commitment.state !== 'open') return commitment
  switch (outcome.kind) {
    case 'kept':
    case 'kept-and-change':
      return ended(commitment, 'kept', at)
    case 'partly':
      return ended(commitment, 'partly', at)
    case 'let-go':
      return ended(commitment, 'let-go', at)
    case 'smaller':
      return shrunk({ ...commitment, text: outcome.text }, outcome.due)
    case 'later':
      return redated({ ...commitment, moves: commitment.moves + 1 }, outcome.due, outcome.hour)
  }
}

/** Another day makes it a new one; on the same day it has had its nudge, if that went out, and waits for the check-in. */
const shrunk = (commitment: Commitment, due: LocalDate | undefined): Commitment => {
  if (due !== undefined && due !== commitment.due) return redated(commitment, due, undefined)
  return commitment.nudgedAt === undefined ? commitment : { ...commitment, carried: true }
}

/**
 * A hard week: everything with a day gets another, so many days later. It is not one of the moves that are ever asked about,
 * and what was due is not asked for.
 */
export const putOff = (commitment: Commitment, due: LocalDate): Commitment =>
  commitment.state === 'open' ? redated(commitment, due, commitment.hour) : commitment

/** The client changed their mind about the words; nothing else moves. */
export const reword = (commitment: Commitment, text: string): Commitment =>
  commitment.state === 'open' ? { ...commitment, text } : commitment

/**
 * They wrote it differently from how they meant it. Another day is then the day it always had: no move, and a nudge that went
 * out for the wrong one does not stand for it.
 */
export const correct = (
  commitment: Commitment,
  text: string,
  on?: { readonly due: LocalDate; readonly hour: LocalTime | undefined },
): Commitment => {
  if (commitment.state !== 'open') return commitment
  const worded = { ...commitment, text }
  return on === undefined || on.due === commitment.due ? worded : redated(worded, on.due, on.hour)
}

/** Another day starts afresh: its own nudge, its own follow-up, nothing carried. */
const redated = (commitment: Commitment, due: LocalDate | undefined, hour: LocalTime | undefined): Commitment => ({
  ...commitment,
  due,
  hour,
  nudgedAt: undefined,
  followedUpAt: undefined,
  carried: due === undefined,
})

const ended = (commitment: Commitment, state: CommitmentState, at: number): Commitment => ({
  ...commitment,
  state,
  carried: false,
  settledAt: at,
})

/** True at the third move and only there: asked once, never again. */
export const asksWhetherWorthHaving = (commitment: Commitment): boolean =>
  commitment.state === 'open' && commitment.moves === 3
