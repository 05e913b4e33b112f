import { type Logger, webApi } from '@slack/bolt'
import type { TenantId } from '../../src/domain/ids.ts'
import { DeliveryError } from '../../src/ports/chat.ts'
import type { BotToken } from '../../src/ports/installations.ts'
import { errorIn } from './errors.ts'

export type Client = webApi.WebClient

export type Calls = {
  /**
   * Calls the Web API for a tenant, once. Where Slack says that the token has expired nothing was done, so the call is made
   * once more with a new one.
   * @throws what `call` does, or DeliveryError for want of a token
   */
  run<Result>(tenant: TenantId, call: (client: Client) => Promise<Result>): Promise<Result>
  /** Slack has said that the token in use there is good no more: nothing is tried with it again, whoever still holds it. */
  ended(tenant: TenantId): void
}

/** ms. Shorter than an attempt's row in the outbox stays hidden. */
const TIMEOUT = 10_000

/**
 * Clients of their own, one a tenant: the SDK's defaults would send a message again after a dropped connection, and let one
 * workspace's rate limit hold up whatever else goes through the same client.
 */
export const makeCalls = (options: {
  readonly botToken: BotToken
  readonly apiUrl: string
  readonly logger: Logger
  readonly timeout?: number
}): Calls => {
  const clients = new Map<TenantId, { readonly token: string; readonly client: Client }>()
  const clientFor = (tenant: TenantId, token: string): Client => {
    const kept = clients.get(tenant)
    if (kept?.token === token) return kept.client
    const client = makeClient(token, options.apiUrl, options.logger, options.timeout ?? TIMEOUT)
    clients.set(tenant, { token, client })
    return client
  }
  const dead = new Map<TenantId, string>()
  return {
    ended: tenant => {
      const token = clients.get(tenant)?.token
      if (token !== undefined) dead.set(tenant, token)
      clients.delete(tenant)
    },
    run: async (tenant, call) => {
      const token = await options.botToken(tenant)
      if (token === dead.get(tenant)) throw new DeliveryError('stop-tenant', 'nothing is installed there any more')
      try {
        return await call(clientFor(tenant, token))
      } catch (error) {
        if (errorIn(error) !== 'token_expired') throw error
        const renewed = await options.botToken(tenant, token)
        return call(clientFor(tenant, renewed))
      }
    },
  }
}

export const makeClient = (token: string | undefined, apiUrl: string, logger: Logger, timeout = TIMEOUT): Client =>
  new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    logger,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
