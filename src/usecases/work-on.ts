import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Person } from '../domain/person.ts'
import type { Tenant } from '../domain/tenant.ts'
import { KeyDestroyed } from '../ports/keyring.ts'
import type { ClaimedAppointment, InboxRow, Lease, Left } from '../ports/store.ts'
import { type Core, leaseLengthOf } from './core.ts'
import { deliverPending, unseenOf, unsentKey, withdraw } from './deliver.ts'
import { type Hold, homeOf, isErased, stillHeld } from './hold.ts'
import { relay } from './relay.ts'
import { resumeTenant } from './stop-tenant.ts'
import { Poisoned, takeTurn } from './take-turn.ts'

/** Inbox rows taken under one lease; more wait for the next, so that nobody holds a lease for long. */
const ROWS_A_LEASE = 20

/** ms. Somebody else holds this person: their work is looked at again soon, should it still wait. */
const LOOK_AGAIN = 2_000

/** Work for one person begins as soon as their lane is free and their tenant has its turn; nobody waits for it. */
export const startWork = (core: Core, tenant: TenantId, person: PersonId): void =>
  core.lanes.start(`${tenant}/${person}`, () => core.shares.run(tenant, () => workOn(core, tenant, person)))

export type Occasion = {
  /** An appointment of theirs came due. */
  readonly claimed?: ClaimedAppointment
  /** A message of theirs was seen to wait: whatever the lease says of that is out of date. */
  readonly queued?: boolean
}

/**
 * Does what waits for one person, under their lease: what an earlier process left half done, their inbox in platform order,
 * the appointment that was claimed for them, and messages that are due again. Call it in the person's lane.
 * @returns false if another process holds the lease, or this one's clock is in doubt: the work is found again
 */
export const workOn = async (
  core: Core,
  tenant: TenantId,
  person: PersonId,
  { claimed, queued = false }: Occasion = {},
): Promise<boolean> => {
  if (core.watch?.steady() === false) return false
  const ahead = lookAhead(core, tenant, person)
  const aliveAt = core.clock.monotonic()
  const lease = await lend(core, tenant, person)
  if (lease === undefined) {
    core.wake(LOOK_AGAIN)
    return false
  }
  let hold: Hold | undefined
  try {
    hold = await open(core, queued ? { ...lease, left: unsettled(lease) } : lease, ahead, aliveAt)
    if (hold.person !== undefined) await relay(core, hold)
    await drainInbox(core, hold)
    if (claimed !== undefined) await keepAppointment(core, hold, claimed)
    if (hold.person !== undefined && !isErased(hold)) await deliverPending(core, hold)
    return true
  } catch (error) {
    if (!(error instanceof KeyDestroyed)) throw error
    // An erasure that was cut short after its first step: what is left can never be read again, so it goes now.
    await core.store.erase(tenant, person)
    return true
  } finally {
    await close(core, lease, hold)
    for (const told of hold?.told ?? []) startWork(core, tenant, told)
  }
}

/** Nobody wrote the person since, if the revision says so; but something waits to leave. */
const unsettled = ({ left }: Lease): Left | undefined => left && { ...left, settled: false }

type Ahead = {
  readonly found: Promise<Person | undefined>
  readonly waiting: Promise<readonly InboxRow[]>
  readonly home: Promise<Tenant | undefined>
}

/** Asks for what the work will need while the lease is being taken: on a server each answer costs a way there and back. */
const lookAhead = ({ store }: Core, tenant: TenantId, person: PersonId): Ahead => {
  const ahead = {
    found: store.people.find(tenant, person),
    waiting: store.inbox.waiting(tenant, person, ROWS_A_LEASE),
    home: store.tenants.find(tenant),
  }
  // A failure counts where it is looked at, under the lease, and not before.
  for (const answer of Object.values(ahead)) answer.catch(() => undefined)
  return ahead
}

/**
 * What was read ahead holds if the lease says that nobody wrote the person since: then nobody took their rows either. Else it
 * is read again, under the lease.
 */
const open = async (core: Core, lease: Lease, ahead: Ahead, aliveAt: number): Promise<Hold> => {
  const { tenant, person: id, relayed, left } = lease
  const { people, inbox, outbox } = core.store
  const early = await ahead.found.catch(() => undefined)
  const holds = early !== undefined && early.revision === left?.revision
  const [found, waiting, pending, home] = await Promise.all([
    holds ? early : people.find(tenant, id),
    holds ? ahead.waiting : inbox.waiting(tenant, id, ROWS_A_LEASE),
    // Only with the revision: a holder that was stolen from may have written, and queued, after the thief let go.
    holds && left?.settled ? [] : outbox.pending(tenant, id),
    ahead.home,
  ])
  return {
    tenant,
    id,
    lease,
    aliveAt,
    person: found === undefined ? undefined : withoutRelayed(found, relayed),
    relayed,
    told: new Set(),
    home,
    waiting,
    pending,
    taken: [],
  }
}

/**
 * Lets go. The last inbox rows are marked done beside that, not before: whoever takes one up again finds its key among the
 * person's applied ones and passes it over.
 */
const close = async (core: Core, lease: Lease, hold: Hold | undefined): Promise<void> => {
  if (hold !== undefined && isErased(hold)) return
  const { leases } = core.store
  await Promise.all([
    hold === undefined ? undefined : markDone(core, hold),
    leases.release(hold?.lease ?? lease, hold?.relayed ?? lease.relayed, hold === undefined ? undefined : leftBy(hold)),
  ])
}

/** Nothing is known of what was cut off in the middle: then the next to come looks for themselves. */
const leftBy = ({ person, pending }: Hold): Left => ({
  revision: person?.revision,
  settled: pending?.length === 0,
})

const markDone = async (core: Core, hold: Hold): Promise<void> => {
  const keys = hold.taken
  hold.taken = []
  const now = core.clock.now()
  await Promise.all(keys.map(key => core.store.inbox.done(hold.tenant, key, now)))
}

/** The lease remembers how far effects were relayed; the document forgets them with its next write. */
const withoutRelayed = (person: Person, relayed: number): Person =>
  person.effects.length === 0 ? person : { ...person, effects: person.effects.filter(({ seq }) => seq > relayed) }

/**
 * Takes the lease, or steals it once its holder's token has stood unchanged for its whole length on this process's own
 * monotonic clock: wall clocks of two machines may disagree by minutes.
 */
export const lend = async (core: Core, tenant: TenantId, person: PersonId): Promise<Lease | undefined> => {
  const key = `${tenant}/${person}`
  const token = core.token()
  const taken = await core.store.leases.take(tenant, person, token)
  if ('lease' in taken) {
    seen.get(core)?.delete(key)
    return taken.lease
  }
  const watched = seen.get(core) ?? new Map<string, Watched>()
  seen.set(core, watched)
  const now = core.clock.monotonic()
  const before = watched.get(key)
  if (before === undefined || before.token !== taken.heldBy) {
    watched.set(key, { token: taken.heldBy, since: now })
    return undefined
  }
  if (now - before.since < leaseLengthOf(core)) return undefined
  watched.delete(key)
  return core.store.leases.steal(tenant, person, taken.heldBy, token)
}

type Watched = { readonly token: string; readonly since: number }
const seen = new WeakMap<Core, Map<string, Watched>>()

const drainInbox = async (core: Core, hold: Hold): Promise<void> => {
  const { tenant, id } = hold
  for (;;) {
    const rows = hold.waiting ?? (await core.store.inbox.waiting(tenant, id, ROWS_A_LEASE))
    hold.waiting = undefined
    for (const row of rows) {
      await stillHeld(core, hold)
      if (row.event.kind === 'reply' || row.event.kind === 'joined') await resume(core, hold, row.at)
      if (row.event.kind === 'reply' && hold.person?.applied.includes(row.key) === false) await makeWay(core, hold)
      await turnOrBury(core, hold, row)
      if (isErased(hold)) return
      hold.taken.push(row.key)
    }
    if (rows.length < ROWS_A_LEASE) return
    await markDone(core, hold)
  }
}

/** They write first: what Lighthand began and has not sent ends here, so that their words are heard for themselves. */
const makeWay = async (core: Core, hold: Hold): Promise<void> => {
  for (const key of await unseenOf(core, hold)) {
    const event = { kind: 'unsent', key, why: 'overtaken' } as const
    await turnOrBury(core, hold, { ...whoOf(hold), key: unsentKey({ key }), at: core.clock.now(), event })
    await withdraw(core, hold, key)
  }
}

const whoOf = ({ tenant, id }: Hold) => ({ tenant, person: id })

/** One turn; an event that no turn can be made of becomes a dead letter, and the person's other events are heard. */
const turnOrBury = async (core: Core, hold: Hold, row: InboxRow): Promise<void> => {
  const began = core.clock.monotonic()
  try {
    await takeTurn(core, hold, row.event, row.key)
    core.meters.turn(core.clock.monotonic() - began)
  } catch (error) {
    if (!(error instanceof Poisoned)) throw error
    const now = core.clock.now()
    // Of an appointment, or of Lighthand's own making: it had no row yet.
    await core.store.inbox.put(row, now)
    await core.store.inbox.bury(row.tenant, row.key, 'fault', now)
    core.meters.dead('inbox')
    core.log.error({ code: 'EVENT_DEAD', err: error.cause }, 'an event could not be taken; it is kept as a dead letter')
  }
}

/** Somebody writes: then the installation is there, whatever a send was told before that. */
const resume = async (core: Core, hold: Hold, at: number): Promise<void> => {
  const stopped = (await homeOf(core, hold))?.stopped
  if (stopped === undefined || at < stopped.at) return
  await resumeTenant(core, hold.tenant)
  hold.home = undefined
}

const keepAppointment = async (core: Core, hold: Hold, claimed: ClaimedAppointment): Promise<void> => {
  const { key, kind, at, date, seq } = claimed
  await stillHeld(core, hold)
  core.meters.lag('appointment', Math.max(0, core.clock.now() - at))
  const event = { kind: 'due', key, appointment: kind, at, date } as const
  const row = { ...whoOf(hold), key: `due/${key}@${seq}`, at: core.clock.now(), event }
  if (hold.person !== undefined) await turnOrBury(core, hold, row)
  if (!isErased(hold)) await core.store.appointments.done(claimed)
}
