import { tenantId } from '../../src/domain/ids.ts'
import type { ChatAdapter } from '../../src/ports/chat.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Log } from '../../src/ports/log.ts'
import type { Store } from '../../src/ports/store.ts'
import type { Core } from '../../src/usecases/core.ts'
import { receiveEvent } from '../../src/usecases/receive-event.ts'
import { receiveTenantEvent } from '../../src/usecases/receive-tenant-event.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { readBook } from './checker/book.ts'
import { liveAsClient, type Surroundings } from './client.ts'
import { makeEvents } from './events.ts'
import { makePlatform } from './platform.ts'
import { populate } from './population.ts'
import { makeRandom } from './random.ts'
import { liveAsStaff } from './staff.ts'
import type { Evidence, PromptText } from './transcript.ts'

/** What the composition root gives: the real core, over a store in memory, living in the given time. */
export type OpenCore = (given: {
  readonly clock: Clock
  readonly chat: ChatAdapter
  readonly log: Log
  readonly random: () => number
  readonly token: () => string
  readonly watch: (store: Store) => Store
}) => Promise<{ readonly core: Core; readonly close: () => Promise<void> }>

export type Plan = {
  readonly seed: string
  readonly clients: number
  readonly days: number
  readonly prompts: readonly PromptText[]
  readonly commands: (locale: string) => Readonly<Record<string, readonly string[]>>
  readonly locales: readonly string[]
  /** Ticks each minute, as node-cron does, instead of jumping over minutes in which nothing is due. */
  readonly everyMinute?: boolean
}

/**
 * Tenants share nothing, so a story can be lived in two halves, on two cores; always two, so that what comes out never depends
 * on the machine.
 */
export type Half = 0 | 1
export const HALVES: readonly Half[] = [0, 1]

export type Run = Evidence & {
  /** Warnings and errors that the core logged, by code. */
  readonly trouble: Readonly<Record<string, number>>
  /** Errors in the core: whose work fails is never served again, so one is enough to fail the run. */
  readonly faults: readonly Fault[]
  readonly ticks: number
}

/** `at` and `person`: the first time, and who had written last before it. */
export type Fault = {
  readonly at: number
  readonly person: string
  readonly what: string
  readonly where: string
  readonly times: number
}

const placeOf = ({ stack = '' }: Error): string =>
  /\((?:file:\/\/)?.*?\/((?:src|adapters)\/[^)]+)\)/.exec(stack)?.[1] ?? ''

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** A Monday in winter, some weeks before the clocks change: midnight UTC. */
const START = Date.UTC(2026, 1, 2)

/** Lets half of so many clients live for so many days with the real core, in virtual time. */
export const liveHalf = async (plan: Plan, half: Half, openCore: OpenCore): Promise<Run> => {
  const random = makeRandom(plan.seed)
  const all = populate(random.fork('population'), plan.clients, plan.locales, START, plan.days)
  const houses = all.houses.filter((_, index) => index % HALVES.length === half)
  const members = all.members.filter(({ tenant }) => houses.some(({ id }) => id === tenant))
  const until = START + plan.days * DAY
  let now = START
  const events = makeEvents()
  const platform = makePlatform(
    () => now,
    person => random.fork(`luck/${person}`),
  )
  const trouble: Record<string, number> = {}
  const faults = new Map<string, Fault>()
  const note = (facts: Readonly<Record<string, unknown>>): void => {
    const code = String(facts.code)
    trouble[code] = (trouble[code] ?? 0) + 1
    if (!(facts.err instanceof Error)) return
    const what = facts.err.message
    const known = faults.get(what)
    const person = platform.lines.findLast(({ dir }) => dir === 'typed')?.person ?? ''
    faults.set(what, { at: now, person, what, where: placeOf(facts.err), ...known, times: (known?.times ?? 0) + 1 })
  }
  const ticks = new Set<number>()
  let ticked = 0
  let tick = async (): Promise<void> => undefined
  /** The ticker's first minute at which something that waits for `at` can happen. */
  const wakeAt = (at: number): void => {
    const minute = Math.ceil(Math.max(at, now + 1) / MINUTE) * MINUTE
    if (plan.everyMinute === true || ticks.has(minute)) return
    ticks.add(minute)
    events.plan(minute, tick)
  }
  let tokens = 0
  const jitter = random.fork(`jitter/${half}`)
  const { core, close } = await openCore({
    clock: { now: () => now, monotonic: () => now },
    chat: platform.chat,
    log: { info: () => undefined, warn: note, error: note },
    random: jitter.next,
    token: () => {
      tokens += 1
      return `token-${tokens}`
    },
    watch: store => watched(store, wakeAt),
  })
  tick = async () => {
    ticks.delete(now)
    ticked += 1
    await runDue(core)
    if (plan.everyMinute === true) events.plan(now + MINUTE, tick)
  }
  try {
    for (const { id, workspace, policy, zone } of houses)
      await core.store.tenants.insert({
        id: tenantId(id),
        platform: 'simulator',
        workspace,
        zone,
        programme: undefined,
        policy,
        revision: 0,
      })
    await platform.chat.start(
      event => receiveEvent(core, event),
      event => receiveTenantEvent(core, event),
    )
    const surroundings: Surroundings = {
      events,
      platform,
      now: () => now,
      commands: plan.commands,
      book: readBook(plan.prompts),
    }
    for (const [index, member] of members.entries()) {
      const house = houses.find(({ id }) => id === member.tenant)
      if (house === undefined) throw new Error('somebody lives nowhere')
      const luck = random.fork(`life/${member.id}`)
      const clients = members.filter(({ tenant, role }) => role === 'client' && tenant === member.tenant)
      // Clients are on the platform before HR hears of it, one after the other.
      events.plan(
        START + (member.role === 'client' ? 0 : member.role === 'coach' ? 30 : 60) * MINUTE + index * 97,
        () => {
          if (member.way === undefined) liveAsStaff(member, house, clients, luck, surroundings)
          else liveAsClient(member, member.way, member.zone, luck, surroundings)
          return platform.join(member, member.zone)
        },
      )
    }
    if (plan.everyMinute === true) events.plan(START + MINUTE, tick)
    for (let at = events.soonest(); at !== undefined && at < until; at = events.soonest()) {
      now = Math.max(now, at)
      await events.take()?.()
      await core.lanes.idle()
    }
    return {
      from: START,
      until,
      houses,
      members,
      lines: platform.lines,
      prompts: plan.prompts,
      trouble,
      faults: [...faults.values()],
      ticks: ticked,
    }
  } finally {
    await core.lanes.idle()
    await close()
  }
}

/** Both halves as one; lines in order of time, and at one instant by person. */
export const joined = (halves: readonly Run[]): Run => {
  const [first] = halves
  if (first === undefined) throw new Error('nobody lived')
  const trouble: Record<string, number> = {}
  for (const half of halves)
    for (const [code, times] of Object.entries(half.trouble)) trouble[code] = (trouble[code] ?? 0) + times
  return {
    ...first,
    houses: halves.flatMap(({ houses }) => houses).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    members: halves.flatMap(({ members }) => members),
    lines: halves.flatMap(({ lines }) => lines).toSorted((a, b) => a.at - b.at || a.person.localeCompare(b.person)),
    trouble,
    faults: halves.flatMap(({ faults }) => faults),
    ticks: halves.reduce((sum, { ticks }) => sum + ticks, 0),
  }
}

/** Lets so many clients live for so many days. The same plan gives the same lines, to the byte. */
export const live = async (plan: Plan, openCore: OpenCore): Promise<Run> => {
  const halves: Run[] = []
  for (const half of HALVES) halves.push(await liveHalf(plan, half, openCore))
  return joined(halves)
}

/** The same store, and each moment at which something in it comes due. What ends at once needs no moment of its own. */
const watched = (store: Store, wakeAt: (at: number) => void): Store => {
  const { appointments, outbox } = store
  return {
    ...store,
    appointments: {
      ...appointments,
      put: (appointment, seq) => {
        wakeAt(appointment.at)
        return appointments.put(appointment, seq)
      },
      postpone: (claimed, at) => {
        wakeAt(at)
        return appointments.postpone(claimed, at)
      },
    },
    outbox: {
      ...outbox,
      put: (row, at) => {
        if (row.state === 'due') wakeAt(at)
        return outbox.put(row, at)
      },
      retry: (tenant, key, at, why) => {
        wakeAt(at)
        return outbox.retry(tenant, key, at, why)
      },
    },
  }
}
