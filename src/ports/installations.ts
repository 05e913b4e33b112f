import type { TenantId } from '../domain/ids.ts'
import type { Installation, Tokens } from '../domain/installation.ts'

/** Trades a refresh token, which is used up by it, for new tokens. @throws DeliveryError */
export type RenewTokens = (installation: Installation, refresh: string) => Promise<Tokens>

/**
 * The token to call the platform with for a tenant, renewed when it is time. `rejected` is one that the platform has just
 * called expired.
 * @throws DeliveryError 'stop-tenant' where nothing is installed any more; 'refresh' while another process renews it
 */
export type BotToken = (tenant: TenantId, rejected?: string) => Promise<string>
