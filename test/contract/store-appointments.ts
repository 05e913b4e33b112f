import { describe, expect, it } from 'vitest'
import type { ClaimedAppointment } from '../../src/ports/store.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, anAppointment, BEN, GLOBEX, HOUR, T0 } from './store-samples.ts'

export const appointmentsContract = ({ opened, clock }: Bench): void => {
  const claimed = async (token = 't1', now = T0): Promise<ClaimedAppointment> => {
    const one = await opened().store.appointments.claim(ACME, now, token, now + HOUR)
    if (!one) throw new Error('nothing to claim')
    return one
  }

  describe('appointments', () => {
    it('are claimed when due, earliest first, each once', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment({ key: 'b', at: T0 }), 2)
      await appointments.put(anAppointment({ key: 'a', at: T0 - 1 }), 1)
      await appointments.put(anAppointment({ key: 'c', at: T0 + 1 }), 3)
      await appointments.put(anAppointment({ key: 'd', tenant: GLOBEX, at: T0 - 9 }), 3)
      const first = await appointments.claim(ACME, T0, 't1', T0 + HOUR)
      expect(first).toEqual({ ...anAppointment({ key: 'a', at: T0 - 1 }), token: 't1', seq: 1 })
      expect((await appointments.claim(ACME, T0, 't2', T0 + HOUR))?.key).toBe('b')
      expect(await appointments.claim(ACME, T0, 't3', T0 + HOUR)).toBeUndefined()
    })

    it('go to one of two who claim at once', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment(), 1)
      const both = await Promise.all(['t1', 't2'].map(token => appointments.claim(ACME, T0, token, T0 + HOUR)))
      expect(both.filter(one => one !== undefined)).toHaveLength(1)
    })

    it('are seen again when their claimer died, and then belong to the next', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment(), 1)
      const dead = await claimed('t1')
      expect(await appointments.claim(ACME, T0 + HOUR - 1, 't2', T0)).toBeUndefined()
      const next = await claimed('t2', T0 + HOUR)
      await appointments.done(dead)
      await appointments.postpone(dead, T0 - 5)
      expect(await appointments.standing(ACME, ANA)).toHaveLength(1)
      expect(await appointments.claim(ACME, T0, 't3', T0)).toBeUndefined()
      await appointments.done(next)
      expect(await appointments.standing(ACME, ANA)).toEqual([])
    })

    it('stay done, unless they are put again', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment(), 1)
      await appointments.done(await claimed())
      await appointments.put(anAppointment(), 1)
      expect(await appointments.claim(ACME, T0 + 9 * HOUR, 't2', T0)).toBeUndefined()
      await appointments.put(anAppointment({ at: T0 + 1 }), 2)
      expect((await claimed('t2', T0 + 1)).seq).toBe(2)
    })

    it('that were put again while claimed are not ended by the old claim', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment(), 1)
      const old = await claimed()
      await appointments.put(anAppointment({ at: T0 + HOUR }), 2)
      await appointments.done(old)
      await appointments.postpone(old, T0)
      expect(await appointments.standing(ACME, ANA)).toEqual([anAppointment({ at: T0 + HOUR })])
      expect(await appointments.claim(ACME, T0, 't2', T0)).toBeUndefined()
    })

    it('are let go to be claimed again later', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment(), 1)
      await appointments.postpone(await claimed(), T0 + 5)
      expect(await appointments.claim(ACME, T0 + 4, 't2', T0)).toBeUndefined()
      expect(await claimed('t2', T0 + 5)).toEqual({ ...anAppointment(), token: 't2', seq: 1 })
    })

    it('are cancelled, and a late relay neither brings them back nor cancels a newer one', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment(), 1)
      await appointments.cancel(ACME, ANA, anAppointment().key, 3)
      await appointments.put(anAppointment(), 2)
      expect(await appointments.standing(ACME, ANA)).toEqual([])
      expect(await appointments.next(ACME)).toBeUndefined()
      await appointments.put(anAppointment(), 5)
      await appointments.cancel(ACME, ANA, anAppointment().key, 4)
      await appointments.cancel(GLOBEX, ANA, anAppointment().key, 9)
      expect(await appointments.standing(ACME, ANA)).toEqual([anAppointment()])
    })

    it('are not made by a relay that comes after their cancelling', async () => {
      const { appointments } = opened().store
      await appointments.cancel(ACME, ANA, anAppointment().key, 2)
      await appointments.put(anAppointment(), 1)
      expect(await appointments.standing(ACME, ANA)).toEqual([])
      expect(await appointments.tenantsDue(T0)).toEqual([])
    })

    it('name the tenants that have something due, each once', async () => {
      const { appointments } = opened().store
      expect(await appointments.tenantsDue(T0)).toEqual([])
      for (const key of ['a', 'b']) await appointments.put(anAppointment({ key }), 1)
      await appointments.put(anAppointment({ tenant: GLOBEX, at: T0 + 1 }), 1)
      expect(await appointments.tenantsDue(T0)).toEqual([ACME])
      expect((await appointments.tenantsDue(T0 + 1)).toSorted()).toEqual([ACME, GLOBEX])
      for (const token of ['t1', 't2']) await appointments.done(await claimed(token))
      expect(await appointments.tenantsDue(T0 + 1)).toEqual([GLOBEX])
    })

    it('tell which is next, and what stands for one person', async () => {
      const { appointments } = opened().store
      await appointments.put(anAppointment({ key: 'late', at: T0 + 9 }), 1)
      await appointments.put(anAppointment({ key: 'soon', at: T0 + 3 }), 2)
      await appointments.put(anAppointment({ key: 'bens', person: BEN, at: T0 + 5 }), 1)
      expect((await appointments.next(ACME))?.key).toBe('soon')
      expect(await appointments.next(GLOBEX)).toBeUndefined()
      expect((await appointments.standing(ACME, ANA)).map(one => one.key)).toEqual(['soon', 'late'])
      expect(await appointments.standing(GLOBEX, ANA)).toEqual([])
      await appointments.postpone(await claimed('t1', T0 + 3), T0 + 7)
      expect(await appointments.next(ACME)).toEqual(anAppointment({ key: 'bens', person: BEN, at: T0 + 5 }))
      await appointments.done(await claimed('t2', T0 + 5))
      expect(await appointments.next(ACME)).toEqual(anAppointment({ key: 'soon', at: T0 + 7 }))
    })

    it('are pruned long after they ended, and never while they stand', async () => {
      const { appointments } = opened().store
      for (const key of ['a', 'b', 'c']) await appointments.put(anAppointment({ key, at: T0 - HOUR }), 1)
      await appointments.cancel(ACME, ANA, 'b', 2)
      clock.now = T0 + HOUR
      await appointments.done(await claimed())
      expect(await appointments.prune(T0, 9)).toBe(0)
      expect(await appointments.prune(T0 + 2 * HOUR, 1)).toBe(1)
      expect(await appointments.prune(T0 + 2 * HOUR, 9)).toBe(1)
      expect(await appointments.prune(T0 + 99 * HOUR, 9)).toBe(0)
      expect(await appointments.standing(ACME, ANA)).toHaveLength(1)
    })
  })
}
