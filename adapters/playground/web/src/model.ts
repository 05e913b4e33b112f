import type { Reply } from '../../../../src/domain/message.ts'
import type { ChatLine, Glass, PlaygroundPerson, PlaygroundState } from '../../protocol.ts'

export type Role = PlaygroundPerson['role']
export type Tab = Role | 'glass'

/** A line and its place in the chat: the smallest `seq` seen for its id, so that a replaced line stays where it was. */
export type PlacedLine = ChatLine & { readonly place: number }

/** What a person chose on a line before the server has said so itself, or why it could not be sent. */
export type Gesture =
  | { readonly kind: 'chosen'; readonly words: string }
  | { readonly kind: 'failed'; readonly message: string }

/** Sends a reply; `words` is what was chosen, as the person would say it. */
export type OnAnswer = (reply: Reply, words: string) => void

export type Chat = {
  readonly lines: readonly PlacedLine[]
  readonly lastSeq: number
  readonly loaded: boolean
  readonly unread: number
  readonly gestures: Readonly<Record<string, Gesture>>
  readonly draft: string
  readonly sending: boolean
  readonly trouble: string
}

export type Page = {
  readonly state: PlaygroundState | null
  readonly chats: Readonly<Record<string, Chat>>
  readonly chosen: Readonly<Partial<Record<Role, string>>>
  readonly tab: Tab
  /** One chat at a time. */
  readonly narrow: boolean
  readonly link: 'opening' | 'live' | 'lost'
  readonly glass: Glass | null
}

export type Change =
  | { readonly kind: 'state'; readonly state: PlaygroundState }
  | { readonly kind: 'loaded'; readonly epoch: string; readonly person: string; readonly lines: readonly ChatLine[] }
  | { readonly kind: 'line'; readonly line: ChatLine }
  | { readonly kind: 'glass'; readonly glass: Glass | null }
  | { readonly kind: 'link'; readonly link: Page['link'] }
  | { readonly kind: 'narrow'; readonly narrow: boolean }
  | { readonly kind: 'tab'; readonly tab: Tab }
  | { readonly kind: 'choose'; readonly role: Role; readonly person: string }
  | { readonly kind: 'draft'; readonly person: string; readonly draft: string }
  | { readonly kind: 'sending'; readonly person: string }
  | { readonly kind: 'sent'; readonly person: string; readonly text: string }
  | { readonly kind: 'unsent'; readonly person: string; readonly message: string }
  | { readonly kind: 'gesture'; readonly person: string; readonly line: string; readonly gesture: Gesture }

const emptyChat: Chat = {
  lines: [],
  lastSeq: 0,
  loaded: false,
  unread: 0,
  gestures: {},
  draft: '',
  sending: false,
  trouble: '',
}

export const openingPage: Page = {
  state: null,
  chats: {},
  chosen: {},
  tab: 'client',
  narrow: false,
  link: 'opening',
  glass: null,
}

/** The person whose chat a role's column shows: the chosen one, else the first of that role. */
export function shownPerson(page: Page, role: Role): PlaygroundPerson | undefined {
  const people = page.state?.people.filter(person => person.role === role) ?? []
  return people.find(person => person.id === page.chosen[role]) ?? people[0]
}

export const chatOf = (page: Page, person: string): Chat => page.chats[person] ?? emptyChat

function inView(page: Page, person: string): boolean {
  const role = page.state?.people.find(one => one.id === person)?.role
  return role !== undefined && shownPerson(page, role)?.id === person && (!page.narrow || page.tab === role)
}

function withChat(page: Page, person: string, part: Partial<Chat>): Page {
  return { ...page, chats: { ...page.chats, [person]: { ...chatOf(page, person), ...part } } }
}

function markRead(page: Page): Page {
  let read = page
  for (const [person, chat] of Object.entries(page.chats))
    if (chat.unread > 0 && inView(page, person)) read = withChat(read, person, { unread: 0 })
  return read
}

function merge(known: readonly PlacedLine[], news: readonly ChatLine[]): readonly PlacedLine[] {
  const byId = new Map(known.map(line => [line.id, line]))
  for (const line of news) {
    const before = byId.get(line.id)
    if (before === undefined) byId.set(line.id, { ...line, place: line.seq })
    else if (line.seq >= before.seq) byId.set(line.id, { ...line, place: before.place })
    else if (line.seq < before.place) byId.set(line.id, { ...before, place: line.seq })
  }
  return [...byId.values()].sort((a, b) => a.place - b.place)
}

/** What was chosen on a line holds until the server says something newer about that line. */
function standing(chat: Chat, news: readonly ChatLine[]): Chat['gestures'] {
  const newer = new Set(
    news.filter(line => chat.lines.some(known => known.id === line.id && known.seq < line.seq)).map(({ id }) => id),
  )
  return Object.fromEntries(Object.entries(chat.gestures).filter(([line]) => !newer.has(line)))
}

function withLines(page: Page, person: string, news: readonly ChatLine[], part: Partial<Chat>): Page {
  const chat = chatOf(page, person)
  const fresh = news.filter(line => line.from === 'lighthand' && !chat.lines.some(known => known.id === line.id))
  const counts = chat.loaded && !inView(page, person)
  return withChat(page, person, {
    lines: merge(chat.lines, news),
    lastSeq: Math.max(chat.lastSeq, ...news.map(line => line.seq)),
    unread: chat.unread + (counts ? fresh.length : 0),
    gestures: standing(chat, news),
    ...part,
  })
}

/** What the page shows after a change. Pure; another epoch drops everything that belonged to the earlier one. */
export function next(page: Page, change: Change): Page {
  switch (change.kind) {
    case 'state':
      if (page.state !== null && page.state.epoch !== change.state.epoch)
        return { ...openingPage, narrow: page.narrow, tab: page.tab, link: page.link, state: change.state }
      return { ...page, state: change.state }
    case 'loaded':
      if (change.epoch !== page.state?.epoch) return page
      return withLines(page, change.person, change.lines, { loaded: true })
    case 'line': {
      // A line that came while the chat was still being read must not hide the earlier ones from the next reading.
      const chat = chatOf(page, change.line.person)
      return withLines(page, change.line.person, [change.line], chat.loaded ? {} : { lastSeq: chat.lastSeq })
    }
    case 'glass':
      return { ...page, glass: change.glass }
    case 'link':
      return { ...page, link: change.link }
    case 'narrow':
      return markRead({ ...page, narrow: change.narrow })
    case 'tab':
      return markRead({ ...page, tab: change.tab })
    case 'choose':
      return markRead({ ...page, chosen: { ...page.chosen, [change.role]: change.person } })
    case 'draft':
      return withChat(page, change.person, { draft: change.draft })
    case 'sending':
      return withChat(page, change.person, { sending: true, trouble: '' })
    case 'sent': {
      const { draft } = chatOf(page, change.person)
      return withChat(page, change.person, { sending: false, draft: draft.trim() === change.text ? '' : draft })
    }
    case 'unsent':
      return withChat(page, change.person, { sending: false, trouble: change.message })
    case 'gesture': {
      const { gestures } = chatOf(page, change.person)
      return withChat(page, change.person, { gestures: { ...gestures, [change.line]: change.gesture } })
    }
  }
}
