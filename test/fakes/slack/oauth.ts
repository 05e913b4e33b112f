import { ApiError } from './api.ts'
import type { Json, SlackState, Token } from './state.ts'

/** ms that a rotated token lives. */
const ROTATION = 12 * 3_600_000

export type OAuth = {
  /** What somebody agreed to, by the code that the app can trade in once. */
  readonly codes: Map<string, { readonly team?: string; readonly enterprise?: string; readonly user: string }>
  readonly clientId: string
  /** Where the app's settings say that people are sent back to. */
  redirectUri: string
  readonly clientSecret: string
  /** Whether tokens expire. */
  rotation: boolean
  readonly scopes: readonly string[]
}

/** A fresh token for a workspace, or for a whole organisation. */
export const grant = (
  state: SlackState,
  place: { readonly team?: string; readonly enterprise?: string },
  scopes: readonly string[],
  rotation: boolean,
): Token => {
  const token: Token = {
    token: `xoxb-${state.freshId('secret-')}`,
    team: place.enterprise === undefined ? place.team : undefined,
    enterprise: place.enterprise,
    scopes,
    refresh: rotation ? `xoxe-1-${state.freshId('secret-')}` : undefined,
    expiresAt: rotation ? state.now() + ROTATION : undefined,
    state: 'good',
  }
  state.tokens.set(token.token, token)
  return token
}

/** oauth.v2.access: a code, or a refresh token, each good once. */
export const access = (state: SlackState, oauth: OAuth, args: Json): Json => {
  if (args.client_id !== oauth.clientId || args.client_secret !== oauth.clientSecret)
    throw new ApiError('bad_client_secret')
  if (args.grant_type === 'refresh_token') {
    const old = [...state.tokens.values()].find(({ refresh }) => refresh === args.refresh_token)
    if (old === undefined || old.state === 'revoked') throw new ApiError('invalid_refresh_token')
    old.refresh = undefined
    const fresh = grant(state, placeOf(old), old.scopes, true)
    return { ...tokenJson(fresh), token_type: 'bot' }
  }
  const code = oauth.codes.get(String(args.code))
  if (code === undefined) throw new ApiError('invalid_code')
  oauth.codes.delete(String(args.code))
  const fresh = grant(state, code, oauth.scopes, oauth.rotation)
  const team = state.workspaces.get(code.team ?? '')
  return {
    ...tokenJson(fresh),
    token_type: 'bot',
    app_id: state.appId,
    bot_user_id: 'UBOT',
    authed_user: { id: code.user },
    is_enterprise_install: code.enterprise !== undefined,
    team: code.enterprise === undefined ? { id: code.team, name: team?.name } : null,
    enterprise: code.enterprise === undefined ? null : { id: code.enterprise, name: 'Acme Group' },
  }
}

const placeOf = ({ team, enterprise }: Token) => ({
  ...(team === undefined ? {} : { team }),
  ...(enterprise === undefined ? {} : { enterprise }),
})

const tokenJson = ({ token, refresh, expiresAt, scopes }: Token): Json => ({
  access_token: token,
  scope: scopes.join(','),
  ...(refresh === undefined ? {} : { refresh_token: refresh, expires_in: ROTATION / 1_000 }),
  ...(expiresAt === undefined ? {} : {}),
})
