import { type LedgerEntry, leftAt } from './pressure.ts'
import type { Instant } from './schedule.ts'

/**
 * Nothing is initiated before the client accepts, but for one invitation and at most one reminder; then there is
 * silence until they write. Whatever the state, stop, delete, who-sees and safety are answered.
 */
export type Contract =
  | { readonly state: 'none' }
  | { readonly state: 'invited'; readonly at: Instant; readonly reminded: boolean }
  /** With the version of the text they accepted. */
  | { readonly state: 'accepted'; readonly at: Instant; readonly version: string }
  | { readonly state: 'declined'; readonly at: Instant; readonly version: string }
  | { readonly state: 'stopped'; readonly at: Instant }

const DAY = 86_400_000
/** Rule 1: one reminder, five or more days after the invitation. */
const REMINDER_AFTER = 5 * DAY

/** An invitation goes out once; inviting again, whatever happened since, sends nothing (rule 13: HR sees the same reply). */
export const invite = (contract: Contract, at: Instant): Contract =>
  contract.state === 'none' ? { state: 'invited', at, reminded: false } : contract

export const remind = (contract: Contract): Contract =>
  contract.state === 'invited' ? { ...contract, reminded: true } : contract

/** When the one reminder may leave, if it still may: by the ledger the invitation may have left later than it was meant to. */
export const reminderDue = (contract: Contract, ledger: readonly LedgerEntry[]): Instant | undefined =>
  contract.state === 'invited' && !contract.reminded
    ? leftAt(ledger, 'invitation', contract.at) + REMINDER_AFTER
    : undefined

/** Accepting is open at any time, also after a no or a stop: the door has no lock on the client's side. */
export const accept = (contract: Contract, at: Instant, version: string): Contract =>
  contract.state === 'accepted' ? contract : { state: 'accepted', at, version }

export const decline = (contract: Contract, at: Instant, version: string): Contract =>
  contract.state === 'accepted' ? contract : { state: 'declined', at, version }

export const stop = (at: Instant): Contract => ({ state: 'stopped', at })

/** Rule 1. Only an accepted contract lets Lighthand begin anything by itself. */
export const mayInitiate = (contract: Contract): boolean => contract.state === 'accepted'
