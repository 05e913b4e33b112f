import type { PackSet } from '../../src/conversation/pack-set.ts'
import { type PersonId, type TenantId, tenantId } from '../../src/domain/ids.ts'
import type { ChatAdapter, PlatformLimits } from '../../src/ports/chat.ts'
import { makePacer } from '../../src/usecases/pacer.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { clock, makeCore, makePlatform } from '../bot.ts'
import { openEmbeddedEngine } from '../engines.ts'
import { progress, rounded } from '../figures.ts'
import { fillAppointments } from './waiting.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const TENANTS = ['backlog-1', 'backlog-2', 'backlog-3'].map(tenantId)
const PEOPLE = 300
/** Sends a minute in a workspace, and one a second in a conversation. */
const LIMITS: PlatformLimits = {
  tenant: [{ sends: 60, per: MINUTE }],
  route: [{ sends: 1, per: SECOND }],
}
/** Virtual minutes after which it should long be over. */
const MOST_MINUTES = 120

export type BacklogFigures = {
  readonly check_ins: number
  readonly sent: number
  /** By the reason that the client's own record gives. */
  readonly held_back: Readonly<Record<string, number>>
  /** Virtual minutes from the end of the outage to the last message. */
  readonly minutes: number
  /** The most that any tenant's platform saw in any sixty seconds, and what it allows. */
  readonly most_in_a_minute: number
  readonly allowed_in_a_minute: number
}

/**
 * A day without Lighthand: every client of three tenants had a check-in due somewhere in it. Played on a clock that is moved by
 * hand, second by second, since a platform's limits make it long: what it takes is what the limits leave.
 */
export const measureBacklog = async (packs: PackSet, people = PEOPLE): Promise<BacklogFigures> => {
  const engine = await openEmbeddedEngine()
  const outageEnds = clock.now()
  for (const tenant of TENANTS)
    await fillAppointments(engine.store, people, nth => outageEnds - DAY + (nth / people) * DAY, tenant)
  progress('the backlog is in place')
  let passed = 0
  const virtual = { now: () => outageEnds + passed, monotonic: () => passed }
  const sends = new Map<TenantId, number[]>(TENANTS.map(tenant => [tenant, []]))
  const platform: ChatAdapter = {
    ...makePlatform(undefined, LIMITS),
    send: async ({ tenant }, _message, key) => {
      sends.get(tenant)?.push(passed)
      return { id: key }
    },
  }
  const core = {
    ...makeCore(engine.store, engine.keyring, packs, platform),
    clock: virtual,
    pacer: makePacer(virtual.monotonic),
  }
  for (;;) {
    await runDue(core)
    await core.lanes.idle()
    const left = await Promise.all([
      engine.store.inbox.tenantsWaiting(),
      engine.store.outbox.tenantsDue(virtual.now() + MINUTE),
      engine.store.appointments.tenantsDue(virtual.now()),
    ])
    if (left.flat().length === 0) break
    if (passed > MOST_MINUTES * MINUTE) throw new Error('the backlog does not drain')
    passed += SECOND
  }
  const held: Record<string, number> = {}
  for (const tenant of TENANTS)
    for (const { id } of await engine.store.people.roster(tenant))
      for (const why of await heldBackOf(engine.store, tenant, id)) held[why] = (held[why] ?? 0) + 1
  await engine.close()
  const all = [...sends.values()]
  const most = Math.max(...all.flatMap(moments => moments.map(at => within(moments, at))))
  const [limit] = LIMITS.tenant
  if (limit === undefined || most > limit.sends)
    throw new Error(`${most} messages in a minute: the platform would refuse`)
  return {
    check_ins: TENANTS.length * people,
    sent: all.flat().length,
    held_back: held,
    minutes: rounded(Math.max(...all.flat()) / MINUTE),
    most_in_a_minute: most,
    allowed_in_a_minute: limit.sends,
  }
}

const within = (moments: readonly number[], until: number): number =>
  moments.filter(at => at > until - MINUTE && at <= until).length

type Store = Awaited<ReturnType<typeof openEmbeddedEngine>>['store']

const heldBackOf = async (store: Store, tenant: TenantId, id: PersonId): Promise<readonly string[]> =>
  (await store.people.find(tenant, id))?.client?.heldBack.map(({ why }) => why) ?? []
