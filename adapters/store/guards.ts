import type { Model, QueryFilter, UpdateQuery } from 'mongoose'
import type { TenantId } from '../../src/domain/ids.ts'
import { direct } from './direct.ts'

/** Documents that a guard can hold: named by `_id`, within a tenant. */
type Guarded = { _id: string; tenant: TenantId }

/** A unique key was there already. By the code alone: compatible servers leave out the error's other parts. */
const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000

/** What an insert or upsert gave, or undefined if its `_id` was taken. */
export const unlessTaken = async <Result>(write: PromiseLike<Result>): Promise<Result | undefined> => {
  try {
    return await write
  } catch (error) {
    if (isDuplicate(error)) return undefined
    throw error
  }
}

/**
 * Inserts unless the `_id` is taken: one write, and no hydrated document. `document` carries no undefined.
 * @returns false if it was there already
 */
export const insertOnce = async <Doc extends Guarded>(model: Model<Doc>, document: Doc): Promise<boolean> => {
  const { _id, tenant, ...rest } = document
  const result = await unlessTaken(
    // Mongoose's filter and update types cannot see through a generic document.
    direct(model).updateOne({ _id, tenant } as QueryFilter<Doc>, { $setOnInsert: rest } as UpdateQuery<Doc>, {
      upsert: true,
    }),
  )
  return result?.upsertedCount === 1
}

/**
 * Writes over an older sequence or inserts; an equal or later one stays as it is. When an upsert meets the `_id`, either
 * a later one is there or two first writes raced: only a second try, without the insert, tells which.
 */
export const putLater = async <Doc extends Guarded & { seq: number }>(
  model: Model<Doc>,
  key: Pick<Doc, '_id' | 'tenant'>,
  seq: number,
  update: { readonly $set: object; readonly $unset?: object },
): Promise<void> => {
  // Mongoose's filter and update types cannot see through a generic document.
  const older = { ...key, seq: { $lt: seq } } as unknown as QueryFilter<Doc>
  const change = { ...update, $set: { ...update.$set, seq } } as unknown as UpdateQuery<Doc>
  if (!(await unlessTaken(model.updateOne(older, change, { upsert: true }).exec())))
    await model.updateOne(older, change)
}

/** Deletes at most `limit` documents that match; each must still match when its turn comes. Returns how many went. */
export const prune = async <Doc extends Guarded>(
  model: Model<Doc>,
  filter: QueryFilter<Doc>,
  limit: number,
): Promise<number> => {
  if (limit <= 0) return 0
  const found = await model.find(filter, { _id: 1 }).limit(limit).lean<{ _id: string }[]>()
  if (found.length === 0) return 0
  // As above.
  const these = { ...filter, _id: { $in: found.map(one => one._id) } } as QueryFilter<Doc>
  return (await model.deleteMany(these)).deletedCount
}
