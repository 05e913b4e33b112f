import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createLogger } from '../adapters/http/logger.ts'
import { readPrompts } from '../adapters/prompts/files.ts'
import { makePackSet, type PackSet } from '../src/conversation/pack-set.ts'
import { personId, type TenantId, tenantId } from '../src/domain/ids.ts'
import type { Reply } from '../src/domain/message.ts'
import type { Person } from '../src/domain/person.ts'
import { MOST } from '../src/domain/pressure.ts'
import { type Calendar, localDate } from '../src/domain/schedule.ts'
import { HEARD } from '../src/domain/silence.ts'
import { DEFAULT_POLICY, type Tenant } from '../src/domain/tenant.ts'
import type { ChatAdapter, PlatformLimits } from '../src/ports/chat.ts'
import type { Keyring } from '../src/ports/keyring.ts'
import { NO_METERS } from '../src/ports/meters.ts'
import type { Store } from '../src/ports/store.ts'
import type { Core } from '../src/usecases/core.ts'
import { makeFairShare } from '../src/usecases/fair-share.ts'
import { makeLanes } from '../src/usecases/lanes.ts'
import { makePacer } from '../src/usecases/pacer.ts'

export const ROOT = join(import.meta.dirname, '../..')
export const TENANT: TenantId = tenantId('bench')
export const CLIENT = personId('ana')

const COACH = personId('tom')
const ZONE = 'Europe/Madrid'

/** A Wednesday morning inside working hours; the bench's clock runs on from there. */
const MORNING = Date.UTC(2026, 0, 14, 9)

/** The packs that are shipped, of every locale, checked as at a start. */
export const readShippedPacks = (): PackSet => {
  const { packs, hearings } = readPrompts(join(ROOT, 'prompts'))
  return makePackSet(packs, hearings)
}

export const aTenant: Tenant = {
  id: TENANT,
  platform: 'bench',
  workspace: 'Bench',
  zone: ZONE,
  programme: undefined,
  policy: DEFAULT_POLICY,
  revision: 0,
}

/** A client who said yes and opened the subject of work: the ordinary case. */
export const aClient: Person = {
  tenant: TENANT,
  id: CLIENT,
  name: 'Ana',
  roles: ['client'],
  locale: 'en',
  zone: ZONE,
  route: 'ana',
  client: {
    coach: COACH,
    coachName: 'Tom',
    contract: { state: 'accepted', at: MORNING, version: '1' },
    origin: 'both',
    hold: undefined,
    pause: undefined,
    rhythm: { weeks: 1, weekday: 3, at: '10:00', anchor: localDate(MORNING, ZONE), lastDate: localDate(MORNING, ZONE) },
    hour: '09:00',
    daysOff: [],
    silence: HEARD,
    limits: MOST,
    topics: { work: true, self: false, dreams: false },
    ledger: [],
    heldBack: [],
    retired: { questions: [], wordings: [] },
    last: { kind: 'nothing' },
    offered: [],
    begun: {},
  },
  coach: undefined,
  conversation: undefined,
  scheduled: {},
  effects: [],
  said: [],
  seq: 0,
  applied: [],
  revision: 0,
}

export const aCalendar: Calendar = {
  workdays: DEFAULT_POLICY.workdays,
  quiet: DEFAULT_POLICY.quiet,
  isHoliday: () => false,
}

/** Begins the check-in, which then waits at its first question. */
export const OPENING: Reply = { kind: 'text', text: 'check-in' }

/**
 * Two typed messages that lead round in a circle for ever: an answer to a check-in's open question, which keeps the line and
 * asks the next one, and the way back to it. Each is answered by one message.
 */
export const ROUND: readonly Reply[] = [
  { kind: 'text', text: 'I left on time twice, and nobody minded. The Monday meeting was shorter, too.' },
  { kind: 'text', text: 'edit' },
]

export const clock = { now: () => MORNING + performance.now(), monotonic: () => performance.now() }

/** Takes every message, at once or when `taken` resolves. */
export const makePlatform = (
  taken: (key: string) => Promise<void> = async () => undefined,
  limits?: PlatformLimits,
): ChatAdapter => {
  let sends = 0
  return {
    platform: 'bench',
    ...(limits === undefined ? {} : { limits }),
    capabilities: { home: false, directory: false, edits: false, commands: false },
    publish: async () => undefined,
    profile: async () => undefined,
    start: async () => undefined,
    send: async (_to, _message, key) => {
      await taken(key)
      sends += 1
      return { id: `m${sends}` }
    },
    find: async () => undefined,
    stop: async () => undefined,
  }
}

/** The real core over a store, and, if no other is given, a platform that takes every message at once and costs nothing. */
export const makeCore = (store: Store, keyring: Keyring, packs: PackSet, chat = makePlatform()): Core => {
  const log = createLogger('warn', process.stderr)
  return {
    store,
    keyring,
    clock,
    log,
    packs: { current: packs, recall: async () => undefined },
    lanes: makeLanes(error => log.error({ code: 'WORK_FAILED', err: error }, 'work failed in the bench')),
    shares: makeFairShare(100),
    pacer: makePacer(clock.monotonic),
    meters: NO_METERS,
    wake: () => undefined,
    chat: () => chat,
    calendar: async () => aCalendar,
    token: randomUUID,
    random: Math.random,
  }
}
