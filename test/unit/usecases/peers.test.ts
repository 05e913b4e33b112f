import { describe, expect, it } from 'vitest'
import type { Processes, ProcessRow } from '../../../src/ports/store.ts'
import { makePeers } from '../../../src/usecases/peers.ts'

const SECOND = 1_000

const world = () => {
  const rows = new Map<string, ProcessRow>()
  const processes: Processes = {
    beat: async (id, beat, at) => {
      rows.set(id, { id, beat, at })
      return [...rows.values()]
    },
    leave: async id => {
      rows.delete(id)
    },
  }
  const aProcess = (id: string, skew = 0) => {
    const clock = { elapsed: Math.random(), wall: skew, now: () => clock.wall, monotonic: () => clock.elapsed }
    const apart: number[] = []
    const pass = (ms: number): void => {
      clock.elapsed += ms
      clock.wall += ms
    }
    return { ...makePeers(processes, clock, id, 5 * SECOND, ms => apart.push(ms)), pass, apart }
  }
  return { rows, aProcess }
}

describe('processes that share a store', () => {
  it('count each other for as long as they beat, whatever their wall clocks say', async () => {
    const { aProcess } = world()
    const all = [aProcess('a'), aProcess('b', 3_600 * SECOND), aProcess('c', -86_400 * SECOND)]
    const round = async (beating = all): Promise<void> => {
      for (const one of beating) await one.beat()
      for (const one of all) one.pass(5 * SECOND)
    }
    await round()
    await round()
    await round()
    expect(all.map(one => one.count())).toEqual([3, 3, 3])
    for (let index = 0; index < 5; index += 1) await round(all.slice(0, 2))
    expect(all.slice(0, 2).map(one => one.count())).toEqual([2, 2])
  })

  it('do not count those that died before they came, and count at once whoever beat just now', async () => {
    const { rows, aProcess } = world()
    for (let index = 0; index < 50; index += 1)
      rows.set(`dead-${index}`, { id: `dead-${index}`, beat: 9, at: -60 * SECOND })
    const [a, b] = [aProcess('a'), aProcess('b')]
    await b.beat()
    await a.beat()
    expect(a.count()).toBe(2)
  })

  it('are one fewer as soon as one leaves in good order and the others have looked', async () => {
    const { rows, aProcess } = world()
    const [a, b] = [aProcess('a'), aProcess('b')]
    await b.beat()
    await a.beat()
    await b.leave()
    expect([...rows.keys()]).toEqual(['a'])
    a.pass(21 * SECOND)
    await a.beat()
    expect(a.count()).toBe(1)
  })

  it('say by how much their wall clocks are apart for certain', async () => {
    const { aProcess } = world()
    const [a, b] = [aProcess('a'), aProcess('b', 600 * SECOND)]
    await b.beat()
    await a.beat()
    expect(a.skew()).toBe(600 * SECOND)
    expect(a.apart).toEqual([600 * SECOND])
    for (const one of [a, b]) one.pass(5 * SECOND)
    await b.beat()
    await a.beat()
    await b.beat()
    expect(b.skew()).toBeLessThanOrEqual(-590 * SECOND)
  })

  it('forget whoever has been gone for an hour', async () => {
    const { rows, aProcess } = world()
    const [a, b] = [aProcess('a'), aProcess('b')]
    await b.beat()
    await a.beat()
    a.pass(3_601 * SECOND)
    await a.beat()
    expect([...rows.keys()]).toEqual(['a'])
  })
})
