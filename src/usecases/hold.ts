import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Person } from '../domain/person.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { InboxRow, Lease, PendingRow } from '../ports/store.ts'
import { type Core, leaseLengthOf } from './core.ts'

/**
 * A person held under their lease: their document as last written, and how far its effects are relayed. What else the work
 * needs is read together at the beginning and kept as long as nothing changed it, since under the lease nobody else does.
 */
export type Hold = {
  readonly tenant: TenantId
  readonly id: PersonId
  /** With the token of its last sign of life. */
  lease: Lease
  /** When that was given, on this process's monotonic clock. */
  aliveAt: number
  /** Undefined: not known (yet), or erased. */
  person: Person | undefined
  relayed: number
  /** Whom this work gave something to do: their lanes start when this lease is free. */
  readonly told: Set<PersonId>
  erased?: boolean
  /** Undefined: to be read anew. */
  home: Tenant | undefined
  /** The first rows of their inbox, until they are taken. */
  waiting: readonly InboxRow[] | undefined
  /** What has not left yet. Undefined: to be read anew. */
  pending: readonly PendingRow[] | undefined
  /** Keys of inbox rows whose turns are written: marked done at the latest with the lease's release. */
  taken: string[]
}

/** The tenant, read at most once while nothing changes it. */
export const homeOf = async (core: Core, hold: Hold): Promise<Tenant | undefined> => {
  hold.home ??= await core.store.tenants.find(hold.tenant)
  return hold.home
}

/** What has not left yet for this person, by sequence. */
export const pendingOf = async (core: Core, hold: Hold): Promise<readonly PendingRow[]> => {
  hold.pending ??= await core.store.outbox.pending(hold.tenant, hold.id)
  return hold.pending
}

/**
 * A sign of life, if it is time for one: called before each step that may take long, and before whatever cannot be taken
 * back. Whoever was suspended learns here that the person is no longer theirs. @throws Overtaken
 */
export const stillHeld = async (core: Core, hold: Hold): Promise<void> => {
  const now = core.clock.monotonic()
  if (now - hold.aliveAt < leaseLengthOf(core) / 4) return
  const token = core.token()
  if (!(await core.store.leases.renew(hold.lease, token))) throw new Overtaken()
  hold.lease = { ...hold.lease, token }
  hold.aliveAt = now
}

export const isErased = (hold: Hold): boolean => hold.erased === true

/** Another process wrote this person meanwhile: the attempt ends, and the work is found again under a new lease. */
export class Overtaken extends Error {
  constructor() {
    super('the person was written by another process; this attempt ends here')
    this.name = 'Overtaken'
  }
}
