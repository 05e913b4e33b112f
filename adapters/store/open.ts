import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../src/domain/schedule.ts'
import type { Keyring } from '../../src/ports/keyring.ts'
import { connectMongo } from './connect.ts'
import { openEmbedded } from './embedded/open.ts'
import { createStore, type PreparableStore } from './store.ts'

/** Where the data is: a MongoDB, a directory of the embedded engine, or nowhere but in memory. */
export type StorePlace = { readonly mongodbUri: string } | { readonly dataDir: string } | ':memory:'

/** The embedded engine's file within its directory. */
const FILE = 'lighthand.db'

/**
 * Opens the store. The embedded engine is also brought to this version, and its leases are freed: its exclusive lock proves
 * that whoever held one is gone. On MongoDB `prepare()` stays an explicit step and leases stay with their holders.
 * `now` as in createStore; closing the store leaves the keyring open.
 * @throws StoreUnreachable; StoreFileError, if the file is in use, damaged, foreign or newer
 */
export const openStore = async (
  place: StorePlace,
  { keyring, now }: { readonly keyring: Keyring; readonly now?: () => Instant },
): Promise<PreparableStore> => {
  const clock = now ? { now } : {}
  if (typeof place === 'object' && 'mongodbUri' in place) {
    return createStore({ connection: await connectMongo(place.mongodbUri), keyring, ...clock })
  }
  if (place !== ':memory:') mkdirSync(place.dataDir, { recursive: true, mode: 0o700 })
  const { connection, close } = openEmbedded({ file: place === ':memory:' ? place : join(place.dataDir, FILE) })
  try {
    const store = createStore({ connection, keyring, ...clock })
    // Nobody else can be at it: a token that stands there was left by a process that died.
    await store.prepare({ alone: true })
    await store.leases.releaseAll()
    return { ...store, close }
  } catch (error) {
    await close()
    throw error
  }
}
