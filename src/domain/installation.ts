import type { TenantId } from './ids.ts'
import type { Instant } from './schedule.ts'

/** Why nothing more can be sent or read there. */
export type StopReason =
  /** Somebody there removed it. */
  | 'uninstalled'
  /** Its token was revoked, or the account behind it ended. */
  | 'revoked'
  /** It lacks a right that it needs: it is to be installed again. */
  | 'missing-scope'
  /** Its messages are switched off by an administrator. */
  | 'switched-off'

/**
 * How a tenant can be reached: what the platform gave when it was installed. The tokens are secrets: sealed at rest under
 * the tenant's own key, and in no log.
 */
export type Installation = {
  readonly tenant: TenantId
  readonly platform: string
  /** The platform's own ids of the workspace, and of the organisation if it was installed for all of one. */
  readonly team: string | undefined
  readonly enterprise: string | undefined
  /** The application it was installed as, and the bot's own user there. */
  readonly app: string
  readonly bot: string | undefined
  /** Rights that were granted. */
  readonly scopes: readonly string[]
  readonly installedAt: Instant
  readonly tokens: Tokens | undefined
  readonly state:
    | { readonly kind: 'active' }
    | { readonly kind: 'stopped'; readonly at: Instant; readonly why: StopReason }
  /** Guards the write: it grows by one each time. */
  readonly revision: number
}

export type Tokens = {
  readonly bot: string
  /** What a new bot token is got with; it is used up by that. None where tokens do not expire. */
  readonly refresh: string | undefined
  readonly expiresAt: Instant | undefined
}

/** Tokens are renewed so long before they expire that none runs out between a claim and its send. */
const RENEW_BEFORE = 30 * 60_000

/** Whether it is time for new tokens; `rejected` is a bot token that the platform has just called expired. */
export const isRenewalDue = ({ tokens }: Installation, now: Instant, rejected?: string): boolean => {
  if (tokens?.refresh === undefined) return false
  if (rejected !== undefined && rejected === tokens.bot) return true
  return tokens.expiresAt !== undefined && now >= tokens.expiresAt - RENEW_BEFORE
}

/** Stopped at `at`, unless that is older than the installation: a late word about an earlier one. */
export const stopped = (installation: Installation, at: Instant, why: StopReason): Installation =>
  installation.state.kind === 'stopped' || at < installation.installedAt
    ? installation
    : { ...installation, tokens: undefined, state: { kind: 'stopped', at, why } }
