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
/** ms between two looks for more of a tenant that is being drained: ticks may come much closer together. */
const LOOK_PAUSE = 1_000

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
  const done = { appointments: 0, people: 0 }
  const run: Run = { ahead: alone ? leaseLengthOf(core) : 0, seen: new Set(), done }
  while (core.watch?.steady() !== false) {
    const before = done.appointments + done.people
    const tenants = await tenantsWithWork(core, core.clock.now() + run.ahead)
    await Promise.all(tenants.map(tenant => guarded(core, () => drainOnce(core, run, tenant))))
    if (done.appointments + done.people === before) break
  }
  return done
}

type Run = {
  /** ms that messages are looked for beyond now. */
  readonly ahead: number
  /** Who was worked on in this run: held elsewhere, or failed, they are stepped over and keep nobody from their turn. */
  readonly seen: Set<string>
  readonly done: { appointments: number; people: number }
}

/** A tenant at work in this process. */
type Drain = {
  /** Looks at once for what came due meanwhile, beside what is still under way. */
  look(): void
  /** Looks when what is under way has come to its end, or when it is told to once more. */
  lookLater(): void
  /** ms, monotonic. */
  lookedAt: number
  /** Who is being worked on. */
  readonly active: Set<PersonId>
  /** Who was found again meanwhile: there may be more of theirs. */
  readonly again: Set<PersonId>
}

const draining = new WeakMap<Core, Map<TenantId, Drain>>()

/**
 * Runs may overlap, so that a send that takes long keeps nobody else from being looked at. One tenant is drained once at a
 * time: another run that comes upon it has it look again.
 */
const drainOnce = async (core: Core, run: Run, tenant: TenantId): Promise<void> => {
  const here = draining.get(core) ?? new Map<TenantId, Drain>()
  draining.set(core, here)
  const already = here.get(tenant)
  if (already !== undefined) {
    const now = core.clock.monotonic()
    if (now - already.lookedAt < LOOK_PAUSE) return already.lookLater()
    already.lookedAt = now
    return already.look()
  }
  let oneMore = false
  const later = (): void => {
    oneMore = true
  }
  const lookedAt = core.clock.monotonic()
  const mine: Drain = { look: later, lookLater: later, lookedAt, active: new Set(), again: new Set() }
  here.set(tenant, mine)
  try {
    const limits = await limitsOf(core, tenant)
    let next = run
    do {
      oneMore = false
      await drain(core, next, tenant, limits, mine).finally(() => {
        mine.look = later
      })
      next = afresh(run)
    } while (oneMore)
  } finally {
    here.delete(tenant)
  }
}

/** The same run, having seen nobody. */
const afresh = (run: Run): Run => ({ ...run, seen: new Set() })

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
const drain = async (
  core: Core,
  run: Run,
  tenant: TenantId,
  limits: PlatformLimits | undefined,
  mine: Drain,
): Promise<void> => {
  let sources = new Set(sourcesOf(core, run, tenant, limits, mine))
  const workers: Promise<void>[] = []
  let live = 0
  const call = (): void => {
    if (live >= core.shares.most || sources.size === 0) return
    live += 1
    const work = worker().finally(() => {
      live -= 1
    })
    work.catch(() => sources.clear())
    workers.push(work)
  }
  mine.look = () => {
    sources = new Set(sourcesOf(core, afresh(run), tenant, limits, mine))
    if (live < core.shares.most) call()
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

const sourcesOf = (
  core: Core,
  run: Run,
  tenant: TenantId,
  limits: PlatformLimits | undefined,
  mine: Drain,
): readonly Source[] => {
  const { inbox, outbox } = core.store
  const due = (limit: number) => outbox.whoWaits(tenant, core.clock.now() + run.ahead, limit)
  return [
    people(core, run, tenant, mine, {}, limit => inbox.whoWaits(tenant, limit)),
    paced(core, tenant, limits, people(core, run, tenant, mine, { queued: true }, due)),
    paced(core, tenant, limits, () => keepOne(core, run, tenant)),
  ]
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
  run.done.appointments += 1
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
  mine: Drain,
  occasion: Occasion,
  whoWaits: (limit: number) => Promise<readonly PersonId[]>,
): Source => {
  let batch: PersonId[] = []
  let looking: Promise<void> | undefined
  let steppedOver = 0
  let last = false
  const isFresh = (person: PersonId): boolean => {
    if (run.seen.has(`${tenant}/${person}`)) return false
    if (!mine.active.has(person)) return true
    mine.again.add(person)
    return false
  }
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
    run.done.people += 1
    mine.active.add(person)
    await onceInLane(core, tenant, person, occasion).finally(() => mine.active.delete(person))
    if (mine.again.delete(person)) mine.look()
    return true
  }
}

/** Those whose lane is busy and who have a turn in it that has not begun. */
const waiting = new WeakMap<Core, Set<string>>()

/** For whoever was found to have work, once: a turn that has not begun in their lane will find all there is. */
const onceInLane = async (core: Core, tenant: TenantId, person: PersonId, occasion: Occasion): Promise<void> => {
  const key = `${tenant}/${person}`
  if (!core.lanes.isBusy(key)) return inLane(core, tenant, person, () => workOn(core, tenant, person, occasion))
  const here = waiting.get(core) ?? new Set<string>()
  waiting.set(core, here)
  if (here.has(key)) return
  here.add(key)
  core.lanes.start(key, () =>
    core.shares.run(tenant, () => {
      here.delete(key)
      return workOn(core, tenant, person, { queued: true })
    }),
  )
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
