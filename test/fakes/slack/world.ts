import { join } from 'node:path'
import { createLogger } from '../../../adapters/http/logger.ts'
import { makeMetrics } from '../../../adapters/http/metrics.ts'
import { createHttpServer, type HttpServer } from '../../../adapters/http/server.ts'
import { readPrompts } from '../../../adapters/prompts/files.ts'
import { slackInstall, slackRenew } from '../../../adapters/slack/install.ts'
import { quietLogger } from '../../../adapters/slack/quiet-log.ts'
import { makeSlack, type Slack } from '../../../adapters/slack/slack.ts'
import { openMemoryKeyring } from '../../../adapters/store/keyring/open.ts'
import { openStore } from '../../../adapters/store/open.ts'
import { makePackSet } from '../../../src/conversation/pack-set.ts'
import { onlyHolidays } from '../../../src/domain/holidays.ts'
import { personId, type TenantId, tenantId } from '../../../src/domain/ids.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Log } from '../../../src/ports/log.ts'
import type { Store } from '../../../src/ports/store.ts'
import { makeBotToken } from '../../../src/usecases/bot-token.ts'
import type { Core } from '../../../src/usecases/core.ts'
import { makeFairShare } from '../../../src/usecases/fair-share.ts'
import { installTenant } from '../../../src/usecases/install-tenant.ts'
import { makeLanes } from '../../../src/usecases/lanes.ts'
import { makePacer } from '../../../src/usecases/pacer.ts'
import { receiveEvent } from '../../../src/usecases/receive-event.ts'
import { receiveTenantEvent } from '../../../src/usecases/receive-tenant-event.ts'
import { runDue } from '../../../src/usecases/run-due.ts'
import { type Delivered, elementsIn, type FakeSlack, openFakeSlack, SIGNING_SECRET } from './slack.ts'

const { packs, hearings } = readPrompts(join(import.meta.dirname, '../../../prompts'))
const PACKS = makePackSet(packs, hearings)
const TICK = 60_000
const PLACES = 16
/** People take their time to read and to answer, and Slack wants it between posts. */
const BETWEEN_GESTURES = 4_000

/** The real core, the real adapter on the real HTTP server, and Slack as a fake that speaks HTTP with both. */
export type SlackWorld = {
  readonly fake: FakeSlack
  readonly slack: Slack
  readonly core: Core
  readonly store: Store
  readonly url: string
  readonly clock: { wall: number }
  /** Everything the process logged, as its logger was told. */
  readonly logged: { readonly facts: Readonly<Record<string, unknown>>; readonly message: string }[]
  /** The same as it stands in its log, line by line. */
  readonly lines: string[]
  /** Somebody installs it through the browser: for a workspace or for a whole organisation. */
  install(as: {
    team?: string
    enterprise?: string
    user: string
  }): Promise<{ readonly status: number; readonly page: string }>
  /** A gesture, and everything that comes of it. */
  done(gesture: Promise<Delivered>): Promise<void>
  say(user: string, words: string): Promise<void>
  /** Answers the newest question by a choice's id: the same in every language. */
  choose(user: string, id: string): Promise<void>
  /** The ids that can be chosen in the newest post that has any. */
  choices(user: string): readonly string[]
  settle(): Promise<void>
  /** Time goes on, stopping at each due thing of these tenants. */
  until(wall: number): Promise<void>
  find(tenant: string, user: string): Promise<Person | undefined>
  /** Picks people in the newest post that has a picker, and sends them. */
  pick(user: string, people: readonly string[]): Promise<void>
  close(): Promise<void>
}

export const openSlackWorld = async (at: number): Promise<SlackWorld> => {
  const clock = { wall: at, elapsed: 0 }
  const now = (): number => clock.wall
  const fake = await openFakeSlack(now)
  const keyring = await openMemoryKeyring(now)
  const store = await openStore(':memory:', { keyring, now })
  await store.prepare()
  const logged: SlackWorld['logged'] = []
  const lines: string[] = []
  const logger = createLogger('debug', { write: line => lines.push(line) })
  const write = (facts: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push({ facts, message })
    logger.warn(facts, message)
  }
  const log: Log = { info: write, warn: write, error: write }
  const { metrics, meters } = makeMetrics({
    outboxDepth: store.outbox.depth,
    processes: () => 1,
    skew: () => 0,
    ready: async () => true,
  })
  let tokens = 0
  const core: Core = {
    store,
    keyring,
    clock: { now, monotonic: () => clock.elapsed },
    log,
    packs: { current: PACKS, recall: async () => undefined },
    lanes: makeLanes(err => write({ code: 'WORK_FAILED', err }, 'work failed')),
    shares: makeFairShare(PLACES),
    pacer: makePacer(() => clock.elapsed),
    meters,
    wake: () => undefined,
    chat: () => slack,
    calendar: async ({ policy }, person) => ({
      workdays: policy.workdays,
      quiet: policy.quiet,
      isHoliday: onlyHolidays([...policy.daysOff, ...(person.client?.daysOff ?? [])]),
    }),
    token: () => {
      tokens += 1
      return `lease-${tokens}`
    },
    random: () => 0.5,
  }
  const sdk = quietLogger(log)
  const { clientId, clientSecret } = fake.oauth
  const common = { apiUrl: `${fake.url}/api/`, defaultZone: 'UTC', now, logger: sdk, log, clientId, clientSecret }
  const slack: Slack = makeSlack({
    ...common,
    botToken: makeBotToken(core, slackRenew(common)),
    isReachable: async (tenant, person) => (await store.people.find(tenant, person))?.route !== undefined,
    signingSecret: SIGNING_SECRET,
    appToken: undefined,
    monotonic: () => clock.elapsed,
    timeout: 1_000,
  })
  const install = slackInstall({
    ...common,
    authorizationUrl: `${fake.url}/oauth/v2/authorize`,
    onInstalled: async ({ workspace, zone, installation, by }) => {
      const place = { id: installation.tenant, platform: 'slack', workspace, zone, country: undefined }
      await installTenant(core, place, installation)
      if (by !== undefined) await slack.welcome({ tenant: installation.tenant, team: by.team }, personId(by.user))
    },
  })
  const server: HttpServer = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    logger: { ...log, debug: () => undefined, fatal: write },
    mounts: [slack.router, install].map(router => ({ path: '/slack', router, body: 'own' as const })),
    ready: async () => ({ ready: true, checks: {} }),
    metrics,
  })
  const { url } = await server.start()
  fake.appUrl = `${url}/slack/events`
  fake.oauth.redirectUri = `${url}/slack/oauth_redirect`
  await slack.start(
    event => receiveEvent(core, event),
    event => receiveTenantEvent(core, event),
  )

  const world: SlackWorld = {
    fake,
    slack,
    core,
    store,
    url,
    clock,
    logged,
    lines,
    install: async as => {
      const page = await fetch(`${url}/slack/install`)
      const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
      const link = /<a href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? ''
      const agreed = await fetch(`${link}&as=${encodeURIComponent(JSON.stringify(as))}`, { redirect: 'manual' })
      const back = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } })
      const result = { status: back.status, page: await back.text() }
      await world.settle()
      return result
    },
    done: async gesture => {
      const { status } = await gesture
      if (status !== 200) throw new Error(`Slack was answered ${status}`)
      await world.settle()
      pass(clock, BETWEEN_GESTURES)
    },
    say: (user, words) => world.done(fake.type(user, words)),
    choose: (user, id) =>
      world.done(fake.use(user, ({ value }) => typeof value === 'string' && choiceIn(value) === id)),
    choices: user =>
      fake
        .posts(user)
        .map(({ blocks }) => elementsIn(blocks).flatMap(({ value }) => choiceIn(String(value)) ?? []))
        .findLast(ids => ids.length > 0) ?? [],
    settle: async () => {
      await core.lanes.idle()
      await runDue(core)
      await core.lanes.idle()
      await slack.idle()
    },
    until: async wall => {
      await world.settle()
      for (;;) {
        const next = await nextMoment(store)
        if (next === undefined || next > wall) break
        pass(clock, next > clock.wall ? next - clock.wall : TICK)
        await world.settle()
      }
      pass(clock, Math.max(0, wall - clock.wall))
      await world.settle()
    },
    find: (tenant, user) => store.people.find(tenantId(tenant), personId(user)),
    pick: (user, people) =>
      world.done(
        fake.use(
          user,
          ({ action_id: id }) => id === 'people',
          {},
          { picked: { picker: { type: 'multi_users_select', selected_users: people } } },
        ),
      ),
    close: async () => {
      await slack.stop()
      await server.stop(1_000)
      await core.lanes.idle()
      await store.close()
      await keyring.close()
      await fake.close()
      if (fake.state.refused.length > 0) throw new Error(`Slack refused: ${fake.state.refused.join('; ')}`)
    },
  }
  return world
}

const pass = (clock: { wall: number; elapsed: number }, ms: number): void => {
  clock.wall += ms
  clock.elapsed += ms
}

const choiceIn = (value: string): string | undefined => {
  if (!value.startsWith('["')) return undefined
  const parsed: unknown = JSON.parse(value)
  return Array.isArray(parsed) && typeof parsed[1] === 'string' ? parsed[1] : undefined
}

const nextMoment = async (store: Store): Promise<number | undefined> => {
  const tenants: readonly { readonly id: TenantId }[] = await store.tenants.list()
  const moments = await Promise.all(
    tenants.map(async ({ id }) => [(await store.appointments.next(id))?.at, await store.outbox.next(id)]),
  )
  const known = moments.flat().filter(moment => moment !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
