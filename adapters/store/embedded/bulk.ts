import mongoose from 'mongoose'
import { EmbeddedUnsupported } from './errors.ts'
import {
  applyChange,
  applyDelete,
  insertOne,
  readDocument,
  readFilter,
  readReplacement,
  readUpdate,
} from './operations.ts'
import { checkOptions, type Options } from './options.ts'
import { sortFields } from './sort.ts'
import type { Store } from './store.ts'
import type { Value } from './value.ts'

/** The counts of a bulk write, as the native driver's BulkWriteResult names them. */
export type BulkAnswer = {
  ok: 1
  acknowledged: true
  insertedCount: number
  matchedCount: number
  modifiedCount: number
  deletedCount: number
  upsertedCount: number
  insertedIds: Record<number, Value>
  upsertedIds: Record<number, Value>
  getWriteErrors(): BulkFailure[]
}

export type BulkFailure = {
  index: number
  code: number
  errmsg: string
  err: { index: number; code: number; errmsg: string; op: unknown }
}

type Step = (answer: BulkAnswer, index: number) => void

const UPDATE = ['filter', 'update', 'upsert', 'arrayFilters', 'sort']

function updating(store: Store, name: string, kind: 'updateOne' | 'updateMany' | 'replaceOne', op: Options): Step {
  const options = checkOptions(
    `bulkWrite ${kind}`,
    op,
    kind === 'replaceOne' ? ['filter', 'replacement', 'upsert', 'sort'] : UPDATE,
  )
  const change = kind === 'replaceOne' ? readReplacement(options.replacement) : readUpdate(options.update, options)
  const limit = kind === 'updateMany' ? 0 : 1
  const query = { filter: readFilter(options.filter), sort: sortFields(options.sort), limit }
  return (answer, index) => {
    const done = applyChange(store, name, query, change, Boolean(options.upsert))
    answer.matchedCount += done.matchedCount
    answer.modifiedCount += done.modifiedCount
    answer.upsertedCount += done.upsertedCount
    if (done.upsertedCount > 0) answer.upsertedIds[index] = done.upsertedId
  }
}

function deleting(store: Store, name: string, kind: 'deleteOne' | 'deleteMany', op: Options): Step {
  const options = checkOptions(`bulkWrite ${kind}`, op, ['filter'])
  const query = { filter: readFilter(options.filter), limit: kind === 'deleteOne' ? 1 : 0 }
  return answer => {
    answer.deletedCount += applyDelete(store, name, query)
  }
}

function inserting(store: Store, name: string, op: Options): Step {
  const doc = readDocument(op.document ?? op)
  return (answer, index) => {
    const id = insertOne(store, name, doc)
    answer.insertedCount++
    answer.insertedIds[index] = id
  }
}

function step(store: Store, name: string, operation: unknown): Step {
  const [entry, more] = Object.entries(operation ?? {})
  const [kind, op] = entry ?? []
  if (kind === undefined || more !== undefined || typeof op !== 'object' || op === null) {
    throw new EmbeddedUnsupported('a bulkWrite operation without exactly one kind')
  }
  switch (kind) {
    case 'insertOne':
      return inserting(store, name, op)
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne':
      return updating(store, name, kind, op)
    case 'deleteOne':
    case 'deleteMany':
      return deleting(store, name, kind, op)
    default:
      throw new EmbeddedUnsupported(`the bulkWrite operation ${kind}`)
  }
}

const isServerError = (error: unknown): error is InstanceType<typeof mongoose.mongo.MongoServerError> =>
  error instanceof mongoose.mongo.MongoServerError

function bulkError(failures: BulkFailure[], answer: BulkAnswer) {
  const [first] = failures
  const message = first?.errmsg ?? 'bulk write failed'
  // The driver's constructor types want its private result class; these are the fields that callers read.
  const result = answer as unknown as ConstructorParameters<typeof mongoose.mongo.MongoBulkWriteError>[1]
  const error = new mongoose.mongo.MongoBulkWriteError({ message, code: first?.code ?? 0, writeErrors: [] }, result)
  return Object.assign(error, { writeErrors: failures, result: answer, insertedDocs: undefined })
}

/**
 * Prepares a bulk write: everything refused is refused here, before anything is written. The work it returns runs
 * inside one write, each operation undone alone if it fails; `settle` turns its outcome into the answer or the error.
 */
export function prepareBulk(store: Store, name: string, operations: readonly unknown[], given: Options | undefined) {
  const options = checkOptions('bulkWrite', given, ['ordered', 'forceServerObjectId'])
  const steps = operations.map(operation => step(store, name, operation))
  const failures: BulkFailure[] = []
  const answer: BulkAnswer = {
    ok: 1,
    acknowledged: true,
    insertedCount: 0,
    matchedCount: 0,
    modifiedCount: 0,
    deletedCount: 0,
    upsertedCount: 0,
    insertedIds: {},
    upsertedIds: {},
    getWriteErrors: () => failures,
  }
  const work = () => {
    for (const [index, run] of steps.entries()) {
      try {
        store.writer.atomically(() => run(answer, index))
      } catch (error) {
        // Only what a server would answer for one operation is gathered; a refusal or a full disk undoes them all.
        if (!isServerError(error)) throw error
        const code = Number(error.code ?? 0)
        const errmsg = error.message
        failures.push({ index, code, errmsg, err: { index, code, errmsg, op: operations[index] } })
        if (options.ordered !== false) return
      }
    }
  }
  const settle = () => {
    if (failures.length > 0) throw bulkError(failures, answer)
    return answer
  }
  return { work, settle }
}
