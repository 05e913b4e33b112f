import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Wraps other keys: 32 bytes under an id (letters, digits, '-' and '_') that the wrapped keys name. */
export type MasterKey = { readonly id: string; readonly key: Uint8Array }

/** A key store that cannot be used as it is. The message says where, what, and what to do. */
export class KeyringRefused extends Error {
  readonly code = 'KEYRING_REFUSED'
  constructor(place: string, what: string, options?: ErrorOptions) {
    super(`The key store ${place} ${what}`, options)
    this.name = 'KeyringRefused'
  }
}

export type Wrapping = {
  /** 'w1:', the newest master key's id, and base64 of nonce, ciphertext and tag; opens only under the same row id. */
  wrap(id: string, key: Uint8Array): string
  /** @throws KeyringRefused, if the master key is not among those given or does not fit */
  unwrap(id: string, wrapped: string): Uint8Array
  /** Whether another wrap would be under a newer master key. */
  isOld(wrapped: string): boolean
}

const VERSION = 'w1'
const NONCE = 12
const TAG = 16
export const KEY_BYTES = 32

/** AES-256-GCM under the first of `masterKeys`; the others only open what they once wrapped. */
export const createWrapping = (place: string, masterKeys: readonly MasterKey[]): Wrapping => {
  const newest = masterKeys[0]
  if (!newest) throw new KeyringRefused(place, 'needs a master key: set MASTER_KEYS to one or more id:key entries.')
  for (const { id, key } of masterKeys) {
    if (key.length !== KEY_BYTES)
      throw new KeyringRefused(place, `was given master key "${id}", which is not 32 bytes.`)
  }
  const byId = new Map(masterKeys.map(master => [master.id, master.key]))
  return {
    wrap(id, key) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', newest.key, nonce).setAAD(Buffer.from(`${VERSION}:${id}`))
      const bytes = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
      return `${VERSION}:${newest.id}:${bytes.toString('base64')}`
    },
    unwrap(id, wrapped) {
      const [version, masterId = '', body = ''] = wrapped.split(':')
      const master = byId.get(masterId)
      const bytes = Buffer.from(body, 'base64')
      if (version !== VERSION || bytes.length !== NONCE + KEY_BYTES + TAG) {
        throw new KeyringRefused(place, 'holds a damaged key. Stop, and restore the key store from its newest backup.')
      }
      if (!master) {
        throw new KeyringRefused(
          place,
          `holds keys wrapped by master key "${masterId}": add it to the end of MASTER_KEYS.`,
        )
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, NONCE), { authTagLength: TAG })
          .setAAD(Buffer.from(`${VERSION}:${id}`))
          .setAuthTag(bytes.subarray(-TAG))
        return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]))
      } catch {
        throw new KeyringRefused(
          place,
          `holds a key that master key "${masterId}" does not open: give the master key that first had this id, or restore the key store from its newest backup.`,
        )
      }
    },
    isOld: wrapped => wrapped.split(':')[1] !== newest.id,
  }
}
