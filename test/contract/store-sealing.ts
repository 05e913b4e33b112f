import { describe, expect, it } from 'vitest'
import { SealBroken } from '../../adapters/store/seal.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import { KeyDestroyed } from '../../src/ports/keyring.ts'
import type { Store } from '../../src/ports/store.ts'
import type { Bench } from './store.ts'
import {
  ACME,
  ANA,
  aCommitment,
  aGoal,
  anAppointment,
  anInboxRow,
  anOutboxRow,
  aPerson,
  aRating,
  BEN,
  CARLA,
  GLOBEX,
  PLANTED,
  T0,
} from './store-samples.ts'

/** Something of this person in every collection. */
const fill = async (store: Store, tenant: TenantId, person: PersonId): Promise<void> => {
  const { records } = store
  await store.people.insert(aPerson({ tenant, id: person, name: `name of ${person}` }))
  await store.people.save(aPerson({ tenant, id: person, name: `name of ${person}`, revision: 2 }))
  await store.inbox.put(anInboxRow({ tenant, person, key: `e:${person}` }), T0)
  await store.leases.take(tenant, person, 't1')
  await store.appointments.put(anAppointment({ tenant, person }), 1)
  await store.outbox.put(anOutboxRow({ tenant, person, key: `m:${person}` }), T0)
  await records.putCommitment(tenant, person, aCommitment(), 1)
  await records.putGoal(tenant, person, aGoal(), 1)
  await records.putRating(tenant, person, aRating({ about: PLANTED }), 1)
  await records.share(tenant, person, CARLA, [{ id: 'l1', kind: 'note', text: PLANTED }], T0, 1)
  await store.reports.observe(tenant, '2026-10-01', { person, question: 'took-part', value: 'yes' }, 1)
}

export const sealingContract = ({ opened }: Bench): void => {
  describe('sealing', () => {
    it('leaves no word that a person wrote in any stored byte', async () => {
      const { store, documents, bytes } = opened()
      await fill(store, ACME, ANA)
      expect((await store.people.find(ACME, ANA))?.client?.last).toEqual({ kind: 'kept', title: `title ${PLANTED}` })
      const stored = await documents()
      expect(stored).toContain('name of ana')
      expect(stored).not.toContain(PLANTED)
      const file = bytes()
      if (file) {
        expect(file.includes('name of ana')).toBe(true)
        expect(file.includes(PLANTED)).toBe(false)
        expect(file.includes(Buffer.from(PLANTED).toString('base64').slice(0, 24))).toBe(false)
      }
    })

    it('tells which document is broken, and not a word of it', async () => {
      const { store, damage } = opened()
      await fill(store, ACME, ANA)
      const reads: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['people', () => store.people.find(ACME, ANA)],
        ['outbox', () => store.outbox.find(ACME, 'm:ana')],
        ['commitments', () => store.records.openCommitments(ACME, ANA)],
        ['goals', () => store.records.goals(ACME, ANA)],
        ['ratings', () => store.records.ratings(ACME, ANA, 9)],
        ['shared', () => store.records.shared(ACME, CARLA, ANA, T0, T0 + 1)],
      ]
      for (const [kind, read] of reads) {
        await expect(read()).resolves.toBeDefined()
        await damage(kind)
        const error = await read().catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(SealBroken)
        expect(error).toMatchObject({ kind, id: expect.stringContaining('acme/') })
        expect(String(error)).not.toContain(PLANTED)
      }
    })

    it('sets aside a gesture that cannot be read, so that it keeps nobody waiting, and says why', async () => {
      const { store, damage } = opened()
      await fill(store, ACME, ANA)
      expect(await store.inbox.waiting(ACME, ANA, 9)).toHaveLength(1)
      await damage('inbox')
      expect(await store.inbox.waiting(ACME, ANA, 9)).toEqual([])
      const letters = await store.deadLetters.list(9)
      expect(letters).toMatchObject([{ box: 'inbox', tenant: ACME, why: 'unreadable' }])
      expect(JSON.stringify(letters)).not.toContain(PLANTED)
    })

    it('ends with the key: nothing can be read or written', async () => {
      const { store, keyring } = opened()
      await fill(store, ACME, ANA)
      await keyring.destroy({ tenant: ACME, owner: ANA }, T0)
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.people.find(ACME, ANA),
        () => store.people.save(aPerson({ revision: 3 })),
        () => store.people.insert(aPerson()),
        () => store.inbox.put(anInboxRow({ key: 'new' }), T0),
        () => store.inbox.waiting(ACME, ANA, 9),
        () => store.outbox.put(anOutboxRow({ key: 'new' }), T0),
        () => store.outbox.pending(ACME, ANA),
        () => store.records.openCommitments(ACME, ANA),
        () => store.records.putGoal(ACME, ANA, aGoal(), 9),
      ]
      for (const call of calls) await expect(call()).rejects.toBeInstanceOf(KeyDestroyed)
      expect((await store.people.roster(ACME)).map(one => one.id)).toEqual([ANA])
    })
  })

  describe('erasing', () => {
    it('leaves no trace of one person, and everything of everyone else', async () => {
      const { store, keyring, documents } = opened()
      const cohort = { tenant: ACME, period: '2026-10-01', until: '2026-12-31', members: [ANA, BEN], minimum: 5 }
      await store.reports.openCohort(cohort)
      await fill(store, ACME, BEN)
      await fill(store, GLOBEX, ANA)
      const others = await documents()
      await fill(store, ACME, ANA)
      await keyring.destroy({ tenant: ACME, owner: ANA }, T0)
      await store.erase(ACME, ANA)
      const left = JSON.parse(await documents())
      const expected = JSON.parse(others.replace('["ana","ben"]', '["ben"]'))
      expect(left).toEqual(expected)
      expect(JSON.stringify(left.filter((doc: { tenant: string }) => doc.tenant === ACME))).not.toContain('ana')
      await store.erase(ACME, ANA)
      expect(JSON.parse(await documents())).toEqual(expected)
      expect(await store.people.find(GLOBEX, ANA)).toBeDefined()
    })
  })
}
