import { describe, expect, it } from 'vitest'
import { tenantId } from '../../../src/domain/ids.ts'
import { makeFairShare } from '../../../src/usecases/fair-share.ts'

const [BIG, SMALL, LATE] = [tenantId('big'), tenantId('small'), tenantId('late')]

/** Work that ends when the test says so. */
const bench = (places: number) => {
  const shares = makeFairShare(places)
  const begun: string[] = []
  const ends: (() => void)[] = []
  const give = (tenant: typeof BIG, name: string) =>
    shares.run(tenant, () => {
      begun.push(name)
      return new Promise<void>(resolve => ends.push(resolve))
    })
  const settle = () => new Promise(resolve => setImmediate(resolve))
  return { shares, begun, ends, give, settle }
}

describe('the places of a process', () => {
  it('leave room for others while one tenant takes all the time there is', async () => {
    const { begun, give, settle } = bench(6)
    for (let index = 0; index < 9; index += 1) void give(BIG, `big ${index}`)
    await settle()
    expect(begun).toHaveLength(3)
    void give(SMALL, 'small')
    await settle()
    expect(begun.at(-1)).toBe('small')
    void give(LATE, 'late')
    await settle()
    expect(begun.at(-1)).toBe('late')
  })

  it('go round from tenant to tenant, and never beyond their number', async () => {
    const { begun, ends, give, settle } = bench(2)
    for (let index = 0; index < 4; index += 1) void give(BIG, `big ${index}`)
    void give(SMALL, 'small 0')
    void give(SMALL, 'small 1')
    await settle()
    expect(begun).toEqual(['big 0', 'small 0'])
    ends[0]?.()
    await settle()
    ends[1]?.()
    await settle()
    expect(begun.slice(0, 4)).toEqual(['big 0', 'small 0', 'big 1', 'small 1'])
    for (let index = 2; index < 6; index += 1) {
      ends[index]?.()
      await settle()
    }
    expect(begun).toHaveLength(6)
  })

  it('are given back by work that fails', async () => {
    const shares = makeFairShare(1)
    const fails = () => Promise.reject(new Error('no'))
    await expect(shares.run(BIG, fails)).rejects.toThrow('no')
    expect(await shares.run(BIG, async () => 'done')).toBe('done')
  })
})
