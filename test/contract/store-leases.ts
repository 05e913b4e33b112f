import { describe, expect, it } from 'vitest'
import type { Lease } from '../../src/ports/store.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, BEN, GLOBEX } from './store-samples.ts'

export const leasesContract = ({ opened }: Bench): void => {
  const held = async (token: string): Promise<Lease> => {
    const taken = await opened().store.leases.take(ACME, ANA, token)
    if (!('lease' in taken)) throw new Error(`held by ${taken.heldBy}`)
    return taken.lease
  }

  describe('leases', () => {
    it('go to one of many who ask at once, and the others learn whose it is', async () => {
      const { leases } = opened().store
      const tokens = ['t1', 't2', 't3', 't4', 't5']
      const answers = await Promise.all(tokens.map(token => leases.take(ACME, ANA, token)))
      const winners = answers.flatMap(answer => ('lease' in answer ? [answer.lease] : []))
      expect(winners).toHaveLength(1)
      expect(winners[0]).toEqual({ tenant: ACME, person: ANA, token: winners[0]?.token, relayed: 0, left: undefined })
      for (const answer of answers) if ('heldBy' in answer) expect(answer.heldBy).toBe(winners[0]?.token)
    })

    it('hold one person of one tenant', async () => {
      const { leases } = opened().store
      await held('t1')
      expect(await leases.take(ACME, BEN, 't2')).toHaveProperty('lease')
      expect(await leases.take(GLOBEX, ANA, 't3')).toHaveProperty('lease')
      expect(await leases.take(ACME, ANA, 't4')).toEqual({ heldBy: 't1' })
    })

    it('may be taken again by their holder, whose first answer was lost', async () => {
      const lease = await held('t1')
      expect(await held('t1')).toEqual(lease)
    })

    it('give a sign of life under a new token, unless they were stolen', async () => {
      const { leases } = opened().store
      const lease = await held('t1')
      expect(await leases.renew(lease, 't1/2')).toBe(true)
      expect(await leases.take(ACME, ANA, 't2')).toEqual({ heldBy: 't1/2' })
      expect(await leases.renew(lease, 't1/3')).toBe(false)
      expect(await leases.steal(ACME, ANA, 't1/2', 't2')).toBeDefined()
      expect(await leases.renew({ ...lease, token: 't1/2' }, 't1/3')).toBe(false)
    })

    it('remember how far effects are relayed', async () => {
      const { leases } = opened().store
      await leases.release(await held('t1'), 7, undefined)
      expect((await held('t2')).relayed).toBe(7)
      await leases.release(await held('t2'), 5, undefined)
      expect((await held('t3')).relayed).toBe(7)
    })

    it('remember how things were left, until one is stolen or all are freed', async () => {
      const { leases } = opened().store
      const rest = { revision: 7, settled: true }
      expect((await held('t1')).left).toBeUndefined()
      await leases.release(await held('t1'), 0, rest)
      expect((await held('t2')).left).toEqual(rest)
      // Whoever held it may have died in the middle of a write, or of sending.
      expect((await leases.steal(ACME, ANA, 't2', 't3'))?.left).toBeUndefined()
      await leases.release(await held('t3'), 0, rest)
      await held('t4')
      await leases.releaseAll()
      expect((await held('t5')).left).toBeUndefined()
      await leases.release(await held('t5'), 0, { revision: undefined, settled: false })
      expect((await held('t6')).left).toEqual({ revision: undefined, settled: false })
      await leases.release(await held('t6'), 0, undefined)
      expect((await held('t7')).left).toBeUndefined()
    })

    it('are stolen by one, from the very token that was seen, and then a release does nothing', async () => {
      const { leases } = opened().store
      const lease = await held('t1')
      expect(await leases.steal(ACME, ANA, 'other', 't2')).toBeUndefined()
      expect(await leases.steal(GLOBEX, ANA, 't1', 't2')).toBeUndefined()
      const thieves = await Promise.all(['t2', 't3'].map(token => leases.steal(ACME, ANA, 't1', token)))
      const stolen = thieves.flatMap(one => (one ? [one] : []))
      expect(stolen).toHaveLength(1)
      await leases.release(lease, 99, undefined)
      expect(await leases.take(ACME, ANA, 't4')).toEqual({ heldBy: stolen[0]?.token })
      expect(stolen[0]?.relayed).toBe(0)
    })

    it('are not stolen once they are free', async () => {
      const { leases } = opened().store
      await leases.release(await held('t1'), 1, undefined)
      expect(await leases.steal(ACME, ANA, 't1', 't2')).toBeUndefined()
    })

    it('are all freed for an engine that is alone, and keep what they remember', async () => {
      const { leases } = opened().store
      const lease = await held('t1')
      await leases.release(lease, 3, undefined)
      await held('t1')
      await leases.take(GLOBEX, BEN, 't2')
      await leases.releaseAll()
      expect((await held('t3')).relayed).toBe(3)
      expect(await leases.take(GLOBEX, BEN, 't4')).toHaveProperty('lease')
    })
  })
}
