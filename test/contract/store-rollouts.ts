import { describe, expect, it } from 'vitest'
import { personId } from '../../src/domain/ids.ts'
import { NO_TALLY } from '../../src/domain/rollout.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, BEN, CARLA, GLOBEX, T0 } from './store-samples.ts'

const DORA = personId('dora')
const DAY = '2026-11-23'

export const rolloutsContract = ({ opened }: Bench): void => {
  describe('the list of whom to invite', () => {
    it('keeps the order in which people were put on it, each once', async () => {
      const { rollouts } = opened().store
      await rollouts.add(ACME, [BEN, ANA], CARLA, T0)
      await rollouts.add(ACME, [ANA, DORA], DORA, T0 + 1)
      await rollouts.add(GLOBEX, [ANA], CARLA, T0)
      expect(await rollouts.waiting(ACME, 9)).toEqual([
        { person: BEN, coach: CARLA },
        { person: ANA, coach: CARLA },
        { person: DORA, coach: DORA },
      ])
      expect(await rollouts.waiting(ACME, 1)).toHaveLength(1)
      expect(await rollouts.waiting(ACME, 0)).toEqual([])
      expect(await rollouts.tally(ACME)).toEqual({ ...NO_TALLY, waiting: 3 })
    })

    it('invites nobody twice, and lets whoever was passed over wait again', async () => {
      const { rollouts } = opened().store
      await rollouts.add(ACME, [ANA, BEN], CARLA, T0)
      await rollouts.done(ACME, ANA, 'invited', DAY)
      await rollouts.done(ACME, BEN, 'guest', DAY)
      await rollouts.done(ACME, BEN, 'invited', DAY)
      expect(await rollouts.doneOn(ACME, DAY)).toBe(2)
      expect(await rollouts.doneOn(ACME, '2026-11-24')).toBe(0)
      expect(await rollouts.tally(ACME)).toEqual({
        waiting: 0,
        invited: 1,
        passedOver: { ...NO_TALLY.passedOver, guest: 1 },
      })
      await rollouts.add(ACME, [ANA, BEN], CARLA, T0 + 1)
      expect(await rollouts.waiting(ACME, 9)).toEqual([{ person: BEN, coach: CARLA }])
    })

    it('says in no stored byte who was on it, once they are done', async () => {
      const { store, documents } = opened()
      await store.rollouts.add(ACME, [ANA, BEN], CARLA, T0)
      expect(await documents()).toContain('"person":"ana"')
      await store.rollouts.done(ACME, ANA, 'invited', DAY)
      await store.rollouts.done(ACME, BEN, 'left', DAY)
      expect(await documents()).not.toMatch(/"ana"|"ben"|carla/)
    })

    it('counts the same before and after somebody on it is erased, and invites them no more', async () => {
      const { store, keyring } = opened()
      await store.rollouts.add(ACME, [ANA, BEN], CARLA, T0)
      await store.rollouts.done(ACME, BEN, 'invited', DAY)
      for (const person of [ANA, BEN]) {
        await keyring.destroy({ tenant: ACME, owner: person }, T0)
        await store.erase(ACME, person)
      }
      expect(await store.rollouts.tally(ACME)).toEqual({ ...NO_TALLY, invited: 2 })
      await store.rollouts.add(ACME, [ANA, BEN], CARLA, T0 + 1)
      expect(await store.rollouts.waiting(ACME, 9)).toEqual([])
      expect(await store.rollouts.tally(ACME)).toEqual({ ...NO_TALLY, invited: 2 })
    })
  })
}
