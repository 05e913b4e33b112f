import { describe, expect, it } from 'vitest'
import { personId } from '../../src/domain/ids.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, aPerson, aTenant, BEN, CARLA, GLOBEX } from './store-samples.ts'

export const peopleContract = ({ opened }: Bench): void => {
  describe('tenants', () => {
    it('come back as they were put, with and without a programme', async () => {
      const { tenants } = opened().store
      const bare = aTenant()
      const full = aTenant({
        id: GLOBEX,
        programme: {
          name: 'Spring',
          purpose: undefined,
          coaches: [CARLA],
          enabledBy: BEN,
          enabledAt: 5,
        },
        policy: {
          ...bare.policy,
          country: 'ES',
          region: 'MD',
          daysOff: ['2026-12-24'],
          safety: { owner: 'Ada, extension 12', hours: 'weekdays 9 to 5' },
          invitationsADay: 5,
        },
        pausedAt: 7,
      })
      expect(await tenants.insert(bare)).toBe(true)
      expect(await tenants.insert(full)).toBe(true)
      expect(await tenants.find(ACME)).toEqual(bare)
      expect(await tenants.find(GLOBEX)).toEqual(full)
      expect(await tenants.list()).toEqual([bare, full])
    })

    it('are inserted once', async () => {
      const { tenants } = opened().store
      expect(await tenants.find(ACME)).toBeUndefined()
      const inserts = [aTenant(), aTenant({ workspace: 'Other' })].map(tenants.insert)
      expect((await Promise.all(inserts)).toSorted()).toEqual([false, true])
    })

    it('are saved over the revision before, and lose a programme and a rest that ended', async () => {
      const { tenants } = opened().store
      const programme = { name: 'Spring', purpose: 'Grow', coaches: [], enabledBy: BEN, enabledAt: 5 }
      await tenants.insert(aTenant({ programme, pausedAt: 3 }))
      expect(await tenants.save(aTenant({ revision: 3 }))).toBe(false)
      expect(await tenants.save(aTenant({ revision: 2 }))).toBe(true)
      expect(await tenants.save(aTenant({ revision: 2, workspace: 'Late' }))).toBe(false)
      expect(await tenants.find(ACME)).toEqual(aTenant({ revision: 2 }))
    })
  })

  describe('people', () => {
    it('come back as they were put, to the last slot', async () => {
      const { people } = opened().store
      expect(await people.find(ACME, ANA)).toBeUndefined()
      expect(await people.insert(aPerson())).toBe(true)
      expect(await people.insert(aPerson({ name: 'Again' }))).toBe(false)
      expect(await people.find(ACME, ANA)).toEqual(aPerson())
    })

    it('are saved by one of two that read the same revision', async () => {
      const { people } = opened().store
      await people.insert(aPerson())
      const both = [aPerson({ revision: 2, seq: 8 }), aPerson({ revision: 2, seq: 9 })]
      const saved = await Promise.all(both.map(people.save))
      expect(saved.toSorted()).toEqual([false, true])
      expect(await people.find(ACME, ANA)).toEqual(both[saved.indexOf(true)])
      expect(await people.save(aPerson({ revision: 4 }))).toBe(false)
      expect(await people.save(aPerson({ id: BEN, revision: 2 }))).toBe(false)
    })

    it('are on the roster of their tenant, with the coach they have now', async () => {
      const { people } = opened().store
      await people.insert(aPerson())
      await people.insert(aPerson({ id: BEN, name: 'Ben', roles: ['coach', 'client'], client: undefined }))
      await people.insert(aPerson({ tenant: GLOBEX, id: CARLA }))
      expect(await people.roster(ACME)).toEqual([
        { id: ANA, name: 'Ana', roles: ['client'], coach: CARLA },
        { id: BEN, name: 'Ben', roles: ['coach', 'client'], coach: undefined },
      ])
      await people.save(aPerson({ revision: 2, client: undefined }))
      expect((await people.roster(ACME))[0]?.coach).toBeUndefined()
    })

    it('are not mixed up by ids that hold the signs which join them', async () => {
      const { people } = opened().store
      const odd = ['a/b', 'a%2f.b', 'a', '', '$x', 'a.b', '\u{1F600}/'].map(personId)
      for (const id of odd) expect(await people.insert(aPerson({ id, name: `<${id}>` }))).toBe(true)
      for (const id of odd) expect((await people.find(ACME, id))?.name).toBe(`<${id}>`)
    })

    it('of another tenant are not found', async () => {
      const { people } = opened().store
      await people.insert(aPerson())
      expect(await people.find(GLOBEX, ANA)).toBeUndefined()
      expect(await people.roster(GLOBEX)).toEqual([])
      expect(await people.save(aPerson({ tenant: GLOBEX, revision: 2 }))).toBe(false)
      expect(await people.find(ACME, ANA)).toEqual(aPerson())
    })
  })

  describe('the whole', () => {
    it('answers, and can be prepared again', async () => {
      const { store } = opened()
      await store.prepare()
      await store.ping()
      await store.tenants.insert(aTenant())
      await store.ping()
      expect(await store.tenants.find(ACME)).toEqual(aTenant())
    })
  })
}
