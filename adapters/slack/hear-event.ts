import type { z } from 'zod'
import { type PersonId, personId } from '../../src/domain/ids.ts'
import type { InboundEvent, TenantEvent } from '../../src/ports/chat.ts'
import { type Directory, nameOf, standingOf, zoneOf } from './directory.ts'
import type { IsReachable, Newcomers } from './newcomers.ts'
import { envelope, homeOpened, messageEvent, tokensRevoked, userChanged, type Written } from './payloads.ts'
import { instantOf, type Place, placeOf } from './place.ts'
import type { Recent } from './recent.ts'
import { routeOf } from './route.ts'
import { typedWords } from './words.ts'

export type Hearing = {
  readonly receive: (event: InboundEvent) => Promise<void>
  readonly receiveOfTenant: (event: TenantEvent) => Promise<void>
  readonly directory: Directory
  readonly newcomers: Newcomers
  readonly isReachable: IsReachable
  /** The keys of what was typed lately, by channel and timestamp: Slack's word of an edit may leave out the message's own id. */
  readonly typed: Recent<string>
}

type Envelope = z.output<typeof envelope>

/** Something from the Events API. Resolves when it is stored, or when there is nothing in it for the core. */
export const hearEvent = async (hearing: Hearing, body: unknown): Promise<void> => {
  const parsed = envelope.safeParse(body)
  const place = parsed.success ? placeOf(parsed.data) : undefined
  if (!parsed.success || place === undefined) return
  const { event } = parsed.data
  switch (event.type) {
    case 'message':
      return hearMessage(hearing, place, parsed.data)
    case 'app_home_opened':
      return hearHome(hearing, place, parsed.data)
    case 'user_change':
      return hearUser(hearing, place, parsed.data)
    case 'app_uninstalled':
      return hearing.receiveOfTenant(stopped(place, parsed.data, 'uninstalled'))
    case 'tokens_revoked':
      // A person's own token is none of ours: this app asks for the bot's alone.
      if (tokensRevoked.safeParse(event).data?.tokens.bot.length === 0) return
      return hearing.receiveOfTenant(stopped(place, parsed.data, 'revoked'))
  }
}

/** One name for one delivery, however often it comes. */
const keyOf = ({ api_app_id, event_id }: Envelope): string => `${api_app_id}/${event_id}`

const stopped = ({ tenant }: Place, body: Envelope, why: 'uninstalled' | 'revoked'): TenantEvent => ({
  tenant,
  key: keyOf(body),
  at: body.event_time * 1_000,
  body: { kind: 'stopped', why },
})

/** One gesture may come as two events: what was typed goes by the id that the person's own client gave it, if it gave one. */
const keyOfTyped = (channel: string, { client_msg_id: id, ts }: Pick<Written, 'client_msg_id' | 'ts'>): string =>
  id === undefined ? `typed/${channel}/${ts}` : `typed/${id}`

/** Words with a file are words; everything else that is not plainly typed is Slack's own note or a bot's. */
const TYPED = [undefined, 'file_share', 'thread_broadcast']

const hearMessage = async (hearing: Hearing, place: Place, { event: raw }: Envelope): Promise<void> => {
  const { success, data: event } = messageEvent.safeParse(raw)
  if (!success || event.channel_type !== 'im') return
  if (event.subtype === 'message_changed') return hearEdit(hearing, place, event)
  if (!TYPED.includes(event.subtype) || !isPersons(event)) return
  const { channel } = event
  const key = keyOfTyped(channel, event)
  const at = instantOf(event.ts)
  const person = personId(event.user)
  if (!(await hearing.newcomers.met(place, person, { key, at, channel }))) return
  const text = await wordsOf(hearing, place, event)
  const route = routeOf({ team: place.team, channel })
  await hearing.receive({
    tenant: place.tenant,
    person,
    key,
    at,
    route,
    body: { kind: 'reply', reply: { kind: 'text', text } },
  })
  hearing.typed.put(`${channel}/${event.ts}`, key)
}

const isPersons = <One extends { user?: string | undefined; bot_id?: string | null | undefined }>(
  one: One,
): one is One & { user: string } => one.user !== undefined && (one.bot_id === undefined || one.bot_id === null)

/** Slack tells of a change also when it only unfolds a link, and when this app changes its own messages. */
const hearEdit = async (hearing: Hearing, place: Place, event: z.output<typeof messageEvent>): Promise<void> => {
  const { message, previous_message: before, channel } = event
  if (message === undefined || !isPersons(message) || message.text === before?.text) return
  const of =
    hearing.typed.get(`${channel}/${message.ts}`) ??
    keyOfTyped(channel, { ts: message.ts, client_msg_id: message.client_msg_id ?? before?.client_msg_id })
  const at = instantOf(event.event_ts ?? event.ts)
  const person = personId(message.user)
  const key = `edited/${channel}/${message.ts}/${message.edited?.ts ?? event.event_ts ?? event.ts}`
  if (!(await hearing.newcomers.met(place, person, { key, at, channel }))) return
  const text = await wordsOf(hearing, place, message)
  const route = routeOf({ team: place.team, channel })
  await hearing.receive({ tenant: place.tenant, person, key, at, route, body: { kind: 'edited', of, text } })
}

const MENTIONS = /<@([A-Z0-9]+)>/g

const wordsOf = async (hearing: Hearing, { tenant }: Place, { text, blocks }: Written): Promise<string> => {
  const ids = [...new Set([...text.matchAll(MENTIONS)].map(([, id = '']) => id))]
  const names = new Map(
    await Promise.all(ids.map(async id => [id, await hearing.directory.nameFor(tenant, id)] as const)),
  )
  return typedWords(text, blocks, id => names.get(id) ?? id)
}

const hearHome = async (hearing: Hearing, place: Place, body: Envelope): Promise<void> => {
  const { success, data: event } = homeOpened.safeParse(body.event)
  if (!success) return
  const person = personId(event.user)
  const key = keyOf(body)
  const at = body.event_time * 1_000
  if (!(await hearing.newcomers.met(place, person, { key, at, channel: event.channel }))) return
  if (event.tab !== 'home') return
  const route = routeOf({ team: place.team, channel: event.channel })
  await hearing.receive({ tenant: place.tenant, person, key, at, route, body: { kind: 'home-opened' } })
}

/** Of the whole workspace, so of strangers too: only those whom the core knows are told of. */
const hearUser = async (hearing: Hearing, place: Place, body: Envelope): Promise<void> => {
  const { success, data } = userChanged.safeParse(body.event)
  if (!success) return
  const { user } = data
  const person: PersonId = personId(user.id)
  const { tenant } = place
  if (!(await hearing.isReachable(tenant, person))) return
  const key = keyOf(body)
  const at = body.event_time * 1_000
  if (standingOf(user) === 'left') {
    hearing.newcomers.forget(place, person)
    return hearing.receive({ tenant, person, key, at, body: { kind: 'left', why: 'deactivated' } })
  }
  const zone = zoneOf(user)
  const change = {
    name: nameOf(user),
    ...(zone === undefined ? {} : { zone }),
    ...(typeof user.locale === 'string' ? { locale: user.locale } : {}),
  }
  await hearing.receive({ tenant, person, key, at, body: { kind: 'profile', change } })
}
