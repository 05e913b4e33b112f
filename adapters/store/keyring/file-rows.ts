import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import type { KeyRows } from './rows.ts'
import { KeyringRefused } from './wrap.ts'

/** Marks the file as ours ("LhKy") and tells its format. */
const APPLICATION = 0x4c684b79
const FORMAT = 1
const MAGIC = 'SQLite format 3\0'

/**
 * Rows in a SQLite file of mode 0600, created whole or not at all. A write is on the disk when it resolves; what is
 * erased is overwritten with zeros (secure_delete) and never lingers in a log (no WAL). Several processes of one host may
 * share it.
 * @throws KeyringRefused naming a file that is damaged or not ours; such a file is left as it is
 */
export const openFileRows = (file: string): KeyRows => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (!existsSync(file)) createFile(file)
  checkHeader(file)
  chmodSync(file, 0o600)
  const sql = connect(file)
  try {
    check(file, sql)
  } catch (error) {
    sql.close()
    throw error instanceof KeyringRefused ? error : refused(file, 'is damaged.', error)
  }
  const find = sql.prepare('SELECT wrapped, erased_at FROM keys WHERE id = ?').raw()
  const insert = sql.prepare('INSERT INTO keys (id, wrapped) VALUES (?, ?) ON CONFLICT (id) DO NOTHING')
  const erase = sql.prepare(
    'INSERT INTO keys (id, erased_at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET wrapped = NULL, erased_at = excluded.erased_at WHERE erased_at IS NULL',
  )
  const replace = sql.prepare('UPDATE keys SET wrapped = ? WHERE id = ? AND wrapped = ?')
  const keys = sql
    .prepare('SELECT id, wrapped FROM keys WHERE wrapped IS NOT NULL AND id > ? ORDER BY id LIMIT ?')
    .raw()
  return {
    place: file,
    async find(id) {
      const cells = find.get(id)
      if (!Array.isArray(cells)) return undefined
      const [wrapped, erasedAt] = cells
      return {
        id,
        wrapped: typeof wrapped === 'string' ? wrapped : undefined,
        erasedAt: typeof erasedAt === 'number' ? erasedAt : undefined,
      }
    },
    insert: async (id, wrapped) => insert.run(id, wrapped).changes === 1,
    erase: async (id, at) => void erase.run(id, at),
    replace: async (id, from, to) => void replace.run(to, id, from),
    keys: async (after, limit) =>
      keys.all(after, limit).flatMap(cells => {
        if (!Array.isArray(cells)) return []
        return [{ id: String(cells[0]), wrapped: String(cells[1]) }]
      }),
    close: async () => void sql.close(),
  }
}

const refused = (file: string, what: string, cause?: unknown): KeyringRefused =>
  new KeyringRefused(
    file,
    `${what} It was left as it is. Restore it from its newest backup, or name another file in KEYRING_URI; without the keys, the words sealed by them cannot be read.`,
    { cause },
  )

/** Under a name of its own first, then linked: nobody ever sees a key store without its table. */
const createFile = (file: string): void => {
  const draft = `${file}.${randomUUID()}`
  closeSync(openSync(draft, 'wx', 0o600))
  try {
    const sql = connect(draft)
    sql.exec(
      'CREATE TABLE keys (id TEXT PRIMARY KEY, wrapped TEXT, erased_at INTEGER, CHECK ((wrapped IS NULL) <> (erased_at IS NULL))) WITHOUT ROWID',
    )
    sql.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${FORMAT}`)
    sql.close()
    syncPath(draft)
    linkSync(draft, file)
    syncPath(dirname(file))
  } catch (error) {
    // Another process was first: its file serves both.
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

const syncPath = (path: string): void => {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Before SQLite sees it: it would take an empty file for a new database. */
const checkHeader = (file: string): void => {
  if (!statSync(file).isFile()) throw refused(file, 'is not a file.')
  const head = Buffer.alloc(MAGIC.length)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, head, 0, head.length, 0)
  } finally {
    closeSync(handle)
  }
  if (head.toString('latin1') !== MAGIC) throw refused(file, 'is not a key store, or its beginning is damaged.')
}

const connect = (file: string): Database.Database => {
  const sql = new Database(file, { timeout: 5_000 })
  sql.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON')
  return sql
}

const check = (file: string, sql: Database.Database): void => {
  const pragma = (name: string): unknown => {
    const cells = sql.prepare(`PRAGMA ${name}`).raw().get()
    return Array.isArray(cells) ? cells[0] : undefined
  }
  if (pragma('application_id') !== APPLICATION) throw refused(file, 'is a database, but not a key store of Lighthand.')
  const format = Number(pragma('user_version'))
  if (format > FORMAT)
    throw refused(file, `was written by a newer Lighthand (format ${format}, this one knows ${FORMAT}).`)
  if (pragma('quick_check') !== 'ok') throw refused(file, 'is damaged.')
}
