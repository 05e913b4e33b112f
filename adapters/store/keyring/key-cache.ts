import type { Instant } from '../../../src/domain/schedule.ts'

/** How long a process may still use a key that another one destroyed. */
const KEEP_MS = 30_000
/** About 100 bytes each; a process talks with fewer people than this in 30 s. */
const MOST = 2_000

export type KeyCache = {
  get(name: string): Uint8Array | undefined
  set(name: string, key: Uint8Array): void
  delete(name: string): void
  clear(): void
}

/** Keys for 30 s from when they were read; beyond 2,000 the oldest goes. `now` in ms. */
export const createKeyCache = (now: () => Instant): KeyCache => {
  const entries = new Map<string, { readonly key: Uint8Array; readonly since: Instant }>()
  return {
    get(name) {
      const entry = entries.get(name)
      if (!entry) return undefined
      const age = now() - entry.since
      // A clock that went back says nothing about the age.
      if (age >= 0 && age < KEEP_MS) return entry.key
      entries.delete(name)
      return undefined
    },
    set(name, key) {
      entries.delete(name)
      entries.set(name, { key, since: now() })
      const oldest = entries.keys().next()
      if (entries.size > MOST && !oldest.done) entries.delete(oldest.value)
    },
    delete: name => void entries.delete(name),
    clear: () => entries.clear(),
  }
}
