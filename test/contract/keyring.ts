import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKeyring, type RotatingKeyring } from '../../adapters/store/keyring/keyring.ts'
import type { KeyRows } from '../../adapters/store/keyring/rows.ts'
import { KeyringRefused, type MasterKey } from '../../adapters/store/keyring/wrap.ts'
import { personId, tenantId } from '../../src/domain/ids.ts'
import { KeyDestroyed, type KeyOwner, TENANT_TOKENS } from '../../src/ports/keyring.ts'

export const masterKey = (id: string, fill: number): MasterKey => ({ id, key: new Uint8Array(32).fill(fill) })
const OLD = masterKey('2025', 1)
const NEW = masterKey('2026', 2)

export const ana: KeyOwner = { tenant: tenantId('acme'), owner: personId('ana') }
export const ben: KeyOwner = { tenant: tenantId('acme'), owner: personId('ben') }

/** A place for rows that several processes may open at once. */
export type RowsPlace = { open(): Promise<KeyRows>; remove(): Promise<void> }

/** Everything that Keyring promises, wherever its rows are kept. */
export const keyringContract = (name: string, makePlace: () => Promise<RowsPlace>): void => {
  describe(`the keyring ${name}`, () => {
    let place: RowsPlace
    let now = 0
    const opened: RotatingKeyring[] = []
    const open = async (...masterKeys: readonly MasterKey[]): Promise<RotatingKeyring> => {
      const rows = await place.open()
      try {
        const keyring = await createKeyring(rows, masterKeys.length ? masterKeys : [OLD], () => now)
        opened.push(keyring)
        return keyring
      } catch (error) {
        await rows.close()
        throw error
      }
    }
    beforeEach(async () => {
      now = 0
      place = await makePlace()
    })
    afterEach(async () => {
      for (const keyring of opened.splice(0)) await keyring.close()
      await place.remove()
    })

    it('makes a key of 32 bytes at first use, another for each owner, and keeps it', async () => {
      const keyring = await open()
      const key = await keyring.key(ana)
      expect(key).toHaveLength(32)
      expect(await keyring.key(ben)).not.toEqual(key)
      expect(await keyring.key({ ...ana, tenant: tenantId('globex') })).not.toEqual(key)
      expect(await keyring.key({ ...ana, owner: 'chat:ana' })).not.toEqual(key)
      expect(await keyring.key({ ...ana, owner: TENANT_TOKENS })).not.toEqual(key)
      expect(await (await open()).key(ana)).toEqual(key)
    })

    it('gives one key to all who ask first at once', async () => {
      const both = [await open(), await open()]
      const keys = await Promise.all([...both, ...both].map(keyring => keyring.key(ana)))
      for (const key of keys) expect(key).toEqual(keys[0])
    })

    it('destroys a key for ever, for this process at once', async () => {
      const keyring = await open()
      await keyring.key(ana)
      expect(await keyring.isErased(ana)).toBe(false)
      await keyring.destroy(ana, 5)
      await expect(keyring.key(ana)).rejects.toBeInstanceOf(KeyDestroyed)
      expect(await keyring.isErased(ana)).toBe(true)
      expect(await keyring.isErased(ben)).toBe(false)
      await keyring.destroy(ana, 6)
      await expect((await open()).key(ana)).rejects.toBeInstanceOf(KeyDestroyed)
    })

    it('records an erasure also of someone who never had a key', async () => {
      const keyring = await open()
      await keyring.destroy(ana, 5)
      expect(await keyring.isErased(ana)).toBe(true)
      await expect(keyring.key(ana)).rejects.toBeInstanceOf(KeyDestroyed)
    })

    it('never lets a first use and an erasure at once leave a key behind', async () => {
      for (let i = 0; i < 20; i++) {
        const owner: KeyOwner = { ...ana, owner: personId(`p${i}`) }
        const [one, other] = [await open(), await open()]
        await Promise.allSettled([one.key(owner), other.destroy(owner, 5), one.key(owner)])
        expect(await other.isErased(owner)).toBe(true)
        await expect((await open()).key(owner)).rejects.toBeInstanceOf(KeyDestroyed)
      }
    })

    it('lets another process use a destroyed key for at most 30 s', async () => {
      const [one, other] = [await open(), await open()]
      const key = await other.key(ana)
      await one.destroy(ana, 5)
      now = 29_999
      expect(await other.key(ana)).toEqual(key)
      now = 30_000
      await expect(other.key(ana)).rejects.toBeInstanceOf(KeyDestroyed)
    })

    it('survives the rotation of master keys: keys stay, erasures too, and the old one may go', async () => {
      const before = await open(OLD)
      const key = await before.key(ana)
      await before.destroy(ben, 5)
      const during = await open(NEW, OLD)
      expect(await during.key(ana)).toEqual(key)
      expect(await during.isErased(ben)).toBe(true)
      await expect(open(NEW)).rejects.toThrow(/master key "2025": add it to the end of MASTER_KEYS/)
      expect(await during.rewrap()).toBe(2)
      expect(await during.rewrap()).toBe(0)
      const after = await open(NEW)
      expect(await after.key(ana)).toEqual(key)
      expect(await after.isErased(ben)).toBe(true)
      await expect(after.key(ben)).rejects.toBeInstanceOf(KeyDestroyed)
    })

    it('refuses a master key that is not the one, and none at all', async () => {
      await (await open(OLD)).key(ana)
      await expect(open(masterKey('2025', 9))).rejects.toThrow(/that master key "2025" does not open/)
      await expect(open({ id: 'short', key: new Uint8Array(16) })).rejects.toBeInstanceOf(KeyringRefused)
      const rows = await place.open()
      await expect(createKeyring(rows, [], () => 0)).rejects.toThrow(/MASTER_KEYS/)
      await rows.close()
    })

    it('holds neither keys nor names in the clear', async () => {
      const keyring = await open()
      const key = Buffer.from(await keyring.key(ana))
      await keyring.destroy(ben, 5)
      const rows = await place.open()
      const text = JSON.stringify(await rows.keys('', 99))
      expect(JSON.parse(text)).toHaveLength(2)
      expect(text).not.toMatch(/"(ana|ben|acme)\W/)
      expect(text).not.toContain(key.toString('base64').slice(0, 20))
      await rows.close()
    })

    it('pages through its keys', async () => {
      const keyring = await open()
      for (let i = 0; i < 5; i++) await keyring.key({ ...ana, owner: personId(`p${i}`) })
      const rows = await place.open()
      const seen: string[] = []
      for (;;) {
        const page = await rows.keys(seen.at(-1) ?? '', 2)
        if (page.length === 0) break
        seen.push(...page.map(row => row.id))
      }
      expect(new Set(seen).size).toBe(6)
      expect(seen).toHaveLength(6)
      await rows.close()
    })
  })
}
