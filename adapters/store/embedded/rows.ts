import { crc32 } from 'node:zlib'
import { decode, encode } from './codec.ts'
import type { Cell, Sql } from './database.ts'
import { duplicateKey, EmbeddedUnsupported, StoreFileError, writeError } from './errors.ts'
import { type Entries, entriesOf, type Index, sameKeys } from './indexes.ts'
import { type Key, keyOf } from './order.ts'
import { type Doc, own } from './value.ts'

/** A collection's tables: documents in `table`, one more table an index. */
export type Collection = { n: number; name: string; table: string; indexes: Index[] }
export type Row = { rid: number; text: string; doc: Doc }
/** Called when an index first meets an array in a field, so that the file remembers it. */
export type KeepMulti = (index: Index) => void

/** Reads a row the planner's SQL selected (rid, doc, sum). Throws EMBEDDED_CORRUPT if its checksum does not fit. */
export function readRow(collection: Collection, cells: readonly Cell[]): Row {
  const [rid, text, sum] = cells
  if (typeof rid !== 'number' || typeof text !== 'string' || crc32(text) !== sum) {
    const what = `document ${String(rid)} of collection ${collection.name}`
    throw new StoreFileError(
      'EMBEDDED_CORRUPT',
      collection.name,
      `The data file is damaged: ${what} fails its checksum. Stop and restore the last backup.`,
    )
  }
  return { rid, text, doc: decode(text) }
}

const columns = (index: Index) => index.fields.map((_, i) => `k${i}`)

const insertSql = (index: Index) =>
  `INSERT INTO ${index.table} VALUES (${columns(index)
    .map(() => '?')
    .join(', ')}, ?)`
const deleteSql = (index: Index) =>
  `DELETE FROM ${index.table} WHERE ${columns(index)
    .map(column => `${column} = ?`)
    .join(' AND ')} AND rid = ?`
const moveSql = (index: Index) => {
  const list = columns(index)
  const [set, where] = [list.map(column => `${column} = ?`).join(', '), list.map(c => `${c} = ?`).join(' AND ')]
  return `UPDATE ${index.table} SET ${set} WHERE ${where} AND rid = ?`
}
const clashSql = (index: Index) =>
  `SELECT rid FROM ${index.table} WHERE ${columns(index)
    .map(column => `${column} = ?`)
    .join(' AND ')} AND rid <> ? LIMIT 1`

const valueAt = (doc: Doc, path: readonly string[]) =>
  path.reduce<unknown>((at, part) => (at as Doc | undefined)?.[part], doc)

function checkUnique(sql: Sql, collection: Collection, index: Index, doc: Doc, added: Key[][], rid: number) {
  if (!index.unique) return
  for (const keys of added) {
    if (!sql.get(clashSql(index), [...keys, rid])) continue
    const values = index.fields.map((field, i) => [field.path, valueAt(doc, index.paths[i] ?? []) ?? null])
    throw duplicateKey(collection.name, index.name, Object.fromEntries(values))
  }
}

function noteArrays(index: Index, entries: Entries, keep: KeepMulti) {
  const more = entries.arrays.some((array, i) => array && !index.multi[i])
  if (!more) return
  index.multi = index.multi.map((known, i) => known || (entries.arrays[i] ?? false))
  keep(index)
}

/** The key of an _id: a string or a number. Others are refused, and so is none, since nothing here makes identities. */
export function idKey(doc: Doc): Key {
  const id = own(doc, '_id')
  if (typeof id !== 'string' && typeof id !== 'number') {
    throw new EmbeddedUnsupported('an _id that is not a string or number', 'Give each document a string _id.')
  }
  return keyOf(id)
}

const byIdSql = (collection: Collection) => `SELECT rid FROM ${collection.table} WHERE id = ?`

/** Stores a new document. Throws E11000 before anything is written. */
export function insertRow(sql: Sql, collection: Collection, doc: Doc, keep: KeepMulti): Row {
  const id = idKey(doc)
  const text = encode(doc)
  const entries = collection.indexes.map(index => entriesOf(doc, index))
  if (sql.get(byIdSql(collection), [id])) throw duplicateKey(collection.name, '_id_', { _id: doc._id ?? null })
  for (const [i, index] of collection.indexes.entries()) {
    checkUnique(sql, collection, index, doc, entries[i]?.keys ?? [], -1)
  }
  sql.run(`INSERT INTO ${collection.table} (id, doc, sum) VALUES (?, ?, ?)`, [id, text, crc32(text)])
  const rid = Number(sql.get('SELECT last_insert_rowid()')?.[0])
  for (const [i, index] of collection.indexes.entries()) {
    const made = entries[i]
    if (!made) continue
    for (const keys of made.keys) sql.run(insertSql(index), [...keys, rid])
    noteArrays(index, made, keep)
  }
  return { rid, text, doc }
}

/**
 * Puts `next` in the place of a row. `before` holds the row's index entries, taken before it was changed in memory.
 * Returns whether anything differs; an unchanged document is not written.
 */
export function updateRow(
  sql: Sql,
  collection: Collection,
  row: Row,
  before: Entries[],
  next: Doc,
  keep: KeepMulti,
): boolean {
  const text = encode(next)
  if (text === row.text) return false
  const changes = collection.indexes.map((index, i) => {
    const old = before[i]?.keys ?? []
    const entries = entriesOf(next, index)
    const added = entries.keys.filter(keys => !old.some(there => sameKeys(there, keys)))
    const removed = old.filter(keys => !entries.keys.some(there => sameKeys(there, keys)))
    return { index, entries, added, removed }
  })
  for (const { index, added } of changes) checkUnique(sql, collection, index, next, added, row.rid)
  sql.run(`UPDATE ${collection.table} SET doc = ?, sum = ? WHERE rid = ?`, [text, crc32(text), row.rid])
  for (const { index, entries, added, removed } of changes) {
    const [from, to] = [removed[0], added[0]]
    if (from && to && removed.length === 1 && added.length === 1) {
      // The usual case, in one statement.
      sql.run(moveSql(index), [...to, ...from, row.rid])
    } else {
      for (const keys of removed) sql.run(deleteSql(index), [...keys, row.rid])
      for (const keys of added) sql.run(insertSql(index), [...keys, row.rid])
    }
    noteArrays(index, entries, keep)
  }
  return true
}

export function deleteRow(sql: Sql, collection: Collection, row: Row) {
  sql.run(`DELETE FROM ${collection.table} WHERE rid = ?`, [row.rid])
  for (const index of collection.indexes) {
    for (const keys of entriesOf(row.doc, index).keys) sql.run(deleteSql(index), [...keys, row.rid])
  }
}

/** Makes an index's table and fills it. Throws E11000 if the documents there are not unique. */
export function fillIndex(sql: Sql, collection: Collection, index: Index, keep: KeepMulti) {
  const list = columns(index)
  sql.exec(
    `CREATE TABLE ${index.table} (${list.map(column => `${column} NOT NULL`).join(', ')}, rid INTEGER NOT NULL, ` +
      `PRIMARY KEY (${[...list, 'rid'].join(', ')})) WITHOUT ROWID`,
  )
  let last = 0
  for (;;) {
    const page = sql.all(`SELECT rid, doc, sum FROM ${collection.table} WHERE rid > ? ORDER BY rid LIMIT 1000`, [last])
    if (page.length === 0) return
    for (const cells of page) {
      const row = readRow(collection, cells)
      const entries = entriesOf(row.doc, index)
      checkUnique(sql, collection, index, row.doc, entries.keys, row.rid)
      for (const keys of entries.keys) sql.run(insertSql(index), [...keys, row.rid])
      noteArrays(index, entries, keep)
      last = row.rid
    }
  }
}

/** A server-like refusal for an _id that a replacement would change. */
export const immutableId = () =>
  writeError(66, "After applying the update, the (immutable) field '_id' was found to have been altered")
