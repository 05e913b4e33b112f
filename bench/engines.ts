import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { connectMongo } from '../adapters/store/connect.ts'
import { openEmbedded } from '../adapters/store/embedded/open.ts'
import { insert } from '../adapters/store/embedded/store.ts'
import type { Doc } from '../adapters/store/embedded/value.ts'
import { openMemoryKeyring } from '../adapters/store/keyring/open.ts'
import { createStore } from '../adapters/store/store.ts'
import type { Keyring } from '../src/ports/keyring.ts'
import type { Store } from '../src/ports/store.ts'
import { clock, ROOT } from './bot.ts'

/** A store and the connection under it, which the baseline writes through as well. */
export type Engine = {
  readonly name: string
  readonly connection: Connection
  readonly store: Store
  readonly keyring: Keyring
  /** Many documents as one write, beside the store and much faster; for the embedded engine alone. */
  fill?(collection: string, documents: readonly Doc[]): Promise<void>
  close(): Promise<void>
}

/** A new folder of its own, on the disk where temporary files are. */
export const makeFolder = (): { readonly folder: string; remove(): void } => {
  const folder = mkdtempSync(join(tmpdir(), 'lighthand-bench-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The embedded engine on disk, as a start without MONGODB_URI opens it. */
export const openEmbeddedEngine = async (): Promise<Engine> => {
  const { folder, remove } = makeFolder()
  mkdirSync(folder, { recursive: true })
  const { connection, close, store: below } = openEmbedded({ file: join(folder, 'lighthand.db') })
  const keyring = await openMemoryKeyring(clock.now)
  const store = createStore({ connection, keyring, now: clock.now })
  await store.prepare()
  return {
    name: 'embedded',
    connection,
    store,
    keyring,
    fill: (collection, documents) =>
      below.writer.write(() => {
        for (const document of documents) insert(below, collection, document)
      }),
    close: async () => {
      await close()
      remove()
    },
  }
}

type Wire = { readonly uri: string; readonly name: string; stop(): Promise<void> }

/** A server of MongoDB's protocol, found as the contract tests find theirs; undefined where there is none. */
export const openMongoEngine = async (): Promise<Engine | undefined> => {
  const wire = await startWire()
  if (wire === undefined) return undefined
  const connection = await connectMongo(`${wire.uri}/bench_${process.pid}`)
  const keyring = await openMemoryKeyring(clock.now)
  const store = createStore({ connection, keyring, now: clock.now })
  await store.prepare()
  return {
    name: wire.name,
    connection,
    store,
    keyring,
    close: async () => {
      await connection.dropDatabase()
      await store.close()
      await wire.stop()
    },
  }
}

/** From its source, by Vite: the tests' server stands beside files of its own, which are not built into dist. */
export const startWire = async (): Promise<Wire | undefined> => {
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport<{ startMongoWire(): Promise<Wire | undefined> }>(
    join(ROOT, 'test/fakes/mongo-wire.ts'),
    { configFile: false, root: ROOT, logLevel: 'silent' },
  )
  return module.startMongoWire()
}
