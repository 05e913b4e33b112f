import type { PackSet } from '../conversation/pack-set.ts'
import type { Person } from '../domain/person.ts'
import type { Detect } from '../domain/safety.ts'
import type { Calendar } from '../domain/schedule.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { ChatAdapter } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Keyring } from '../ports/keyring.ts'
import type { Log } from '../ports/log.ts'
import type { Meters } from '../ports/meters.ts'
import type { Store } from '../ports/store.ts'
import type { ClockWatch } from './clock-watch.ts'
import type { FairShare } from './fair-share.ts'
import type { Lanes } from './lanes.ts'
import type { Pacer } from './pacer.ts'

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
  readonly shares: FairShare
  readonly pacer: Pacer
  readonly meters: Meters
  /** Whether the wall clock can be trusted; without it, it always can. */
  readonly watch?: ClockWatch | undefined
  /** LEASE_LENGTH unless given: for platforms whose sends end sooner. */
  readonly leaseLength?: number | undefined
  /** The adapter of a tenant's platform. @throws if it is not configured */
  chat(tenant: Tenant): ChatAdapter
  /** Workdays, quiet hours, holidays and the person's own days off. */
  calendar(tenant: Tenant, person: Person): Promise<Calendar>
  /** A fresh, unguessable string: lease and claim tokens. */
  token(): string
  /** 0 to 1: jitter of retries. */
  random(): number
  /** There is something to do in so many ms: run-due should run then, not only with the next look. */
  wake(ms: number): void
}

/** The packs, and the earlier ones that running conversations still use. */
export type PackShelf = {
  readonly current: PackSet
  /** Makes sure that these contents can be found by hash. @throws if one was never stored */
  recall(hashes: readonly string[]): Promise<void>
}

/**
 * ms after which what another process holds, and gave no sign of life for, counts as left behind. Longer than a send's
 * timeout (10 s) and the turn around it, with a margin.
 */
const LEASE_LENGTH = 30_000

export const leaseLengthOf = ({ leaseLength = LEASE_LENGTH }: Core): number => leaseLength
