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
export function sqlOver(db: Connection): Sql {
  const statements = new Map<string, Statement>()
  const prepared = (sql: string): Statement => {
    const known = statements.get(sql)
    if (known) return known
    const oldest = statements.size >= CACHED ? statements.keys().next().value : undefined
    if (oldest !== undefined) statements.delete(oldest)
    const statement = db.prepare(sql)
    if (statement.reader) statement.raw()
    statements.set(sql, statement)
    return statement
  }
  return {
    // The binding answers rows as unknown; raw mode makes each an array of cells.
    run: (sql, args = []) => prepared(sql).run(args).changes,
    get: (sql, args = []) => prepared(sql).get(args) as Cell[] | undefined,
    all: (sql, args = []) => prepared(sql).all(args) as Cell[][],
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
