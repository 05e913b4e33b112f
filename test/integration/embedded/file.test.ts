import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSql } from '../../../adapters/store/embedded/database.ts'
import { StoreFileError } from '../../../adapters/store/embedded/errors.ts'
import { openEmbedded } from '../../../adapters/store/embedded/open.ts'

const CHILD = path.join(import.meta.dirname, 'writer-child.mjs')
const root = mkdtempSync(path.join(tmpdir(), 'lighthand-file-'))
const clean = path.join(root, 'clean.db')
const crashed = path.join(root, 'crashed.db')
let folder: string
let file: string
let made = 0

type Note = { _id: string; text: string; group: string }

beforeAll(async () => {
  const store = openEmbedded({ file: clean })
  const notes = store.connection.collection<Note>('notes')
  await notes.createIndex({ group: 1 })
  const docs = (from: number) =>
    Array.from({ length: 500 }, (_, i) => ({ _id: `n${from + i}`, text: 'word '.repeat(40), group: `g${i % 7}` }))
  await notes.insertMany(docs(0))
  store.compact()
  for (let i = 500; i < 540; i++) await notes.insertOne({ _id: `n${i}`, text: 'late '.repeat(40), group: 'late' })
  // Copied while open: what a crash would leave, a file and its log.
  copyFileSync(clean, crashed)
  copyFileSync(`${clean}-wal`, `${crashed}-wal`)
  await store.close()
})
beforeEach(() => {
  folder = path.join(root, `case${made++}`)
  mkdirSync(folder)
  file = path.join(folder, 'data.db')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function refusal(): StoreFileError {
  try {
    openEmbedded({ file })
  } catch (error) {
    if (error instanceof StoreFileError) return error
    throw error
  }
  throw new Error('it should have been refused')
}

const contents = () =>
  readdirSync(folder).map(
    name =>
      `${name} ${createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex')}`,
  )

/** Refused with a code and advice, and the folder is the same to the byte. */
function expectRefusedUntouched(code: StoreFileError['code']) {
  const before = contents()
  const error = refusal()
  expect(error.code).toBe(code)
  expect(error.message).toContain(file)
  expect(error.message).toMatch(/restore|Point|Install|Stop/i)
  expect(contents()).toEqual(before)
  return error
}

function flip(target: string, from: number, length: number) {
  const bytes = readFileSync(target)
  for (let i = from; i < from + length; i++) bytes[i] = (bytes[i] ?? 0) ^ 0xff
  writeFileSync(target, bytes)
}

describe('the data file', () => {
  it('keeps documents and indexes, is readable by its owner alone, and leaves no log when closed', async () => {
    const first = openEmbedded({ file })
    await first.connection.collection<Note>('notes').createIndex({ group: 1 }, { unique: true })
    await first.connection.collection<Note>('notes').insertOne({ _id: 'a', text: 't', group: 'g' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
    await first.close()
    expect(readdirSync(folder)).toEqual(['data.db'])
    const second = openEmbedded({ file })
    const notes = second.connection.collection<Note>('notes')
    expect(await notes.find({ group: 'g' }).toArray()).toEqual([{ _id: 'a', text: 't', group: 'g' }])
    await expect(notes.insertOne({ _id: 'b', text: 't', group: 'g' })).rejects.toMatchObject({ code: 11000 })
    await second.close()
  })

  it('is read with its log after a crash', async () => {
    copyFileSync(crashed, file)
    copyFileSync(`${crashed}-wal`, `${file}-wal`)
    const store = openEmbedded({ file })
    expect(await store.connection.collection('notes').countDocuments({})).toBe(540)
    expect(readdirSync(folder).sort()).toEqual(['data.db', 'data.db-wal'])
    await store.close()
  })

  it('is written through to the disk, and overwrites what it deletes', () => {
    const store = openEmbedded({ file })
    const pragma = (name: string) => store.store.sql.all(`PRAGMA ${name}`)[0]?.[0]
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('secure_delete'), pragma('locking_mode')]).toEqual([
      'wal',
      2,
      1,
      'exclusive',
    ])
    return store.close()
  })

  it('holds no trace of a deleted text once compacted', async () => {
    const store = openEmbedded({ file })
    const notes = store.connection.collection<Note>('notes')
    await notes.insertOne({ _id: 'a', text: 'a-very-private-sentence', group: 'private-group' })
    await notes.createIndex({ group: 1 })
    store.compact()
    expect(readFileSync(file).includes('a-very-private-sentence')).toBe(true)
    await notes.deleteOne({ _id: 'a' })
    store.compact()
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(path.join(folder, name))
      expect([name, bytes.includes('a-very-private-sentence'), bytes.includes('private-group')]).toEqual([
        name,
        false,
        false,
      ])
    }
    await store.close()
  })
})

describe('a second opener is refused by name', () => {
  it('in the same process', async () => {
    const store = openEmbedded({ file })
    expect(refusal()).toMatchObject({ code: 'EMBEDDED_LOCKED', file })
    await store.connection.collection<Note>('notes').insertOne({ _id: 'still', text: 'writable', group: 'g' })
    await store.close()
    await openEmbedded({ file }).close()
  })

  it('while another process holds it, and let in when that one is gone', async () => {
    const child = spawn(process.execPath, [CHILD, file, 'other', 'hold'], { stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = new Promise(resolve => child.once('exit', resolve))
    for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break
    expectRefusedUntouched('EMBEDDED_LOCKED')
    child.kill('SIGKILL')
    await ended
    await openEmbedded({ file }).close()
  })
})

describe('a file that cannot be trusted is refused and left as it was:', () => {
  it('a text file', () => {
    writeFileSync(file, 'Dear diary,\n'.repeat(50))
    expectRefusedUntouched('EMBEDDED_FOREIGN')
  })

  it('an empty file', () => {
    writeFileSync(file, '')
    expectRefusedUntouched('EMBEDDED_CORRUPT')
  })

  it("another application's database", () => {
    const sql = openSql(file)
    sql.exec('CREATE TABLE theirs (x)')
    sql.close()
    expectRefusedUntouched('EMBEDDED_FOREIGN')
  })

  it('a destroyed header', () => {
    copyFileSync(clean, file)
    flip(file, 0, 16)
    expectRefusedUntouched('EMBEDDED_FOREIGN')
  })

  it('a newer format', () => {
    copyFileSync(clean, file)
    const bytes = readFileSync(file)
    bytes.writeUInt32BE(99, 60)
    writeFileSync(file, bytes)
    expect(expectRefusedUntouched('EMBEDDED_NEWER').message).toContain('99')
  })

  it.each([100, 4096, 4096 * 5, 4096 * 5 + 77])('a file cut to %i bytes', length => {
    copyFileSync(clean, file)
    truncateSync(file, length)
    expectRefusedUntouched('EMBEDDED_CORRUPT')
  })

  it.each([1, 2, 3, 5, 8, 13])('a page %i whose head is flipped', page => {
    copyFileSync(clean, file)
    flip(file, page * 4096, 64)
    expectRefusedUntouched('EMBEDDED_CORRUPT')
  })

  it('a damaged page beside a log', () => {
    copyFileSync(crashed, file)
    copyFileSync(`${crashed}-wal`, `${file}-wal`)
    flip(file, 4096 * 8, 64)
    expectRefusedUntouched('EMBEDDED_CORRUPT')
  })

  it.each([
    ['header', 4],
    ['middle', 32 + 3 * (4096 + 24) + 500],
  ])('a log damaged in its %s', (_, at) => {
    copyFileSync(crashed, file)
    copyFileSync(`${crashed}-wal`, `${file}-wal`)
    flip(`${file}-wal`, at, 8)
    expect(expectRefusedUntouched('EMBEDDED_CORRUPT').message).toContain('-wal')
  })

  it('a log without its file', () => {
    copyFileSync(`${crashed}-wal`, `${file}-wal`)
    expectRefusedUntouched('EMBEDDED_CORRUPT')
    expect(existsSync(file)).toBe(false)
  })
})

it('a log torn at its end, as a crash leaves it, loses no more than the torn write', async () => {
  copyFileSync(crashed, file)
  copyFileSync(`${crashed}-wal`, `${file}-wal`)
  truncateSync(`${file}-wal`, statSync(`${file}-wal`).size - 100)
  const store = openEmbedded({ file })
  expect(await store.connection.collection('notes').countDocuments({})).toBe(539)
  await store.close()
})

it('a document whose bytes were flipped is refused when read, not passed on', async () => {
  copyFileSync(clean, file)
  const bytes = readFileSync(file)
  const at = bytes.indexOf('word word')
  bytes.write('sword', at, 'latin1')
  writeFileSync(file, bytes)
  const store = openEmbedded({ file })
  await expect(store.connection.collection('notes').find({}).toArray()).rejects.toMatchObject({
    code: 'EMBEDDED_CORRUPT',
  })
  await store.close()
})
