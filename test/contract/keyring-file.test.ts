import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFileRows } from '../../adapters/store/keyring/file-rows.ts'
import { makeMasterKeyIn } from '../../adapters/store/keyring/master-key.ts'
import { createMemoryRows } from '../../adapters/store/keyring/memory-rows.ts'
import { openFileKeyring } from '../../adapters/store/keyring/open.ts'
import { KeyringRefused } from '../../adapters/store/keyring/wrap.ts'
import { ana, ben, keyringContract, masterKey } from './keyring.ts'

const temporary = () => mkdtempSync(join(tmpdir(), 'lighthand-keys-'))

const changed = (file: string, statement: string) => {
  const sql = new Database(file)
  sql.exec(statement)
  sql.close()
}

keyringContract('in a file', async () => {
  const dir = temporary()
  return {
    open: async () => openFileRows(join(dir, 'keys.db')),
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  }
})

keyringContract('in memory', async () => {
  const rows = createMemoryRows()
  return { open: async () => rows, remove: async () => undefined }
})

describe('the key file', () => {
  let dir: string
  let file: string
  const masterKeys = [masterKey('2026', 1)]
  const open = () => openFileKeyring({ file, masterKeys, now: () => 0 })
  beforeEach(() => {
    dir = temporary()
    file = join(dir, 'keys', 'keys.db')
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('is for its owner alone', async () => {
    await (await open()).close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('keeps not a byte of a destroyed key, and knows the erasure', async () => {
    const keyring = await open()
    await keyring.key(ana)
    await keyring.key(ben)
    const wrapped = (await openFileRows(file).keys('', 9)).map(row => row.wrapped)
    await keyring.destroy(ana, 5)
    await keyring.destroy(ben, 5)
    const left = readFileSync(file)
    expect(wrapped).toHaveLength(3)
    expect(wrapped.filter(one => left.includes(one))).toHaveLength(1)
    expect(existsSync(`${file}-journal`) || existsSync(`${file}-wal`)).toBe(false)
    await keyring.close()
    const again = await open()
    expect(await again.isErased(ana)).toBe(true)
    await again.close()
  })

  const refusals: readonly (readonly [string, () => void, RegExp])[] = [
    ['an empty file', () => writeFileSync(file, ''), /not a key store, or its beginning is damaged/],
    ['another file', () => writeFileSync(file, 'my holiday notes, and more of them'), /not a key store/],
    ['a file cut short', () => truncateSync(file, 5000), /damaged/],
    [
      'a file with a damaged page',
      () => {
        const bytes = readFileSync(file)
        bytes.fill(0xff, 4096, 4200)
        writeFileSync(file, bytes)
      },
      /damaged/,
    ],
    [
      'another database',
      () => {
        rmSync(file)
        changed(file, 'CREATE TABLE t (a)')
      },
      /not a key store of Lighthand/,
    ],
    [
      'a file of a newer format',
      () => {
        changed(file, 'PRAGMA user_version = 99')
      },
      /newer Lighthand/,
    ],
  ]
  for (const [what, spoil, message] of refusals) {
    it(`is refused by name and left as it is when it is ${what}`, async () => {
      const keyring = await open()
      await keyring.key(ana)
      await keyring.close()
      spoil()
      const before = readFileSync(file)
      const error = await open().catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(KeyringRefused)
      expect(String(error)).toMatch(message)
      expect(String(error)).toContain(file)
      expect(String(error)).toContain('Restore it')
      expect(readFileSync(file).equals(before)).toBe(true)
    })
  }
})

describe("the playground's own master key", () => {
  it('is made once, for its owner alone, and stays', () => {
    const dir = temporary()
    const file = join(dir, 'keys', 'keys.db')
    const made = makeMasterKeyIn(file)
    expect(made.key).toHaveLength(32)
    expect(makeMasterKeyIn(file)).toEqual(made)
    expect(statSync(`${file}.master`).mode & 0o777).toBe(0o600)
    writeFileSync(`${file}.master`, 'nothing of use')
    expect(() => makeMasterKeyIn(file)).toThrow(KeyringRefused)
    expect(readFileSync(`${file}.master`, 'utf8')).toBe('nothing of use')
    rmSync(dir, { recursive: true })
  })
})
