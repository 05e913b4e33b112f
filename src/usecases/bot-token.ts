import { personId, type TenantId } from '../domain/ids.ts'
import { type Installation, isRenewalDue, stopped } from '../domain/installation.ts'
import { DeliveryError } from '../ports/chat.ts'
import type { BotToken, RenewTokens } from '../ports/installations.ts'
import { TENANT_TOKENS } from '../ports/keyring.ts'
import type { Core } from './core.ts'
import { lend } from './work-on.ts'

/** ms that a token is used without looking at the store: a tenant that another process stopped is left alone within it. */
const TRUSTED_FOR = 30_000
/** ms after which to look again whether the process that renews it is done. */
const RENEWING_FOR = 3_000

const GONE = 'nothing is installed there any more'

/**
 * Tokens by tenant. A refresh token works once, so one process renews and under a lease; while it does, the others go on with
 * the token they have as long as the platform takes it.
 */
export const makeBotToken = (core: Core, renew: RenewTokens): BotToken => {
  const known = new Map<TenantId, { readonly installation: Installation; readonly since: number }>()
  const read = async (tenant: TenantId): Promise<Installation> => {
    const installation = await core.store.installations.find(tenant)
    if (installation === undefined || installation.state.kind === 'stopped') {
      known.delete(tenant)
      throw new DeliveryError('stop-tenant', GONE)
    }
    known.set(tenant, { installation, since: core.clock.monotonic() })
    return installation
  }
  const current = async (tenant: TenantId): Promise<Installation> => {
    const kept = known.get(tenant)
    return kept !== undefined && core.clock.monotonic() - kept.since < TRUSTED_FOR ? kept.installation : read(tenant)
  }
  return (tenant, rejected) =>
    core.lanes.run(`${tenant}/${TENANT_TOKENS}`, async () => {
      const installation = await current(tenant)
      if (!isRenewalDue(installation, core.clock.now(), rejected)) return tokenOf(installation, rejected)
      const lease = await lend(core, tenant, personId(TENANT_TOKENS))
      if (lease === undefined) return tokenOf(await read(tenant), rejected)
      try {
        return tokenOf(await renewed(core, await read(tenant), renew, rejected), rejected)
      } finally {
        known.delete(tenant)
        await core.store.leases.release(lease, lease.relayed, undefined)
      }
    })
}

/** As it stands in the store under the lease: another process may have renewed it before. */
const renewed = async (
  core: Core,
  installation: Installation,
  renew: RenewTokens,
  rejected: string | undefined,
): Promise<Installation> => {
  const refresh = installation.tokens?.refresh
  if (refresh === undefined || !isRenewalDue(installation, core.clock.now(), rejected)) return installation
  const save = async (next: Installation): Promise<Installation | undefined> =>
    (await core.store.installations.save({ ...next, revision: installation.revision + 1 })) ? next : undefined
  try {
    const next = await save({ ...installation, tokens: await renew(installation, refresh) })
    // Installed anew or taken away meanwhile: what was renewed belongs to what is no more.
    if (next === undefined) throw new DeliveryError('refresh', 'the installation changed meanwhile', { retryAfter: 0 })
    core.log.info({ code: 'TOKENS_RENEWED' }, 'the tokens of an installation were renewed')
    return next
  } catch (error) {
    if (error instanceof DeliveryError && error.kind === 'stop-tenant') {
      await save(stopped(installation, core.clock.now(), 'revoked'))
      core.log.warn({ code: 'TENANT_STOPPED', why: 'revoked' }, 'tokens are renewed no more; nothing is sent there')
    }
    throw error
  }
}

/** @throws DeliveryError 'refresh' for a token that was rejected already: whoever holds the lease is about to have another */
const tokenOf = ({ tokens }: Installation, rejected: string | undefined): string => {
  if (tokens === undefined) throw new DeliveryError('stop-tenant', GONE)
  if (tokens.bot !== rejected) return tokens.bot
  throw new DeliveryError('refresh', 'the token has expired and is being renewed', { retryAfter: RENEWING_FOR })
}
