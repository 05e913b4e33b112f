import type { PersonId } from './ids.ts'
import type { FoundStanding } from './standing.ts'

/** Somebody on HR's list who waits for their invitation. */
export type Waiting = { readonly person: PersonId; readonly coach: PersonId }

/** Why somebody is passed over: facts of the platform's own directory, and no other. */
export type PassedOver = 'left' | 'bot' | 'guest' | 'unknown' | 'own-coach'

export const PASSED_OVER = ['left', 'bot', 'guest', 'unknown', 'own-coach'] as const satisfies readonly PassedOver[]

/**
 * How far it has come, in numbers that only HR's own list and the directory decide. Who was deleted, declined or stopped, before
 * or since, counts as invited like everybody else (rule 13).
 */
export type Tally = {
  readonly waiting: number
  readonly invited: number
  readonly passedOver: Readonly<Record<PassedOver, number>>
}

export const NO_TALLY: Tally = {
  waiting: 0,
  invited: 0,
  passedOver: { left: 0, bot: 0, guest: 0, unknown: 0, 'own-coach': 0 },
}

/** What becomes of one on the list, by what the directory says; `undefined` is nobody it knows. */
export const fateOf = ({ person, coach }: Waiting, standing: FoundStanding | undefined): 'invited' | PassedOver => {
  if (person === coach) return 'own-coach'
  if (standing === undefined) return 'unknown'
  return standing === 'member' ? 'invited' : standing
}
