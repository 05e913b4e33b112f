import { afterAll, describe, it } from 'vitest'
import { connectMongo } from '../../adapters/store/connect.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { createStore } from '../../adapters/store/store.ts'
import { startMongoWire } from '../fakes/mongo-wire.ts'
import { storeContract } from './store.ts'
import { damageIn, documentsOf } from './store-raw.ts'

// Without a server this throws where REQUIRE_MONGO=1, and says so loudly elsewhere.
const wire = await startMongoWire()
if (wire) {
  afterAll(() => wire.stop())
  let databases = 0
  storeContract({
    name: wire.name,
    async open(now) {
      databases += 1
      const connection = await connectMongo(`${wire.uri}/store_${process.pid}_${databases}`)
      const keyring = await openMemoryKeyring(() => 0)
      const store = createStore({ connection, keyring, now })
      await store.prepare()
      return {
        store,
        keyring,
        documents: () => documentsOf(connection),
        damage: collection => damageIn(connection, collection),
        bytes: () => undefined,
        close: async () => {
          await connection.dropDatabase()
          await store.close()
        },
      }
    },
  })
} else {
  describe.skip('the store on MongoDB', () => it('keeps its contract', () => undefined))
}
