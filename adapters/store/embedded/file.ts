import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { openSql, type Sql, sqliteCode } from './database.ts'
import { type StoreFileCode, StoreFileError } from './errors.ts'
import { walDamage } from './wal.ts'

/** 'LHnd': marks a SQLite file as ours in its header. */
const APPLICATION_ID = 0x4c486e64
/** Raised with every change of the tables' layout; a file above it was written by newer code. */
const FORMAT = 1

const SCHEMA = `
  CREATE TABLE lh_collections (n INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
  CREATE TABLE lh_indexes (
    n INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, name TEXT NOT NULL, spec TEXT NOT NULL,
    multi TEXT NOT NULL, UNIQUE (collection, name)
  );`

const RESTORE = 'Stop here and restore the last backup beside it; keep this file, it was not changed.'

/**
 * Files this process holds. POSIX drops a process's locks on a file as soon as it closes any descriptor of it, so a
 * second open here must be refused before a byte is read.
 */
const held = new Set<string>()

const refuse = (code: StoreFileCode, file: string, message: string, cause?: unknown) =>
  new StoreFileError(code, file, message, cause)

const corrupt = (file: string, reason: string, cause?: unknown) =>
  refuse('EMBEDDED_CORRUPT', file, `The data file ${file} is damaged: ${reason}. ${RESTORE}`, cause)

const locked = (file: string, cause?: unknown) =>
  refuse(
    'EMBEDDED_LOCKED',
    file,
    `The data file ${file} is in use by another process. Stop that process, give this one another data folder, or run both on MongoDB with MONGODB_URI.`,
    cause,
  )

function checkHeader(file: string, hasLog: boolean) {
  const header = Buffer.alloc(100)
  const fd = openSync(file, 'r')
  let length: number
  try {
    length = readSync(fd, header, 0, 100, 0)
  } finally {
    closeSync(fd)
  }
  if (length === 0) throw corrupt(file, 'it is empty')
  if (length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw refuse(
      'EMBEDDED_FOREIGN',
      file,
      `The file ${file} is not a Lighthand data file, or its beginning is destroyed. Point the data folder elsewhere, or restore a backup; this file was not changed.`,
    )
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID) {
    throw refuse(
      'EMBEDDED_FOREIGN',
      file,
      `The file ${file} is a SQLite database of some other application. Point the data folder elsewhere; this file was not changed.`,
    )
  }
  const format = header.readUInt32BE(60)
  if (format > FORMAT) {
    throw refuse(
      'EMBEDDED_NEWER',
      file,
      `The data file ${file} has format ${format}; this version of Lighthand reads up to ${FORMAT}. Install the newer version again, or restore a backup made by this one; the file was not changed.`,
    )
  }
  const stored = header.readUInt16BE(16)
  const pages = header.readUInt32BE(28) * (stored === 1 ? 65536 : stored)
  if (!hasLog && statSync(file).size < pages) throw corrupt(file, 'its end is missing')
}

/** A holder of the exclusive lock keeps even readers out; any other trouble is left to the checks that follow. */
function probeLock(file: string) {
  const index = `${file}-shm`
  const hadIndex = existsSync(index)
  let sql: Sql | undefined
  try {
    sql = openSql(`${pathToFileURL(file).href}?mode=ro`)
    sql.exec('SELECT count(*) FROM sqlite_master')
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw locked(file, error)
  } finally {
    sql?.close()
    // Reading a file that has a log makes SQLite leave an index of the log, which no one here uses.
    if (!hadIndex) rmSync(index, { force: true })
  }
}

function quickCheck(file: string, location: string) {
  let sql: Sql | undefined
  try {
    sql = openSql(location)
    const [first] = sql.all('PRAGMA quick_check(1)')
    if (first?.[0] !== 'ok') throw corrupt(file, String(first?.[0] ?? 'it cannot be read'))
    sql.all('SELECT spec, multi FROM lh_indexes')
    sql.all('SELECT name FROM lh_collections')
  } catch (error) {
    throw error instanceof StoreFileError
      ? error
      : corrupt(file, String(error instanceof Error ? error.message : error), error)
  } finally {
    sql?.close()
  }
}

/**
 * SQLite folds the log into the file when it closes, which a damaged file must be spared: so a file without a log is
 * checked in place as immutable, and one with a log (after a crash) is checked as a copy.
 */
function checkPages(file: string, hasLog: boolean) {
  if (!hasLog) return quickCheck(file, `${pathToFileURL(file).href}?immutable=1`)
  const damage = walDamage(`${file}-wal`)
  if (damage) throw corrupt(file, `of its log ${file}-wal, ${damage}`)
  const copy = `${file}.check`
  const discard = () => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true })
  }
  discard()
  try {
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    quickCheck(file, copy)
  } finally {
    discard()
  }
}

/** Makes a new file under another name first, so that a file of ours is never found half made. */
function create(file: string) {
  const made = `${file}.new`
  for (const suffix of ['', '-journal', '-wal']) rmSync(made + suffix, { force: true })
  // Touched first for its mode: SQLite gives the log the file's own permissions.
  closeSync(openSync(made, 'wx', 0o600))
  chmodSync(made, 0o600)
  const sql = openSql(made)
  try {
    sql.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${FORMAT};`)
    sql.exec(SCHEMA)
    sql.all('PRAGMA journal_mode=WAL')
  } finally {
    sql.close()
  }
  try {
    linkSync(made, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(made, { force: true })
  }
  const folder = openSync(path.dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function configure(sql: Sql) {
  sql.all('PRAGMA locking_mode=EXCLUSIVE')
  sql.all('PRAGMA journal_mode=WAL')
  sql.all('PRAGMA synchronous=FULL')
  sql.all('PRAGMA secure_delete=ON')
  sql.all('PRAGMA cache_size=-65536')
  sql.all('PRAGMA temp_store=MEMORY')
}

function openExclusive(file: string): Sql {
  const sql = openSql(file)
  try {
    configure(sql)
    sql.exec('BEGIN EXCLUSIVE; COMMIT')
    return sql
  } catch (error) {
    sql.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw locked(file, error)
    throw corrupt(file, String(error instanceof Error ? error.message : error), error)
  }
}

/**
 * Lets go of the file. The binding closes a database only once every statement was garbage collected, so the lock and
 * the log are given up by hand first: leaving WAL folds the log in, and the next read in normal mode drops the lock.
 */
function closeExclusive(sql: Sql) {
  try {
    sql.all('PRAGMA journal_mode=DELETE')
    sql.all('PRAGMA locking_mode=NORMAL')
    sql.exec('SELECT count(*) FROM sqlite_master')
  } finally {
    sql.close()
  }
}

const place = (file: string) => path.join(realpathSync(path.dirname(path.resolve(file))), path.basename(file))

/**
 * Opens or makes the data file (its folder must exist) for this process alone, mode 0600, WAL, synchronous FULL,
 * secure_delete. Throws StoreFileError: EMBEDDED_LOCKED, EMBEDDED_FOREIGN, EMBEDDED_NEWER or EMBEDDED_CORRUPT, in
 * which case not a byte of the file or its log was changed.
 */
export function openFile(given: string): { sql: Sql; release: () => void } {
  if (given === ':memory:') {
    const sql = openSql(':memory:')
    sql.exec(SCHEMA)
    return { sql, release: () => sql.close() }
  }
  const file = place(given)
  if (held.has(file)) throw locked(file)
  const log = `${file}-wal`
  if (existsSync(file)) {
    const hasLog = existsSync(log) && statSync(log).size > 0
    probeLock(file)
    checkHeader(file, hasLog)
    checkPages(file, hasLog)
  } else {
    if (existsSync(log)) throw corrupt(file, `it is missing while its log ${log} is there`)
    create(file)
  }
  const sql = openExclusive(file)
  held.add(file)
  const release = () => {
    closeExclusive(sql)
    held.delete(file)
  }
  return { sql, release }
}
