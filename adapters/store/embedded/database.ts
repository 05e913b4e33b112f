import Database from 'libsql'

export type Connection = InstanceType<typeof Database>
type Statement = ReturnType<Connection['prepare']>
export type Cell = string | number | Buffer
export type Sql = {
  run(sql: string, args?: readonly Cell[]): number
  get(sql: string, args?: readonly Cell[]): Cell[] | undefined
  all(sql: string, args?: readonly Cell[]): Cell[][]
  exec(sql: string): void
  inTransaction(): boolean
  close(): void
}

/** Statements kept prepared. The engine's own texts are some tens a collection; $in lists come in powers of two. */
const CACHED = 500

/** The few calls the engine needs of SQLite, over prepared statements and raw rows (blobs then arrive as Buffer). */
function sqlOver(db: Connection): Sql {
  const statements = new Map<string, Statement>()
  // Kept apart by use: in libsql 0.5 a `get` on a statement that `all` has run answers from where `all` stopped.
  const prepared = (use: 'run' | 'get' | 'all', sql: string): Statement => {
    const key = `${use} ${sql}`
    const known = statements.get(key)
    if (known) return known
    const oldest = statements.size >= CACHED ? statements.keys().next().value : undefined
    if (oldest !== undefined) statements.delete(oldest)
    const statement = db.prepare(sql)
    if (statement.reader) statement.raw()
    statements.set(key, statement)
    return statement
  }
  return {
    // The binding answers rows as unknown; raw mode makes each an array of cells.
    run: (sql, args = []) => prepared('run', sql).run(args).changes,
    get: (sql, args = []) => prepared('get', sql).get(args) as Cell[] | undefined,
    all: (sql, args = []) => prepared('all', sql).all(args) as Cell[][],
    exec: sql => {
      db.exec(sql)
    },
    inTransaction: () => db.inTransaction,
    close: () => {
      statements.clear()
      db.close()
    },
  }
}

/** Opens a database with the binding; `location` is a path, a file: URL (which may carry ?mode=ro) or ':memory:'. */
export const openSql = (location: string): Sql => sqlOver(new Database(location))

/** SQLite's error code name, such as SQLITE_BUSY, if the error is SQLite's. */
export const sqliteCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
