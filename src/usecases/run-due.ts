import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Core } from './core.ts'
import { ATTEMPT_LENGTH } from './deliver.ts'
import { workOn } from './work-on.ts'

const SECOND = 1_000
/** A claimed appointment shows up again after this, should the process die; longer than a lease. */
const CLAIM_LENGTH = 60 * SECOND
/** Somebody else holds the person's lease: their appointment is looked at again shortly. */
const BUSY_RETRY = 20 * SECOND
/** People looked for in one go; the rest follow in the next round of the same run. */
const BATCH = 100
/** People worked on at once: enough to overlap their sends, few enough for a small machine. */
const AT_ONCE = 8

/** How many appointments came due and were kept, and how many people had messages or an inbox to see to. */
export type DueRun = { readonly appointments: number; readonly people: number }

/**
 * Does everything that is due: appointments, tenants taken in turn; messages to send again; inbox rows that an earlier process
 * left. `alone`: no other process works on this store, so what is marked as being sent was left by one that died. Its cost follows what is due, never how many clients there are. Safe to run at any time, and by several processes.
 */
export const runDue = async (core: Core, { alone = false } = {}): Promise<DueRun> => {
  const appointments = await keepAppointments(core)
  const people = await takeUpPeople(core, alone ? core.clock.now() + ATTEMPT_LENGTH : core.clock.now())
  return { appointments, people }
}

/** One of each tenant, then the next of each: a busy tenant delays no other. */
const keepAppointments = async (core: Core): Promise<number> => {
  let kept = 0
  for (;;) {
    const tenants = await core.store.appointments.tenantsDue(core.clock.now())
    if (tenants.length === 0) return kept
    const round = await inTurns(tenants, tenant => keepOne(core, tenant))
    const found = round.filter(Boolean).length
    kept += found
    if (found === 0) return kept
  }
}

const keepOne = async (core: Core, tenant: TenantId): Promise<boolean> => {
  const now = core.clock.now()
  const claimed = await core.store.appointments.claim(tenant, now, core.token(), now + CLAIM_LENGTH)
  if (claimed === undefined) return false
  const { person } = claimed
  const worked = await guarded(core, () =>
    core.lanes.run(`${tenant}/${person}`, () => workOn(core, tenant, person, claimed)),
  )
  if (worked === false) await core.store.appointments.postpone(claimed, core.clock.now() + BUSY_RETRY)
  return true
}

const takeUpPeople = async (core: Core, until: number): Promise<number> => {
  const { outbox, inbox } = core.store
  const seen = new Set<string>()
  await takeUp(core, seen, limit => outbox.whoWaits(until, limit))
  await takeUp(core, seen, limit => inbox.whoWaits(limit))
  return seen.size
}

/**
 * Everybody that `whoWaits` names, each once, in batches. Those who are still named afterwards (held elsewhere, or their work
 * failed) are stepped over, so that they keep nobody from their turn.
 */
const takeUp = async (
  core: Core,
  seen: Set<string>,
  whoWaits: (limit: number) => Promise<readonly { readonly tenant: TenantId; readonly person: PersonId }[]>,
): Promise<void> => {
  let steppedOver = 0
  for (;;) {
    const limit = BATCH + steppedOver
    const found = await whoWaits(limit)
    const fresh = found.filter(({ tenant, person }) => !seen.has(`${tenant}/${person}`))
    steppedOver = found.length - fresh.length
    if (fresh.length === 0 && found.length < limit) return
    await inTurns(fresh, ({ tenant, person }) => {
      const key = `${tenant}/${person}`
      seen.add(key)
      return guarded(core, () => core.lanes.run(key, () => workOn(core, tenant, person)))
    })
  }
}

/** One person's trouble is logged and ends there; what was claimed shows up again by itself. */
const guarded = async (core: Core, work: () => Promise<boolean>): Promise<boolean | undefined> => {
  try {
    return await work()
  } catch (error) {
    core.log.error({ code: 'WORK_FAILED', err: error }, 'work for one person failed and will be taken up again')
    return undefined
  }
}

const inTurns = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = []
  const rest = items.values()
  const worker = async (): Promise<void> => {
    for (const item of rest) results.push(await work(item))
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
  return results
}
