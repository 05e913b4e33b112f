import { createHmac, randomBytes } from 'node:crypto'
import type { Instant } from '../../../src/domain/schedule.ts'
import { KeyDestroyed, type KeyOwner, type Keyring } from '../../../src/ports/keyring.ts'
import { createKeyCache } from './key-cache.ts'
import type { KeyRow, KeyRows } from './rows.ts'
import { createWrapping, KEY_BYTES, KeyringRefused, type MasterKey } from './wrap.ts'

/** A keyring whose master keys can be rotated. */
export type RotatingKeyring = Keyring & {
  /** Wraps under the newest master key whatever an older one still wraps; returns how many. Then the older may go. */
  rewrap(): Promise<number>
}

/** Names rows by HMAC; it is wrapped and re-wrapped as any key, itself unchanged, so rotation never loses an erasure. */
const NAMING_KEY = 'naming'

/**
 * A keyring over rows, wherever they are kept. `now` (ms) ages the cache; a monotonic clock will do.
 * @throws KeyringRefused, if the master keys do not open what is there
 */
export const createKeyring = async (
  rows: KeyRows,
  masterKeys: readonly MasterKey[],
  now: () => Instant,
): Promise<RotatingKeyring> => {
  const wrapping = createWrapping(rows.place, masterKeys)
  const cache = createKeyCache(now)
  /** Grows with each erasure: a read that began before one may not enter the cache after it. */
  let erasures = 0

  const keyIn = (row: KeyRow): Uint8Array => {
    if (row.wrapped === undefined) throw new KeyDestroyed()
    return wrapping.unwrap(row.id, row.wrapped)
  }
  /** The key in that row, put there at first use. Whoever loses the race to insert takes the winner's. */
  const keyAt = async (id: string): Promise<Uint8Array> => {
    const found = await rows.find(id)
    if (found) return keyIn(found)
    const key = new Uint8Array(randomBytes(KEY_BYTES))
    if (await rows.insert(id, wrapping.wrap(id, key))) return key
    const theirs = await rows.find(id)
    if (!theirs)
      throw new KeyringRefused(
        rows.place,
        'lost a row while it was in use; rows are never deleted. Restore it from its newest backup.',
      )
    return keyIn(theirs)
  }

  const namingKey = await keyAt(NAMING_KEY)
  const plainName = ({ tenant, owner }: KeyOwner): string => JSON.stringify([tenant, owner])
  const rowId = (name: string): string => createHmac('sha256', namingKey).update(name).digest('base64url')

  return {
    async key(owner) {
      const name = plainName(owner)
      const cached = cache.get(name)
      if (cached) return cached
      const erasuresBefore = erasures
      const key = await keyAt(rowId(name))
      if (erasures === erasuresBefore) cache.set(name, key)
      return key
    },
    async destroy(owner, at) {
      const name = plainName(owner)
      try {
        await rows.erase(rowId(name), at)
      } finally {
        // Also when it failed: the answer may have been lost after the key was.
        erasures += 1
        cache.delete(name)
      }
    },
    async isErased(owner) {
      return (await rows.find(rowId(plainName(owner))))?.erasedAt !== undefined
    },
    async rewrap() {
      let count = 0
      let after = ''
      for (;;) {
        const page = await rows.keys(after, 500)
        for (const { id, wrapped } of page) {
          after = id
          if (!wrapping.isOld(wrapped)) continue
          await rows.replace(id, wrapped, wrapping.wrap(id, wrapping.unwrap(id, wrapped)))
          count += 1
        }
        if (page.length === 0) return count
      }
    },
    async close() {
      cache.clear()
      await rows.close()
    },
  }
}
