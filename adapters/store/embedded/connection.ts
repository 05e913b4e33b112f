import mongoose from 'mongoose'
import { EmbeddedCollection } from './collection.ts'
import { EmbeddedUnsupported } from './errors.ts'
import type { Store } from './store.ts'

type BaseShape = {
  readyState: number
  name: string
  client: unknown
  db: unknown
  collections: Record<string, EmbeddedCollection>
  base: unknown
  onOpen(): void
}

// mongoose's types describe BaseConnection as a whole Connection; this is the part a driver builds on.
const BaseConnection = mongoose.Mongoose.prototype.BaseConnection as unknown as new (base: unknown) => BaseShape

const refused = (feature: string) => () => {
  throw new EmbeddedUnsupported(feature)
}

/**
 * mongoose's driver connection over one open store; a class because that is the interface of a mongoose driver.
 * It has no client, so whatever mongoose would ask the MongoDB client for is refused by name.
 */
export class EmbeddedConnection extends BaseConnection {
  #store: Store | undefined

  store(): Store {
    if (!this.#store) throw new mongoose.Error('The embedded store is closed')
    return this.#store
  }

  /** Takes an open store and becomes connected at once. */
  attach(store: Store) {
    this.#store = store
    this.name = 'embedded'
    this.client = {
      startSession: refused('sessions and transactions'),
      withSession: refused('sessions and transactions'),
      bulkWrite: refused('a bulkWrite across collections'),
    }
    this.db = {
      databaseName: 'embedded',
      createCollection: async (name: string, options?: object) => {
        for (const option of Object.keys(options ?? {}))
          throw new EmbeddedUnsupported(`the collection option ${option}`)
        await store.writer.write(() => store.catalog.need(name))
      },
      dropCollection: (name: string) => store.writer.write(() => store.catalog.drop(name)),
      dropDatabase: () =>
        store.writer.write(() => {
          for (const name of store.catalog.names()) store.catalog.drop(name)
          return true
        }),
      listCollections: () => {
        store.writer.flush()
        const names = store.catalog.names()
        return { toArray: async () => names.map(name => ({ name, type: 'collection' })) }
      },
      aggregate: refused('an aggregation on the database'),
      watch: refused('the operation watch'),
      command: refused('database commands'),
      admin: refused('database administration'),
    }
    this.onOpen()
  }

  collection(name: string, options?: unknown): EmbeddedCollection {
    const there = this.collections[name]
    if (there) return there
    const made = new EmbeddedCollection(name, this, options)
    this.collections[name] = made
    return made
  }

  async createClient(): Promise<never> {
    throw new EmbeddedUnsupported('connecting by URI', 'Open the store with openEmbedded.')
  }

  useDb(): never {
    throw new EmbeddedUnsupported('the operation useDb')
  }

  startSession(): never {
    throw new EmbeddedUnsupported('sessions and transactions')
  }

  watch(): never {
    throw new EmbeddedUnsupported('the operation watch')
  }

  async doClose() {
    const store = this.#store
    this.#store = undefined
    store?.close()
    return this
  }
}
