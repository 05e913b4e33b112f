import type { Instant } from './schedule.ts'

/**
 * Rule 2, the pressure budget, and rule 5, interest before ask. Every message that leaves unprompted is in the ledger;
 * what the ledger cannot hold is not sent. `now` and all times are ms since the epoch.
 */
export type MessageClass = (typeof CLASSES)[number] | 'invitation' | 'closing'

/** Unprompted messages that compete for the budget, first come those that matter most (rule 2's order). */
export const CLASSES = ['nudge', 'check-in', 'look-back', 'note', 'follow-up', 'widening'] as const

export type LedgerEntry = {
  /** The message's key: stamping it again moves the entry, it never adds one. */
  readonly key: string
  readonly at: Instant
  readonly class: MessageClass | 'reply'
  /** It invited an answer. */
  readonly ask: boolean
}

export type Limits = { readonly asks: number; readonly messages: number }

/** Rule 2: the most there ever is. A client may lower it and raise it back, not beyond. */
export const MOST: Limits = { asks: 2, messages: 3 }

export const DAY = 86_400_000
const WEEK = 7 * DAY
const LEDGER_DAYS = 28
/** Rule 5 needs three quiet messages for the eight asks that 28 days can hold; more need not be kept. */
const QUIET_KEPT = 6

export const isLimits = (limits: Limits): boolean =>
  Number.isInteger(limits.asks) &&
  Number.isInteger(limits.messages) &&
  limits.asks >= 0 &&
  limits.asks <= MOST.asks &&
  limits.messages >= 0 &&
  limits.messages <= MOST.messages

/** The contract's invitation and its reminder are not counted; neither is a reply to the client. */
export const isCounted = (entry: LedgerEntry): boolean => entry.class !== 'reply' && entry.class !== 'invitation'

const countedWithin = (ledger: readonly LedgerEntry[], from: Instant, to: Instant): readonly LedgerEntry[] =>
  ledger.filter(entry => isCounted(entry) && entry.at > from && entry.at <= to)

/** What the seven days that end at `now` hold. */
export const spent = (ledger: readonly LedgerEntry[], now: Instant): Limits => {
  const week = countedWithin(ledger, now - WEEK, now)
  return { asks: week.filter(entry => entry.ask).length, messages: week.length }
}

/** Something of a class that wants a slot at a time: what is scheduled, so that lower classes can make room for it. */
export type Upcoming = { readonly class: MessageClass; readonly at: Instant; readonly ask: boolean }

export type BudgetRefusal =
  | 'asks-spent'
  | 'messages-spent'
  | 'kept-for-check-in'
  | 'kept-for-higher'
  | 'interest-first'
  | 'one-note-a-week'

/**
 * May this message take a slot now? A counted message needs room in its own seven days; an ask that is not the check-in
 * also leaves the coming check-in's slot free, and any class leaves room for a higher one due within seven days.
 */
export const budgetRefusal = (
  ledger: readonly LedgerEntry[],
  limits: Limits,
  candidate: { readonly key: string; readonly class: MessageClass; readonly ask: boolean },
  upcoming: readonly Upcoming[],
  now: Instant,
): BudgetRefusal | undefined => {
  if (candidate.class === 'invitation') return undefined
  const others = ledger.filter(entry => entry.key !== candidate.key)
  const used = spent(others, now)
  if (used.messages + 1 > limits.messages) return 'messages-spent'
  if (candidate.ask && used.asks + 1 > limits.asks) return 'asks-spent'
  if (candidate.class === 'note' && countedWithin(others, now - WEEK, now).some(entry => entry.class === 'note'))
    return 'one-note-a-week'
  if (candidate.ask && !interestComesFirst(others, now)) return 'interest-first'
  const stamped: LedgerEntry[] = [...others, { ...candidate, at: now }]
  for (const wanted of upcoming) {
    if (wanted.at <= now || wanted.at > now + WEEK || !outranks(wanted.class, candidate.class)) continue
    const then = spent(stamped, wanted.at)
    const asksLeft = limits.asks - then.asks
    const messagesLeft = limits.messages - then.messages
    const tooLittle = messagesLeft < 1 || (wanted.ask && candidate.ask && asksLeft < 1)
    if (tooLittle) return wanted.class === 'check-in' ? 'kept-for-check-in' : 'kept-for-higher'
  }
  return undefined
}

/** One ask per rhythm period is the check-in's, so it outranks even a nudge; otherwise rule 2's order holds. */
const outranks = (higher: MessageClass, lower: MessageClass): boolean => {
  if (higher === lower) return false
  if (higher === 'check-in') return true
  if (lower === 'check-in') return false
  return rank(higher) < rank(lower)
}

const rank = (one: MessageClass): number => (CLASSES as readonly string[]).indexOf(one)

/**
 * Rule 5: with one more ask, every stretch up to now, of 28 days or less, holds at most 2 + 2 asks for each message that
 * asked nothing. The shorter stretches matter because they are what a later window is left with once a quiet message has
 * aged out of it.
 */
const interestComesFirst = (ledger: readonly LedgerEntry[], now: Instant): boolean => {
  const newestFirst = ledger
    .filter(entry => entry.at > now - LEDGER_DAYS * DAY && entry.at <= now)
    .toSorted((a, b) => b.at - a.at)
  let asks = 1
  let quiet = 0
  for (const entry of newestFirst) {
    if (!entry.ask) quiet += 1
    else if (isCounted(entry)) asks += 1
    if (asks > 2 + 2 * quiet) return false
  }
  return true
}

/** Adds or moves the entry of one message, and forgets what is older than the ledger's 28 days. */
export const stamp = (ledger: readonly LedgerEntry[], entry: LedgerEntry): readonly LedgerEntry[] => {
  const kept = ledger.filter(one => one.key !== entry.key && one.at > entry.at - LEDGER_DAYS * DAY)
  const all = [...kept, entry].sort((a, b) => a.at - b.at)
  const quiet = all.filter(one => one.class === 'reply')
  const surplus = new Set(quiet.slice(0, Math.max(0, quiet.length - QUIET_KEPT)).map(one => one.key))
  return surplus.size === 0 ? all : all.filter(one => !surplus.has(one.key))
}

/** The message did not leave after all: its slot is free again. */
export const unstamp = (ledger: readonly LedgerEntry[], key: string): readonly LedgerEntry[] =>
  ledger.filter(entry => entry.key !== key)
