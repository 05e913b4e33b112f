import type { PackSet } from '../conversation/pack-set.ts'
import type { Person } from '../domain/person.ts'
import type { Detect } from '../domain/safety.ts'
import type { Calendar } from '../domain/schedule.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { ChatAdapter } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Keyring } from '../ports/keyring.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import type { Lanes } from './lanes.ts'

/** Everything the use cases work with. Made once by the composition root; nothing in it is global. */
export type Core = {
  readonly store: Store
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Log
  readonly packs: PackShelf
  /** Rule 11's detector, once there is one. */
  readonly detect?: Detect | undefined
  readonly lanes: Lanes
  /** The adapter of a tenant's platform. @throws if it is not configured */
  chat(tenant: Tenant): ChatAdapter
  /** Workdays, quiet hours, holidays and the person's own days off. */
  calendar(tenant: Tenant, person: Person): Promise<Calendar>
  /** A fresh, unguessable string: lease and claim tokens. */
  token(): string
  /** 0 to 1: jitter of retries. */
  random(): number
}

/** The packs, and the earlier ones that running conversations still use. */
export type PackShelf = {
  readonly current: PackSet
  /** Makes sure that these contents can be found by hash. @throws if one was never stored */
  recall(hashes: readonly string[]): Promise<void>
}
