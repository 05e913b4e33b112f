import { describe, expect, it } from 'vitest'
import { personId } from '../../src/domain/ids.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, anInboxRow, BEN, GLOBEX, HOUR, PLANTED, T0 } from './store-samples.ts'

export const inboxContract = ({ opened }: Bench): void => {
  describe('the inbox', () => {
    it('takes each key once within a tenant, even from two at once', async () => {
      const { inbox } = opened().store
      const puts = await Promise.all([1, 2, 3].map(() => inbox.put(anInboxRow(), T0)))
      expect(puts.filter(Boolean)).toHaveLength(1)
      expect(await inbox.put(anInboxRow({ person: BEN }), T0)).toBe(false)
      expect(await inbox.put(anInboxRow({ tenant: GLOBEX }), T0)).toBe(true)
      expect(await inbox.waiting(ACME, ANA, 9)).toEqual([anInboxRow()])
    })

    it('gives what waits in platform order, then by arrival', async () => {
      const { inbox } = opened().store
      await inbox.put(anInboxRow({ key: 'late', at: T0 + 2 }), T0 + 3)
      await inbox.put(anInboxRow({ key: 'z-first', at: T0 + 1 }), T0 + 4)
      await inbox.put(anInboxRow({ key: 'a-second', at: T0 + 1 }), T0 + 4)
      await inbox.put(anInboxRow({ key: 'early', at: T0 - 5 }), T0 + 9)
      await inbox.put(anInboxRow({ key: 'bens', person: BEN, at: T0 - 9 }), T0 + 9)
      const keys = async (limit: number) => (await inbox.waiting(ACME, ANA, limit)).map(row => row.key)
      expect(await keys(9)).toEqual(['early', 'z-first', 'a-second', 'late'])
      expect(await keys(2)).toEqual(['early', 'z-first'])
      expect(await keys(0)).toEqual([])
      expect(await inbox.waiting(GLOBEX, ANA, 9)).toEqual([])
    })

    it('knows who waits: each person once, oldest first', async () => {
      const { inbox } = opened().store
      for (let i = 0; i < 300; i++) await inbox.put(anInboxRow({ key: `many${i}`, at: T0 + 1 }), T0)
      await inbox.put(anInboxRow({ key: 'b', person: BEN, at: T0 + 2 }), T0)
      await inbox.put(anInboxRow({ key: 'g', tenant: GLOBEX, at: T0 }), T0)
      expect(await inbox.whoWaits(ACME, 9)).toEqual([ANA, BEN])
      expect(await inbox.whoWaits(ACME, 1)).toEqual([ANA])
      expect(await inbox.whoWaits(GLOBEX, 9)).toEqual([ANA])
      expect((await inbox.tenantsWaiting()).toSorted()).toEqual([ACME, GLOBEX])
    })

    it('keeps the key of what is done, and forgets its words', async () => {
      const { store, documents } = opened()
      await store.inbox.put(anInboxRow(), T0)
      expect(await documents()).toContain('sealed')
      await store.inbox.done(GLOBEX, 'e1', T0)
      expect(await store.inbox.waiting(ACME, ANA, 9)).toHaveLength(1)
      await store.inbox.done(ACME, 'e1', T0)
      expect(await store.inbox.waiting(ACME, ANA, 9)).toEqual([])
      expect(await store.inbox.whoWaits(ACME, 9)).toEqual([])
      expect(await store.inbox.tenantsWaiting()).toEqual([])
      expect(await store.inbox.put(anInboxRow(), T0)).toBe(false)
      expect(await documents()).not.toContain('sealed')
      expect(await documents()).not.toContain(PLANTED)
    })

    it('sets a dead letter aside with its words sealed, and takes it up again', async () => {
      const { store, documents } = opened()
      await store.inbox.put(anInboxRow(), T0)
      await store.inbox.bury(ACME, 'e1', 'fault', T0 + 1)
      expect(await store.inbox.waiting(ACME, ANA, 9)).toEqual([])
      expect(await store.inbox.put(anInboxRow(), T0)).toBe(false)
      expect(await documents()).toContain('sealed')
      const [letter] = await store.deadLetters.list(9)
      expect(letter).toMatchObject({ box: 'inbox', tenant: ACME, person: ANA, key: 'e1', why: 'fault', at: T0 + 1 })
      expect(await store.deadLetters.find('inbox', ACME, 'e1')).toEqual(letter)
      if (letter === undefined) throw new Error('it is there')
      expect(await store.deadLetters.requeue(letter, T0 + 5, T0 + 9)).toBe(true)
      expect(await store.deadLetters.requeue(letter, T0 + 5, T0 + 9)).toBe(false)
      expect(await store.inbox.waiting(ACME, ANA, 9)).toEqual([anInboxRow({ at: T0 + 5 })])
      expect(await store.deadLetters.list(9)).toEqual([])
    })

    it('sets a row that does not open aside by itself, and gives the others', async () => {
      const { store, damage } = opened()
      await store.inbox.put(anInboxRow(), T0)
      await damage('inbox')
      await store.inbox.put(anInboxRow({ key: 'e2', at: T0 + 1 }), T0)
      expect((await store.inbox.waiting(ACME, ANA, 9)).map(({ key }) => key)).toEqual(['e2'])
      expect(await store.deadLetters.list(9)).toMatchObject([{ key: 'e1', why: 'unreadable' }])
    })

    it('prunes what was done long ago, so many at a time, and nothing that waits', async () => {
      const { inbox } = opened().store
      for (const key of ['a', 'b', 'c', 'waits']) await inbox.put(anInboxRow({ key, at: T0 - 99 * HOUR }), T0)
      for (const key of ['a', 'b']) await inbox.done(ACME, key, T0)
      await inbox.done(ACME, 'c', T0 + HOUR)
      // Done twice: the first moment stands.
      await inbox.done(ACME, 'a', T0 + 9 * HOUR)
      expect(await inbox.prune(T0, 9)).toBe(0)
      expect(await inbox.prune(T0 + 1, 0)).toBe(0)
      expect(await inbox.prune(T0 + 1, 1)).toBe(1)
      expect(await inbox.prune(T0 + HOUR, 9)).toBe(1)
      expect((await inbox.waiting(ACME, ANA, 9)).map(row => row.key)).toEqual(['waits'])
      expect(await inbox.put(anInboxRow({ key: 'a' }), T0)).toBe(true)
      expect(await inbox.put(anInboxRow({ key: 'c' }), T0)).toBe(false)
      expect(await inbox.waiting(ACME, personId('nobody'), 9)).toEqual([])
    })
  })
}
