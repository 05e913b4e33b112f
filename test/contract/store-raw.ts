import type { Connection } from 'mongoose'

/** Every document of every collection, in a fixed order, as JSON. */
export const documentsOf = async (connection: Connection): Promise<string> => {
  const all: unknown[] = []
  for (const name of Object.keys(connection.models).toSorted()) {
    all.push(...(await connection.model(name).find().sort({ _id: 1 }).lean()))
  }
  return JSON.stringify(all)
}

/** Changes one sign in the middle of every sealed field of a collection. */
export const damageIn = async (connection: Connection, collection: string): Promise<void> => {
  const model = connection.model(collection)
  for (const { _id, sealed } of await model.find().lean<{ _id: string; sealed: string }[]>()) {
    const middle = Math.floor(sealed.length / 2)
    const other = sealed[middle] === 'A' ? 'B' : 'A'
    await model.updateOne({ _id }, { $set: { sealed: sealed.slice(0, middle) + other + sealed.slice(middle + 1) } })
  }
}
