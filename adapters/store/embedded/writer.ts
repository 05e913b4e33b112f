import type { Sql } from './database.ts'

export type Writer = {
  /** Runs `work` as one atomic write; resolves once it is durable. Rejects with what `work` threw, undone. */
  write<T>(work: () => T): Promise<T>
  /** A part of a write that is undone alone when it throws. Only inside `write`. */
  atomically<T>(work: () => T): T
  /** Commits what is open, so that a read never shows what a crash could still take back. */
  flush(): void
}

type Batch = { done: Promise<void>; resolve: () => void; reject: (error: unknown) => void }

function newBatch(): Batch {
  const { promise, resolve, reject } = withResolvers()
  // Writers in the batch hear of a failed commit through their own promise; alone, this one must not count as unhandled.
  promise.catch(() => {})
  return { done: promise, resolve, reject }
}

function withResolvers() {
  let resolve: () => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/**
 * Group commit: writes that arrive in one turn of the event loop share a transaction, each in a savepoint of its own,
 * because the fsync at its end costs more than all of them. `undone` is called after any rollback, `committed`
 * after a commit.
 */
export function createWriter(sql: Sql, { undone, committed }: { undone: () => void; committed: () => void }): Writer {
  let open: Batch | undefined

  function commit() {
    const batch = open
    if (!batch) return
    open = undefined
    try {
      sql.run('COMMIT')
      committed()
      batch.resolve()
    } catch (error) {
      abandon(batch, error)
    }
  }

  function abandon(batch: Batch, error: unknown) {
    if (sql.inTransaction()) sql.run('ROLLBACK')
    undone()
    batch.reject(error)
  }

  function atomically<T>(work: () => T): T {
    sql.run('SAVEPOINT one')
    try {
      const result = work()
      sql.run('RELEASE one')
      return result
    } catch (error) {
      // A full disk makes SQLite drop the whole transaction by itself; then there is no savepoint left to undo.
      if (sql.inTransaction()) {
        sql.run('ROLLBACK TO one')
        sql.run('RELEASE one')
      }
      undone()
      throw error
    }
  }

  async function write<T>(work: () => T): Promise<T> {
    if (!open) {
      sql.run('BEGIN IMMEDIATE')
      open = newBatch()
      setImmediate(commit)
    }
    const batch = open
    let result: T
    try {
      result = atomically(work)
    } catch (error) {
      if (!sql.inTransaction()) {
        open = undefined
        abandon(batch, error)
      }
      throw error
    }
    await batch.done
    return result
  }

  return { write, atomically, flush: commit }
}
