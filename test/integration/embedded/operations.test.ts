import { Schema } from 'mongoose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Embedded, openEmbedded } from '../../../adapters/store/embedded/open.ts'

type Task = {
  _id: string
  tenant: string
  person?: string
  wakeAt?: Date | null
  state?: string
  tries?: number
  tags?: string[]
  token?: Buffer
  detail?: unknown
}

const schema = () =>
  new Schema<Task>(
    {
      _id: { type: String, required: true },
      tenant: { type: String, required: true },
      person: String,
      wakeAt: Date,
      state: String,
      tries: Number,
      tags: { type: [String], default: undefined },
      token: Buffer,
      detail: Schema.Types.Mixed,
    },
    { versionKey: false, minimize: false },
  )

let store: Embedded
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))

beforeEach(() => {
  store = openEmbedded({ file: ':memory:' })
})
afterEach(() => store.close())

const tasks = () => store.connection.model<Task>('Task', schema(), 'tasks')

async function failure(work: PromiseLike<unknown>): Promise<Record<string, unknown>> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return { ...error }
  }
  throw new Error('it should have failed')
}

describe('a document in the embedded store', () => {
  it('comes back as it was stored: dates, buffers, nulls, nesting and field order', async () => {
    const Tasks = tasks()
    const detail = { z: [1, 'two', null, { d: at(3) }], a: { deep: true }, minus: -0 }
    await Tasks.create({ _id: 'a', tenant: 't', wakeAt: at(1), token: Buffer.from([0, 255]), detail })
    const found = await Tasks.findOne({ _id: 'a' }).lean()
    expect(found?.wakeAt).toEqual(at(1))
    expect(found?.detail).toEqual(detail)
    expect(Object.keys(found?.detail ?? {})).toEqual(['z', 'a', 'minus'])
    const token: unknown = found?.token
    expect(token).toBeInstanceOf(store.mongoose.mongo.Binary)
    expect(Buffer.from((token as { value(): Uint8Array }).value())).toEqual(Buffer.from([0, 255])) // checked just above
  })

  it('is refused when its id is taken, with the error a server gives', async () => {
    const Tasks = tasks()
    await Tasks.create({ _id: 'a', tenant: 't' })
    const error = await failure(Tasks.create({ _id: 'a', tenant: 'u' }))
    expect(error).toMatchObject({ code: 11000, keyValue: { _id: 'a' } })
    expect(await Tasks.findOne({ _id: 'a' }).lean()).toEqual({ _id: 'a', tenant: 't' })
  })
})

describe('reading', () => {
  beforeEach(async () => {
    await tasks().insertMany([
      { _id: 'a', tenant: 't', tries: 3, wakeAt: at(3), tags: ['x', 'y'] },
      { _id: 'b', tenant: 't', tries: 1, wakeAt: at(1) },
      { _id: 'c', tenant: 'u', tries: 2, wakeAt: null, tags: ['y'] },
    ])
  })

  it('finds, sorts, skips, limits and projects', async () => {
    const Tasks = tasks()
    expect((await Tasks.find({ tenant: 't' }).sort({ wakeAt: 1 }).lean()).map(t => t._id)).toEqual(['b', 'a'])
    expect((await Tasks.find().sort('-tries').skip(1).limit(1).lean()).map(t => t._id)).toEqual(['c'])
    expect(await Tasks.findOne({ _id: 'a' }, { tries: 1 }).lean()).toEqual({ _id: 'a', tries: 3 })
    expect(await Tasks.findOne({ _id: 'b' }, { _id: 0, wakeAt: 0 }).lean()).toEqual({ tenant: 't', tries: 1 })
    expect((await Tasks.find({ wakeAt: null }).lean()).map(t => t._id)).toEqual(['c'])
    expect((await Tasks.find({ tags: 'y' }).lean()).map(t => t._id)).toEqual(['a', 'c'])
  })

  it('answers the same question alike, whether it was asked for one document or many before', async () => {
    const Tasks = tasks()
    const one = async (filter: object) => (await Tasks.findOne(filter).lean())?._id
    expect(await one({ _id: 'zz', tries: 9 })).toBeUndefined()
    expect(await one({ _id: 'a' })).toBe('a')
    expect(await one({ _id: 'a', tries: 3 })).toBe('a')
    expect(await one({ _id: 'zz' })).toBeUndefined()
  })

  it('streams a cursor', async () => {
    const seen: string[] = []
    for await (const task of tasks().find().sort({ _id: 1 }).lean().cursor()) seen.push(task._id)
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  it('counts and lists distinct values', async () => {
    const Tasks = tasks()
    expect(await Tasks.countDocuments({ tenant: 't' })).toBe(2)
    expect(await Tasks.estimatedDocumentCount()).toBe(3)
    expect(await Tasks.distinct('tags')).toEqual(['x', 'y'])
    expect(await Tasks.exists({ _id: 'zz' })).toBeNull()
  })

  it('aggregates', async () => {
    const groups = await tasks().aggregate([
      { $match: { tenant: { $in: ['t', 'u'] } } },
      { $group: { _id: '$tenant', n: { $sum: 1 }, most: { $max: '$tries' } } },
      { $sort: { _id: 1 } },
    ])
    expect(groups).toEqual([
      { _id: 't', n: 2, most: 3 },
      { _id: 'u', n: 1, most: 2 },
    ])
  })
})

describe('changing', () => {
  it('counts as modified only what differs', async () => {
    const Tasks = tasks()
    await Tasks.create({ _id: 'a', tenant: 't', tries: 1 })
    expect(await Tasks.updateOne({ _id: 'a' }, { $set: { tries: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    })
    expect(await Tasks.updateOne({ _id: 'a' }, { $inc: { tries: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    })
    expect(await Tasks.updateOne({ _id: 'zz' }, { $inc: { tries: 1 } })).toMatchObject({
      matchedCount: 0,
      modifiedCount: 0,
    })
  })

  it('applies the update operators', async () => {
    const Tasks = tasks()
    await Tasks.create({ _id: 'a', tenant: 't', tries: 5, state: 'old', tags: ['p', 'q'], detail: { n: 1, m: 9 } })
    await Tasks.updateOne(
      { _id: 'a' },
      { $unset: { state: 1 }, $min: { tries: 2 }, $max: { 'detail.n': 4 }, $set: { 'detail.new.deep': true } },
    )
    await Tasks.updateOne({ _id: 'a' }, { $push: { tags: { $each: ['r', 's'], $slice: -3 } } })
    await Tasks.updateOne({ _id: 'a' }, { $addToSet: { tags: { $each: ['s', 't'] } } })
    await Tasks.updateOne({ _id: 'a' }, { $pull: { tags: { $in: ['r'] } } })
    expect(await Tasks.findById('a').lean()).toEqual({
      _id: 'a',
      tenant: 't',
      tries: 2,
      tags: ['q', 's', 't'],
      detail: { n: 4, m: 9, new: { deep: true } },
    })
  })

  it('changes the array elements a filter chooses', async () => {
    const Tasks = tasks()
    await Tasks.create({
      _id: 'a',
      tenant: 't',
      detail: {
        items: [
          { k: 1, v: 0 },
          { k: 2, v: 0 },
        ],
      },
    })
    await Tasks.updateOne({ _id: 'a' }, { $set: { 'detail.items.$[two].v': 7 } }, { arrayFilters: [{ 'two.k': 2 }] })
    await Tasks.updateOne({ _id: 'a' }, { $inc: { 'detail.items.$[].k': 10 } })
    expect((await Tasks.findById('a').lean())?.detail).toEqual({
      items: [
        { k: 11, v: 0 },
        { k: 12, v: 7 },
      ],
    })
  })

  it('upserts from the filter, the update and $setOnInsert', async () => {
    const Tasks = tasks()
    const update = { $set: { state: 'due' }, $setOnInsert: { tries: 0 } }
    const first = await Tasks.updateOne({ _id: 'a', tenant: 't' }, update, { upsert: true })
    expect(first).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1, upsertedId: 'a' })
    await Tasks.updateOne(
      { _id: 'a', tenant: 't' },
      { $inc: { tries: 1 }, $setOnInsert: { state: 'never' } },
      { upsert: true },
    )
    expect(await Tasks.findById('a').lean()).toEqual({ _id: 'a', tenant: 't', state: 'due', tries: 1 })
  })

  it('updates many and replaces one', async () => {
    const Tasks = tasks()
    await Tasks.insertMany([
      { _id: 'a', tenant: 't' },
      { _id: 'b', tenant: 't', state: 'x' },
    ])
    expect(await Tasks.updateMany({ tenant: 't' }, { $set: { state: 'x' } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    })
    expect(await Tasks.replaceOne({ _id: 'a' }, { tenant: 'u' })).toMatchObject({ modifiedCount: 1 })
    expect(await Tasks.findById('a').lean()).toEqual({ _id: 'a', tenant: 'u' })
    expect(await Tasks.findOneAndReplace({ _id: 'b' }, { tenant: 'v' }, { returnDocument: 'after' }).lean()).toEqual({
      _id: 'b',
      tenant: 'v',
    })
  })

  it('returns the document before or after, and says whether it was made', async () => {
    const Tasks = tasks()
    await Tasks.create({ _id: 'a', tenant: 't', tries: 1 })
    const up = { $inc: { tries: 1 } }
    expect(await Tasks.findOneAndUpdate({ _id: 'a' }, up, { returnDocument: 'before' }).lean()).toMatchObject({
      tries: 1,
    })
    expect(await Tasks.findOneAndUpdate({ _id: 'a' }, up, { returnDocument: 'after' }).lean()).toMatchObject({
      tries: 3,
    })
    const made = await Tasks.findOneAndUpdate({ _id: 'n', tenant: 't' }, up, {
      upsert: true,
      returnDocument: 'after',
      includeResultMetadata: true,
    }).lean()
    expect(made).toMatchObject({
      value: { _id: 'n', tries: 1 },
      lastErrorObject: { updatedExisting: false, upserted: 'n' },
      ok: 1,
    })
    expect(await Tasks.findOneAndUpdate({ _id: 'zz' }, up).lean()).toBeNull()
    expect(await Tasks.findOneAndDelete({ _id: 'n' }).lean()).toMatchObject({ _id: 'n' })
  })

  it('claims the earliest due document and leaves absent times alone', async () => {
    const Tasks = tasks()
    await Tasks.collection.createIndex({ tenant: 1, wakeAt: 1 })
    await Tasks.insertMany([
      { _id: 'late', tenant: 't', wakeAt: at(9) },
      { _id: 'second', tenant: 't', wakeAt: at(2) },
      { _id: 'first', tenant: 't', wakeAt: at(1) },
      { _id: 'never', tenant: 't' },
      { _id: 'other', tenant: 'u', wakeAt: at(0) },
    ])
    const claim = () =>
      Tasks.findOneAndUpdate(
        { tenant: 't', wakeAt: { $lte: at(5) } },
        { $set: { wakeAt: at(60) } },
        { sort: { wakeAt: 1 } },
      ).lean()
    expect((await claim())?._id).toBe('first')
    expect((await claim())?._id).toBe('second')
    expect(await claim()).toBeNull()
  })

  it('deletes one or many', async () => {
    const Tasks = tasks()
    await Tasks.insertMany(['a', 'b', 'c'].map(_id => ({ _id, tenant: 't' })))
    expect(await Tasks.deleteOne({ tenant: 't' })).toMatchObject({ deletedCount: 1 })
    expect(await Tasks.deleteMany({ tenant: 't' })).toMatchObject({ deletedCount: 2 })
    expect(await Tasks.countDocuments()).toBe(0)
  })

  it('keeps concurrent writes of one turn apart: a failing one undoes only itself', async () => {
    const Tasks = tasks()
    const results = await Promise.allSettled([
      Tasks.create({ _id: 'a', tenant: 't' }),
      Tasks.create({ _id: 'a', tenant: 'u' }),
      Tasks.create({ _id: 'b', tenant: 't' }),
    ])
    expect(results.map(r => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await Tasks.distinct('_id')).toEqual(['a', 'b'])
  })
})

describe('writing in bulk', () => {
  // A fresh list each time: mongoose casts the operations it is given in place.
  const operations = () => [
    { insertOne: { document: { _id: 'a', tenant: 't' } } },
    { insertOne: { document: { _id: 'a', tenant: 't' } } },
    { updateOne: { filter: { _id: 'b' }, update: { $set: { tenant: 't' } }, upsert: true } },
    { updateMany: { filter: { tenant: 't' }, update: { $set: { state: 's' } } } },
    { replaceOne: { filter: { _id: 'a' }, replacement: { _id: 'a', tenant: 'z' } } },
    { deleteOne: { filter: { _id: 'b' } } },
  ]

  it('stops at the first failure when ordered', async () => {
    const error = await failure(tasks().bulkWrite(operations()))
    expect(error).toMatchObject({ code: 11000 })
    expect(error.writeErrors).toMatchObject([{ index: 1, code: 11000 }])
    expect(await tasks().distinct('_id')).toEqual(['a'])
  })

  it('goes on when unordered, and reports each failure by index', async () => {
    const error = await failure(tasks().bulkWrite(operations(), { ordered: false }))
    expect(error.writeErrors).toMatchObject([{ index: 1, code: 11000 }])
    expect(error.result).toMatchObject({
      insertedCount: 1,
      upsertedCount: 1,
      matchedCount: 3,
      modifiedCount: 3,
      deletedCount: 1,
    })
    expect(await tasks().find().lean()).toEqual([{ _id: 'a', tenant: 'z' }])
  })

  it('inserts what it can of many', async () => {
    const error = await failure(
      tasks().insertMany(
        [
          { _id: 'a', tenant: 't' },
          { _id: 'a', tenant: 't' },
          { _id: 'b', tenant: 't' },
        ],
        { ordered: false },
      ),
    )
    expect(error).toMatchObject({ code: 11000 })
    expect(error.writeErrors).toHaveLength(1)
    expect(await tasks().distinct('_id')).toEqual(['a', 'b'])
  })
})

describe('indexes', () => {
  it('are created, listed and dropped', async () => {
    const { collection } = tasks()
    await collection.createIndex({ tenant: 1, person: 1 }, { unique: true })
    await collection.createIndex({ tenant: 1, person: 1 }, { unique: true })
    expect((await collection.indexes()).map(i => i.name)).toEqual(['_id_', 'tenant_1_person_1'])
    await collection.dropIndex('tenant_1_person_1')
    expect((await collection.indexes()).map(i => i.name)).toEqual(['_id_'])
  })

  it('hold a unique key, where missing equals null', async () => {
    const Tasks = tasks()
    await Tasks.collection.createIndex({ tenant: 1, person: 1 }, { unique: true })
    await Tasks.create({ _id: 'a', tenant: 't' })
    expect(await failure(Tasks.collection.insertOne({ _id: 'b', tenant: 't', person: null } as never))).toMatchObject({
      code: 11000,
    })
    expect(
      await failure(Tasks.updateOne({ _id: 'c', tenant: 't' }, { $set: { state: 's' } }, { upsert: true })),
    ).toMatchObject({ code: 11000 })
    await Tasks.create({ _id: 'd', tenant: 't', person: 'p' })
    expect(await failure(Tasks.updateOne({ _id: 'd' }, { $unset: { person: 1 } }))).toMatchObject({ code: 11000 })
    expect(await Tasks.findById('d').lean()).toEqual({ _id: 'd', tenant: 't', person: 'p' })
  })

  it('hold a unique key only where they apply, when sparse or partial', async () => {
    const Tasks = tasks()
    await Tasks.collection.createIndex({ person: 1 }, { unique: true, sparse: true })
    await Tasks.collection.createIndex({ state: 1 }, { unique: true, partialFilterExpression: { tenant: 't' } })
    await Tasks.insertMany([
      { _id: 'a', tenant: 't', state: 's' },
      { _id: 'b', tenant: 'u', state: 's' },
      { _id: 'c', tenant: 'u', state: 's', person: 'p' },
    ])
    expect(await failure(Tasks.create({ _id: 'd', tenant: 't', state: 's' }))).toMatchObject({ code: 11000 })
    expect(await failure(Tasks.create({ _id: 'd', tenant: 'u', person: 'p' }))).toMatchObject({ code: 11000 })
    expect(await Tasks.countDocuments({ state: 's' })).toBe(3)
    expect(await Tasks.countDocuments({ person: null })).toBe(2)
  })

  it('are not made over documents that break them', async () => {
    const Tasks = tasks()
    await Tasks.insertMany([
      { _id: 'a', tenant: 't' },
      { _id: 'b', tenant: 't' },
    ])
    expect(await failure(Tasks.collection.createIndex({ tenant: 1 }, { unique: true }))).toMatchObject({ code: 11000 })
    expect((await Tasks.collection.indexes()).map(i => i.name)).toEqual(['_id_'])
  })

  it('follow a schema through syncIndexes', async () => {
    const declared = schema()
    declared.index({ tenant: 1, wakeAt: 1 })
    const Tasks = store.connection.model<Task>('Synced', declared, 'synced')
    await Tasks.collection.createIndex({ state: 1 })
    await Tasks.syncIndexes()
    expect((await Tasks.collection.indexes()).map(i => i.name)).toEqual(['_id_', 'tenant_1_wakeAt_1'])
  })
})

it('drops collections and the database', async () => {
  const Tasks = tasks()
  await Tasks.create({ _id: 'a', tenant: 't' })
  await Tasks.collection.drop()
  expect(await Tasks.countDocuments()).toBe(0)
  await Tasks.create({ _id: 'a', tenant: 't' })
  await store.connection.dropDatabase()
  expect(await store.connection.listCollections()).toEqual([])
})
