import type { Commitment } from './commitment.ts'
import type { Event } from './event.ts'
import type { Goal, Rating } from './goal.ts'
import type { PersonId } from './ids.ts'
import type { Message } from './message.ts'
import type { AppointmentKind } from './person.ts'
import type { MessageClass } from './pressure.ts'
import type { Instant, LocalDate } from './schedule.ts'
import type { SharedLine } from './sharing.ts'
import type { TenantChange } from './tenant.ts'

/**
 * What a turn wants done outside its document. Each has a per-person sequence, grows with it, and is applied by a target that
 * stores the last sequence and takes only a greater one; so applying twice, or late, changes nothing.
 */
export type Effect = { readonly seq: number } & Deed

export type Deed =
  | SendDeed
  | { readonly kind: 'commitment'; readonly commitment: Commitment }
  | { readonly kind: 'goal'; readonly goal: Goal }
  | { readonly kind: 'rating'; readonly rating: Rating }
  | {
      readonly kind: 'appoint'
      readonly key: string
      readonly appointment: AppointmentKind
      readonly at: Instant
      readonly date: LocalDate
    }
  | { readonly kind: 'cancel'; readonly key: string }
  | { readonly kind: 'share'; readonly coach: PersonId; readonly lines: readonly SharedLine[]; readonly at: Instant }
  /** An event for somebody else: it goes through their inbox like any other. */
  | { readonly kind: 'tell'; readonly to: PersonId; readonly event: Event }
  | { readonly kind: 'tenant'; readonly change: TenantChange }
  | { readonly kind: 'observe'; readonly question: Question; readonly value: string }
  /** "That landed badly": the wording's id for the pack's owner, without the person. */
  | { readonly kind: 'landed-badly'; readonly wording: string }
  | { readonly kind: 'report'; readonly period: string }
  | { readonly kind: 'erase' }
  /** On HR's list, to be invited for that coach, in the order given. */
  | { readonly kind: 'rollout'; readonly people: readonly PersonId[]; readonly coach: PersonId }
  /** The next of the list are invited, as many as a day allows; `date` names the wave. */
  | { readonly kind: 'wave'; readonly date: LocalDate; readonly most: number }
  /** Their home is put together from what is stored by then, and published. */
  | { readonly kind: 'home' }

/** What HR's aggregates count; self-reported or done in the open. */
export type Question = 'took-part' | 'self-rating'

export type SendDeed = {
  readonly kind: 'send'
  /** Unique for ever: the outbox's key, and the platform's way to find the message again. */
  readonly key: string
  readonly class: MessageClass | 'reply'
  readonly ask: boolean
  readonly content: Content
  /** Not before this: somebody else's gesture may come at night. */
  readonly notBefore: Instant
  /** After this it is dropped rather than sent late. */
  readonly notAfter: Instant
}

/** A message as written, or a digest that is read from the shared lines at the moment it leaves. */
export type Content =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'digest'; readonly from: Instant; readonly to: Instant }
