import mongoose from 'mongoose'
import { EmbeddedCollection } from './collection.ts'
import { EmbeddedConnection } from './connection.ts'
import { openStore, type Store } from './store.ts'

export type Embedded = {
  /** An instance of its own, so that a MongoDB connection can live in the same process. */
  mongoose: mongoose.Mongoose
  /** Connected; build models from it with `connection.model(name, schema)`. */
  connection: mongoose.Connection
  /** What is underneath, for tests and tools. */
  store: Store
  /** Folds the write-ahead log into the file and empties it, so that what was erased is gone from the log too. */
  compact(): void
  /** Commits what is open and lets go of the file. A second call does nothing. */
  close(): Promise<void>
}

/**
 * Opens the embedded store: a mongoose instance whose driver is SQLite. `file` is a path whose folder exists (made with
 * mode 0600 if missing) or ':memory:'. Throws StoreFileError if the file is in use, damaged, foreign or newer, and then
 * leaves it untouched. Synchronous: the connection is open on return.
 */
export function openEmbedded({ file }: { file: string }): Embedded {
  const store = openStore(file)
  const instance = new mongoose.Mongoose()
  instance.setDriver({ Connection: EmbeddedConnection, Collection: EmbeddedCollection, plugins: [] })
  instance.set('strictQuery', 'throw')
  instance.set('autoIndex', false)
  instance.set('autoCreate', false)
  const connection: unknown = instance.connection
  if (!(connection instanceof EmbeddedConnection)) throw new TypeError('mongoose did not take the embedded driver')
  connection.attach(store)
  return {
    mongoose: instance,
    connection: instance.connection,
    store,
    compact: () => {
      store.writer.flush()
      store.sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    close: async () => {
      await instance.connection.close()
    },
  }
}
