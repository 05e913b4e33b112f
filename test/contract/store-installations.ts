import { describe, expect, it } from 'vitest'
import { SealBroken } from '../../adapters/store/seal.ts'
import type { Bench } from './store.ts'
import { ACME, ANA, anInstallation, GLOBEX, PLANTED, T0 } from './store-samples.ts'

export const installationsContract = ({ opened }: Bench): void => {
  describe('installations', () => {
    it('come back as they were put, for a workspace or an organisation, with tokens that expire or do not', async () => {
      const { installations } = opened().store
      const org = anInstallation({
        tenant: GLOBEX,
        team: undefined,
        enterprise: 'E1',
        bot: undefined,
        tokens: { bot: 'b', refresh: undefined, expiresAt: undefined },
      })
      expect(await installations.find(ACME)).toBeUndefined()
      expect(await installations.insert(anInstallation())).toBe(true)
      expect(await installations.insert(org)).toBe(true)
      expect(await installations.find(ACME)).toEqual(anInstallation())
      expect(await installations.find(GLOBEX)).toEqual(org)
      expect(await installations.active('slack')).toEqual([anInstallation(), org])
      expect(await installations.active('teams')).toEqual([])
    })

    it('are inserted once, and saved over the revision before', async () => {
      const { installations } = opened().store
      const inserts = [anInstallation(), anInstallation({ app: 'A2' })].map(installations.insert)
      expect((await Promise.all(inserts)).toSorted()).toEqual([false, true])
      const renewed = { bot: 'b2', refresh: 'r2', expiresAt: T0 + 24 }
      expect(await installations.save(anInstallation({ tokens: renewed, revision: 2 }))).toBe(false)
      const both = [1, 2].map(n => anInstallation({ tokens: { ...renewed, bot: `b${n}` }, revision: 1 }))
      expect((await Promise.all(both.map(installations.save))).toSorted()).toEqual([false, true])
      expect((await installations.find(ACME))?.revision).toBe(1)
    })

    it('are nobody’s to reach once stopped, keep the reason, and come back when installed again', async () => {
      const { installations } = opened().store
      await installations.insert(anInstallation())
      const gone = anInstallation({
        tokens: undefined,
        state: { kind: 'stopped', at: T0 + 5, why: 'uninstalled' },
        revision: 1,
      })
      expect(await installations.save(gone)).toBe(true)
      expect(await installations.find(ACME)).toEqual(gone)
      expect(await installations.active('slack')).toEqual([])
      const again = anInstallation({ team: undefined, enterprise: 'E1', installedAt: T0 + 9, revision: 2 })
      expect(await installations.save(again)).toBe(true)
      expect(await installations.find(ACME)).toEqual(again)
      expect(await installations.active('slack')).toEqual([again])
    })

    it('show their tokens in no stored byte, and lose them when stopped', async () => {
      const { store, documents, bytes } = opened()
      await store.installations.insert(anInstallation())
      expect(await documents()).toContain('T1')
      expect(await documents()).not.toContain(PLANTED)
      expect(bytes()?.includes(PLANTED) ?? false).toBe(false)
      const sealed = JSON.parse(await documents()).filter((doc: { sealed?: string }) => doc.sealed !== undefined)
      expect(sealed).toHaveLength(1)
      await store.installations.save(
        anInstallation({ tokens: undefined, state: { kind: 'stopped', at: T0, why: 'revoked' }, revision: 1 }),
      )
      expect(JSON.parse(await documents())).not.toContainEqual(expect.objectContaining({ sealed: expect.anything() }))
    })

    it('are sealed under a key that no erasure of a person takes away, and say which of them is broken', async () => {
      const { store, keyring, damage } = opened()
      await store.installations.insert(anInstallation())
      await keyring.destroy({ tenant: ACME, owner: ANA }, T0)
      await store.erase(ACME, ANA)
      expect(await store.installations.find(ACME)).toEqual(anInstallation())
      await damage('installations')
      const error = await store.installations.find(ACME).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(SealBroken)
      expect(String(error)).not.toContain(PLANTED)
    })
  })
}
