import type { CoachNote } from './coach-note.ts'
import type { Contract } from './contract.ts'
import type { Decision } from './decision.ts'
import type { Effect } from './effect.ts'
import type { HeldBack } from './gate.ts'
import type { PersonId, TenantId } from './ids.ts'
import type { LedgerEntry, Limits, MessageClass } from './pressure.ts'
import type { Instant, LocalDate, LocalTime, Weekday, Zone } from './schedule.ts'
import type { OfferedLine } from './sharing.ts'
import type { Silence } from './silence.ts'
import type { Topics } from './topics.ts'
import type { Widening } from './widening.ts'

/**
 * One document per person: everything about them that must agree, written in one guarded write a turn. Collections beside
 * it (commitments, outbox, appointments ...) follow from its effects.
 */
export type Person = {
  readonly tenant: TenantId
  readonly id: PersonId
  readonly name: string
  readonly roles: readonly Role[]
  readonly locale: string
  /** The locale is the one they chose here: the platform's profile no longer changes it. */
  readonly localeChosen?: true
  /** Languages whose use was met with an offer to switch: each is offered once, until they ask. */
  readonly languagesOffered?: readonly string[]
  readonly zone: Zone
  /** They can no longer be written to, and since when: nothing is begun, and all stays as it is should they come back. */
  readonly left?: { readonly at: Instant; readonly why: 'removed' | 'deactivated' }
  /** What they typed last, newest last, by the keys it came under: an edit of it is told by its key alone. */
  readonly typed?: readonly { readonly key: string; readonly text: string }[]
  /** When they last looked at their home: for some days it is then kept up with what they do. */
  readonly homeSeenAt?: Instant
  /** The platform's address of their direct messages; opaque to the core. None: they cannot be written to yet. */
  readonly route: string | undefined
  /** Since when the platform refuses whatever is sent to them; over as soon as they write or join again. */
  readonly stoppedAt?: Instant
  /** What they are as a client, once a coach has invited them. */
  readonly client: Client | undefined
  /** What they are as a coach, once HR has named them. */
  readonly coach: Coach | undefined
  /** HR who put people on the list: until all have had their invitation, some are invited each working day. */
  readonly rollout?: { readonly lastWave: LocalDate | undefined }
  readonly conversation: Conversation | undefined
  /** Appointments that stand, by key: the agenda as last written. */
  readonly scheduled: Readonly<Record<string, Scheduled>>
  /** Effects not known to be relayed, oldest first. */
  readonly effects: readonly Effect[]
  /** Ids of the wordings in the last message: what "that landed badly" is about. */
  readonly said: readonly string[]
  /** The last effect's sequence; it only grows. */
  readonly seq: number
  /** Keys of events that took effect and whose inbox rows may not be done yet. */
  readonly applied: readonly string[]
  /** Guards the write: it grows by one each time. */
  readonly revision: number
}

export type Role = 'client' | 'coach' | 'hr'

export type Coach = {
  readonly appointedAt: Instant
  /** Everything shared before this has been in a digest. */
  readonly digestedTo: Instant
  /** They asked for no digests; the next one, if they do again, has all that was shared meanwhile. */
  readonly digestsStopped?: true
  /** They are away until then: a digest waits for them. */
  readonly awayUntil?: Instant
}

export type Client = {
  readonly coach: PersonId
  readonly coachName: string
  readonly contract: Contract
  /** Whose idea it was, if they said. */
  readonly origin: 'mine' | 'theirs' | 'both' | undefined
  /** Rule 11's hold; shown to everyone, the client too, as a pause without its reason. */
  readonly hold: Instant | undefined
  readonly pause: Pause | undefined
  readonly rhythm: Rhythm
  /** Their hour for nudges. */
  readonly hour: LocalTime
  readonly daysOff: readonly LocalDate[]
  readonly silence: Silence
  readonly limits: Limits
  readonly topics: Topics
  readonly ledger: readonly LedgerEntry[]
  /** Newest first, at most 20. */
  readonly heldBack: readonly HeldBack[]
  /** Questions they called too personal, and wordings that landed badly: neither is used for them again. */
  readonly retired: { readonly questions: readonly string[]; readonly wordings: readonly string[] }
  /** What the next check-in opens with. */
  readonly last: LastThing
  /** What they asked to bring up in the next check-in. */
  readonly offered: readonly OfferedLine[]
  /** The month (`YYYY-MM`, in the tenant's zone) for which it is noted that they took part. */
  readonly tookPart?: string
  /** How often each place that has several wordings has been read: it turns the wheel of variants. */
  readonly begun: Readonly<Record<string, number>>
  // What came later is absent in documents written before it.
  /** What they want to look back at, oldest first. */
  readonly decisions?: readonly Decision[]
  /** What their coach wrote and they have not seen yet, oldest first. */
  readonly notes?: readonly CoachNote[]
  /** Rule 10's invitations. */
  readonly widening?: Widening
  /** When a check-in last asked how fulfilling work is. */
  readonly fulfilmentAskedAt?: Instant
}

/** Until when; `undefined` is until they come back. */
export type Pause = { readonly until: Instant | undefined }

export type Rhythm = {
  /** Weeks between check-ins, as the client chose: 1, 2 or 4; 0 for none. */
  readonly weeks: 0 | 1 | 2 | 4
  readonly weekday: Weekday
  readonly at: LocalTime
  /** A date in the rhythm's first week. */
  readonly anchor: LocalDate
  /** The date of the check-in that last fell due, sent or not. */
  readonly lastDate: LocalDate | undefined
}

/** Facts, never moods (rule 12); the title is one that the client gave (a commitment's or a goal's words). */
export type LastThing =
  | { readonly kind: 'nothing' | 'goals-set' | 'wrote' | 'shared' }
  | { readonly kind: 'kept' | 'partly' | 'moved' | 'let-go' | 'made'; readonly title: string }

export type Scheduled = {
  readonly kind: AppointmentKind
  readonly at: Instant
  /** The local date that the occurrence is for. */
  readonly date: LocalDate
}

/**
 * A 'follow-up' comes back to something later: to a commitment, or to what the first word of its key names (`occasionOf`).
 */
export type AppointmentKind =
  | 'reminder'
  | 'check-in'
  | 'nudge'
  | 'follow-up'
  | 'closing-line'
  | 'snoozed'
  | 'expiry'
  | 'digest'
  | 'wave'
  | 'close-period'

/** What a follow-up comes back to, beside commitments. */
export type Occasion = 'look-back' | 'note' | 'widening'
const OCCASIONS: readonly Occasion[] = ['look-back', 'note', 'widening']

/** The occasion that an appointment's key names; undefined: it is what its kind says. */
export const occasionOf = (key: string): Occasion | undefined => OCCASIONS.find(one => key.startsWith(`${one}:`))

/** A running conversation. Packs are kept by content hash, so a deploy never strands it. */
export type Conversation = {
  readonly id: string
  /** The bottom one began it; the top one is asking. */
  readonly frames: readonly Frame[]
  readonly startedAt: Instant
  /** When the client last answered, or else when it began. */
  readonly lastAt: Instant
  readonly answered: boolean
  /** How many questions it has asked: makes each ask's id unique. */
  readonly asked: number
  /** The ledger key of the unprompted message that began it, or none: the client began it. */
  readonly ledgerKey: string | undefined
  /** Answers not understood in a row. */
  readonly misses: number
  /** The pack's, from its class: an unanswered check-in counts for rule 4. */
  readonly class: MessageClass | 'reply'
  /** Hours of quiet after which it ends by itself, without a word. */
  readonly quietAfter: number | undefined
  /** Parked by "snooze" until its appointment. */
  readonly snoozed: boolean
}

export type Frame = {
  readonly pack: string
  readonly version: number
  readonly hash: string
  readonly step: string
  readonly slots: Readonly<Record<string, string>>
  /** The commitment or goal that this frame is about. */
  readonly focus: string | undefined
  /** Those it will come to next. */
  readonly queue: readonly string[]
  /** Questions answered so far, oldest first: what "edit" walks back along. */
  readonly trail: readonly string[]
  /** It came in between, by an always-on command: when it ends, the question below is asked again. */
  readonly between: boolean
}
