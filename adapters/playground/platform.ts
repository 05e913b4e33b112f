import type { Message, Reply } from '../../src/domain/message.ts'
import type { Role } from '../../src/domain/person.ts'
import type { ChatLine } from './protocol.ts'

/** Somebody at the playground: what a platform's user directory would hold. */
export type PlatformPerson = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly zone: string
  /** The language of their account, as a locale. */
  readonly locale: string
  /** How often their profile has changed: the core hears of each change once. */
  readonly changes?: number
}

/** What the platform itself keeps: users, transcripts, and how far its clock is turned. */
export type PlatformState = {
  readonly epoch: number
  /** ms that the playground's clock is ahead of the machine's. */
  readonly ahead: number
  readonly people: readonly PlatformPerson[]
  readonly lines: readonly ChatLine[]
  /** Gestures that stand in a chat and that the core has not acknowledged: handed over again at the next start. */
  readonly underWay?: readonly Gesture[]
}

/** What somebody did, as the platform keeps it until it has been taken. */
export type Gesture = { readonly person: string; readonly key: string; readonly at: number; readonly reply: Reply }

/** Keeps the platform's state durably: a promise that resolves has been written. */
export type PlatformFile = {
  load(): Promise<PlatformState | undefined>
  save(state: PlatformState): Promise<void>
}

/** The language of an account nobody has set one for. */
export const FIRST_LOCALE = 'en'

export const FIRST_PEOPLE: readonly Omit<PlatformPerson, 'zone' | 'locale'>[] = [
  { id: 'ana', name: 'Ana', role: 'client' },
  { id: 'tom', name: 'Tom', role: 'coach' },
  { id: 'helen', name: 'Helen', role: 'hr' },
]

/** The line of a message, with the ask that its buttons carry; the next sequence in its chat. */
export const nextSeq = (lines: readonly ChatLine[], person: string): number =>
  lines.reduce((most, line) => (line.person === person && line.seq > most ? line.seq : most), 0) + 1

/** True if a line offers this question. */
export const asks = (message: Message, ask: string): boolean =>
  message.blocks.some(block => 'ask' in block && block.ask === ask)
