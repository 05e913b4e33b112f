import { describe, expect, it } from 'vitest'
import type { SharedLine } from '../../src/domain/sharing.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, aCommitment, aGoal, aRating, BEN, CARLA, GLOBEX, T0 } from './store-samples.ts'

const lines: readonly SharedLine[] = [
  { id: 'l1', kind: 'win', text: 'Sent the draft' },
  { id: 'l2', kind: 'note', text: 'A note' },
]

export const recordsContract = ({ opened }: Bench): void => {
  describe('commitments', () => {
    it('are open oldest first, and all newest first', async () => {
      const { records } = opened().store
      const made = [3, 1, 2].map(n => aCommitment({ id: `k${n}`, madeAt: T0 + n, state: n === 2 ? 'kept' : 'open' }))
      for (const [i, one] of made.entries()) await records.putCommitment(ACME, ANA, one, i + 1)
      const [third, first, second] = made
      expect(await records.openCommitments(ACME, ANA)).toEqual([first, third])
      expect(await records.commitments(ACME, ANA, 9)).toEqual([third, second, first])
      expect(await records.commitments(ACME, ANA, 1)).toEqual([third])
      expect(await records.commitments(ACME, ANA, 0)).toEqual([])
      for (const [tenant, person] of [
        [GLOBEX, ANA],
        [ACME, BEN],
      ] as const) {
        expect(await records.openCommitments(tenant, person)).toEqual([])
        expect(await records.commitments(tenant, person, 9)).toEqual([])
      }
    })

    it('take a greater sequence only', async () => {
      const { records } = opened().store
      const kept = aCommitment({ state: 'kept', settledAt: T0 })
      await records.putCommitment(ACME, ANA, kept, 5)
      await records.putCommitment(ACME, ANA, aCommitment(), 4)
      await records.putCommitment(ACME, ANA, aCommitment(), 5)
      expect(await records.commitments(ACME, ANA, 9)).toEqual([kept])
      expect(await records.openCommitments(ACME, ANA)).toEqual([])
      await records.putCommitment(ACME, ANA, aCommitment({ text: 'new' }), 6)
      expect(await records.openCommitments(ACME, ANA)).toEqual([aCommitment({ text: 'new' })])
    })

    it('end with the greatest sequence, in whatever order the first writes arrive', async () => {
      const { records } = opened().store
      const seqs = [3, 1, 5, 2, 4]
      await Promise.all(seqs.map(seq => records.putCommitment(ACME, ANA, aCommitment({ moves: seq }), seq)))
      expect(await records.commitments(ACME, ANA, 9)).toEqual([aCommitment({ moves: 5 })])
    })
  })

  describe('goals and ratings', () => {
    it('keep open goals, oldest first, by the greatest sequence', async () => {
      const { records } = opened().store
      await records.putGoal(ACME, ANA, aGoal({ id: 'g2', madeAt: T0 + 1, kind: 'dream' }), 1)
      await records.putGoal(ACME, ANA, aGoal(), 2)
      await records.putGoal(ACME, ANA, aGoal({ id: 'g3' }), 3)
      await records.putGoal(ACME, ANA, aGoal({ id: 'g3', closedAt: T0 }), 5)
      await records.putGoal(ACME, ANA, aGoal({ id: 'g3' }), 4)
      expect(await records.goals(ACME, ANA)).toEqual([aGoal(), aGoal({ id: 'g2', madeAt: T0 + 1, kind: 'dream' })])
      expect(await records.goals(GLOBEX, ANA)).toEqual([])
    })

    it('give ratings newest first, each by the greatest sequence', async () => {
      const { records } = opened().store
      await records.putRating(ACME, ANA, aRating(), 1)
      await records.putRating(ACME, ANA, aRating({ id: 'r2', at: T0 + 2, about: 'fulfilment', value: 4 }), 2)
      await records.putRating(ACME, ANA, aRating({ value: 9 }), 4)
      await records.putRating(ACME, ANA, aRating({ value: 1 }), 3)
      expect(await records.ratings(ACME, ANA, 9)).toEqual([
        aRating({ id: 'r2', at: T0 + 2, about: 'fulfilment', value: 4 }),
        aRating({ value: 9 }),
      ])
      expect(await records.ratings(ACME, ANA, 1)).toHaveLength(1)
      expect(await records.ratings(ACME, BEN, 9)).toEqual([])
    })
  })

  describe('shared lines', () => {
    it('come back to that coach alone, newest first for one client, oldest first over all', async () => {
      const { records } = opened().store
      await records.share(ACME, ANA, CARLA, lines, T0, 1)
      await records.share(ACME, ANA, CARLA, [{ id: 'l1', kind: 'win', text: 'Again' }], T0 + 5, 2)
      await records.share(ACME, BEN, CARLA, lines.slice(0, 1), T0 + 3, 1)
      await records.share(ACME, ANA, BEN, lines, T0, 3)
      const all = await records.sharedWith(ACME, CARLA, T0, T0 + 6)
      expect(all.map(one => [one.person, one.at, one.text])).toEqual([
        [ANA, T0, 'Sent the draft'],
        [ANA, T0, 'A note'],
        [BEN, T0 + 3, 'Sent the draft'],
        [ANA, T0 + 5, 'Again'],
      ])
      expect(all[0]).toEqual({ id: 'l1', kind: 'win', text: 'Sent the draft', person: ANA, at: T0 })
      const anas = await records.shared(ACME, CARLA, ANA, T0, T0 + 6)
      expect(anas.map(one => one.text)).toEqual(['Again', 'Sent the draft', 'A note'])
      expect(await records.shared(GLOBEX, CARLA, ANA, T0, T0 + 6)).toEqual([])
      expect(await records.sharedWith(GLOBEX, CARLA, T0, T0 + 6)).toEqual([])
    })

    it('fall in one of two periods that meet', async () => {
      const { records } = opened().store
      await records.share(ACME, ANA, CARLA, lines, T0, 1)
      expect(await records.sharedWith(ACME, CARLA, T0 - 9, T0)).toEqual([])
      expect(await records.sharedWith(ACME, CARLA, T0, T0 + 9)).toHaveLength(2)
    })

    it('are copied once, as first approved', async () => {
      const { records } = opened().store
      await records.share(ACME, ANA, CARLA, lines, T0, 1)
      await records.share(ACME, ANA, CARLA, [{ id: 'l1', kind: 'win', text: 'Changed' }], T0, 1)
      expect((await records.sharedWith(ACME, CARLA, T0, T0 + 1)).map(one => one.text)).toEqual([
        'Sent the draft',
        'A note',
      ])
    })

    it('of a client whose key is destroyed are gone, and the others stay', async () => {
      const { store, keyring } = opened()
      await store.records.share(ACME, ANA, CARLA, lines, T0, 1)
      await store.records.share(ACME, BEN, CARLA, lines, T0, 1)
      await keyring.destroy({ tenant: ACME, owner: ANA }, T0)
      const left = await store.records.sharedWith(ACME, CARLA, T0, T0 + 1)
      expect(left.map(one => one.person)).toEqual([BEN, BEN])
    })
  })

  describe('wordings that landed badly', () => {
    it('are counted without the person', async () => {
      const { store, documents } = opened()
      const people = [ANA, BEN, CARLA]
      await Promise.all(people.map((one, n) => store.records.landedBadly(ACME, 'nudge.plan.2', one, T0 + n + 1)))
      const [{ marks, ...stored }] = JSON.parse(await documents())
      expect(new Set(marks).size).toBe(3)
      expect(await documents()).not.toMatch(/ana|ben|carla/)
      expect(stored).toEqual({
        _id: 'acme/nudge.plan.2',
        tenant: ACME,
        wording: 'nudge.plan.2',
        times: 3,
        lastAt: T0 + 3,
      })
    })

    it('count a person once, however often it is told; most first', async () => {
      const { records } = opened().store
      for (let n = 0; n < 3; n += 1) await records.landedBadly(ACME, 'nudge.plan.1', ANA, T0 + n)
      await records.landedBadly(ACME, 'nudge.plan.2', ANA, T0)
      await records.landedBadly(ACME, 'nudge.plan.2', BEN, T0)
      await records.landedBadly(GLOBEX, 'nudge.plan.1', ANA, T0)
      expect(await records.badWordings(ACME)).toEqual([
        { wording: 'nudge.plan.2', times: 2 },
        { wording: 'nudge.plan.1', times: 1 },
      ])
    })
  })
}
