import type { Commitment } from '../domain/commitment.ts'
import type { Deed } from '../domain/effect.ts'
import type { Goal, Rating } from '../domain/goal.ts'
import type { Block } from '../domain/message.ts'
import type { Client, Conversation, Frame, Person } from '../domain/person.ts'
import type { Tally } from '../domain/rollout.ts'
import type { Detect } from '../domain/safety.ts'
import { type Calendar, type Instant, type LocalDate, localDate } from '../domain/schedule.ts'
import type { SharedLine } from '../domain/sharing.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { PackSet } from './pack-set.ts'

/** What a turn may need to know, beside the person. What is dear to read is read only when a turn asks for it (`Need`). */
export type Context = {
  readonly now: Instant
  readonly tenant: Tenant
  readonly calendar: Calendar
  readonly packs: PackSet
  readonly loaded: Partial<Loaded>
  /** The platform has a picker of its own for everybody there: whom to invite is not limited to those who have met the bot. */
  readonly directory?: boolean | undefined
  /** Looks at whatever is typed before anything else does (rule 11); without one nothing is looked for. */
  readonly detect?: Detect | undefined
}

export type Loaded = {
  /** Open ones, oldest first. */
  readonly commitments: readonly Commitment[]
  /** Open ones, oldest first. */
  readonly goals: readonly Goal[]
  /** The client's own ratings, newest first; at most 200. */
  readonly ratings: readonly Rating[]
  /** What this client shared with their coach: the query behind the digest. */
  readonly shared: readonly (SharedLine & { readonly at: Instant })[]
  /** What a coach's clients shared in the last four weeks, oldest first: the query behind the digest. */
  readonly sharedWithMe: readonly (SharedLine & { readonly person: string; readonly at: Instant })[]
  /** Published reports, newest first. */
  readonly reports: readonly { readonly period: LocalDate; readonly report: string }[]
  readonly roster: readonly RosterPerson[]
  /** How far HR's list has come. */
  readonly rollout: Tally
  /** Of people picked from the platform's directory whom the roster may not know. */
  readonly picked: readonly { readonly id: string; readonly name: string }[]
}

export type RosterPerson = Pick<Person, 'id' | 'name' | 'roles'> & { readonly coach: string | undefined }
export type Need = keyof Loaded

/** Thrown by a turn that needs more than it was given; `advance` answers it as a need, and the turn is taken again. */
export class Missing extends Error {
  readonly need: Need
  constructor(need: Need) {
    super(`this turn needs ${need}`)
    this.need = need
  }
}

/**
 * One turn in the making: changed in place while it is composed, and gone when `advance` returns. Nothing of it is shared
 * with the outside.
 */
export type Turn = {
  readonly context: Context
  /** Of the event that the turn is about. */
  readonly key: string
  person: Person
  /** Bottom first. */
  frames: Frame[]
  running: Omit<Conversation, 'frames'> | undefined
  deeds: Deed[]
  /** The message so far. */
  parts: Block[]
  wordings: string[]
  asks: boolean
  /** What was being asked was put off: it stays where it is, and is not asked again now. */
  rests: boolean
  /** Commitments changed in this turn, by id. */
  changed: Map<string, Commitment>
  /** The record is to be erased after the message. */
  erased: boolean
}

export const beginTurn = (person: Person, context: Context, key = ''): Turn => {
  const { frames, ...running } = person.conversation ?? { frames: [] }
  return {
    context,
    key,
    person,
    frames: [...frames],
    // Without a conversation the rest is empty, and so is the running part.
    running: person.conversation === undefined ? undefined : (running as Omit<Conversation, 'frames'>),
    deeds: [],
    parts: [],
    wordings: [],
    asks: false,
    rests: false,
    changed: new Map(),
    erased: false,
  }
}

export const need = <Name extends Need>(turn: Turn, name: Name): Loaded[Name] => {
  const value = turn.context.loaded[name]
  // Under exactOptionalPropertyTypes a partial's present value is the whole one.
  if (value === undefined) throw new Missing(name)
  return value as Loaded[Name]
}

/** @throws if a client's act is used for somebody who is none: packs for staff have no such acts. */
export const clientOf = (turn: Turn): Client => {
  if (turn.person.client === undefined) throw new Error('this act is for clients, and this person is none')
  return turn.person.client
}

export const changeClient = (turn: Turn, change: Partial<Client>): void => {
  turn.person = { ...turn.person, client: { ...clientOf(turn), ...change } }
}

export const topFrame = (turn: Turn): Frame => {
  const frame = turn.frames.at(-1)
  if (frame === undefined) throw new Error('no conversation is running')
  return frame
}

export const changeFrame = (turn: Turn, change: Partial<Frame>): void => {
  turn.frames[turn.frames.length - 1] = { ...topFrame(turn), ...change }
}

/** Open commitments as they stand in this turn. */
export const openCommitments = (turn: Turn): readonly Commitment[] => {
  const loaded = need(turn, 'commitments').map(one => turn.changed.get(one.id) ?? one)
  const made = [...turn.changed.values()].filter(one => !loaded.some(({ id }) => id === one.id))
  return [...loaded, ...made].filter(({ state }) => state === 'open')
}

/** Those that a check-in asks after: left for it, without a day, or due by now. */
export const leftOver = (turn: Turn): readonly Commitment[] => {
  const today = localDate(turn.context.now, turn.person.zone)
  return openCommitments(turn).filter(({ carried, due }) => carried || due === undefined || due <= today)
}

/** Open goals as they stand in this turn. */
export const openGoals = (turn: Turn): readonly Goal[] => {
  const changed = new Map(
    turn.deeds.flatMap(deed => (deed.kind === 'goal' ? [[deed.goal.id, deed.goal] as const] : [])),
  )
  const loaded = need(turn, 'goals').map(one => changed.get(one.id) ?? one)
  const made = [...changed.values()].filter(one => !loaded.some(({ id }) => id === one.id))
  return [...loaded, ...made].filter(({ closedAt }) => closedAt === undefined)
}

export const focusedCommitment = (turn: Turn): Commitment | undefined => {
  const id = topFrame(turn).focus
  if (id === undefined) return undefined
  return turn.changed.get(id) ?? need(turn, 'commitments').find(one => one.id === id)
}

export const changeCommitment = (turn: Turn, commitment: Commitment): void => {
  turn.changed.set(commitment.id, commitment)
}

/** An id that no earlier turn of this person used: it follows from the revision, which grows with each, effects or none. */
export const freshId = (turn: Turn, letter: string): string =>
  `${letter}${turn.person.revision + 1}-${turn.deeds.length + turn.changed.size + 1}`
