import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Instant } from '../domain/schedule.ts'

/**
 * Whose words a key seals: a person's; the tenant's own, which seals the tokens that reach it; or, for the playground, a chat transcript's (which stands for the platform, and so
 * outlives an erasure as the platform's own copy would).
 */
export type KeyOwner = { readonly tenant: TenantId; readonly owner: PersonId | typeof TENANT_TOKENS | `chat:${string}` }

/** No platform's person has such an id. */
export const TENANT_TOKENS = 'tenant:tokens'

/** Keys of people, wrapped by a master key, in a store apart from the data and its backups. */
export type Keyring = {
  /** The owner's key (32 bytes), made at first use. @throws KeyDestroyed after an erasure */
  key(owner: KeyOwner): Promise<Uint8Array>
  /** Destroys the key, for ever, and records the erasure (an HMAC of the platform id) at `at`. */
  destroy(owner: KeyOwner, at: Instant): Promise<void>
  /** True if this person was erased: a roster may not bring them back by itself. */
  isErased(owner: KeyOwner): Promise<boolean>
  close(): Promise<void>
}

export class KeyDestroyed extends Error {
  constructor() {
    super('The key of this person was destroyed when they asked to be deleted; what it sealed cannot be read again.')
    this.name = 'KeyDestroyed'
  }
}
