/** What the fake Slack keeps: workspaces, people, conversations, tokens. Ids are as a test gives them. */

export type SlackUser = {
  readonly id: string
  readonly team: string
  name: string
  tz: string
  locale: string
  deleted: boolean
  is_bot: boolean
  is_restricted: boolean
  is_admin: boolean
}

export type Posted = {
  readonly ts: string
  /** Undefined: the bot's. */
  readonly user: string | undefined
  text: string
  blocks: readonly Json[]
  readonly metadata: unknown
  readonly clientMsgId: string | undefined
}

export type Json = { readonly [name: string]: unknown }

export type Token = {
  readonly token: string
  /** The workspace, or the organisation that it is for. */
  readonly team: string | undefined
  readonly enterprise: string | undefined
  readonly scopes: readonly string[]
  refresh: string | undefined
  expiresAt: number | undefined
  state: 'good' | 'expired' | 'revoked'
}

export type Workspace = {
  readonly id: string
  readonly name: string
  readonly enterprise: string | undefined
  /** Whether an organisation's installation was added to it. */
  added: boolean
  /** What messages of the bot are answered with, if they are switched off there. */
  messagesTab: boolean
}

/** How a call goes wrong. `answer-lost` and `timeout-after` come after Slack has done what was asked. */
export type Fault =
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'ratelimited'; readonly retryAfter: number }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'no-json' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'silence' }

export type Call = { readonly method: string; readonly args: Json; readonly token: string | undefined }

export type SlackState = {
  readonly appId: string
  readonly now: () => number
  readonly workspaces: Map<string, Workspace>
  readonly users: Map<string, SlackUser>
  /** By id: whose conversation with the bot it is, and in which workspace. */
  readonly channels: Map<string, { readonly user: string; readonly team: string; readonly messages: Posted[] }>
  readonly tokens: Map<string, Token>
  readonly homes: Map<string, Json>
  readonly modals: Map<string, Json>
  /** Everything that was called, in order. */
  readonly calls: Call[]
  /** Where Socket Mode is to connect to. */
  socketUrl: string
  /** Asked at each call; what it answers happens. */
  fault: (call: Call) => Fault | undefined
  /** Payloads that Slack itself refused, in words: a test that sends any fails. */
  readonly refused: string[]
  freshTs(): string
  freshId(prefix: string): string
}

export const makeState = (appId: string, now: () => number): SlackState => {
  let serial = 0
  return {
    appId,
    now,
    workspaces: new Map(),
    users: new Map(),
    channels: new Map(),
    tokens: new Map(),
    homes: new Map(),
    modals: new Map(),
    calls: [],
    socketUrl: '',
    fault: () => undefined,
    refused: [],
    freshTs: () => {
      serial += 1
      return `${Math.floor(now() / 1_000)}.${String(serial).padStart(6, '0')}`
    },
    freshId: prefix => {
      serial += 1
      return `${prefix}${String(serial).padStart(4, '0')}`
    },
  }
}

/** The conversation of somebody with the bot, opened if need be. */
export const channelOf = (state: SlackState, user: SlackUser): string => {
  const id = `D${user.id}`
  if (!state.channels.has(id)) state.channels.set(id, { user: user.id, team: user.team, messages: [] })
  return id
}

export const emailOf = ({ name }: SlackUser): string => `${name.toLowerCase()}@example.com`

export const userJson = (state: SlackState, user: SlackUser): Json => {
  const enterprise = state.workspaces.get(user.team)?.enterprise
  return {
    id: user.id,
    team_id: user.team,
    name: user.name.toLowerCase(),
    real_name: user.name,
    deleted: user.deleted,
    is_bot: user.is_bot,
    is_restricted: user.is_restricted,
    is_ultra_restricted: false,
    is_admin: user.is_admin,
    is_owner: false,
    tz: user.tz,
    tz_offset: 3_600,
    locale: user.locale,
    profile: { display_name: user.name, real_name: user.name },
    ...(enterprise === undefined
      ? {}
      : { enterprise_user: { id: user.id, enterprise_id: enterprise, teams: [user.team] } }),
  }
}
