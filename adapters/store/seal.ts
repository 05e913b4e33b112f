import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto'
import type { TenantId } from '../../src/domain/ids.ts'
import type { KeyOwner, Keyring } from '../../src/ports/keyring.ts'

/** Where sealed words stand. Words moved to another place do not open there. */
export type SealedPlace = {
  readonly tenant: TenantId
  /** Whose key seals them. */
  readonly person: KeyOwner['owner']
  /** The collection. */
  readonly kind: string
  readonly id: string
  /** What the words are for. */
  readonly purpose: string
}

/** Sealed words that do not open: damaged, moved from elsewhere, or sealed by another key. Never carries the words. */
export class SealBroken extends Error {
  readonly code = 'SEAL_BROKEN'
  readonly kind: string
  readonly id: string
  constructor(place: { readonly kind: string; readonly id: string }) {
    super(
      `The sealed part of ${place.kind} ${place.id} does not open: the document was changed outside Lighthand, or data and key store come from different backups. Restore the data together with the current key store.`,
    )
    this.name = 'SealBroken'
    this.kind = place.kind
    this.id = place.id
  }
}

const VERSION = 's1.'
const NONCE = 12
const TAG = 16

const additionalData = (place: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([VERSION, place.tenant, place.person, place.kind, place.id, place.purpose]))

/** Random bytes are drawn for many nonces at once: each draw costs as much as sealing a short text. Each is used once. */
const pool = Buffer.alloc(256 * NONCE)
let used = pool.length
const nextNonce = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += NONCE
  return Buffer.from(pool.subarray(used - NONCE, used))
}

/**
 * AES-256-GCM: 's1.' and the base64 of nonce (12 random bytes), ciphertext and tag. A random nonce is sound for 2^32
 * seals under one key (NIST SP 800-38D, 8.3); a person's turns stay far below.
 */
export const seal = (key: Uint8Array, place: SealedPlace, words: string): string => {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(place))
  const parts = [nonce, cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return VERSION + Buffer.concat(parts).toString('base64')
}

/** @throws SealBroken */
export const unseal = (key: Uint8Array, place: SealedPlace, sealed: string): string => {
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64')
  if (!sealed.startsWith(VERSION) || bytes.length < NONCE + TAG) throw new SealBroken(place)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(additionalData(place))
      .setAuthTag(bytes.subarray(-TAG))
    return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    // The cause stays behind: nothing of the bytes may travel with an error.
    throw new SealBroken(place)
  }
}

/** Seals JSON values under the keys of a keyring. */
export type Seals = {
  /** @throws KeyDestroyed */
  seal(place: SealedPlace, value: unknown): Promise<string>
  /** @throws KeyDestroyed, SealBroken */
  open<Value>(place: SealedPlace, sealed: string): Promise<Value>
  /** The same for the same owner and matter, and to be told from nobody else's: an HMAC under the owner's key. @throws KeyDestroyed */
  mark(owner: KeyOwner, matter: string): Promise<string>
}

export const createSeals = (keyring: Keyring): Seals => {
  const keyOf = (place: SealedPlace) => keyring.key({ tenant: place.tenant, owner: place.person })
  return {
    async mark(owner, matter) {
      return createHmac('sha256', await keyring.key(owner))
        .update(matter)
        .digest('base64')
    },
    async seal(place, value) {
      return seal(await keyOf(place), place, JSON.stringify(value))
    },
    async open<Value>(place: SealedPlace, sealed: string) {
      // What opens was sealed at this very place and purpose, and so with this type: the additional data vouches for it.
      return JSON.parse(unseal(await keyOf(place), place, sealed)) as Value
    },
  }
}
