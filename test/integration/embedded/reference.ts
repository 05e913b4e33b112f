import { isDeepStrictEqual } from 'node:util'
import { find, Query } from 'mingo'
import { updateOne } from 'mingo/updater'
import type { Operation, Plain } from './random-operations.ts'

/** What an operation answered: a value, or the code of the error. */
export type Outcome = { value: unknown } | { code: number }

const DUPLICATE: Outcome = { code: 11000 }

/** mingo's $addToSet also drops repeats that were there before, which MongoDB leaves alone; so it is spelled out here. */
function added(doc: Plain, fields: Plain): Plain {
  const entries = Object.entries(fields).map(([key, value]): [string, unknown[]] => {
    const there = Array.isArray(doc[key]) ? doc[key] : []
    return [key, there.includes(value) ? there : [...there, value]]
  })
  return Object.fromEntries(entries)
}

/**
 * A collection as an array, judged by mingo alone: no index, no code of the embedded engine. Documents are compared,
 * not trusted to mingo's counts. `u` is unique where present, as INDEXES declares.
 */
export function referenceCollection() {
  let docs: Plain[] = []
  const copy = <T>(value: T): T => structuredClone(value)
  const matching = (filter: Plain) => {
    const query = new Query(filter, {})
    return docs.filter(doc => query.test(doc))
  }
  const clash = (doc: Plain) => docs.some(other => other._id !== doc._id && doc.u !== undefined && other.u === doc.u)

  function changed(doc: Plain, update: Plain): Plain {
    const { $addToSet, ...rest } = update
    const next = [copy(doc)]
    if (Object.keys(rest).length > 0) updateOne(next, {}, rest, { cloneMode: 'deep' })
    const after = next[0] ?? doc
    return $addToSet ? { ...after, ...added(after, $addToSet as Plain) } : after
  }

  function put(next: Plain): Outcome | undefined {
    if (clash(next)) return DUPLICATE
    docs = docs.map(doc => (doc._id === next._id ? next : doc))
    return undefined
  }

  function changeOne(doc: Plain | undefined, next: (doc: Plain) => Plain): Outcome {
    if (!doc) return { value: { matched: 0, modified: 0 } }
    const after = next(doc)
    return put(after) ?? { value: { matched: 1, modified: isDeepStrictEqual(doc, after) ? 0 : 1 } }
  }

  function insert(doc: Plain): Outcome {
    if (docs.some(other => other._id === doc._id) || clash(doc)) return DUPLICATE
    docs.push(copy(doc))
    return { value: doc._id }
  }

  const ordered = (filter: Plain, sort: Record<string, 1 | -1>): Plain[] => {
    const cursor = find<Plain>(docs, filter, {}, {})
    return Object.keys(sort).length > 0 ? cursor.sort(sort).all() : cursor.all()
  }

  function run(operation: Operation): Outcome {
    switch (operation.kind) {
      case 'insertOne':
        return insert(operation.doc)
      case 'find': {
        const { skip, limit } = operation
        return { value: copy(ordered(operation.filter, operation.sort).slice(skip, limit ? skip + limit : undefined)) }
      }
      case 'count':
        return { value: matching(operation.filter).length }
      case 'distinct': {
        const values = matching(operation.filter).flatMap(doc =>
          operation.field.split('.').reduce<unknown>((at, key) => (at as Plain | undefined)?.[key], doc),
        )
        const seen: unknown[] = []
        for (const value of values) {
          if (value !== undefined && !seen.some(other => isDeepStrictEqual(other, value))) seen.push(value)
        }
        return { value: seen }
      }
      case 'updateOne':
        return changeOne(ordered(operation.filter, operation.sort)[0], doc => changed(doc, operation.update))
      case 'findOneAndUpdate': {
        const doc = ordered(operation.filter, operation.sort)[0]
        if (!doc) return { value: null }
        const next = changed(doc, operation.update)
        return put(next) ?? { value: copy(next) }
      }
      case 'upsert': {
        const { $setOnInsert, ...update } = operation.update
        const [doc] = matching(operation.filter)
        if (doc) return changeOne(doc, before => changed(before, update))
        const made = insert({ ...changed(operation.filter, update), ...($setOnInsert as Plain) })
        return 'code' in made ? made : { value: { matched: 0, modified: 0 } }
      }
      case 'updateMany': {
        const found = matching(operation.filter)
        const nexts = found.map(doc => changed(doc, operation.update))
        const modified = found.filter((doc, i) => !isDeepStrictEqual(doc, nexts[i])).length
        for (const next of nexts) put(next)
        return { value: { matched: found.length, modified } }
      }
      case 'replaceOne':
        return changeOne(matching(operation.filter)[0], () => copy(operation.doc))
      case 'deleteOne':
      case 'deleteMany': {
        const found = matching(operation.filter)
        const gone = new Set(operation.kind === 'deleteOne' ? found.slice(0, 1) : found)
        docs = docs.filter(doc => !gone.has(doc))
        return { value: gone.size }
      }
    }
  }

  return { run, all: () => copy(docs) }
}
