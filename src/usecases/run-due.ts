import type { PersonId, TenantId } from '../domain/ids.ts'
import type { PlatformLimits } from '../ports/chat.ts'
import { type Core, leaseLengthOf } from './core.ts'
import { type Occasion, workOn } from './work-on.ts'

/** A claimed appointment shows up again after this many lease lengths, should the process die. */
const CLAIM_LEASES = 2
/** Of a lease's length. Somebody else holds the person's lease: their appointment is looked at again shortly. */
const BUSY_RETRY = 2 / 3
/** People looked for in one go; the rest follow in the next round of the same run. */
const BATCH = 100

/** How many appointments came due and were kept, and how many people had messages or an inbox to see to. */
export type DueRun = { readonly appointments: number; readonly people: number }

/**
 * Does everything that is due: appointments; messages to send again; inbox rows that an earlier process left. Tenants have
 * their turns (core.shares), and nothing unprompted is begun faster than a tenant's platform takes it (core.pacer).
 * `alone`: no other process works on this store, so what is marked as being sent was left by one that died. Its cost follows
 * what is due, never how many clients there are. Safe to run at any time, and by several processes. Does nothing while the
 * wall clock is in doubt.
 */
export const runDue = async (core: Core, { alone = false } = {}): Promise<DueRun> => {
  const run: Run = { ahead: alone ? leaseLengthOf(core) : 0, seen: new Set(), appointments: 0, people: 0 }
  while (core.watch?.steady() !== false) {
    const before = run.appointments + run.people
    const tenants = await tenantsWithWork(core, core.clock.now() + run.ahead)
    await Promise.all(tenants.map(tenant => guarded(core, () => drainOnce(core, run, tenant))))
    if (run.appointments + run.people === before) break
  }
  return { appointments: run.appointments, people: run.people }
}

type Run = {
  /** ms that messages are looked for beyond now. */
  readonly ahead: number
  /** Who was worked on in this run: held elsewhere, or failed, they are stepped over and keep nobody from their turn. */
  seen: Set<string>
  appointments: number
  people: number
}

/** Tenants at work in each process, and whether somebody asked for them again meanwhile. */
const draining = new WeakMap<Core, Map<TenantId, { again: boolean }>>()

/**
 * Runs may overlap, so that a tenant whose sends take long keeps no other from being looked at; one tenant is drained by one
 * run at a time, and once more if another run came upon it.
 */
const drainOnce = async (core: Core, run: Run, tenant: TenantId): Promise<void> => {
  const here = draining.get(core) ?? new Map<TenantId, { again: boolean }>()
  draining.set(core, here)
  const already = here.get(tenant)
  if (already !== undefined) {
    already.again = true
    return
  }
  const mine = { again: false }
  here.set(tenant, mine)
  try {
    await drain(core, run, tenant)
    while (mine.again) {
      mine.again = false
      run.seen = new Set()
      await drain(core, run, tenant)
    }
  } finally {
    here.delete(tenant)
  }
}

const tenantsWithWork = async ({ store }: Core, until: number): Promise<readonly TenantId[]> => {
  const found = await Promise.all([
    store.inbox.tenantsWaiting(),
    store.outbox.tenantsDue(until),
    store.appointments.tenantsDue(until),
  ])
  return [...new Set(found.flat())]
}

/** One piece of a tenant's work, done under the tenant's turn. False: there is none of its kind. */
type Source = () => Promise<boolean>

/**
 * A tenant's due work, of each kind in turn. It begins with one worker, and each that finds something calls another: as many
 * as the tenant's turn allows, and hardly more looks than there is work.
 */
const drain = async (core: Core, run: Run, tenant: TenantId): Promise<void> => {
  const limits = await limitsOf(core, tenant)
  const { inbox, outbox } = core.store
  const sources = new Set<Source>([
    people(core, run, tenant, {}, limit => inbox.whoWaits(tenant, limit)),
    paced(
      core,
      tenant,
      limits,
      people(core, run, tenant, { queued: true }, limit =>
        outbox.whoWaits(tenant, core.clock.now() + run.ahead, limit),
      ),
    ),
    paced(core, tenant, limits, () => keepOne(core, run, tenant)),
  ])
  const workers: Promise<void>[] = []
  const call = (): void => {
    if (workers.length >= core.shares.most || sources.size === 0) return
    const work = worker()
    work.catch(() => sources.clear())
    workers.push(work)
  }
  const worker = async (): Promise<void> => {
    for (;;) {
      const [source] = sources
      if (source === undefined) return
      // To the end: the next look is at another kind.
      sources.delete(source)
      sources.add(source)
      const found = await core.shares.run(tenant, () => {
        // Meanwhile another worker may have found that there is none.
        return sources.has(source) ? source() : Promise.resolve(false)
      })
      if (found) call()
      else sources.delete(source)
    }
  }
  call()
  // Workers that fail are told of at the end, when all have stopped.
  const failures: unknown[] = []
  for (let index = 0; index < workers.length; index += 1) await workers[index]?.catch(error => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

const limitsOf = async (core: Core, id: TenantId): Promise<PlatformLimits | undefined> => {
  const tenant = await core.store.tenants.find(id)
  return tenant === undefined ? undefined : core.chat(tenant).limits
}

/** Nothing is begun that could not leave: it stays where it is until the pace allows it. */
const paced =
  (core: Core, tenant: TenantId, limits: PlatformLimits | undefined, source: Source): Source =>
  async () => {
    const wait = core.pacer.wait(tenant, limits)
    if (wait === 0) return source()
    core.wake(wait)
    return false
  }

const keepOne = async (core: Core, run: Run, tenant: TenantId): Promise<boolean> => {
  const now = core.clock.now()
  const until = now + CLAIM_LEASES * leaseLengthOf(core)
  const claimed = await core.store.appointments.claim(tenant, now, core.token(), until)
  if (claimed === undefined) return false
  run.appointments += 1
  await inLane(core, tenant, claimed.person, async () => {
    const worked = await workOn(core, tenant, claimed.person, { claimed })
    if (!worked) await core.store.appointments.postpone(claimed, core.clock.now() + BUSY_RETRY * leaseLengthOf(core))
  })
  return true
}

/** Everybody that `whoWaits` names, each once a run, in batches. */
const people = (
  core: Core,
  run: Run,
  tenant: TenantId,
  occasion: Occasion,
  whoWaits: (limit: number) => Promise<readonly PersonId[]>,
): Source => {
  let batch: PersonId[] = []
  let looking: Promise<void> | undefined
  let steppedOver = 0
  let last = false
  const isFresh = (person: PersonId): boolean => !run.seen.has(`${tenant}/${person}`)
  const look = async (): Promise<void> => {
    const limit = BATCH + steppedOver
    const found = await whoWaits(limit)
    batch = found.filter(isFresh)
    steppedOver = found.length - batch.length
    last = found.length < limit
  }
  const next = async (): Promise<PersonId | undefined> => {
    for (;;) {
      const person = batch.shift()
      if (person !== undefined && isFresh(person)) return person
      if (person !== undefined) continue
      if (last) return undefined
      // Workers that come meanwhile wait for the same answer.
      looking ??= look().finally(() => {
        looking = undefined
      })
      await looking
    }
  }
  return async () => {
    const person = await next()
    if (person === undefined) return false
    run.seen.add(`${tenant}/${person}`)
    run.people += 1
    await inLane(core, tenant, person, () => workOn(core, tenant, person, occasion))
    return true
  }
}

/**
 * In the person's lane. Where that is busy the work waits for it without the tenant's place, and asks for one again then:
 * whoever waits for a lane with a place in hand could keep the one before them from getting theirs.
 */
const inLane = async (core: Core, tenant: TenantId, person: PersonId, work: () => Promise<unknown>): Promise<void> => {
  const key = `${tenant}/${person}`
  if (core.lanes.isBusy(key)) core.lanes.start(key, () => core.shares.run(tenant, work))
  else await guarded(core, () => core.lanes.run(key, work))
}

/** One person's trouble is logged and ends there; what was claimed shows up again by itself. */
const guarded = async (core: Core, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    core.log.error({ code: 'WORK_FAILED', err: error }, 'work for one person failed and will be taken up again')
  }
}
