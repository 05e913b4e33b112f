import { describe, expect, it } from 'vitest'
import type { Bench } from './store.ts'
import { ACME, ANA, anOutboxRow, BEN, GLOBEX, HOUR, PLANTED, T0 } from './store-samples.ts'

const NOTHING = { kind: 'message', message: { text: '', blocks: [] } }

export const outboxContract = ({ opened }: Bench): void => {
  describe('the outbox', () => {
    it('takes each key once, and gives back what was put', async () => {
      const { outbox } = opened().store
      const puts = await Promise.all([1, 2].map(() => outbox.put(anOutboxRow(), T0)))
      expect(puts.toSorted()).toEqual([false, true])
      expect(await outbox.find(ACME, 'm1')).toEqual(anOutboxRow())
      expect(await outbox.find(GLOBEX, 'm1')).toBeUndefined()
      const digest = anOutboxRow({ key: 'm2', person: BEN, state: 'sending', attempts: 1, firstTriedAt: T0 })
      const row = { ...digest, send: { ...digest.send, content: { kind: 'digest' as const, from: 1, to: 2 } } }
      expect(await outbox.put(row, T0)).toBe(true)
      expect(await outbox.find(ACME, 'm2')).toEqual(row)
    })

    it('gives what has not left for one person, by sequence', async () => {
      const { outbox } = opened().store
      for (const [key, seq] of [
        ['a', 12],
        ['b', 2],
        ['c', 7],
      ] as const)
        await outbox.put(anOutboxRow({ key, seq }), T0)
      await outbox.put(anOutboxRow({ key: 'bens', person: BEN }), T0)
      await outbox.sent(ACME, 'c', 'receipt', T0)
      expect((await outbox.pending(ACME, ANA)).map(row => row.seq)).toEqual([2, 12])
      await outbox.retry(ACME, 'a', T0 + 5, 'rate limit')
      expect((await outbox.pending(ACME, ANA)).map(row => row.wakeAt)).toEqual([T0, T0 + 5])
      expect(await outbox.pending(GLOBEX, ANA)).toEqual([])
    })

    it('knows whose messages are due, earliest first', async () => {
      const { outbox } = opened().store
      await outbox.put(anOutboxRow({ key: 'a' }), T0)
      await outbox.put(anOutboxRow({ key: 'b' }), T0 - 9)
      await outbox.put(anOutboxRow({ key: 'c', person: BEN }), T0 - 5)
      await outbox.put(anOutboxRow({ key: 'd', tenant: GLOBEX }), T0 + 1)
      expect(await outbox.whoWaits(ACME, T0, 9)).toEqual([ANA, BEN])
      expect(await outbox.whoWaits(ACME, T0, 1)).toEqual([ANA])
      expect(await outbox.whoWaits(GLOBEX, T0, 9)).toEqual([])
      expect(await outbox.tenantsDue(T0)).toEqual([ACME])
      expect((await outbox.tenantsDue(T0 + 1)).toSorted()).toEqual([ACME, GLOBEX])
      expect(await outbox.next(ACME)).toBe(T0 - 9)
      expect(await outbox.next(GLOBEX)).toBe(T0 + 1)
    })

    it('stamps attempts, and keeps when the first began', async () => {
      const { outbox } = opened().store
      await outbox.put(anOutboxRow(), T0)
      expect(await outbox.attempt(ACME, 'm1', T0, T0 + HOUR)).toBe(true)
      expect(await outbox.whoWaits(ACME, T0, 9)).toEqual([])
      expect(await outbox.attempt(ACME, 'm1', T0 + HOUR, T0 + 2 * HOUR)).toBe(true)
      expect(await outbox.find(ACME, 'm1')).toEqual(anOutboxRow({ state: 'sending', attempts: 2, firstTriedAt: T0 }))
      expect(await outbox.attempt(GLOBEX, 'm1', T0, T0)).toBe(false)
      expect(await outbox.attempt(ACME, 'none', T0, T0)).toBe(false)
    })

    it('makes one due again', async () => {
      const { outbox } = opened().store
      await outbox.put(anOutboxRow({ state: 'sending', attempts: 1, firstTriedAt: T0 }), T0 + HOUR)
      await outbox.retry(ACME, 'm1', T0 + 5, 'rate limit')
      expect(await outbox.find(ACME, 'm1')).toEqual(anOutboxRow({ attempts: 1, firstTriedAt: T0 }))
      expect(await outbox.next(ACME)).toBe(T0 + 5)
    })

    it('forgets the words of what was sent, and never sends it again', async () => {
      const { store, documents } = opened()
      const { outbox } = store
      await outbox.put(anOutboxRow({ state: 'sending' }), T0)
      await outbox.sent(ACME, 'm1', 'receipt', T0)
      expect(await outbox.attempt(ACME, 'm1', T0, T0)).toBe(false)
      await outbox.retry(ACME, 'm1', T0, 'late')
      await outbox.end(ACME, 'm1', 'dead', 'late', T0)
      const row = await outbox.find(ACME, 'm1')
      expect(row).toMatchObject({ state: 'sent', send: { key: 'm1', class: 'nudge', ask: true, content: NOTHING } })
      expect(await outbox.pending(ACME, ANA)).toEqual([])
      expect(await outbox.put(anOutboxRow(), T0)).toBe(false)
      expect(await documents()).not.toMatch(new RegExp(`sealed|${PLANTED}`))
    })

    it('ends what will not leave: the words of what is dropped are forgotten, those of a dead letter stay sealed', async () => {
      const { store, documents } = opened()
      const { outbox } = store
      await outbox.put(anOutboxRow(), T0)
      await outbox.put(anOutboxRow({ key: 'm2' }), T0)
      await outbox.end(ACME, 'm1', 'dropped', 'stale', T0)
      await outbox.end(ACME, 'm2', 'dead', 'refused', T0)
      expect(await outbox.find(ACME, 'm1')).toMatchObject({ state: 'dropped', send: { content: NOTHING } })
      expect(await outbox.next(ACME)).toBeUndefined()
      expect(await outbox.attempt(ACME, 'm2', T0, T0)).toBe(false)
      expect((await documents()).match(/sealed/g)).toHaveLength(1)
      expect(await documents()).not.toContain(PLANTED)
      // A sender that was slow to report: what left, left.
      await outbox.sent(ACME, 'm1', 'receipt', T0)
      expect(await outbox.find(ACME, 'm1')).toMatchObject({ state: 'sent' })
    })

    it('takes a dead letter up again as it was, with more time to leave', async () => {
      const { outbox, deadLetters } = opened().store
      await outbox.put(anOutboxRow({ state: 'sending', attempts: 3, firstTriedAt: T0 }), T0)
      await outbox.end(ACME, 'm1', 'dead', 'bug', T0 + 1)
      const [letter] = await deadLetters.list(9)
      expect(letter).toMatchObject({ box: 'outbox', key: 'm1', why: 'bug', at: T0 + 1, attempts: 3, class: 'nudge' })
      expect(await deadLetters.find('outbox', ACME, 'm1')).toEqual(letter)
      expect(await deadLetters.find('outbox', GLOBEX, 'm1')).toBeUndefined()
      if (letter === undefined) throw new Error('it is there')
      expect(await deadLetters.requeue(letter, T0 + 5, T0 + HOUR)).toBe(true)
      const again = anOutboxRow({ attempts: 3, firstTriedAt: T0 })
      const send = { ...again.send, notAfter: T0 + HOUR }
      expect(await outbox.pending(ACME, ANA)).toEqual([{ ...again, send, wakeAt: T0 + 5 }])
      expect(await deadLetters.requeue(letter, T0, T0)).toBe(false)
    })

    it('counts by state, and prunes what ended', async () => {
      const { outbox } = opened().store
      for (const key of ['a', 'b', 'c', 'd', 'e']) await outbox.put(anOutboxRow({ key }), T0 - 99 * HOUR)
      await outbox.attempt(ACME, 'a', T0, T0)
      await outbox.sent(ACME, 'b', 'r', T0)
      await outbox.end(ACME, 'c', 'dropped', 'w', T0)
      await outbox.end(ACME, 'd', 'dead', 'w', T0 + HOUR)
      expect(await outbox.depth()).toEqual({ due: 1, sending: 1, sent: 1, dropped: 1, dead: 1 })
      expect(await outbox.prune(T0 + 1, 1)).toBe(1)
      expect(await outbox.prune(T0 + 1, 9)).toBe(1)
      expect(await outbox.prune(T0 + 1, 9)).toBe(0)
      expect(await outbox.depth()).toEqual({ due: 1, sending: 1, sent: 0, dropped: 0, dead: 1 })
    })
  })
}
