import { EmbeddedUnsupported, writeError } from './errors.ts'
import { checkOptions, type Options, wholeOption } from './options.ts'
import { compileProjection } from './projection.ts'
import type { Row } from './rows.ts'
import { sortFields } from './sort.ts'
import { type Change, change, insert, type Query, remove, type Store, search, upsert } from './store.ts'
import { compileUpdate } from './update.ts'
import { type Doc, isDoc, plainDoc, type Value } from './value.ts'

/** The answers of the native driver, whose shapes mongoose passes on. */
export type UpdateAnswer = {
  acknowledged: true
  matchedCount: number
  modifiedCount: number
  upsertedCount: number
  upsertedId: Value
}

export const readFilter = (filter: unknown): Doc => plainDoc(filter, 'filter', 'a filter')
export const readDocument = (doc: unknown): Doc => plainDoc(doc, 'document', 'a document')

/** Reads an update of operators; a pipeline (an array) is refused. */
export function readUpdate(update: unknown, options: Options): Change {
  if (Array.isArray(update)) throw new EmbeddedUnsupported('an update by pipeline')
  const plainUpdate = plainDoc(update, 'filter', 'an update')
  checkOperands(plainUpdate)
  const filters = options.arrayFilters ?? []
  if (!Array.isArray(filters)) throw new EmbeddedUnsupported('arrayFilters that are no array')
  if (Object.keys(plainUpdate).some(key => !key.startsWith('$'))) {
    throw writeError(9, 'Update document requires atomic operators')
  }
  return { kind: 'update', apply: compileUpdate(plainUpdate, filters.map(readFilter)) }
}

// What an update stores must be storable; only $pull's operand is a condition, and $each and its like are clauses.
function checkOperands(update: Doc) {
  for (const [operator, fields] of Object.entries(update)) {
    if (operator === '$pull' || !isDoc(fields)) continue
    for (const operand of Object.values(fields)) {
      const clauses = (operator === '$push' || operator === '$addToSet') && isDoc(operand) && '$each' in operand
      readDocument({ value: clauses ? operand.$each : operand })
    }
  }
}

export function readReplacement(doc: unknown): Change {
  const plainDocument = plainDoc(doc, 'filter', 'a replacement')
  const operator = Object.keys(plainDocument).find(key => key.startsWith('$'))
  if (operator) throw writeError(9, `the replace operation document must not contain atomic operators (${operator})`)
  return { kind: 'replace', doc: readDocument(doc) }
}

export function readQuery(filter: unknown, options: Options): Query {
  return {
    filter: readFilter(filter),
    sort: sortFields(options.sort),
    skip: wholeOption(options, 'skip'),
    limit: wholeOption(options, 'limit'),
  }
}

export const readProjection = (options: Options) =>
  compileProjection(plainDoc(options.projection, 'filter', 'a projection'))

const answer = (matched: number, modified: number, upserted?: Row): UpdateAnswer => ({
  acknowledged: true,
  matchedCount: matched,
  modifiedCount: modified,
  upsertedCount: upserted ? 1 : 0,
  upsertedId: upserted ? (upserted.doc._id ?? null) : null,
})

/** updateOne, updateMany and replaceOne, inside a write. */
export function applyChange(store: Store, name: string, query: Query, how: Change, upserting: boolean): UpdateAnswer {
  const rows = search(store, name, query)
  if (rows.length === 0 && upserting) return answer(0, 0, upsert(store, name, query.filter, how))
  let modified = 0
  for (const row of rows) if (change(store, name, row, how).modified) modified++
  return answer(rows.length, modified)
}

/** deleteOne and deleteMany, inside a write. */
export function applyDelete(store: Store, name: string, query: Query): number {
  const rows = search(store, name, query)
  for (const row of rows) remove(store, name, row)
  return rows.length
}

const FIND_AND = [
  'sort',
  'projection',
  'upsert',
  'returnDocument',
  'returnOriginal',
  'includeResultMetadata',
  'arrayFilters',
  'new',
]

/** findOneAndUpdate, findOneAndReplace and (without `how`) findOneAndDelete. Returns the work to run inside a write. */
export function findAndModify(
  store: Store,
  operation: string,
  name: string,
  filter: unknown,
  given: Options | undefined,
  how?: (options: Options) => Change,
) {
  const options = checkOptions(operation, given, FIND_AND)
  const query: Query = { filter: readFilter(filter), sort: sortFields(options.sort), limit: 1 }
  const project = readProjection(options)
  const after = options.returnDocument === 'after' || options.new === true || options.returnOriginal === false
  const changeTo = how?.(options)
  const respond = (value: Doc | null, lastErrorObject: Record<string, unknown>) => {
    const shown = value ? project(value) : null
    return options.includeResultMetadata ? { value: shown, lastErrorObject, ok: 1 } : shown
  }
  return () => {
    const [row] = search(store, name, query)
    if (row && !changeTo) {
      remove(store, name, row)
      return respond(row.doc, { n: 1 })
    }
    if (row && changeTo) {
      const { after: next } = change(store, name, row, changeTo)
      return respond(after ? next : row.doc, { n: 1, updatedExisting: true })
    }
    if (changeTo && options.upsert) {
      const made = upsert(store, name, query.filter, changeTo)
      return respond(after ? made.doc : null, { n: 1, updatedExisting: false, upserted: made.doc._id })
    }
    return respond(null, changeTo ? { n: 0, updatedExisting: false } : { n: 0 })
  }
}

/** Inserts one document, inside a write; returns its _id. */
export const insertOne = (store: Store, name: string, doc: Doc): Value => insert(store, name, doc).doc._id ?? null
