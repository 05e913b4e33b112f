import { type PersonId, personId, type TenantId, tenantId } from '../../src/domain/ids.ts'
import type { Message, Reply } from '../../src/domain/message.ts'
import { type ChatAdapter, DeliveryError, type InboundEvent, type Profile } from '../../src/ports/chat.ts'
import type { Random } from './random.ts'
import type { Line, Member } from './transcript.ts'

/** What a person does when something appears in their chat. */
export type Reader = (message: Message) => void

/** A chat platform that exists only in virtual time: it keeps transcripts, knows where people are, and now and then fails. */
export type Platform = {
  readonly chat: ChatAdapter
  readonly lines: readonly Line[]
  /** They appear on the platform, or their profile there changes (they travel). */
  join(member: Member, zone: string): Promise<void>
  read(person: string, reader: Reader): void
  reply(member: Member, reply: Reply, text: string): Promise<void>
  zoneOf(person: string): string
}

/** One send in so many fails before it arrives, or after: then the platform has the message and the sender does not know. */
const LOST = 0.004
const UNCONFIRMED = 0.002

const routeOf = (member: Member): { readonly tenant: TenantId; readonly person: PersonId } => ({
  tenant: tenantId(member.tenant),
  person: personId(member.id),
})

export const makePlatform = (now: () => number, luckOf: (person: string) => Random): Platform => {
  const lines: Line[] = []
  const readers = new Map<string, Reader>()
  const zones = new Map<string, string>()
  const counts = new Map<string, number>()
  const there = new Set<string>()
  const triedAt = new Map<string, number>()
  const luck = new Map<string, Random>()
  let receive: ((event: InboundEvent) => Promise<void>) | undefined

  const zoneOf = (person: string): string => zones.get(person) ?? 'UTC'
  const luckFor = (person: string): Random => {
    const known = luck.get(person) ?? luckOf(person)
    luck.set(person, known)
    return known
  }
  const inbound = async (member: Member, body: InboundEvent['body']): Promise<void> => {
    if (receive === undefined) throw new Error('the platform has not started')
    const count = (counts.get(member.id) ?? 0) + 1
    counts.set(member.id, count)
    await receive({ ...routeOf(member), key: `${member.id}/${count}`, at: now(), body })
  }
  const chat: ChatAdapter = {
    platform: 'simulator',
    // Its people live in the chat alone.
    capabilities: { home: false, directory: false, edits: false, commands: false },
    publish: async () => undefined,
    profile: async () => undefined,
    start: async receiver => {
      receive = receiver
    },
    send: async ({ route }, message, key) => {
      if (there.has(key)) return { id: key }
      const at = now()
      const since = triedAt.get(key) ?? at
      triedAt.set(key, since)
      const chance = luckFor(route).next()
      if (chance < LOST) throw new DeliveryError('retry', 'the platform is busy')
      there.add(key)
      triedAt.delete(key)
      const { text, blocks } = message
      lines.push({ at, person: route, zone: zoneOf(route), dir: 'shown', text, blocks, triedAt: since })
      readers.get(route)?.(message)
      if (chance < LOST + UNCONFIRMED) throw new DeliveryError('retry', 'the platform did not answer')
      return { id: key }
    },
    find: async (_, key) => (there.has(key) ? { id: key } : undefined),
    stop: async () => {
      receive = undefined
    },
  }
  return {
    chat,
    lines,
    join: async (member, zone) => {
      zones.set(member.id, zone)
      const { name, locale, role, id } = member
      const profile: Profile = { name, locale, zone, route: id, roles: [role] }
      await inbound(member, { kind: 'joined', profile })
    },
    read: (person, reader) => {
      readers.set(person, reader)
    },
    reply: async (member, reply, text) => {
      lines.push({ at: now(), person: member.id, zone: zoneOf(member.id), dir: 'typed', text, reply })
      await inbound(member, { kind: 'reply', reply })
    },
    zoneOf,
  }
}
