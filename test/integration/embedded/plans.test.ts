import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Embedded, openEmbedded } from '../../../adapters/store/embedded/open.ts'
import { planFor } from '../../../adapters/store/embedded/plan.ts'
import { type SortField, sortFields } from '../../../adapters/store/embedded/sort.ts'
import { explain } from '../../../adapters/store/embedded/store.ts'
import type { Doc } from '../../../adapters/store/embedded/value.ts'

let store: Embedded
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n))

beforeAll(async () => {
  store = openEmbedded({ file: ':memory:' })
  const due = store.connection.collection('due')
  await due.createIndex({ tenant: 1, wakeAt: 1 })
  await due.createIndex({ key: 1 }, { unique: true })
  await due.createIndex({ tags: 1 })
  await due.createIndex({ lease: 1 }, { sparse: true })
  await due.createIndex({ person: 1 }, { partialFilterExpression: { state: 'open' } })
  const docs = Array.from({ length: 400 }, (_, i) => ({
    _id: `d${i}` as never,
    tenant: `t${i % 4}`,
    key: `k${i}`,
    ...(i % 2 ? { wakeAt: day(i % 30) } : {}),
    tags: ['x', `y${i % 5}`],
  }))
  await due.insertMany(docs)
})
afterAll(() => store.close())

const plan = (filter: Doc, sort: SortField[] = []) => explain(store.store, 'due', { filter, sort })

describe('a query finds its documents by', () => {
  it('tenant and due time, already sorted, for a claim', () => {
    const { index, detail } = plan({ tenant: 't1', wakeAt: { $lte: day(9) } }, sortFields({ wakeAt: 1 }))
    expect(index).toBe('tenant_1_wakeAt_1')
    expect(detail.join('\n')).toMatch(/SEARCH i USING PRIMARY KEY \(k0=\? AND k1>\? AND k1<\?\)/)
    expect(detail.join('\n')).toMatch(/SEARCH c USING INTEGER PRIMARY KEY/)
    expect(detail.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('one bound a side, the tightest, so that what lies beyond it is never read', () => {
    const { table = '', indexes = [] } = store.store.catalog.find('due') ?? {}
    const bounds = (wakeAt: Doc) => {
      const { from, args } = planFor(table, indexes, { tenant: 't1', wakeAt }, [])
      return [from.replace(/^.*WHERE /, ''), ...args]
    }
    expect(bounds({ $gte: -9, $lte: 5 })).toEqual(['i.k0 = ? AND i.k1 >= ? AND i.k1 <= ?', 't1', -9, 5])
    expect(bounds({ $lte: 5, $lt: 5, $gt: 1, $gte: 1 })).toEqual(['i.k0 = ? AND i.k1 > ? AND i.k1 < ?', 't1', 1, 5])
    expect(bounds({ $lt: 7, $lte: 3 }).at(-1)).toBe(3)
    expect(bounds({ $gt: 'a', $gte: 'b' }).at(-2)).toBe('b')
  })

  it('id, one or several', () => {
    expect(plan({ _id: 'd1', tenant: 't1' }).detail).toEqual([
      expect.stringMatching(/^SEARCH c USING INDEX .*\(id=\?\)/),
    ])
    expect(plan({ _id: { $in: ['d1', 'd2'] } }).detail).toEqual([
      expect.stringMatching(/^SEARCH c USING INDEX .*\(id=\?\)/),
    ])
  })

  it('a unique key rather than a broader index', () => {
    expect(plan({ tenant: 't1', key: 'k1' }).index).toBe('key_1')
  })

  it('each of several tenants', () => {
    expect(plan({ tenant: { $in: ['t1', 't2'] }, wakeAt: day(3) }).detail.join('\n')).toMatch(
      /SEARCH i USING PRIMARY KEY \(k0=\? AND k1=\?\)/,
    )
  })

  it('an element of an array', () => {
    const { index, detail } = plan({ tags: 'y3' })
    expect(index).toBe('tags_1')
    expect(detail.join('\n')).toMatch(/SEARCH i USING PRIMARY KEY \(k0=\?\)/)
  })

  it('conditions joined by $and', () => {
    expect(plan({ $and: [{ tenant: 't1' }, { wakeAt: { $gt: day(1) } }] }).index).toBe('tenant_1_wakeAt_1')
  })

  it('a sparse index only where missing cannot match, a partial one only within its filter', () => {
    expect(plan({ lease: 'l' }).index).toBe('lease_1')
    expect(plan({ lease: null }).index).toBeUndefined()
    expect(plan({ person: 'p', state: 'open' }).index).toBe('person_1')
    expect(plan({ person: 'p' }).index).toBeUndefined()
  })
})

it('reads in a range only what has the field and the type', async () => {
  const due = store.connection.collection('due')
  await due.insertMany([
    { _id: 'text' as never, tenant: 't9', key: 'a', wakeAt: '2026-01-01' },
    { _id: 'number' as never, tenant: 't9', key: 'b', wakeAt: 5 },
    { _id: 'absent' as never, tenant: 't9', key: 'c' },
    { _id: 'null' as never, tenant: 't9', key: 'd', wakeAt: null },
    { _id: 'date' as never, tenant: 't9', key: 'e', wakeAt: day(1) },
  ])
  const ids = async (wakeAt: object) => (await due.find({ tenant: 't9', wakeAt }).toArray()).map(doc => doc._id)
  expect(await ids({ $lte: day(99) })).toEqual(['date'])
  expect(await ids({ $gte: day(-99_999) })).toEqual(['date'])
  expect(await ids({ $lte: 99 })).toEqual(['number'])
  expect(await ids({ $gt: '' })).toEqual(['text'])
})
