import { type TenantId, tenantId } from '../../src/domain/ids.ts'
import type { PlaceIn } from './payloads.ts'

/** Whose payload this is: the tenant, and the workspace within it. */
export type Place = { readonly tenant: TenantId; readonly team: string }

/**
 * An installation for a whole organisation is one tenant, named by the organisation; any other is its workspace's own, though
 * that may belong to an organisation too. Undefined: the payload names neither.
 */
export const placeOf = (payload: PlaceIn, userTeam?: string | null): Place | undefined => {
  const [authorization] = payload.authorizations ?? []
  const said = authorization?.is_enterprise_install ?? payload.is_enterprise_install
  const team = payload.team_id ?? payload.team?.id ?? userTeam ?? authorization?.team_id ?? undefined
  const enterprise = authorization?.enterprise_id ?? payload.enterprise_id ?? payload.enterprise?.id ?? undefined
  // Some events come without authorizations (app_uninstalled): then an organisation is meant where no workspace is named.
  const isOrg = said === undefined || said === null ? team === undefined : said === true || said === 'true'
  const id = isOrg ? enterprise : team
  return id === undefined ? undefined : { tenant: tenantId(id), team: team ?? id }
}

/** Slack's timestamps are seconds with a fraction that makes them unique; ms since the epoch. */
export const instantOf = (ts: string): number => Math.round(Number(ts) * 1_000)
