import type { Commitment } from '../domain/commitment.ts'
import type { SendDeed } from '../domain/effect.ts'
import type { Event } from '../domain/event.ts'
import type { Goal, Rating } from '../domain/goal.ts'
import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Installation } from '../domain/installation.ts'
import type { AppointmentKind, Person, Role } from '../domain/person.ts'
import type { PassedOver, Tally, Waiting } from '../domain/rollout.ts'
import type { Instant, LocalDate } from '../domain/schedule.ts'
import type { SharedLine } from '../domain/sharing.ts'
import type { Tenant } from '../domain/tenant.ts'

/**
 * What the core keeps. Single-document writes only; every call takes the tenant first; what people wrote is sealed under
 * their key on its way in and unsealed on its way out. One contract suite (test/contract/store.ts) runs on every engine.
 */
export type Store = {
  readonly tenants: Tenants
  readonly installations: Installations
  readonly people: People
  readonly inbox: Inbox
  readonly leases: Leases
  readonly appointments: Appointments
  readonly outbox: Outbox
  readonly records: Records
  readonly packs: Packs
  readonly reports: Reports
  readonly rollouts: Rollouts
  readonly processes: Processes
  readonly deadLetters: DeadLetters
  /** Answers if the store does. @throws when it does not */
  ping(): Promise<void>
  /** Removes every document of one person, key apart (Keyring.destroy does that first). */
  erase(tenant: TenantId, person: PersonId): Promise<void>
  close(): Promise<void>
}

export type Tenants = {
  find(tenant: TenantId): Promise<Tenant | undefined>
  list(): Promise<readonly Tenant[]>
  /** False if one with this id is there already. */
  insert(tenant: Tenant): Promise<boolean>
  /** Writes `tenant` (whose revision is one greater) over the revision before it; false if another write came first. */
  save(tenant: Tenant): Promise<boolean>
}

/** How tenants are reached. Tokens are sealed under a key of the tenant's own, and gone once it is stopped. */
export type Installations = {
  find(tenant: TenantId): Promise<Installation | undefined>
  /** Those that are not stopped. */
  active(platform: string): Promise<readonly Installation[]>
  /** The first of its tenant; false if there is one already. */
  insert(installation: Installation): Promise<boolean>
  /** As Tenants.save: guarded by revision, never retried under an old claim. */
  save(installation: Installation): Promise<boolean>
}

export type People = {
  find(tenant: TenantId, person: PersonId): Promise<Person | undefined>
  /** Without their sealed parts: for rosters. */
  roster(tenant: TenantId): Promise<readonly RosterEntry[]>
  insert(person: Person): Promise<boolean>
  /** As Tenants.save: guarded by revision, never retried under an old claim. */
  save(person: Person): Promise<boolean>
}

export type RosterEntry = {
  readonly id: PersonId
  readonly name: string
  readonly roles: readonly Role[]
  readonly coach: PersonId | undefined
}

export type InboxRow = {
  readonly tenant: TenantId
  readonly person: PersonId
  /** Unique within the tenant. */
  readonly key: string
  /** The order to take them in: platform time, then arrival. */
  readonly at: Instant
  readonly event: Event
}

export type Inbox = {
  /** False if this key was there already: a repeat. */
  put(row: InboxRow, receivedAt: Instant): Promise<boolean>
  /** What waits for one person, in platform order. */
  waiting(tenant: TenantId, person: PersonId, limit: number): Promise<readonly InboxRow[]>
  /** Tenants with something waiting, each once. */
  tenantsWaiting(): Promise<readonly TenantId[]>
  /** A tenant's people with something waiting, oldest first. */
  whoWaits(tenant: TenantId, limit: number): Promise<readonly PersonId[]>
  /** Done rows keep their key for 30 days and lose their words at once. */
  done(tenant: TenantId, key: string, at: Instant): Promise<void>
  /** Sets a waiting one aside as a dead letter, words kept sealed; a row that does not open sets itself aside ('unreadable'). */
  bury(tenant: TenantId, key: string, why: string, at: Instant): Promise<void>
  /** Deletes rows done before `before`; returns how many, at most `limit`. */
  prune(before: Instant, limit: number): Promise<number>
}

/** A message or an event that was set aside, without its words: what an operator may see. */
export type DeadLetter = {
  readonly box: 'inbox' | 'outbox'
  readonly tenant: TenantId
  readonly person: PersonId
  readonly key: string
  readonly why: string
  readonly at: Instant
  /** Of the outbox: how often it was tried, and what it is; one that Lighthand began cannot be taken up again. */
  readonly attempts: number | undefined
  readonly class: string | undefined
}

/** What was set aside, for the operator's commands; never for a turn or a tick. */
export type DeadLetters = {
  /** The latest first. */
  list(limit: number): Promise<readonly DeadLetter[]>
  find(box: DeadLetter['box'], tenant: TenantId, key: string): Promise<DeadLetter | undefined>
  /** Back to where it waits, from `at` on; a message may leave until `notAfter`. False if it is not there any more. */
  requeue(letter: DeadLetter, at: Instant, notAfter: Instant): Promise<boolean>
}

/** A process at work on this store. `beat` changes while it lives; `at` is its own wall clock. */
export type ProcessRow = { readonly id: string; readonly beat: number; readonly at: Instant }

export type Processes = {
  /** Writes one's own, and gives back all. */
  beat(id: string, beat: number, at: Instant): Promise<readonly ProcessRow[]>
  leave(id: string): Promise<void>
}

/** A person is worked on by one process at a time. */
export type Lease = {
  readonly tenant: TenantId
  readonly person: PersonId
  readonly token: string
  /** Effects up to this sequence are known to be applied. */
  readonly relayed: number
  /** How it was last let go in good order. Undefined where that is not known: it was stolen, or its holder died. */
  readonly left: Left | undefined
}

export type Left = {
  /** Of the person's document: nobody has written it since, for nobody does without the lease. None: there was no document. */
  readonly revision: number | undefined
  /** Nothing of theirs waited to leave. */
  readonly settled: boolean
}

export type Leases = {
  /** The lease, or the token of whoever holds it. */
  take(
    tenant: TenantId,
    person: PersonId,
    token: string,
  ): Promise<{ readonly lease: Lease } | { readonly heldBy: string }>
  /** Takes it from `from`; undefined if it has moved on since. */
  steal(tenant: TenantId, person: PersonId, from: string, token: string): Promise<Lease | undefined>
  /** A sign of life: the same lease under a new token. False if it was stolen. */
  renew(lease: Lease, token: string): Promise<boolean>
  /** Records how far the effects are relayed and how things were left, and lets go; does nothing if it was stolen. */
  release(lease: Lease, relayed: number, left: Left | undefined): Promise<void>
  /** Frees all: only for an engine that knows it is alone (the embedded one, by its exclusive lock). */
  releaseAll(): Promise<void>
}

export type Appointment = {
  readonly tenant: TenantId
  readonly person: PersonId
  /** Unique per person: kind and local date. */
  readonly key: string
  readonly kind: AppointmentKind
  readonly at: Instant
  readonly date: LocalDate
}

export type ClaimedAppointment = Appointment & { readonly token: string; readonly seq: number }

export type Appointments = {
  /** Sets or moves it, unless a later sequence already did. */
  put(appointment: Appointment, seq: number): Promise<void>
  cancel(tenant: TenantId, person: PersonId, key: string, seq: number): Promise<void>
  /**
   * Claims the earliest one due at `now` in this tenant, making it visible again at `until` should the claimer die.
   * One atomic find-and-update.
   */
  claim(tenant: TenantId, now: Instant, token: string, until: Instant): Promise<ClaimedAppointment | undefined>
  /** Finished, unless it was put again (a greater sequence) or claimed by another token since. */
  done(claimed: ClaimedAppointment): Promise<void>
  /** Lets go before `until`, to be claimed again at `at`. */
  postpone(claimed: ClaimedAppointment, at: Instant): Promise<void>
  /** Tenants with something due, each once. */
  tenantsDue(now: Instant): Promise<readonly TenantId[]>
  /** The earliest that stands in this tenant; its `at` is when it can be claimed (later than set, if claimed or postponed). */
  next(tenant: TenantId): Promise<Appointment | undefined>
  standing(tenant: TenantId, person: PersonId): Promise<readonly Appointment[]>
  prune(before: Instant, limit: number): Promise<number>
}

/** `sending` is stamped before the platform is called: whoever finds it later knows that it was perhaps sent. */
export type OutboxState = 'due' | 'sending' | 'sent' | 'dropped' | 'dead'

export type OutboxRow = {
  readonly tenant: TenantId
  readonly person: PersonId
  readonly seq: number
  readonly send: SendDeed
  readonly state: OutboxState
  readonly attempts: number
  /** When the first attempt began. */
  readonly firstTriedAt: Instant | undefined
}

/** With the moment it waits for. */
export type PendingRow = OutboxRow & { readonly wakeAt: Instant }

export type Outbox = {
  /** Inserts by its unique key; false if it is there already. `state` is 'sending' when the same claim goes on to send it. */
  put(row: OutboxRow, wakeAt: Instant): Promise<boolean>
  /** Once it left or ended its content is an empty message: the words are forgotten. */
  find(tenant: TenantId, key: string): Promise<OutboxRow | undefined>
  /** What has not left yet for one person, by sequence; each with the moment it waits for. */
  pending(tenant: TenantId, person: PersonId): Promise<readonly PendingRow[]>
  /** Tenants with a message due at `now`, each once. */
  tenantsDue(now: Instant): Promise<readonly TenantId[]>
  /** A tenant's people with a message due at `now`, earliest first. */
  whoWaits(tenant: TenantId, now: Instant, limit: number): Promise<readonly PersonId[]>
  /** Stamps an attempt: state 'sending', attempts + 1, visible again at `until`. False if it is no longer pending. */
  attempt(tenant: TenantId, key: string, at: Instant, until: Instant): Promise<boolean>
  /** Back to 'due' at `wakeAt`. */
  retry(tenant: TenantId, key: string, wakeAt: Instant, why: string): Promise<void>
  sent(tenant: TenantId, key: string, receipt: string, at: Instant): Promise<void>
  /**
   * Ended without leaving: `dropped` for a stated reason, its words forgotten; `dead` for a fault to look at, its words kept
   * sealed until it is taken up again or pruned.
   */
  end(tenant: TenantId, key: string, state: 'dropped' | 'dead', why: string, at: Instant): Promise<void>
  /** The earliest moment a message waits for in this tenant; for the playground's clock. */
  next(tenant: TenantId): Promise<Instant | undefined>
  depth(): Promise<Readonly<Record<OutboxState, number>>>
  prune(before: Instant, limit: number): Promise<number>
}

export type StoredShare = SharedLine & { readonly person: PersonId; readonly at: Instant }

/** What people made: each kind keeps the last sequence and takes only a greater one. */
export type Records = {
  putCommitment(tenant: TenantId, person: PersonId, commitment: Commitment, seq: number): Promise<void>
  /** Open ones, oldest first. */
  openCommitments(tenant: TenantId, person: PersonId): Promise<readonly Commitment[]>
  /** All of them, newest first. */
  commitments(tenant: TenantId, person: PersonId, limit: number): Promise<readonly Commitment[]>
  putGoal(tenant: TenantId, person: PersonId, goal: Goal, seq: number): Promise<void>
  /** Open ones, oldest first. */
  goals(tenant: TenantId, person: PersonId): Promise<readonly Goal[]>
  putRating(tenant: TenantId, person: PersonId, rating: Rating, seq: number): Promise<void>
  /** Newest first. */
  ratings(tenant: TenantId, person: PersonId, limit: number): Promise<readonly Rating[]>
  /** Copies approved lines for a coach; `seq` and the line's id make each unique. */
  share(
    tenant: TenantId,
    person: PersonId,
    coach: PersonId,
    lines: readonly SharedLine[],
    at: Instant,
    seq: number,
  ): Promise<void>
  /** What one client shared with a coach, newest first. From `from` up to but not including `to`; the only query behind a digest and "what they see". */
  shared(
    tenant: TenantId,
    coach: PersonId,
    person: PersonId,
    from: Instant,
    to: Instant,
  ): Promise<readonly StoredShare[]>
  /** As `shared`, over all of a coach's clients: oldest first. */
  sharedWith(tenant: TenantId, coach: PersonId, from: Instant, to: Instant): Promise<readonly StoredShare[]>
  /**
   * Counts a wording that landed badly, once a person however often it is told; what is stored leads back to nobody, and after
   * their erasure cannot be compared with anybody either.
   */
  landedBadly(tenant: TenantId, wording: string, person: PersonId, at: Instant): Promise<void>
  /** The wordings that landed badly, and with how many people; most first. */
  badWordings(tenant: TenantId): Promise<readonly { readonly wording: string; readonly times: number }[]>
}

/** Packs by content hash, for conversations that began before a deploy. */
export type Packs = {
  put(hash: string, source: string): Promise<void>
  get(hash: string): Promise<string | undefined>
}

export type Cohort = {
  readonly tenant: TenantId
  /** Names the period and orders it: its first local date. */
  readonly period: LocalDate
  readonly until: LocalDate
  readonly members: readonly PersonId[]
  /** The smallest group reported on, as the policy stood when the period began. */
  readonly minimum: number
}

export type ObservationRow = { readonly person: PersonId; readonly question: string; readonly value: string }

/**
 * HR's list of whom to invite. Who is on it stands there by name only while they wait; afterwards a mark is left, made with the
 * tenant's own key, so that nobody is invited twice, and the numbers stay what they are when somebody is deleted.
 */
export type Rollouts = {
  /** Puts people on it, each once: whoever is there or was invited stays as they are; whoever was passed over waits again. */
  add(tenant: TenantId, people: readonly PersonId[], coach: PersonId, at: Instant): Promise<void>
  /** Those who wait, in the order they were put there. */
  waiting(tenant: TenantId, limit: number): Promise<readonly Waiting[]>
  /** `date` names the wave. */
  done(tenant: TenantId, person: PersonId, fate: 'invited' | PassedOver, date: LocalDate): Promise<void>
  /** How many were done in that wave: one that is taken up again does not invite a second day's number. */
  doneOn(tenant: TenantId, date: LocalDate): Promise<number>
  tally(tenant: TenantId): Promise<Tally>
}

/** What aggregates are made of and the reports they became. */
export type Reports = {
  openCohort(cohort: Cohort): Promise<void>
  cohort(tenant: TenantId, period: LocalDate): Promise<Cohort | undefined>
  /** One answer a person, question and period; the last one counts. */
  observe(tenant: TenantId, period: LocalDate, row: ObservationRow, seq: number): Promise<void>
  observations(tenant: TenantId, period: LocalDate): Promise<readonly ObservationRow[]>
  /** A closed period's report, as published: JSON, never changed once put. */
  publish(tenant: TenantId, period: LocalDate, report: string): Promise<void>
  /** Newest first. */
  published(
    tenant: TenantId,
    limit: number,
  ): Promise<readonly { readonly period: LocalDate; readonly report: string }[]>
}
