import { randomBytes } from 'node:crypto'
import type { Instant } from '../../../src/domain/schedule.ts'
import { connectMongo, placeOf } from '../connect.ts'
import { openFileRows } from './file-rows.ts'
import { createKeyring, type RotatingKeyring } from './keyring.ts'
import { createMemoryRows } from './memory-rows.ts'
import { openMongoRows } from './mongo-rows.ts'
import type { KeyRows } from './rows.ts'
import { KEY_BYTES, type MasterKey } from './wrap.ts'

/**
 * The keyring in a file of its own. `masterKeys` newest first; `now` in ms ages the 30 s cache.
 * @throws KeyringRefused
 */
export const openFileKeyring = async ({
  file,
  masterKeys,
  now,
}: {
  readonly file: string
  readonly masterKeys: readonly MasterKey[]
  readonly now: () => Instant
}): Promise<RotatingKeyring> => closedOnFailure(openFileRows(file), rows => createKeyring(rows, masterKeys, now))

/** The keyring in a MongoDB database of its own, over a connection of its own. @throws KeyringRefused, StoreUnreachable */
export const openMongoKeyring = async ({
  uri,
  masterKeys,
  now,
}: {
  readonly uri: string
  readonly masterKeys: readonly MasterKey[]
  readonly now: () => Instant
}): Promise<RotatingKeyring> => {
  const rows = openMongoRows(await connectMongo(uri), placeOf(uri))
  return closedOnFailure(rows, () => createKeyring(rows, masterKeys, now))
}

/** The keyring in memory, for tests and the simulator: what it sealed is unreadable once it is gone. */
export const openMemoryKeyring = (now: () => Instant): Promise<RotatingKeyring> =>
  createKeyring(createMemoryRows(), [{ id: 'memory', key: new Uint8Array(randomBytes(KEY_BYTES)) }], now)

const closedOnFailure = async <Made>(rows: KeyRows, make: (rows: KeyRows) => Promise<Made>): Promise<Made> => {
  try {
    return await make(rows)
  } catch (error) {
    await rows.close()
    throw error
  }
}
