import type { Instant } from './schedule.ts'

/**
 * The pressure budget (rule 2) and interest before ask (rule 5). Every message that leaves unprompted is in the ledger;
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

const DAY = 86_400_000
/**
 * How long a message waits for its slot rather than give way. A weekly message that left some seconds late, or before a
 * clock was set forward, is not quite seven days old when the next one is due.
 */
export const PATIENCE = DAY / 12
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

/** A client's own limits within those that the guidelines set: whichever is lower. */
export const within = (own: Limits, most: Limits): Limits => ({
  asks: Math.min(own.asks, most.asks),
  messages: Math.min(own.messages, most.messages),
})

/** The contract's invitation and its reminder are not counted; neither is a reply to the client. */
export const isCounted = (entry: LedgerEntry): boolean => entry.class !== 'reply' && entry.class !== 'invitation'

const countedSince = (ledger: readonly LedgerEntry[], from: Instant): readonly LedgerEntry[] =>
  ledger.filter(entry => isCounted(entry) && entry.at > from)

/** What the seven days that end at `now` hold, with what a clock running ahead has stamped a little later. */
export const spent = (ledger: readonly LedgerEntry[], now: Instant): Limits => {
  const week = countedSince(ledger, now - WEEK)
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

type Wanting = { readonly key: string; readonly class: MessageClass; readonly ask: boolean }

/**
 * Rule 2. May this message take a slot now? A counted message needs room in its own seven days, and leaves room for all that
 * outranks it and is due within seven days, of asks and of interest too: one ask per rhythm period is the check-in's.
 */
export const budgetRefusal = (
  ledger: readonly LedgerEntry[],
  limits: Limits,
  candidate: Wanting,
  upcoming: readonly Upcoming[],
  now: Instant,
): BudgetRefusal | undefined => {
  if (candidate.class === 'invitation') return undefined
  const others = ledger.filter(entry => entry.key !== candidate.key)
  const short = shortage(others, limits, candidate.ask, now)
  if (short !== undefined) return short
  if (candidate.class === 'note' && countedSince(others, now - WEEK).some(entry => entry.class === 'note'))
    return 'one-note-a-week'
  const planned: LedgerEntry[] = [...others, { ...candidate, at: now }]
  for (const wanted of higherThan(candidate, upcoming, now)) {
    const at = Math.max(wanted.at, now) + PATIENCE
    // What asks nothing takes a message's slot and no ask's.
    if (shortage(planned, limits, wanted.ask && candidate.ask, at) !== undefined)
      return wanted.class === 'check-in' ? 'kept-for-check-in' : 'kept-for-higher'
    planned.push({ key: '', class: wanted.class, ask: wanted.ask, at })
  }
  return undefined
}

/** When, within PATIENCE, a message that is refused now may leave after all; undefined if it may not. */
export const roomSoon = (
  ledger: readonly LedgerEntry[],
  limits: Limits,
  candidate: Wanting,
  upcoming: readonly Upcoming[],
  now: Instant,
): Instant | undefined =>
  ledger
    .flatMap(({ at }) => [at + WEEK, at + LEDGER_DAYS * DAY])
    .filter(at => at > now && at <= now + PATIENCE)
    .sort((a, b) => a - b)
    .find(at => budgetRefusal(ledger, limits, candidate, upcoming, at) === undefined)

const shortage = (
  ledger: readonly LedgerEntry[],
  limits: Limits,
  ask: boolean,
  at: Instant,
): 'messages-spent' | 'asks-spent' | 'interest-first' | undefined => {
  const used = spent(ledger, at)
  if (used.messages + 1 > limits.messages) return 'messages-spent'
  if (!ask) return undefined
  if (used.asks + 1 > limits.asks) return 'asks-spent'
  return interestComesFirst(ledger, at) ? undefined : 'interest-first'
}

/** Soonest first. What is due and waits for its turn still wants its slot; after a day it is stale and will not be sent. */
const higherThan = (candidate: Wanting, upcoming: readonly Upcoming[], now: Instant): readonly Upcoming[] =>
  upcoming
    .filter(({ at }) => at > now - DAY && at <= now + WEEK)
    .filter(wanted => outranks(wanted.class, candidate.class))
    .toSorted((a, b) => a.at - b.at)

/** One ask per rhythm period is the check-in's, so it outranks even a nudge; otherwise rule 2's order holds. */
const outranks = (higher: MessageClass, lower: MessageClass): boolean => {
  if (higher === lower) return false
  if (higher === 'check-in') return true
  if (lower === 'check-in') return false
  return rank(higher) < rank(lower)
}

const rank = (one: MessageClass): number => (CLASSES as readonly string[]).indexOf(one)

/**
 * Rule 5. With one more ask, every stretch up to now, of 28 days or less, holds at most 2 + 2 asks for each message that
 * asked nothing. The shorter stretches matter because they are what a later window is left with once a quiet message has
 * aged out of it.
 */
const interestComesFirst = (ledger: readonly LedgerEntry[], now: Instant): boolean => {
  const newestFirst = ledger
    .filter(entry => entry.at > now - LEDGER_DAYS * DAY)
    .toSorted((a, b) => b.at - a.at || Number(a.ask) - Number(b.ask))
  let asks = 1
  let quiet = 0
  for (const entry of newestFirst) {
    if (entry.ask) asks += isCounted(entry) ? 1 : 0
    // What a clock running ahead has stamped later than now counts against the ask, never for it.
    else if (entry.at <= now) quiet += 1
    if (asks > 2 + 2 * quiet) return false
  }
  return true
}

/**
 * Adds or moves the entry of one message, and forgets what no rule will look at again: what is older than the ledger's 28
 * days, and all but the last few quiet replies. A reply that asks is the client's own conversation and is not kept.
 */
export const stamp = (ledger: readonly LedgerEntry[], entry: LedgerEntry): readonly LedgerEntry[] => {
  const kept = ledger.filter(one => one.key !== entry.key && one.at > entry.at - LEDGER_DAYS * DAY)
  if (entry.class === 'reply' && entry.ask) return kept
  const all = [...kept, entry].sort((a, b) => a.at - b.at)
  const quiet = all.filter(one => one.class === 'reply')
  const surplus = new Set(quiet.slice(0, Math.max(0, quiet.length - QUIET_KEPT)).map(one => one.key))
  return surplus.size === 0 ? all : all.filter(one => !surplus.has(one.key))
}

/**
 * When a message left that was composed at `composedAt`: its entry moves with each attempt to send it. What waits for an hour,
 * or for another try, counts from there.
 */
export const leftAt = (ledger: readonly LedgerEntry[], as: MessageClass, composedAt: Instant): Instant =>
  ledger.find(entry => entry.class === as && entry.at >= composedAt)?.at ?? composedAt

/** The message did not leave after all: its slot is free again. */
export const unstamp = (ledger: readonly LedgerEntry[], key: string): readonly LedgerEntry[] =>
  ledger.filter(entry => entry.key !== key)
