import { type Catalog, openCatalog } from './catalog.ts'
import type { Cell, Sql } from './database.ts'
import { openFile } from './file.ts'
import { entriesOf } from './indexes.ts'
import { compileFilter } from './match.ts'
import { compare } from './order.ts'
import { type Path, visitPath } from './path.ts'
import { type Plan, planFor } from './plan.ts'
import { type Collection, deleteRow, idKey, immutableId, insertRow, type Row, readRow, updateRow } from './rows.ts'
import { type SortField, sorted } from './sort.ts'
import { seedOf, type Update } from './update.ts'
import { type Doc, own, type Value } from './value.ts'
import { createWriter, type Writer } from './writer.ts'

/** One open data file: everything below the mongoose driver. Calls are synchronous; `writer` makes them durable. */
export type Store = { sql: Sql; catalog: Catalog; writer: Writer; close(): void }

export type Query = { filter: Doc; sort?: SortField[]; skip?: number; limit?: number }

/** A change of one document: operators to apply, or a document to put in its place. */
export type Change = { kind: 'update'; apply: Update } | { kind: 'replace'; doc: Doc }

/** Opens the file; errors as openFile. */
export function openStore(file: string): Store {
  const { sql, release } = openFile(file)
  const catalog = openCatalog(sql)
  const writer = createWriter(sql, catalog)
  const close = () => {
    writer.flush()
    release()
  }
  return { sql, catalog, writer, close }
}

/** Candidates in chunks that double, so that the first match of a claim costs one row, not a page. */
function* candidates(sql: Sql, collection: Collection, plan: Plan, first: number): Generator<Row> {
  const text = `SELECT c.rid, c.doc, c.sum FROM ${plan.from}${plan.order} LIMIT ? OFFSET ?`
  if (plan.single) {
    for (const cells of one(sql, text, [...plan.args, 1, 0])) yield readRow(collection, cells)
    return
  }
  for (let size = first, offset = 0; ; offset += size, size = Math.min(size * 8, 100_000)) {
    const chunk = size === 1 ? one(sql, text, [...plan.args, 1, offset]) : sql.all(text, [...plan.args, size, offset])
    for (const cells of chunk) yield readRow(collection, cells)
    if (chunk.length < size) return
  }
}

/** A single row costs the binding far less than a list of one. */
function one(sql: Sql, text: string, args: Cell[]): Cell[][] {
  const cells = sql.get(text, args)
  return cells ? [cells] : []
}

/** Matching rows in order, with skip and limit applied (limit 0: all). */
export function search({ sql, catalog }: Store, name: string, query: Query): Row[] {
  const { filter, sort = [], skip = 0, limit = 0 } = query
  const matches = compileFilter(filter)
  const collection = catalog.find(name)
  if (!collection) return []
  const plan = planFor(collection.table, collection.indexes, filter, sort)
  const wanted = plan.sorted && limit > 0 ? skip + limit : Number.POSITIVE_INFINITY
  const chunk = wanted === Number.POSITIVE_INFINITY ? 100_000 : plan.exact ? wanted : Math.max(wanted, 8)
  const rows: Row[] = []
  for (const row of candidates(sql, collection, plan, chunk)) {
    if (plan.exact || matches(row.doc)) rows.push(row)
    if (rows.length >= wanted) break
  }
  const ordered = plan.sorted ? rows : sorted(rows, row => row.doc, sort)
  return ordered.slice(skip, limit > 0 ? skip + limit : undefined)
}

/** The SQL plan of a query, as EXPLAIN QUERY PLAN words it; for tests and for whoever wonders about a slow query. */
export function explain(
  { sql, catalog }: Store,
  name: string,
  query: Query,
): { index: string | undefined; detail: string[] } {
  const collection = catalog.find(name)
  if (!collection) return { index: undefined, detail: [] }
  const plan = planFor(collection.table, collection.indexes, query.filter, query.sort ?? [])
  const text = `EXPLAIN QUERY PLAN SELECT c.rid, c.doc, c.sum FROM ${plan.from}${plan.order}`
  return { index: plan.index, detail: sql.all(text, plan.args).map(row => String(row[3])) }
}

export function count(store: Store, name: string, query: Query): number {
  compileFilter(query.filter)
  const collection = store.catalog.find(name)
  if (!collection) return 0
  const plan = planFor(collection.table, collection.indexes, query.filter, [])
  if (!plan.exact) return search(store, name, query).length
  const all = Number(store.sql.get(`SELECT count(*) FROM ${plan.from}`, plan.args)?.[0] ?? 0)
  const rest = Math.max(0, all - (query.skip ?? 0))
  return query.limit ? Math.min(rest, query.limit) : rest
}

/** Each value once, in sorted order; arrays count by element. */
export function distinct(store: Store, name: string, path: Path, filter: Doc): Value[] {
  const found: Value[] = []
  for (const row of search(store, name, { filter })) {
    visitPath(row.doc, path, value => {
      if (Array.isArray(value)) found.push(...value)
      else if (value !== undefined) found.push(value)
    })
  }
  return found.sort(compare).filter((value, i) => i === 0 || compare(value, found[i - 1]) !== 0)
}

/** Inserts a document with its _id first, where MongoDB puts it. */
export function insert({ sql, catalog }: Store, name: string, doc: Doc): Row {
  idKey(doc)
  const { _id = null, ...rest } = doc
  return insertRow(sql, catalog.need(name), { _id, ...rest }, catalog.keepMulti)
}

export type Changed = { row: Row; after: Doc; modified: boolean }

/** Applies a change to a row. `row.doc` still is the document before it. */
export function change({ sql, catalog }: Store, name: string, row: Row, how: Change): Changed {
  const collection = catalog.need(name)
  const before = collection.indexes.map(index => entriesOf(row.doc, index))
  const after = changed(row, how)
  const modified = updateRow(sql, collection, row, before, after, catalog.keepMulti)
  return { row, after, modified }
}

function changed(row: Row, how: Change): Doc {
  if (how.kind === 'update') {
    const next = structuredDoc(row.doc)
    how.apply(next, false)
    return next
  }
  const id = own(row.doc, '_id') ?? null
  const given = own(how.doc, '_id')
  if (given !== undefined && compare(given, id) !== 0) throw immutableId()
  const { _id: _, ...rest } = how.doc
  return { _id: id, ...rest }
}

// Updates replace what they touch and change only containers, so leaves (dates, binaries) may be shared.
function structuredDoc(doc: Doc): Doc {
  const copy = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null || value.constructor !== Object) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
  }
  return Object.fromEntries(Object.entries(doc).map(([key, inner]) => [key, copy(inner)]))
}

/** Inserts what an upsert that matched nothing makes of its filter. */
export function upsert(store: Store, name: string, filter: Doc, how: Change): Row {
  const seed = seedOf(filter)
  if (how.kind === 'update') {
    how.apply(seed, true)
    return insert(store, name, seed)
  }
  const id = own(how.doc, '_id') ?? own(seed, '_id')
  return insert(store, name, id === undefined ? how.doc : { ...how.doc, _id: id })
}

export const remove = ({ sql, catalog }: Store, name: string, row: Row) => deleteRow(sql, catalog.need(name), row)
