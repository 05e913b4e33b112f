/** The part of the native driver's cursor that mongoose uses: the answer is computed at the first call. */
export type Cursor<T> = {
  readonly closed: boolean
  next(): Promise<T | null>
  hasNext(): Promise<boolean>
  toArray(): Promise<T[]>
  close(): Promise<void>
  rewind(): void
  batchSize(): Cursor<T>
  addCursorFlag(): Cursor<T>
  on(): Cursor<T>
  once(): Cursor<T>
  off(): Cursor<T>
  removeListener(): Cursor<T>
  [Symbol.asyncIterator](): AsyncGenerator<T>
}

export function cursorOver<T>(load: () => T[]): Cursor<T> {
  let items: T[] | undefined
  let at = 0
  let closed = false
  const loaded = () => {
    items ??= load()
    return items
  }
  const cursor: Cursor<T> = {
    get closed() {
      return closed
    },
    next: async () => (closed ? null : (loaded()[at++] ?? null)),
    hasNext: async () => !closed && at < loaded().length,
    toArray: async () => {
      const rest = closed ? [] : loaded().slice(at)
      at = loaded().length
      return rest
    },
    close: async () => {
      closed = true
      items = []
    },
    rewind: () => {
      at = 0
      items = undefined
    },
    // Nothing to listen for and nothing to tune: one answer, already in memory.
    batchSize: () => cursor,
    addCursorFlag: () => cursor,
    on: () => cursor,
    once: () => cursor,
    off: () => cursor,
    removeListener: () => cursor,
    async *[Symbol.asyncIterator]() {
      for (let item = await cursor.next(); item !== null; item = await cursor.next()) yield item
    },
  }
  return cursor
}
