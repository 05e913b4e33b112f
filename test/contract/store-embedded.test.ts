import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../adapters/store/embedded/open.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { createStore } from '../../adapters/store/store.ts'
import { type StoreEngine, storeContract } from './store.ts'
import { damageIn, documentsOf } from './store-raw.ts'

const embedded = (kind: 'file' | ':memory:'): StoreEngine => ({
  name: kind === 'file' ? 'the embedded engine, in a file' : 'the embedded engine, in memory',
  async open(now) {
    const dir = kind === 'file' ? mkdtempSync(join(tmpdir(), 'lighthand-')) : undefined
    const { connection, close } = openEmbedded({ file: dir ? join(dir, 'data.db') : ':memory:' })
    const keyring = await openMemoryKeyring(() => 0)
    const store = createStore({ connection, keyring, now })
    await store.prepare()
    return {
      store,
      keyring,
      documents: () => documentsOf(connection),
      damage: collection => damageIn(connection, collection),
      bytes: () => (dir ? Buffer.concat(readdirSync(dir).map(name => readFileSync(join(dir, name)))) : undefined),
      close: async () => {
        await close()
        if (dir) rmSync(dir, { recursive: true, force: true })
      },
    }
  },
})

storeContract(embedded('file'))
storeContract(embedded(':memory:'))
