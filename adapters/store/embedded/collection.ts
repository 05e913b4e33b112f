import mongoose from 'mongoose'
import { prepareAggregate } from './aggregate.ts'
import { prepareBulk } from './bulk.ts'
import { type Cursor, cursorOver } from './cursor.ts'
import { EmbeddedUnsupported } from './errors.ts'
import { describeIndex, readIndexSpec } from './indexes.ts'
import {
  applyChange,
  applyDelete,
  findAndModify,
  insertOne,
  readDocument,
  readFilter,
  readProjection,
  readQuery,
  readReplacement,
  readUpdate,
  type UpdateAnswer,
} from './operations.ts'
import { checkOptions, type Options } from './options.ts'
import { sortFields } from './sort.ts'
import { count, distinct, type Store, search } from './store.ts'
import type { Doc, Value } from './value.ts'

type ConnectionWithStore = { store(): Store }

/** Operations a model could ask for that have no embedded counterpart; each throws by name. */
const REFUSED = [
  'watch',
  'rename',
  'isCapped',
  'options',
  'initializeOrderedBulkOp',
  'initializeUnorderedBulkOp',
  'createSearchIndex',
  'createSearchIndexes',
  'updateSearchIndex',
  'dropSearchIndex',
  'listSearchIndexes',
  'count',
  'mapReduce',
  'geoHaystackSearch',
] as const

// mongoose's types derive BaseCollection from the MongoDB driver's Collection; at run time it is a bare queue holder.
const BaseCollection = mongoose.Mongoose.prototype.BaseCollection as unknown as new (
  name: string,
  connection: unknown,
  options?: unknown,
) => { readonly name: string; readonly conn: ConnectionWithStore; onOpen(): void }

/**
 * mongoose's driver collection. A class because that is the interface of a mongoose driver; each method reads its
 * arguments, refuses what is not supported, and hands the work to plain functions.
 */
export class EmbeddedCollection extends BaseCollection {
  get #store(): Store {
    return this.conn.store()
  }

  /** Reads wait for no one: what is open is committed first, so that nothing shown can be lost. */
  #read(): Store {
    const store = this.#store
    store.writer.flush()
    return store
  }

  find(filter: unknown, given?: Options): Cursor<Doc> {
    const options = checkOptions('find', given, ['sort', 'skip', 'limit', 'projection'])
    const query = readQuery(filter, options)
    const project = readProjection(options)
    return cursorOver(() => search(this.#read(), this.name, query).map(row => project(row.doc)))
  }

  async findOne(filter: unknown, given?: Options): Promise<Doc | null> {
    const options = checkOptions('findOne', given, ['sort', 'skip', 'limit', 'projection', 'singleBatch'])
    const query = { ...readQuery(filter, options), limit: 1 }
    const project = readProjection(options)
    const [row] = search(this.#read(), this.name, query)
    return row ? project(row.doc) : null
  }

  async countDocuments(filter: unknown, given?: Options): Promise<number> {
    return count(this.#read(), this.name, readQuery(filter, checkOptions('countDocuments', given, ['skip', 'limit'])))
  }

  async estimatedDocumentCount(given?: Options): Promise<number> {
    checkOptions('estimatedDocumentCount', given)
    return count(this.#read(), this.name, { filter: {} })
  }

  async distinct(field: string, filter: unknown, given?: Options): Promise<Value[]> {
    checkOptions('distinct', given)
    return distinct(this.#read(), this.name, field.split('.'), readFilter(filter))
  }

  aggregate(pipeline: readonly unknown[], given?: Options): Cursor<Doc> {
    checkOptions('aggregate', given, ['cursor'])
    const run = prepareAggregate(this.#store, this.name, pipeline)
    return cursorOver(() => {
      this.#read()
      return run()
    })
  }

  async insertOne(doc: unknown, given?: Options) {
    checkOptions('insertOne', given, ['forceServerObjectId'])
    const store = this.#store
    const document = readDocument(doc)
    const insertedId = await store.writer.write(() => insertOne(store, this.name, document))
    return { acknowledged: true, insertedId }
  }

  async insertMany(docs: readonly unknown[], given?: Options) {
    const options = checkOptions('insertMany', given, ['ordered', 'forceServerObjectId', 'throwOnValidationError'])
    const { ordered } = options
    const operations = docs.map(document => ({ insertOne: { document } }))
    const answer = await this.#bulk(operations, { ordered })
    return { acknowledged: true, insertedCount: answer.insertedCount, insertedIds: answer.insertedIds }
  }

  async bulkWrite(operations: readonly unknown[], given?: Options) {
    return this.#bulk(operations, given)
  }

  async #bulk(operations: readonly unknown[], given?: Options) {
    const store = this.#store
    const { work, settle } = prepareBulk(store, this.name, operations, given)
    await store.writer.write(work)
    return settle()
  }

  async updateOne(filter: unknown, update: unknown, given?: Options): Promise<UpdateAnswer> {
    return this.#update('updateOne', filter, update, given)
  }

  async updateMany(filter: unknown, update: unknown, given?: Options): Promise<UpdateAnswer> {
    return this.#update('updateMany', filter, update, given)
  }

  async #update(operation: 'updateOne' | 'updateMany', filter: unknown, update: unknown, given?: Options) {
    const single = operation === 'updateOne'
    const options = checkOptions(
      operation,
      given,
      single ? ['upsert', 'arrayFilters', 'sort'] : ['upsert', 'arrayFilters'],
    )
    const change = readUpdate(update, options)
    const query = { filter: readFilter(filter), sort: sortFields(options.sort), limit: single ? 1 : 0 }
    const store = this.#store
    return store.writer.write(() => applyChange(store, this.name, query, change, Boolean(options.upsert)))
  }

  async replaceOne(filter: unknown, doc: unknown, given?: Options): Promise<UpdateAnswer> {
    const options = checkOptions('replaceOne', given, ['upsert', 'sort'])
    const change = readReplacement(doc)
    const query = { filter: readFilter(filter), sort: sortFields(options.sort), limit: 1 }
    const store = this.#store
    return store.writer.write(() => applyChange(store, this.name, query, change, Boolean(options.upsert)))
  }

  async deleteOne(filter: unknown, given?: Options) {
    return this.#delete('deleteOne', filter, given)
  }

  async deleteMany(filter: unknown, given?: Options) {
    return this.#delete('deleteMany', filter, given)
  }

  async #delete(operation: 'deleteOne' | 'deleteMany', filter: unknown, given?: Options) {
    checkOptions(operation, given)
    const query = { filter: readFilter(filter), limit: operation === 'deleteOne' ? 1 : 0 }
    const store = this.#store
    const deletedCount = await store.writer.write(() => applyDelete(store, this.name, query))
    return { acknowledged: true, deletedCount }
  }

  async findOneAndUpdate(filter: unknown, update: unknown, given?: Options) {
    const store = this.#store
    const read = (options: Options) => readUpdate(update, options)
    return store.writer.write(findAndModify(store, 'findOneAndUpdate', this.name, filter, given, read))
  }

  async findOneAndReplace(filter: unknown, doc: unknown, given?: Options) {
    const store = this.#store
    const read = () => readReplacement(doc)
    return store.writer.write(findAndModify(store, 'findOneAndReplace', this.name, filter, given, read))
  }

  async findOneAndDelete(filter: unknown, given?: Options) {
    const store = this.#store
    return store.writer.write(findAndModify(store, 'findOneAndDelete', this.name, filter, given))
  }

  async createIndex(keys: unknown, options: Options = {}): Promise<string> {
    const spec = readIndexSpec(keys, options)
    const { writer, catalog } = this.#store
    await writer.write(() => catalog.createIndex(this.name, spec))
    return spec.name
  }

  async ensureIndex(keys: unknown, options: Options = {}): Promise<string> {
    return this.createIndex(keys, options)
  }

  async createIndexes(specs: readonly Options[], given?: Options): Promise<string[]> {
    checkOptions('createIndexes', given)
    const read = specs.map(({ key, ...options }) => readIndexSpec(key, options))
    const { writer, catalog } = this.#store
    await writer.write(() => {
      for (const spec of read) catalog.createIndex(this.name, spec)
    })
    return read.map(spec => spec.name)
  }

  listIndexes(given?: Options): Cursor<ReturnType<typeof describeIndex>> {
    checkOptions('listIndexes', given)
    return cursorOver(() => {
      const collection = this.#read().catalog.find(this.name)
      if (!collection) return []
      const id = { name: '_id_', fields: [{ path: '_id', direction: 1 as const }], unique: false, sparse: false }
      return [id, ...collection.indexes].map(describeIndex)
    })
  }

  async indexes(given?: Options) {
    return this.listIndexes(given).toArray()
  }

  async indexInformation() {
    const all = await this.indexes()
    return Object.fromEntries(all.map(index => [index.name, Object.entries(index.key)]))
  }

  async dropIndex(name: string, given?: Options) {
    checkOptions('dropIndex', given)
    const { writer, catalog } = this.#store
    await writer.write(() => catalog.dropIndex(this.name, name))
    return { ok: 1 }
  }

  async dropIndexes(given?: Options) {
    checkOptions('dropIndexes', given)
    const { writer, catalog } = this.#store
    await writer.write(() => {
      for (const { name } of catalog.find(this.name)?.indexes ?? []) catalog.dropIndex(this.name, name)
    })
    return true
  }

  async drop(given?: Options): Promise<boolean> {
    checkOptions('drop', given)
    const { writer, catalog } = this.#store
    return writer.write(() => catalog.drop(this.name))
  }
}

for (const operation of REFUSED) {
  Object.defineProperty(EmbeddedCollection.prototype, operation, {
    configurable: true,
    value: () => {
      throw new EmbeddedUnsupported(`the operation ${operation}`)
    },
  })
}
