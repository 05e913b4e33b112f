import type { Collection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EmbeddedUnsupported } from '../../../adapters/store/embedded/errors.ts'
import { type Embedded, openEmbedded } from '../../../adapters/store/embedded/open.ts'

type Loose = Record<string, unknown>
let store: Embedded
let collection: Collection<Loose>

beforeAll(async () => {
  store = openEmbedded({ file: ':memory:' })
  collection = store.connection.collection('things')
  await collection.insertOne({ _id: 'a' as never, n: 1, list: [1, 2] })
})
afterAll(() => store.close())

async function refusal(work: () => unknown): Promise<Error> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it should have been refused')
}

// What is asked for here is outside the driver's types on purpose.
const loose = (value: unknown) => value as never

const filters: [string, Loose][] = [
  ['$where', { $where: 'true' }],
  ['$text', { $text: { $search: 'x' } }],
  ['$expr', { $expr: { $gt: ['$n', 0] } }],
  ['$jsonSchema', { $jsonSchema: {} }],
  ['$near', { place: { $near: [0, 0] } }],
  ['$geoWithin', { place: { $geoWithin: {} } }],
  ['$bitsAllSet', { n: { $bitsAllSet: [1] } }],
  ['$type "int"', { n: { $type: 'int' } }],
  ["$regex option 'x'", { n: { $regex: 'a', $options: 'x' } }],
]

const updates: [string, Loose][] = [
  ['$rename', { $rename: { n: 'm' } }],
  ['$mul', { $mul: { n: 2 } }],
  ['$bit', { $bit: { n: { and: 1 } } }],
  ['$currentDate', { $currentDate: { n: true } }],
  ['$pop', { $pop: { list: 1 } }],
  ["positional operator in 'list.$'", { $set: { 'list.$': 1 } }],
]

const options: [string, () => unknown][] = [
  ['collation of find', () => collection.find({}, { collation: { locale: 'de' } }).toArray()],
  ['hint of find', () => collection.find({}, { hint: 'x' }).toArray()],
  ['session of insertOne', () => collection.insertOne(loose({ _id: 'z' }), loose({ session: {} }))],
  ['let of updateOne', () => collection.updateOne({}, { $set: { n: 1 } }, loose({ let: { a: 1 } }))],
  ['tailable of find', () => collection.find({}, { tailable: true }).toArray()],
  ['collation of deleteMany', () => collection.deleteMany({}, { collation: { locale: 'de' } })],
  ['sort order', () => collection.find({}, { sort: { n: { $meta: 'textScore' } } }).toArray()],
  ['projection', () => collection.find({}, { projection: { list: { $slice: 1 } } }).toArray()],
]

const operations: [string, () => unknown][] = [
  ['update by pipeline', () => collection.updateOne({}, loose([{ $set: { n: 1 } }]))],
  ['operation watch', () => collection.watch()],
  ['sessions and transactions', () => store.connection.startSession()],
  ['sessions and transactions', () => store.connection.transaction(async () => {})],
  ['operation useDb', () => store.connection.useDb('other')],
  ['bulkWrite operation renameOne', () => collection.bulkWrite(loose([{ renameOne: {} }]))],
  [
    'option collation of bulkWrite updateOne',
    () => collection.bulkWrite(loose([{ updateOne: { filter: {}, update: { $set: { a: 1 } }, collation: {} } }])),
  ],
  ['aggregation stage $lookup', () => collection.aggregate([{ $lookup: {} }]).toArray()],
  ['aggregation stage $out', () => collection.aggregate([{ $out: 'x' }]).toArray()],
  ['expression $function', () => collection.aggregate([{ $project: { x: { $function: {} } } }]).toArray()],
  ['variable $$NOW', () => collection.aggregate([{ $addFields: { x: '$$NOW' } }]).toArray()],
]

const indexes: [string, Loose, Loose][] = [
  ['TTL indexes', { n: 1 }, { expireAfterSeconds: 1 }],
  ['index type "text"', { n: 'text' }, {}],
  ['index type "2dsphere"', { n: '2dsphere' }, {}],
  ['index option collation', { n: 1 }, { collation: { locale: 'de' } }],
  ["index on the path 'list.0'", { 'list.0': 1 }, {}],
]

const values: [string, () => unknown][] = [
  ['BSON type ObjectId', () => new store.mongoose.Types.ObjectId('0123456789abcdef01234567')],
  ['BSON type Decimal128', () => store.mongoose.Types.Decimal128.fromString('1')],
  ['type bigint', () => 1n],
  ['number NaN', () => Number.NaN],
  ['number Infinity', () => Number.POSITIVE_INFINITY],
  ['invalid Date', () => new Date(Number.NaN)],
  ['class RegExp', () => /x/],
  ["field named '$x'", () => ({ $x: 1 })],
  ["field named 'a.b'", () => ({ 'a.b': 1 })],
]

describe('the embedded store refuses by name, and never answers wrongly,', () => {
  async function expectRefused(name: string, work: () => unknown) {
    const error = await refusal(work)
    expect(error).toBeInstanceOf(EmbeddedUnsupported)
    expect(error).toMatchObject({ code: 'EMBEDDED_UNSUPPORTED' })
    expect(error.message).toContain(name)
  }

  it.each(filters)('the query operator in %s', (name, filter) =>
    expectRefused(name, () => collection.find(loose(filter)).toArray()),
  )
  it.each(updates)('the update %s', (name, update) =>
    expectRefused(name, () => collection.updateOne({ _id: loose('a') }, loose(update))),
  )
  it.each(options)('the option %s', expectRefused)
  it.each(operations)('the %s', expectRefused)
  it.each(indexes)('the %s', (name, keys, given) =>
    expectRefused(name, () => collection.createIndex(loose(keys), loose(given))),
  )
  it.each(values)('a document holding the %s', (name, value) =>
    expectRefused(name, () => collection.insertOne(loose({ _id: 'v', value: value() }))),
  )
  it('a document without a string id', () => expectRefused('_id', () => collection.insertOne({ n: 1 })))
  it('an upsert that names no id', () =>
    expectRefused('_id', () => collection.updateOne({ n: 99 }, { $set: { n: 99 } }, { upsert: true })))

  it('and is unchanged by all that', async () => {
    expect(await collection.find({}).toArray()).toEqual([{ _id: 'a', n: 1, list: [1, 2] }])
  })
})

describe('what MongoDB itself refuses has its code:', () => {
  const cases: [string, number, Loose][] = [
    ['two changes of one path', 40, { $set: { n: 1 }, $inc: { n: 1 } }],
    ['changes of a path and its parent', 40, { $set: { 'o.a': 1, o: {} } }],
    ['a field below a number', 28, { $set: { 'n.x': 1 } }],
    ['an increment of an array', 14, { $inc: { list: 1 } }],
    ['a push to a number', 2, { $push: { n: 1 } }],
    ['another _id', 66, { $set: { _id: 'b' } }],
  ]
  it.each(cases)('%s', async (_, code, update) => {
    expect(await refusal(() => collection.updateOne({ _id: loose('a') }, loose(update)))).toMatchObject({ code })
  })
  it('an index over two arrays', async () => {
    await collection.createIndex({ x: 1, y: 1 })
    const error = await refusal(() => collection.insertOne(loose({ _id: 'p', x: [1], y: [2] })))
    expect(error).toMatchObject({ code: 171 })
  })
})
