import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentId } from '../../adapters/store/document-id.ts'
import { createKeyring } from '../../adapters/store/keyring/keyring.ts'
import { createMemoryRows } from '../../adapters/store/keyring/memory-rows.ts'
import { createSeals, SealBroken, type SealedPlace, seal, unseal } from '../../adapters/store/seal.ts'
import { personId, tenantId } from '../../src/domain/ids.ts'

const key = new Uint8Array(32).fill(7)
const place: SealedPlace = {
  tenant: tenantId('acme'),
  person: personId('ana'),
  kind: 'goals',
  id: 'acme/ana/g1',
  purpose: 'record',
}
const words = 'I would like to paint again.'

describe('sealed words', () => {
  it('open to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (text, anyKey) => {
        expect(unseal(anyKey, place, seal(anyKey, place, text))).toBe(text)
      }),
    )
  })

  it('say their version and nothing of what they hold', () => {
    const sealed = seal(key, place, words)
    expect(sealed).toMatch(/^s1\.[A-Za-z0-9+/]+=*$/)
    expect(Buffer.from(sealed.slice(3), 'base64').includes('paint')).toBe(false)
  })

  it('never use a nonce twice', () => {
    const nonces = Array.from({ length: 2000 }, () => seal(key, place, words).slice(3, 3 + 16))
    expect(new Set(nonces).size).toBe(2000)
  })

  it('do not open anywhere else: another tenant, person, kind, document or purpose', () => {
    const sealed = seal(key, place, words)
    const elsewhere: readonly Partial<SealedPlace>[] = [
      { tenant: tenantId('globex') },
      { person: personId('ben') },
      { kind: 'commitments' },
      { id: 'acme/ana/g2' },
      { purpose: 'event' },
      // Parts that would run together if they were merely joined.
      { tenant: tenantId('acme,ana'), person: personId('') },
    ]
    for (const other of elsewhere) expect(() => unseal(key, { ...place, ...other }, sealed)).toThrow(SealBroken)
  })

  it('do not open with another key, or after any change of a sign', () => {
    const sealed = seal(key, place, words)
    expect(() => unseal(new Uint8Array(32), place, sealed)).toThrow(SealBroken)
    for (let i = 0; i < sealed.length; i++) {
      const changed = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`
      // The last sign of base64 may carry bits that stand for nothing.
      if (Buffer.from(changed.slice(3), 'base64').equals(Buffer.from(sealed.slice(3), 'base64')) && i >= 3) continue
      expect(() => unseal(key, place, changed)).toThrow(SealBroken)
    }
    for (const cut of ['', 's1.', sealed.slice(0, 20), sealed.slice(0, -8)])
      expect(() => unseal(key, place, cut)).toThrow(SealBroken)
  })

  it('break with the name of the document and none of its words', () => {
    const error = (() => {
      try {
        return unseal(new Uint8Array(32), place, seal(key, place, words))
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toMatchObject({ code: 'SEAL_BROKEN', kind: 'goals', id: 'acme/ana/g1' })
    expect(error).not.toHaveProperty('cause')
    expect(`${error}`).toContain('goals acme/ana/g1')
    expect(`${error}`).not.toContain('paint')
  })

  it('keep the shape of a JSON value, without what is undefined', async () => {
    const masterKeys = [{ id: 'm', key: new Uint8Array(randomBytes(32)) }]
    const seals = createSeals(await createKeyring(createMemoryRows(), masterKeys, () => 0))
    const value = { a: [1, null, 'é'], b: undefined, c: { d: true } }
    expect(await seals.open(place, await seals.seal(place, value))).toStrictEqual({ a: [1, null, 'é'], c: { d: true } })
  })
})

describe('document ids', () => {
  it('of different parts are different', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('a', 'a/b', '%2f.', '%', '/', '', '\ud800', '\ud801'),
    )
    const parts = fc.array(part, { minLength: 1, maxLength: 3 })
    const id = ([tenant = '', ...rest]: readonly string[]) => documentId(tenantId(tenant), ...rest)
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        // As the engines store it: a lone surrogate does not survive UTF-8.
        const stored = (one: readonly string[]) => Buffer.from(id(one)).toString()
        expect(stored(a) === stored(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
      { numRuns: 2000 },
    )
  })

  it('begin with their tenant', () => {
    expect(documentId(tenantId('a/c'), 'ana', 3)).toBe('a%2f.c/ana/3')
  })
})
