import { refusalsOfMessage, refusalsOfView } from './limits.ts'
import { channelOf, emailOf, type Json, type SlackState, type Token, userJson } from './state.ts'

/** One method of the Web API: what it answers, `ok` apart. Throws ApiError for its refusals. */
type Method = (state: SlackState, args: Json, token: Token) => Json

export class ApiError extends Error {
  readonly more: Json
  constructor(error: string, more: Json = {}) {
    super(error)
    this.more = more
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const userIn = (state: SlackState, id: unknown, token: Token) => {
  const user = state.users.get(text(id))
  if (user === undefined) throw new ApiError('user_not_found')
  const workspace = state.workspaces.get(user.team)
  if (token.enterprise === undefined ? user.team !== token.team : workspace?.enterprise !== token.enterprise)
    throw new ApiError('user_not_found')
  return user
}

/** The conversation, if this token may post there. */
const channelIn = (state: SlackState, id: unknown, token: Token) => {
  const channel = state.channels.get(text(id))
  if (channel === undefined) throw new ApiError('channel_not_found')
  const workspace = state.workspaces.get(channel.team)
  if (token.enterprise === undefined ? channel.team !== token.team : workspace?.enterprise !== token.enterprise)
    throw new ApiError('channel_not_found')
  if (token.enterprise !== undefined && workspace?.added !== true) throw new ApiError('team_access_not_granted')
  if (workspace?.messagesTab === false) throw new ApiError('messages_tab_disabled')
  return channel
}

const needs = (token: Token, scope: string): void => {
  if (!token.scopes.includes(scope)) throw new ApiError('missing_scope', { needed: scope })
}

/** Slack names each block that comes without a name. */
const named = (state: SlackState, blocks: readonly Json[]): readonly Json[] =>
  blocks.map(block => ({ block_id: state.freshId('b'), ...block }))

const refuse = (state: SlackState, error: string, why: readonly string[]): void => {
  if (why.length === 0) return
  state.refused.push(...why)
  throw new ApiError(error, { response_metadata: { messages: why.map(one => `[ERROR] ${one}`) } })
}

const blocksIn = (args: Json): readonly Json[] => (Array.isArray(args.blocks) ? args.blocks : [])

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (_state, _args, token) => ({
    team: 'Acme',
    team_id: token.team,
    enterprise_id: token.enterprise ?? null,
    user_id: 'UBOT',
    bot_id: 'BBOT',
    url: 'https://acme.example/',
    is_enterprise_install: token.enterprise !== undefined,
  }),
  'users.info': (state, args, token) => {
    needs(token, 'users:read')
    return { user: userJson(state, userIn(state, args.user, token)) }
  },
  'users.lookupByEmail': (state, args, token) => {
    needs(token, 'users:read.email')
    const found = [...state.users.values()].find(user => !user.deleted && emailOf(user) === args.email)
    if (found === undefined) throw new ApiError('users_not_found')
    return { user: userJson(state, userIn(state, found.id, token)) }
  },
  'conversations.open': (state, args, token) => {
    needs(token, 'im:write')
    const user = userIn(state, args.users, token)
    if (user.deleted) throw new ApiError('user_disabled')
    if (user.is_bot) throw new ApiError('cannot_dm_bot')
    return { channel: { id: channelOf(state, user) } }
  },
  'conversations.history': (state, args, token) => {
    needs(token, 'im:history')
    const { messages } = channelIn(state, args.channel, token)
    const oldest = Number(args.oldest ?? 0)
    const latest = Number(args.latest ?? Number.MAX_SAFE_INTEGER)
    const limit = Math.min(15, Number(args.limit ?? 15))
    const within = messages.filter(({ ts }) => Number(ts) >= oldest && Number(ts) <= latest).toReversed()
    return {
      has_more: within.length > limit,
      messages: within.slice(0, limit).map(one => ({
        type: 'message',
        ts: one.ts,
        text: one.text,
        blocks: one.blocks,
        ...(one.user === undefined ? { user: 'UBOT', bot_id: 'BBOT' } : { user: one.user }),
        ...(args.include_all_metadata === 'true' && one.metadata !== undefined ? { metadata: one.metadata } : {}),
      })),
    }
  },
  'chat.postMessage': (state, args, token) => {
    needs(token, 'chat:write')
    const channel = channelIn(state, args.channel, token)
    if (state.users.get(channel.user)?.deleted === true) throw new ApiError('user_disabled')
    const blocks = blocksIn(args)
    refuse(state, 'invalid_blocks', refusalsOfMessage({ text: text(args.text), blocks }))
    const ts = state.freshTs()
    channel.messages.push({
      ts,
      user: undefined,
      text: text(args.text),
      blocks: named(state, blocks),
      metadata: args.metadata,
      clientMsgId: text(args.client_msg_id),
    })
    return { channel: args.channel, ts }
  },
  'chat.update': (state, args, token) => {
    needs(token, 'chat:write')
    const posted = channelIn(state, args.channel, token).messages.find(({ ts }) => ts === args.ts)
    if (posted === undefined) throw new ApiError('message_not_found')
    if (posted.user !== undefined) throw new ApiError('cant_update_message')
    replace(state, posted, args)
    return { channel: args.channel, ts: args.ts }
  },
  'views.publish': (state, args, token) => {
    const user = userIn(state, args.user_id, token)
    refuse(state, 'invalid_arguments', refusalsOfView(args.view))
    state.homes.set(user.id, { ...asJson(args.view), blocks: named(state, blocksIn(asJson(args.view))) })
    return {}
  },
  'views.open': (state, args) => {
    const trigger = text(args.trigger_id)
    // `trigger/<user>/<when>`: it lives three seconds.
    const [, user = '', when = '0'] = trigger.split('/')
    if (state.now() - Number(when) > 3_000) throw new ApiError('expired_trigger_id')
    refuse(state, 'invalid_arguments', refusalsOfView(args.view))
    const id = state.freshId('V')
    state.modals.set(user, { ...asJson(args.view), id })
    return { view: { id } }
  },
  'apps.connections.open': state => ({ url: state.socketUrl }),
}

export const replace = (state: SlackState, posted: { text: string; blocks: readonly Json[] }, args: Json): void => {
  const blocks = blocksIn(args)
  refuse(state, 'invalid_blocks', refusalsOfMessage({ text: text(args.text), blocks }))
  posted.text = text(args.text)
  posted.blocks = named(state, blocks)
}

const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})
