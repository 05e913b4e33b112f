import { afterAll, describe, expect, it } from 'vitest'
import { connectMongo } from '../../adapters/store/connect.ts'
import { openEmbedded } from '../../adapters/store/embedded/open.ts'
import { openMongoRows } from '../../adapters/store/keyring/mongo-rows.ts'
import { openMongoKeyring } from '../../adapters/store/keyring/open.ts'
import { startMongoWire } from '../fakes/mongo-wire.ts'
import { ana, keyringContract, masterKey } from './keyring.ts'

keyringContract('as documents of the embedded engine', async () => {
  const { connection, close } = openEmbedded({ file: ':memory:' })
  const rows = openMongoRows(connection, 'embedded')
  // Several keyrings over one connection: closing one of them must not close it for the others.
  return { open: async () => ({ ...rows, close: async () => undefined }), remove: close }
})

// Without a server this throws where REQUIRE_MONGO=1, and says so loudly elsewhere.
const wire = await startMongoWire()
if (wire) {
  afterAll(() => wire.stop())
  let databases = 0
  const nextUri = () => `${wire.uri}/keys_${process.pid}_${++databases}`
  keyringContract(`on ${wire.name}`, async () => {
    const uri = nextUri()
    return {
      open: async () => openMongoRows(await connectMongo(uri), uri),
      remove: async () => {
        const connection = await connectMongo(uri)
        await connection.dropDatabase()
        await connection.close()
      },
    }
  })

  describe('a keyring opened by its address', () => {
    it('keeps keys from one opening to the next, and has a connection of its own', async () => {
      const options = { uri: nextUri(), masterKeys: [masterKey('2026', 1)], now: () => 0 }
      const first = await openMongoKeyring(options)
      const key = await first.key(ana)
      await first.close()
      const second = await openMongoKeyring(options)
      expect(await second.key(ana)).toEqual(key)
      await second.close()
    })
  })
} else {
  describe.skip('the keyring on MongoDB', () => it('keeps its contract', () => undefined))
}
