/** A map that keeps what was put last: at most `most` entries. */
export const makeRecent = <Value>(most: number) => {
  const kept = new Map<string, Value>()
  return {
    get: (key: string): Value | undefined => kept.get(key),
    put: (key: string, value: Value): void => {
      kept.delete(key)
      kept.set(key, value)
      if (kept.size <= most) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
    drop: (key: string): void => {
      kept.delete(key)
    },
  }
}
export type Recent<Value> = ReturnType<typeof makeRecent<Value>>
