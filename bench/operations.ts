import type { Connection } from 'mongoose'

/** One write as the engine was asked for it. `adds`: it was an insert or an upsert that inserted. */
export type Write = { readonly collection: string; readonly operation: string; readonly adds: boolean }

const WRITES = [
  'insertOne',
  'insertMany',
  'bulkWrite',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
] as const
const READS = ['find', 'findOne', 'countDocuments', 'distinct', 'aggregate'] as const

type Call = (...given: unknown[]) => unknown

/**
 * Watches every collection of a connection from below mongoose, where each call is one command to the engine; `stop` takes
 * the watch off again, so that it costs nothing while time is measured.
 */
export const watchOperations = (
  connection: Connection,
): { readonly writes: Write[]; readonly reads: string[]; stop(): void } => {
  const writes: Write[] = []
  const reads: string[] = []
  const undo: (() => void)[] = []
  const wrap = (target: object, name: string, heard: (answer: unknown) => void): void => {
    const original: unknown = Reflect.get(target, name)
    if (typeof original !== 'function') return
    const wrapped: Call = (...given) => {
      const answer: unknown = Reflect.apply(original, target, given)
      if (answer instanceof Promise) answer.then(heard, () => undefined)
      else heard(answer)
      return answer
    }
    Object.defineProperty(target, name, { value: wrapped, configurable: true, writable: true })
    undo.push(() => void Reflect.deleteProperty(target, name))
  }
  for (const [name, collection] of Object.entries(connection.collections)) {
    for (const operation of WRITES)
      wrap(collection, operation, answer =>
        writes.push({ collection: name, operation, adds: added(operation, answer) }),
      )
    for (const operation of READS) wrap(collection, operation, () => reads.push(`${name}.${operation}`))
  }
  const stop = (): void => {
    for (const one of undo) one()
  }
  return { writes, reads, stop }
}

const added = (operation: string, answer: unknown): boolean =>
  operation.startsWith('insert') ||
  (typeof answer === 'object' && answer !== null && 'upsertedCount' in answer && answer.upsertedCount === 1)

/** How many of each, by `collection.operation`. */
export const tally = (writes: readonly Write[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { collection, operation, adds } of writes) {
    const name = `${collection}.${operation}${adds ? ' (new)' : ''}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
