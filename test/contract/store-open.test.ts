import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { connectMongo, placeOf } from '../../adapters/store/connect.ts'
import { openEmbedded } from '../../adapters/store/embedded/open.ts'
import { explain } from '../../adapters/store/embedded/store.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { openStore } from '../../adapters/store/open.ts'
import { createStore } from '../../adapters/store/store.ts'
import { startMongoWire } from '../fakes/mongo-wire.ts'
import { ACME, ANA, aPerson, aTenant } from './store-samples.ts'

describe('opening the store', () => {
  it('in a directory keeps what was written, and frees the leases of whoever held them', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lighthand-'))
    const place = { dataDir: join(dir, 'data') }
    const keyring = await openMemoryKeyring(() => 0)
    const first = await openStore(place, { keyring })
    await first.people.insert(aPerson())
    await first.leases.take(ACME, ANA, 't1')
    await expect(openStore(place, { keyring })).rejects.toThrow(/lighthand\.db/)
    await first.close()
    const second = await openStore(place, { keyring })
    expect(await second.people.find(ACME, ANA)).toEqual(aPerson())
    expect(await second.leases.take(ACME, ANA, 't2')).toHaveProperty('lease')
    await second.close()
    await expect(second.ping()).rejects.toThrow()
    rmSync(dir, { recursive: true })
  })

  it('in memory begins empty, ready, and apart from any other', async () => {
    const keyring = await openMemoryKeyring(() => 0)
    const [one, other] = [await openStore(':memory:', { keyring }), await openStore(':memory:', { keyring })]
    await one.tenants.insert(aTenant())
    expect(await one.tenants.list()).toHaveLength(1)
    expect(await other.tenants.list()).toEqual([])
    await one.close()
    await other.ping()
    await other.close()
  })

  it('names a MongoDB without its credentials', () => {
    expect(placeOf('mongodb://ana:s3cret@db.example:27017/lighthand?authSource=admin')).toBe(
      'mongodb://db.example:27017/lighthand',
    )
    expect(placeOf('mongodb+srv://ana:s3@cret@db.example/x')).toBe('mongodb+srv://db.example/x')
    expect(placeOf('mongodb://localhost/x')).toBe('mongodb://localhost/x')
  })
})

describe('a MongoDB that cannot be reached', () => {
  it('is refused with advice and without credentials', async () => {
    const error: unknown = await connectMongo('mongodb://ana:s3cret@db.example:99999/x').catch(thrown => thrown)
    expect(error).toMatchObject({ code: 'STORE_UNREACHABLE' })
    expect(inspect(error)).toContain('db.example')
    expect(inspect(error)).not.toContain('s3cret')
  })
})

describe('the indexes', () => {
  // Each with a filter that the repositories send often; a scan here would grow with the number of clients.
  const late = { $gte: Number.MIN_SAFE_INTEGER, $lte: 5 }
  const hot = [
    ['people', { tenant: 'acme' }, []],
    ['inbox', { tenant: 'acme', person: 'ana', waitsAt: late }, ['waitsAt', 'arrival']],
    ['inbox', { waitsAt: late }, ['waitsAt']],
    ['inbox', { waitsAt: null, doneAt: late }, []],
    ['appointments', { tenant: 'acme', wakeAt: late }, ['wakeAt']],
    ['appointments', { wakeAt: late }, []],
    ['appointments', { wakeAt: null, endedAt: late }, []],
    ['appointments', { tenant: 'acme', person: 'ana' }, []],
    ['outbox', { tenant: 'acme', person: 'ana', wakeAt: late }, []],
    ['outbox', { wakeAt: late }, ['wakeAt']],
    ['outbox', { wakeAt: null, state: 'sent', endedAt: late }, []],
    ['commitments', { tenant: 'acme', person: 'ana' }, []],
    ['shared', { tenant: 'acme', coach: 'carla', at: late }, []],
    ['observations', { tenant: 'acme', period: '2026-10-01' }, []],
    ['reports', { tenant: 'acme' }, ['period']],
  ] as const

  it('answer each query that runs often, also before anything is stored', async () => {
    const { connection, store: engine, close } = openEmbedded({ file: ':memory:' })
    await createStore({ connection, keyring: await openMemoryKeyring(() => 0) }).prepare()
    for (const [collection, filter, order] of hot) {
      const sort = order.map(path => ({ path, direction: 1 as const }))
      const { index, detail } = explain(engine, collection, { filter, sort })
      const name = Object.keys(filter).find(field => field !== 'tenant') ?? 'tenant'
      expect(index, `${collection} ${JSON.stringify(filter)}`).toContain(name)
      expect(detail.join('; '), `${collection} ${name}`).not.toMatch(/SCAN|TEMP B-TREE/)
    }
    await close()
  })
})

// Without a server this throws where REQUIRE_MONGO=1, and says so loudly elsewhere.
const wire = await startMongoWire()
describe.skipIf(!wire)('opening the store on MongoDB', () => {
  it('keeps what was written, and leaves leases to their holders, who may live in another process', async () => {
    const place = { mongodbUri: `${wire?.uri}/open_${process.pid}` }
    const keyring = await openMemoryKeyring(() => 0)
    const first = await openStore(place, { keyring })
    await first.prepare()
    await first.people.insert(aPerson())
    await first.leases.take(ACME, ANA, 't1')
    await first.close()
    const second = await openStore(place, { keyring })
    expect(await second.people.find(ACME, ANA)).toEqual(aPerson())
    expect(await second.leases.take(ACME, ANA, 't2')).toEqual({ heldBy: 't1' })
    await second.close()
    await wire?.stop()
  })
})
