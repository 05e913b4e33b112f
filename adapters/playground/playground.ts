import { EventEmitter } from 'node:events'
import type { Home } from '../../src/domain/home.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Message, Reply } from '../../src/domain/message.ts'
import { type ChatAdapter, DeliveryError, type InboundEvent, type Profile } from '../../src/ports/chat.ts'
import {
  asks,
  FIRST_LOCALE,
  FIRST_PEOPLE,
  type Gesture,
  nextSeq,
  type PlatformFile,
  type PlatformPerson,
  type PlatformState,
} from './platform.ts'
import type { ChatLine, SendReply } from './protocol.ts'

export type Playground = ChatAdapter & {
  /** The playground's tenant: another one after each start over. */
  readonly tenant: () => TenantId
  /** Forgets everybody and everything; `made` makes the new tenant before anyone joins it. */
  readonly startOver: (made: (tenant: TenantId) => Promise<void>) => Promise<void>
  readonly people: () => readonly PlatformPerson[]
  readonly lines: (person: string, after: number) => readonly ChatLine[]
  readonly ahead: () => number
  readonly epoch: () => number
  /** Turns the clock so far ahead of the machine's, in ms. */
  readonly turn: (ahead: number) => Promise<void>
  readonly add: (name: string, zone: string) => Promise<PlatformPerson>
  /** Sets the language of somebody's account; false if nobody has this id. */
  readonly speak: (person: string, locale: string) => Promise<boolean>
  readonly reply: (person: string, gesture: SendReply) => Promise<boolean>
  readonly home: (person: string) => Home | undefined
  /** They look at their home, or press an action in it; false if nobody has this name. */
  readonly lookAtHome: (person: string, key: string, action?: string) => Promise<boolean>
  /** 'line' (ChatLine) for each that is new or replaced; 'home' (a person's id) for one that was published. */
  readonly news: EventEmitter
}

type Options = {
  readonly file: PlatformFile
  readonly tenantOf: (epoch: number) => TenantId
  readonly personOf: (id: string) => PersonId
  readonly now: (ahead: number) => number
  readonly zone: string
  readonly firstAhead: number
}

/**
 * A chat platform of its own, on this machine: it keeps users and transcripts as Slack or Teams would, and finds any message
 * again by its key, so that nothing is ever shown twice.
 */
export const openPlayground = async ({
  file,
  tenantOf,
  personOf,
  now,
  zone,
  firstAhead,
}: Options): Promise<Playground> => {
  const news = new EventEmitter()
  news.setMaxListeners(100)
  const firstPeople = (locales: ReadonlyMap<string, string> = new Map()): readonly PlatformPerson[] =>
    FIRST_PEOPLE.map(person => ({
      ...person,
      zone,
      locale: locales.get(person.id) ?? FIRST_LOCALE,
    }))
  const kept = await file.load()
  let state: PlatformState = (kept === undefined ? undefined : withLocales(kept)) ?? {
    epoch: 1,
    ahead: firstAhead,
    people: firstPeople(),
    lines: [],
  }
  await file.save(state)
  // Kept in no file: it is made anew when somebody looks.
  const homes = new Map<string, Home>()
  let receive: ((event: InboundEvent) => Promise<void>) | undefined
  const keep = (change: Partial<PlatformState>): Promise<void> => {
    state = { ...state, ...change }
    return file.save(state)
  }
  const put = async (line: ChatLine): Promise<void> => {
    await keep({ lines: withLine(state.lines, line) })
    news.emit('line', line)
  }
  const inbound = (person: string, key: string, body: InboundEvent['body'], at = now(state.ahead)): Promise<void> => {
    if (receive === undefined) throw new Error('the playground has not started')
    return receive({ tenant: tenantOf(state.epoch), person: personOf(person), key, at, route: person, body })
  }
  const handOver = async ({ person, key, at, reply }: Gesture): Promise<void> => {
    await inbound(person, `${person}/${key}`, { kind: 'reply', reply }, at)
    // Forgotten with the next write: handing it over once more would change nothing.
    state = { ...state, underWay: underWay(state).filter(one => one.key !== key || one.person !== person) }
  }
  const join = (person: PlatformPerson): Promise<void> => {
    const { id, changes = 0 } = person
    const key = changes === 0 ? `joined/${id}` : `joined/${id}/${changes}`
    return inbound(id, key, { kind: 'joined', profile: profileOf(person) })
  }
  return {
    platform: 'playground',
    capabilities: { home: true, directory: false, edits: false, commands: false },
    publish: async ({ tenant, route }, home) => {
      if (tenant !== tenantOf(state.epoch))
        throw new DeliveryError('stop-tenant', 'the playground has started over since, and nobody of before is here')
      if (!state.people.some(({ id }) => id === route))
        throw new DeliveryError('stop-person', 'nobody at the playground has this address')
      homes.set(route, home)
      news.emit('home', route)
    },
    profile: async ({ tenant, person }) => {
      const found =
        tenant === tenantOf(state.epoch) ? state.people.find(({ id }) => personOf(id) === person) : undefined
      return found === undefined ? undefined : { ...profileOf(found), standing: 'member' }
    },
    tenant: () => tenantOf(state.epoch),
    startOver: async made => {
      await made(tenantOf(state.epoch + 1))
      // Who they are is forgotten; in which language they read the platform is a setting of the platform's.
      const people = firstPeople(new Map(state.people.map(({ id, locale }) => [id, locale])))
      homes.clear()
      await keep({ epoch: state.epoch + 1, ahead: firstAhead, people, lines: [], underWay: [] })
      for (const person of people) await join(person)
    },
    news,
    people: () => state.people,
    lines: (person, after) => state.lines.filter(line => line.person === person && line.seq > after),
    ahead: () => state.ahead,
    epoch: () => state.epoch,
    turn: ahead => keep({ ahead }),
    start: async receiver => {
      receive = receiver
      for (const person of state.people) await join(person)
      for (const gesture of underWay(state)) await handOver(gesture)
    },
    stop: async () => {
      receive = undefined
      await file.save(state)
    },
    send: async ({ tenant, route }, message, key) => {
      if (tenant !== tenantOf(state.epoch))
        throw new DeliveryError('stop-tenant', 'the playground has started over since, and nobody of before is here')
      if (!state.people.some(({ id }) => id === route))
        throw new DeliveryError('stop-person', 'nobody at the playground has this address')
      const there = state.lines.find(({ id, person }) => id === key && person === route)
      if (there === undefined) await put(lineOf(state, route, key, now(state.ahead), 'lighthand', message))
      return { id: key }
    },
    find: async ({ route }, key) =>
      state.lines.some(({ id, person }) => id === key && person === route) ? { id: key } : undefined,
    add: async (name, theirs) => {
      const id = `client-${state.people.length + 1}`
      const person: PlatformPerson = { id, name, role: 'client', zone: theirs, locale: FIRST_LOCALE }
      await keep({ people: [...state.people, person] })
      await join(person)
      return person
    },
    speak: async (person, locale) => {
      const before = state.people.find(({ id }) => id === person)
      if (before === undefined) return false
      if (before.locale === locale) return true
      const after = { ...before, locale, changes: (before.changes ?? 0) + 1 }
      await keep({ people: state.people.map(one => (one === before ? after : one)) })
      await join(after)
      return true
    },
    home: person => homes.get(person),
    lookAtHome: async (person, key, action) => {
      if (!state.people.some(({ id }) => id === person)) return false
      const body = action === undefined ? ({ kind: 'home-opened' } as const) : ({ kind: 'action', action } as const)
      await inbound(person, `${person}/home/${key}`, body)
      return true
    },
    reply: async (person, { key, reply, line }) => {
      if (!state.people.some(({ id }) => id === person)) return false
      const gesture: Gesture = { person, key, at: now(state.ahead), reply }
      const shown = shownAs(state, gesture, line)
      const lines = shown === undefined ? state.lines : withLine(state.lines, shown)
      await keep({ lines, underWay: [...underWay(state), gesture] })
      if (shown !== undefined) news.emit('line', shown)
      await handOver(gesture)
      return true
    },
  }
}

/** Files of before accounts had a language. */
const withLocales = (state: PlatformState): PlatformState => ({
  ...state,
  people: state.people.map(person => ({ ...person, locale: person.locale ?? FIRST_LOCALE })),
})

const profileOf = ({ id, name, role, zone, locale }: PlatformPerson): Profile => ({
  name,
  locale,
  zone,
  route: id,
  roles: [role],
})

const lineOf = (
  state: PlatformState,
  person: string,
  id: string,
  at: number,
  from: ChatLine['from'],
  message: Message,
): ChatLine => {
  const line = { person, id, seq: nextSeq(state.lines, person), at: new Date(at).toISOString(), from, message }
  const locale = state.people.find(one => one.id === person)?.locale
  return from === 'person' || locale === undefined ? line : { ...line, lang: locale }
}

/** What a person did stands in their chat: typed words as a line, a choice in place of its buttons. */
const shownAs = (
  state: PlatformState,
  { person, key, at, reply }: Gesture,
  label: string | undefined,
): ChatLine | undefined => {
  if (reply.kind === 'text') {
    if (state.lines.some(line => line.id === key && line.person === person)) return undefined
    const message: Message = { text: reply.text, blocks: [{ kind: 'paragraph', text: reply.text }] }
    return lineOf(state, person, key, at, 'person', message)
  }
  const asked = state.lines.findLast(line => line.person === person && asks(line.message, reply.ask))
  if (asked === undefined || asked.answered !== undefined) return undefined
  const answered = label ?? inWords(asked.message, reply)
  return { ...asked, seq: nextSeq(state.lines, person), answered }
}

/** A choice by the label that stood on its button. */
const inWords = (message: Message, reply: Exclude<Reply, { kind: 'text' }>): string => {
  if (reply.kind === 'people') {
    const known = message.blocks.flatMap(block => (block.kind === 'people' ? block.known : []))
    return reply.people.map(person => known.find(({ id }) => id === person)?.label ?? person).join(', ')
  }
  if (reply.kind !== 'choice') return reply.kind === 'date' ? reply.date : '✓'
  const choices = message.blocks.flatMap(block => (block.kind === 'choices' ? block.choices : []))
  return choices.find(({ id }) => id === reply.choice)?.label ?? reply.choice
}

const underWay = (state: PlatformState): readonly Gesture[] => state.underWay ?? []

/** The same line again replaces the earlier one, in its place. */
const withLine = (lines: readonly ChatLine[], line: ChatLine): readonly ChatLine[] => {
  const index = lines.findIndex(({ id, person }) => id === line.id && person === line.person)
  return index < 0 ? [...lines, line] : lines.with(index, line)
}
