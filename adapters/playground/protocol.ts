import type { Home } from '../../src/domain/home.ts'
import type { Message, Reply } from '../../src/domain/message.ts'

/** What the playground's page and server say to each other. JSON over HTTP, and server-sent events for what changes. */

/** `GET /api/state`, and the data of the server-sent event `state` (`GET /api/events`). */
export type PlaygroundState = {
  /** Changes when the playground starts over; a page that sees another one drops what it shows. */
  readonly epoch: string
  /** The playground's present, ISO 8601 in UTC. */
  readonly now: string
  /** The zone the clock is shown in (IANA). */
  readonly zone: string
  /** True while the clock is being moved. */
  readonly moving: boolean
  /** The next thing that will happen by itself, if any: when (ISO 8601 UTC), and what, in plain words. */
  readonly next: { readonly at: string; readonly what: string } | null
  readonly people: readonly PlaygroundPerson[]
  /** The languages that Lighthand speaks here, as locales. */
  readonly languages: readonly string[]
}

export type PlaygroundPerson = {
  readonly id: string
  readonly name: string
  readonly role: 'client' | 'coach' | 'hr'
  readonly zone: string
  /** The language of their account, as a locale. */
  readonly locale: string
}

/** One line of a chat. `seq` grows within a chat; the same `id` again replaces the earlier line. */
export type ChatLine = {
  readonly person: string
  readonly id: string
  readonly seq: number
  /** ISO 8601 UTC, in the playground's time. */
  readonly at: string
  readonly from: 'lighthand' | 'person'
  readonly message: Message
  /** The language of the account it was sent to; a person's own words may be in any. */
  readonly lang?: string
  /** What was chosen here, in words; its buttons are then gone. */
  readonly answered?: string
}

/** `GET /api/chats/{person}/lines?after={seq}` */
export type ChatLines = { readonly lines: readonly ChatLine[] }

/** `GET /api/chats/{person}/chart?line={id}&theme=light|dark`: the picture of a line's chart, SVG. */

/** `POST /api/chats/{person}/replies`; `key` is made by the page, one a gesture, so that a repeated request counts once. 202. */
export type SendReply = { readonly key: string; readonly reply: Reply; readonly line?: string }

/** `GET /api/chats/{person}/home`: as last published; null until they looked. */
export type PersonHome = { readonly home: Home | null }

/** `POST /api/chats/{person}/home`: they look at it, or press one of its actions. 202; it is then published anew. */
export type LookAtHome = { readonly key: string; readonly action?: string }

/** `POST /api/people`: adds a client. Answers the new PlaygroundPerson. */
export type AddPerson = { readonly name: string; readonly zone: string }

/** `POST /api/people/{person}/language`: sets the language of their account, one of `languages`. 204. */
export type SetLanguage = { readonly locale: string }

/** `POST /api/clock`: answers the new PlaygroundState when everything due on the way has happened. */
export type MoveClock = { readonly to: 'next' } | { readonly hours: number } | { readonly days: number }

/** `GET /api/glass/{person}`: behind the glass, for one client: what the core knows and why it does what it does. */
export type Glass = {
  readonly person: string
  /** E.g. "Accepted on 3 March, text v1", "Invited, not answered yet". */
  readonly consent: string
  readonly rhythm: string
  readonly topics: readonly { readonly topic: 'work' | 'self' | 'dreams'; readonly open: boolean }[]
  readonly pressure: {
    readonly asks: { readonly used: number; readonly limit: number }
    readonly messages: { readonly used: number; readonly limit: number }
    /** The last 28 days, newest first. */
    readonly ledger: readonly {
      readonly at: string
      readonly what: string
      readonly ask: boolean
      readonly counted: boolean
    }[]
  }
  readonly commitments: readonly {
    readonly text: string
    readonly due: string | null
    readonly state: string
    readonly forWhom: string
    readonly plan: string | null
  }[]
  readonly scheduled: readonly { readonly at: string; readonly what: string }[]
  /** Newest first. */
  readonly heldBack: readonly { readonly at: string; readonly what: string; readonly why: string }[]
  /** What the coach and HR would see of this client, from the very query they use. */
  readonly seen: { readonly coach: readonly string[]; readonly hr: readonly string[] }
}

/** `POST /api/start-over` forgets everything (the page asks first) and answers the fresh PlaygroundState. */

/** Every refusal: 4xx with this. `message` says what to do. */
export type Refusal = { readonly error: { readonly code: string; readonly message: string } }

/** Server-sent events: `state` -> PlaygroundState, `line` -> ChatLine, `glass` and `home` -> { person } (fetch it again). */
