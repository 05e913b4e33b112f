import type { ChatAdapter } from '../../src/ports/chat.ts'
import type { Keyring } from '../../src/ports/keyring.ts'
import type { Store } from '../../src/ports/store.ts'

/** Where a process dies: at its n-th write (from 0), before the write takes effect or after. */
export type Death = { readonly write: number; readonly when: 'before' | 'after' }

export type Mortal = {
  readonly store: Store
  readonly keyring: Keyring
  readonly chat: ChatAdapter
  /** Writes begun so far, by name, in order. */
  readonly writes: readonly string[]
  /** Kills it at the next call. */
  kill(): void
  readonly isDead: boolean
}

/** Names of calls that change something; everything else only reads. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  tenants: ['insert', 'save'],
  people: ['insert', 'save'],
  inbox: ['put', 'done', 'prune'],
  leases: ['take', 'steal', 'release', 'releaseAll'],
  appointments: ['put', 'cancel', 'claim', 'done', 'postpone', 'prune'],
  outbox: ['put', 'attempt', 'retry', 'sent', 'end', 'prune'],
  records: ['putCommitment', 'putGoal', 'putRating', 'share', 'landedBadly'],
  packs: ['put'],
  reports: ['openCohort', 'observe', 'publish'],
  store: ['erase', 'prepare', 'releaseAll'],
  keyring: ['destroy'],
}

class Died extends Error {}

/**
 * What one process works with, until it dies: from then on none of its calls reaches anything, as after `kill -9`. Sends
 * are no writes of its own, but a dead process sends nothing either.
 */
export const mortal = (
  parts: { readonly store: Store; readonly keyring: Keyring; readonly chat: ChatAdapter },
  death?: Death,
): Mortal => {
  const writes: string[] = []
  let dead = false
  const call = async (name: string, isWrite: boolean, work: () => unknown): Promise<unknown> => {
    if (dead) throw new Died(`dead before ${name}`)
    if (!isWrite) return work()
    const isLast = death?.write === writes.length
    writes.push(name)
    if (isLast && death?.when === 'before') {
      dead = true
      throw new Died(`died before ${name}`)
    }
    const result = await work()
    if (isLast) {
      dead = true
      throw new Died(`died after ${name}`)
    }
    return result
  }
  const watched = <Part extends object>(part: Part, group: string): Part =>
    new Proxy(part, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver)
        if (typeof value === 'object' && value !== null) return watched(value, String(name))
        if (typeof value !== 'function') return value
        const isWrite = WRITES[group]?.includes(String(name)) ?? false
        return (...args: unknown[]) =>
          call(`${group}.${String(name)}`, isWrite, () => Reflect.apply(value, target, args))
      },
    })
  return {
    store: watched(parts.store, 'store'),
    keyring: watched(parts.keyring, 'keyring'),
    chat: watched(parts.chat, 'chat'),
    writes,
    kill: () => {
      dead = true
    },
    get isDead() {
      return dead
    },
  }
}
