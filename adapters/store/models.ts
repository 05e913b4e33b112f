import { type Connection, type Model, Schema, type SchemaDefinition } from 'mongoose'
import type { SendDeed } from '../../src/domain/effect.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Installation, StopReason } from '../../src/domain/installation.ts'
import type { AppointmentKind, Role } from '../../src/domain/person.ts'
import type { PassedOver } from '../../src/domain/rollout.ts'
import type { Instant, LocalDate } from '../../src/domain/schedule.ts'
import type { Programme, Tenant } from '../../src/domain/tenant.ts'
import type { OutboxState } from '../../src/ports/store.ts'

/** `sealed` is a string of seal.ts; a missing field means "not so", and null never stands for it, except a free lease. */
type Named = { _id: string; tenant: TenantId }
type OfPerson = Named & { person: PersonId }

export type TenantDoc = Named &
  Omit<Tenant, 'id' | 'programme' | 'stopped'> & { programme?: Programme; stopped?: { at: Instant; why: string } }
export type InstallationDoc = Named &
  Omit<Installation, 'tenant' | 'tokens' | 'state'> & {
    state: Installation['state']['kind']
    stoppedAt?: Instant
    why?: StopReason
    /** The tokens; absent once stopped. */
    sealed?: string
  }
export type PersonDoc = OfPerson & {
  name: string
  roles: readonly Role[]
  coach?: PersonId
  revision: number
  sealed: string
}
export type InboxDoc = OfPerson & {
  key: string
  /** Platform time; with `arrival` the order. Absent once done. */
  waitsAt?: Instant
  arrival: number
  doneAt?: Instant
  /** Set aside as a dead letter, for this reason; its words stay sealed until it is taken up again or pruned. */
  why?: string
  sealed?: string
}
export type LeaseDoc = OfPerson & {
  token: string | null
  relayed: number
  left?: { settled: boolean; revision?: number } | null
}
export type AppointmentDoc = OfPerson & {
  key: string
  seq: number
  kind: AppointmentKind
  at: Instant
  date: LocalDate
  /** Due time, then a claim's nominal end; absent once ended. */
  wakeAt?: Instant
  token?: string
  endedAt?: Instant
}
export type OutboxDoc = OfPerson & {
  key: string
  seq: number
  class: SendDeed['class']
  ask: boolean
  notBefore: Instant
  notAfter: Instant
  state: OutboxState
  attempts: number
  firstTriedAt?: Instant
  /** When it is to be looked at; absent once it left or ended. */
  wakeAt?: Instant
  endedAt?: Instant
  receipt?: string
  why?: string
  sealed?: string
}
export type CommitmentDoc = OfPerson & { seq: number; open: boolean; madeAt: Instant; sealed: string }
export type GoalDoc = CommitmentDoc
export type RatingDoc = OfPerson & { seq: number; at: Instant; sealed: string }
export type SharedDoc = OfPerson & { coach: PersonId; at: Instant; seq: number; sealed: string }
/** `marks`: one a person who said so, made with their key: it tells a repeat, and not who it was. */
export type LandedBadlyDoc = Named & { wording: string; times: number; lastAt: Instant; marks: readonly string[] }
export type PackDoc = { _id: string; source: string }
export type CohortDoc = Named & { period: LocalDate; until: LocalDate; members: readonly PersonId[]; minimum: number }
export type ObservationDoc = OfPerson & { period: LocalDate; question: string; value: string; seq: number }
export type ReportDoc = Named & { period: LocalDate; report: string }

export type ProcessDoc = { _id: string; beat: number; at: Instant }
/** One document, `schema`: how far the database has been brought, and who is at it. */
export type MetaDoc = { _id: string; version: number; token?: string }
/** Named by a mark of the person, not by who they are; `person` and `coach` are there while they wait. */
export type RolloutDoc = Named & {
  person?: PersonId
  coach?: PersonId
  at: Instant
  place: number
  /** The date of the wave in which it was done. */
  wave?: LocalDate
  state: 'waiting' | 'invited' | PassedOver
}

export type Models = {
  readonly rollouts: Model<RolloutDoc>
  readonly tenants: Model<TenantDoc>
  readonly installations: Model<InstallationDoc>
  readonly people: Model<PersonDoc>
  readonly inbox: Model<InboxDoc>
  readonly leases: Model<LeaseDoc>
  readonly appointments: Model<AppointmentDoc>
  readonly outbox: Model<OutboxDoc>
  readonly commitments: Model<CommitmentDoc>
  readonly goals: Model<GoalDoc>
  readonly ratings: Model<RatingDoc>
  readonly shared: Model<SharedDoc>
  readonly landedBadly: Model<LandedBadlyDoc>
  readonly packs: Model<PackDoc>
  readonly cohorts: Model<CohortDoc>
  readonly observations: Model<ObservationDoc>
  readonly reports: Model<ReportDoc>
  readonly processes: Model<ProcessDoc>
  readonly meta: Model<MetaDoc>
}
export type CollectionName = keyof Models

const text = { type: String, required: true }
const number = { type: Number, required: true }
const named = { _id: text, tenant: text }
const ofPerson = { ...named, person: text }

/** Strict both ways: a misspelt field is an error, never a silent nothing. Indexes and collections are never made by the way. */
const schema = (definition: SchemaDefinition) =>
  new Schema(definition, {
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    id: false,
    minimize: false,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  })

const part = (definition: SchemaDefinition) => new Schema(definition, { _id: false, id: false, strict: 'throw' })

const definitions = (): Record<CollectionName, SchemaDefinition> => ({
  tenants: {
    ...named,
    platform: text,
    workspace: text,
    zone: text,
    programme: part({
      name: text,
      purpose: String,
      coaches: [String],
      enabledBy: text,
      enabledAt: number,
    }),
    policy: part({
      workdays: [Number],
      quiet: part({ from: text, to: text }),
      country: String,
      region: String,
      daysOff: [String],
      smallestGroup: number,
      digest: part({ weekday: number, at: text }),
      safety: part({ owner: text, hours: text }),
      invitationsADay: Number,
    }),
    stopped: part({ at: number, why: text }),
    pausedAt: Number,
    revision: number,
  },
  installations: {
    ...named,
    platform: text,
    team: String,
    enterprise: String,
    app: text,
    bot: String,
    scopes: [String],
    installedAt: number,
    state: text,
    stoppedAt: Number,
    why: String,
    revision: number,
    sealed: String,
  },
  people: { ...ofPerson, name: text, roles: [String], coach: String, revision: number, sealed: text },
  rollouts: { ...named, person: String, coach: String, at: number, place: number, wave: String, state: text },
  inbox: { ...ofPerson, key: text, waitsAt: Number, arrival: number, doneAt: Number, why: String, sealed: String },
  leases: { ...ofPerson, token: String, relayed: number, left: part({ settled: Boolean, revision: Number }) },
  appointments: {
    ...ofPerson,
    key: text,
    seq: number,
    kind: text,
    at: number,
    date: text,
    wakeAt: Number,
    token: String,
    endedAt: Number,
  },
  outbox: {
    ...ofPerson,
    key: text,
    seq: number,
    class: text,
    ask: { type: Boolean, required: true },
    notBefore: number,
    notAfter: number,
    state: text,
    attempts: number,
    firstTriedAt: Number,
    wakeAt: Number,
    endedAt: Number,
    receipt: String,
    why: String,
    sealed: String,
  },
  commitments: { ...ofPerson, seq: number, open: { type: Boolean, required: true }, madeAt: number, sealed: text },
  goals: { ...ofPerson, seq: number, open: { type: Boolean, required: true }, madeAt: number, sealed: text },
  ratings: { ...ofPerson, seq: number, at: number, sealed: text },
  shared: { ...ofPerson, coach: text, at: number, seq: number, sealed: text },
  landedBadly: { ...named, wording: text, times: number, lastAt: number, marks: [String] },
  packs: { _id: text, source: text },
  cohorts: { ...named, period: text, until: text, members: [String], minimum: number },
  observations: { ...ofPerson, period: text, question: text, value: text, seq: number },
  reports: { ...named, period: text, report: text },
  processes: { _id: text, beat: number, at: number },
  meta: { _id: text, version: number, token: String },
})

/** The models of one connection, whichever engine it belongs to. Two engines in one process do not meet. */
export const createModels = (connection: Connection): Models => {
  const made = Object.entries(definitions()).map(([name, definition]) => [
    name,
    connection.model(name, schema(definition), name),
  ])
  // One schema for each name of Models, by the type of `definitions`; Object.fromEntries cannot say so.
  return Object.fromEntries(made) as Models
}

/** Any moment: in a filter, "is a number", and so "is there", on every engine by an index range. */
export const ANY_TIME = { $gte: Number.MIN_SAFE_INTEGER }
