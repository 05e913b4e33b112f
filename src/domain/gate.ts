import { mayInitiate } from './contract.ts'
import { type AppointmentKind, type Client, occasionOf, type Person, type Scheduled } from './person.ts'
import {
  type BudgetRefusal,
  budgetRefusal,
  type Limits,
  type MessageClass,
  MOST,
  roomSoon,
  type Upcoming,
  within,
} from './pressure.ts'
import { type Calendar, type Instant, isOpen, nextOpen } from './schedule.ts'

/** Why something that was due did not leave; shown to the client in their ledger and behind the glass. */
export type HeldBack = { readonly at: Instant; readonly what: AppointmentKind; readonly why: Refusal }

export type Refusal =
  | BudgetRefusal
  | 'not-accepted'
  | 'paused'
  | 'quiet-time'
  | 'stale'
  | 'already-answered'
  | 'not-reachable'

/** An unprompted message that wants to leave. */
export type Candidate = { readonly key: string; readonly class: MessageClass; readonly ask: boolean }

export type Verdict =
  | { readonly kind: 'go' }
  /** Not now, but at `at` it may: quiet hours, a day off, a slot that is about to be free. */
  | { readonly kind: 'wait'; readonly at: Instant; readonly why: Refusal }
  | { readonly kind: 'no'; readonly why: Refusal }

/**
 * The one gate for everything Lighthand begins by itself: rules 1, 2, 3, 5 and 11. Asked when a message is composed, and
 * again at each attempt to send it. `most` is what the guidelines leave of the budget.
 */
export const gate = (
  person: Person,
  candidate: Candidate,
  calendar: Calendar,
  now: Instant,
  most: Limits = MOST,
): Verdict => {
  const client = person.client
  if (client === undefined || person.route === undefined || person.stoppedAt !== undefined)
    return { kind: 'no', why: 'not-reachable' }
  const invitation = candidate.class === 'invitation'
  if (!invitation && !mayInitiate(client.contract)) return { kind: 'no', why: 'not-accepted' }
  if (invitation && client.contract.state !== 'invited') return { kind: 'no', why: 'already-answered' }
  if (isPaused(client, now)) return { kind: 'no', why: 'paused' }
  if (!isOpen(now, person.zone, calendar))
    return { kind: 'wait', at: nextOpen(now, person.zone, calendar), why: 'quiet-time' }
  const wanted = upcoming(person.scheduled)
  const limits = within(client.limits, most)
  const why = budgetRefusal(client.ledger, limits, candidate, wanted, now)
  if (why === undefined) return { kind: 'go' }
  const at = roomSoon(client.ledger, limits, candidate, wanted, now)
  return at !== undefined && isOpen(at, person.zone, calendar) ? { kind: 'wait', at, why } : { kind: 'no', why }
}

/** A pause of their own or a hold (rule 11): both stop everything unprompted, and look the same from outside. */
const isPaused = (client: Client, now: Instant): boolean =>
  client.hold !== undefined ||
  (client.pause !== undefined && (client.pause.until === undefined || client.pause.until > now))

const CLASS_OF: Partial<Record<AppointmentKind, MessageClass>> = {
  nudge: 'nudge',
  'check-in': 'check-in',
  'follow-up': 'follow-up',
  snoozed: 'check-in',
}

const upcoming = (scheduled: Readonly<Record<string, Scheduled>>): readonly Upcoming[] =>
  Object.entries(scheduled).flatMap(([key, { kind, at }]) => {
    const wanted = occasionOf(key) ?? CLASS_OF[kind]
    return wanted === undefined ? [] : [{ class: wanted, at, ask: true }]
  })
