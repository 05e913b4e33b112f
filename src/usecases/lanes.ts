/**
 * One lane a person: within this process their work runs one after the other, so that the lease between processes is not
 * fought over here. Lanes are forgotten as soon as they are empty.
 */
export type Lanes = {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
  /** Starts work that nobody waits for; what it throws goes to `failed`. */
  start(key: string, work: () => Promise<unknown>): void
  /** Somebody's work is under way, or waits. */
  isBusy(key: string): boolean
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
}

export const makeLanes = (failed: (error: unknown) => void): Lanes => {
  const tails = new Map<string, Promise<unknown>>()
  const run = <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const before = tails.get(key) ?? Promise.resolve()
    const result = before.then(work, work)
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
    tails.set(key, tail)
    return result
  }
  return {
    run,
    isBusy: key => tails.has(key),
    start: (key, work) => {
      run(key, work).catch(failed)
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
