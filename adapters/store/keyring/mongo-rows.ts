import { type Connection, type Model, Schema } from 'mongoose'
import type { Instant } from '../../../src/domain/schedule.ts'
import { unlessTaken } from '../guards.ts'
import type { KeyRows } from './rows.ts'

type KeyDoc = { _id: string; wrapped?: string; erasedAt?: Instant }

/** Rows as documents of one collection, `keys`. `place` names it in errors, without credentials. */
export const openMongoRows = (connection: Connection, place: string): KeyRows => {
  const keys: Model<KeyDoc> = connection.model<KeyDoc>(
    'keys',
    new Schema<KeyDoc>(
      { _id: { type: String, required: true }, wrapped: String, erasedAt: Number },
      { strict: 'throw', strictQuery: 'throw', versionKey: false, id: false, autoIndex: false, autoCreate: false },
    ),
    'keys',
  )
  return {
    place,
    async find(id) {
      const doc = await keys.findById(id).lean()
      return doc ? { id, wrapped: doc.wrapped, erasedAt: doc.erasedAt } : undefined
    },
    async insert(id, wrapped) {
      const result = await unlessTaken(keys.updateOne({ _id: id }, { $setOnInsert: { wrapped } }, { upsert: true }))
      return result?.upsertedCount === 1
    },
    async erase(id, at) {
      const erasing = { $set: { erasedAt: at }, $unset: { wrapped: 1 } } as const
      const notYet = { _id: id, erasedAt: null }
      // Taken: erased before, or somebody inserted the key in between; the second try tells and, if so, erases it.
      if (!(await unlessTaken(keys.updateOne(notYet, erasing, { upsert: true })))) await keys.updateOne(notYet, erasing)
    },
    async replace(id, from, to) {
      await keys.updateOne({ _id: id, wrapped: from }, { $set: { wrapped: to } })
    },
    async keys(after, limit) {
      const docs = await keys
        .find({ _id: { $gt: after }, wrapped: { $gte: '' } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean()
      return docs.flatMap(({ _id, wrapped }) => (wrapped === undefined ? [] : [{ id: _id, wrapped }]))
    },
    close: () => connection.close(),
  }
}
