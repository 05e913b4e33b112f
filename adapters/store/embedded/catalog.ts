import { decode, encode } from './codec.ts'
import type { Sql } from './database.ts'
import { writeError } from './errors.ts'
import { buildIndex, type Index, type IndexSpec } from './indexes.ts'
import { type Collection, fillIndex, type KeepMulti } from './rows.ts'

export type Catalog = {
  /** The collection if it was ever written to. */
  find(name: string): Collection | undefined
  /** The collection, made if need be. Only inside a write. */
  need(name: string): Collection
  names(): string[]
  createIndex(name: string, spec: IndexSpec): void
  dropIndex(name: string, index: string): void
  /** Removes documents and indexes; false if there was no such collection. */
  drop(name: string): boolean
  keepMulti: KeepMulti
  /** Forgets what memory holds, after a rollback took back what the file held. */
  undone(): void
  /** What was changed so far can no longer be taken back. */
  committed(): void
}

const storedSpec = (spec: IndexSpec) => {
  const { name, fields, unique, sparse, partial } = spec
  return encode({ name, fields, unique, sparse, ...(partial && { partial }) })
}

/** Which collections and indexes the file holds; read once, then kept in step by the writes that change it. */
export function openCatalog(sql: Sql): Catalog {
  const known = new Map<string, Collection | undefined>()
  let changed = false

  function load(name: string): Collection | undefined {
    const n = Number(sql.get('SELECT n FROM lh_collections WHERE name = ?', [name])?.[0] ?? 0)
    if (n === 0) return undefined
    const rows = sql.all('SELECT n, spec, multi FROM lh_indexes WHERE collection = ? ORDER BY n', [n])
    const indexes = rows.map(([id, spec, multi]) =>
      buildIndex(Number(id), readSpec(String(spec)), JSON.parse(String(multi))),
    )
    return { n, name, table: `c${n}`, indexes }
  }

  function find(name: string) {
    if (!known.has(name)) known.set(name, load(name))
    return known.get(name)
  }

  function need(name: string): Collection {
    const there = find(name)
    if (there) return there
    changed = true
    sql.run('INSERT INTO lh_collections (name) VALUES (?)', [name])
    const n = Number(sql.get('SELECT n FROM lh_collections WHERE name = ?', [name])?.[0])
    sql.exec(
      `CREATE TABLE c${n} (rid INTEGER PRIMARY KEY, id NOT NULL UNIQUE, doc TEXT NOT NULL, sum INTEGER NOT NULL)`,
    )
    const made: Collection = { n, name, table: `c${n}`, indexes: [] }
    known.set(name, made)
    return made
  }

  const keepMulti: KeepMulti = index => {
    changed = true
    sql.run('UPDATE lh_indexes SET multi = ? WHERE n = ?', [JSON.stringify(index.multi), index.n])
  }

  function createIndex(name: string, spec: IndexSpec) {
    const collection = need(name)
    const text = storedSpec(spec)
    const same = collection.indexes.find(index => index.name === spec.name)
    if (same && storedSpec(same) === text) return
    if (same || spec.name === '_id_') {
      throw writeError(86, `An existing index has the same name as the requested index: ${spec.name}`)
    }
    const keys = JSON.stringify(spec.fields)
    const twin = collection.indexes.find(
      i => JSON.stringify(i.fields) === keys && storedSpec({ ...i, name: spec.name }) === text,
    )
    if (twin) throw writeError(85, `Index already exists with a different name: ${twin.name}`)
    changed = true
    const multi = spec.fields.map(() => false)
    const row = [collection.n, spec.name, text, JSON.stringify(multi)]
    sql.run('INSERT INTO lh_indexes (collection, name, spec, multi) VALUES (?, ?, ?, ?)', row)
    const n = Number(
      sql.get('SELECT n FROM lh_indexes WHERE collection = ? AND name = ?', [collection.n, spec.name])?.[0],
    )
    const index: Index = buildIndex(n, spec, multi)
    fillIndex(sql, collection, index, keepMulti)
    collection.indexes.push(index)
  }

  function dropIndex(name: string, given: string) {
    const collection = find(name)
    const index = collection?.indexes.find(candidate => candidate.name === given)
    if (!collection || !index) throw writeError(27, `index not found with name [${given}]`)
    changed = true
    sql.run('DELETE FROM lh_indexes WHERE n = ?', [index.n])
    sql.exec(`DROP TABLE ${index.table}`)
    collection.indexes = collection.indexes.filter(candidate => candidate !== index)
  }

  function drop(name: string) {
    const collection = find(name)
    if (!collection) return false
    changed = true
    for (const index of collection.indexes) sql.exec(`DROP TABLE ${index.table}`)
    sql.exec(`DROP TABLE ${collection.table}`)
    sql.run('DELETE FROM lh_indexes WHERE collection = ?', [collection.n])
    sql.run('DELETE FROM lh_collections WHERE n = ?', [collection.n])
    known.set(name, undefined)
    return true
  }

  function undone() {
    if (changed) known.clear()
  }

  function committed() {
    changed = false
  }

  const names = () => sql.all('SELECT name FROM lh_collections ORDER BY n').map(([name]) => String(name))
  return { find, need, names, createIndex, dropIndex, drop, keepMulti, undone, committed }
}

// Written by storedSpec alone, in a file whose pages were checked.
const readSpec = (text: string) => decode(text) as unknown as IndexSpec
