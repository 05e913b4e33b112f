import type { Model, QueryFilter, UpdateQuery } from 'mongoose'

/**
 * The calls that every turn makes, as one command to the driver below mongoose: its query objects, casts and schema checks
 * cost more than the embedded engine's own work. Rarer calls keep them. Here the types alone vouch for names and values:
 * nothing may be undefined, which drivers store as null.
 */
export type Direct<Doc> = {
  findOne(filter: QueryFilter<Doc>, projection?: Projection<Doc>): Promise<Doc | null>
  /** All that match, in order. */
  find(
    filter: QueryFilter<Doc>,
    options: { readonly sort: Projection<Doc>; readonly limit?: number },
  ): Promise<readonly Doc[]>
  updateOne(
    filter: QueryFilter<Doc>,
    update: UpdateQuery<Doc>,
    options?: { readonly upsert: true },
  ): Promise<{ readonly matchedCount: number; readonly upsertedCount: number }>
  /** The document as it is afterwards; inserted, if there was none. */
  upsert(filter: QueryFilter<Doc>, update: UpdateQuery<Doc>): Promise<Doc | null>
}

type Projection<Doc> = { readonly [Field in keyof Doc]?: 1 }

export const direct = <Doc>({ collection }: Model<Doc>): Direct<Doc> => {
  // Mongoose types a model's collection as one of any documents; what it holds is what the model's schema says.
  const driver = collection as unknown as Driver<Doc>
  return {
    findOne: (filter, projection) => driver.findOne(filter, projection === undefined ? {} : { projection }),
    find: (filter, options) => driver.find(filter, options).toArray(),
    updateOne: (filter, update, options) => driver.updateOne(filter, update, options ?? {}),
    upsert: (filter, update) => driver.findOneAndUpdate(filter, update, { upsert: true, returnDocument: 'after' }),
  }
}

type Driver<Doc> = {
  findOne(filter: QueryFilter<Doc>, options: object): Promise<Doc | null>
  find(filter: QueryFilter<Doc>, options: object): { toArray(): Promise<Doc[]> }
  updateOne(
    filter: QueryFilter<Doc>,
    update: UpdateQuery<Doc>,
    options: object,
  ): Promise<{ matchedCount: number; upsertedCount: number }>
  findOneAndUpdate(filter: QueryFilter<Doc>, update: UpdateQuery<Doc>, options: object): Promise<Doc | null>
}
