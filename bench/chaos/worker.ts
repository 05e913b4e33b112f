import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { deserialize } from 'node:v8'
import { createAlarm } from '../../adapters/cron/alarm.ts'
import { connectMongo } from '../../adapters/store/connect.ts'
import { openMongoKeyring } from '../../adapters/store/keyring/open.ts'
import { createStore } from '../../adapters/store/store.ts'
import type { Prompts } from '../../src/conversation/load.ts'
import { makePackSet } from '../../src/conversation/pack-set.ts'
import { onlyHolidays } from '../../src/domain/holidays.ts'
import { type Address, type ChatAdapter, DeliveryError, type InboundEvent } from '../../src/ports/chat.ts'
import { NO_METERS } from '../../src/ports/meters.ts'
import type { Store } from '../../src/ports/store.ts'
import { watchClock } from '../../src/usecases/clock-watch.ts'
import type { Core } from '../../src/usecases/core.ts'
import { makeFairShare } from '../../src/usecases/fair-share.ts'
import { makeLanes } from '../../src/usecases/lanes.ts'
import { makePacer } from '../../src/usecases/pacer.ts'
import { makePeers } from '../../src/usecases/peers.ts'
import { receiveEvent } from '../../src/usecases/receive-event.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { bodyOf, type Post } from './platform.ts'

/** What the parent tells a worker, by the environment. */
export type WorkerPlan = {
  readonly name: string
  readonly storeUri: string
  readonly keyringUri: string
  /** 32 bytes in base64. */
  readonly masterKey: string
  readonly platformUrl: string
  /** What is said, read and checked once by the parent: a process that is killed every few seconds should start fast. */
  readonly promptsFile: string
}

/** ms. A send ends after this, so a lease may be short: 120 s of chaos then hold many thefts. */
const SEND_TIMEOUT = 1_000
export const LEASE = 3_000
const LOOK_EVERY = 1_000
const PLACES = 60

/** One process of several, as main.ts makes it, on a platform that speaks HTTP. It ends when its standard input does. */
const start = async (plan: WorkerPlan): Promise<void> => {
  const { name, storeUri, keyringUri, masterKey, platformUrl, promptsFile } = plan
  const clock = { now: Date.now, monotonic: () => performance.now() }
  const say = (facts: Readonly<Record<string, unknown>>): void => {
    const { code, why, err } = facts
    const error = err instanceof Error ? `${err.name}: ${err.message.slice(0, 120)}` : undefined
    console.log(JSON.stringify({ code, why, error }))
  }
  const masterKeys = [{ id: 'chaos', key: Uint8Array.from(Buffer.from(masterKey, 'base64')) }]
  const keyring = await openMongoKeyring({ uri: keyringUri, masterKeys, now: clock.now })
  const heldSince = new Map<string, number>()
  const checkedAt = new Map<string, number>()
  const store = watched(createStore({ connection: await connectMongo(storeUri), keyring, now: clock.now }), heldSince)
  const peers = makePeers(store.processes, clock, name, LOOK_EVERY)
  // The parent's own writing.
  const { packs, hearings } = deserialize(readFileSync(promptsFile)) as Prompts
  const chat = overHttp(platformUrl, (tenant, person) => {
    const place = placeOf(tenant, person)
    const checked = checkedAt.get(place)
    // A look is good for one message.
    checkedAt.delete(place)
    return { worker: name, heldSince: heldSince.get(place) ?? 0, checkedAt: checked }
  })
  const alarm = createAlarm({
    run: async () => {
      await peers.beat()
      await runDue(core)
    },
    logger: { error: say },
    everyMs: LOOK_EVERY,
  })
  const core: Core = {
    store,
    keyring,
    clock,
    log: { info: say, warn: say, error: say },
    packs: { current: makePackSet(packs, hearings), recall: async () => undefined },
    lanes: makeLanes(err => say({ code: 'WORK_FAILED', err })),
    shares: makeFairShare(PLACES),
    pacer: makePacer(clock.monotonic, () => 1 / peers.count()),
    meters: NO_METERS,
    watch: watchClock(clock),
    leaseLength: LEASE,
    wake: alarm.wake,
    chat: () => chat,
    calendar: async ({ policy }, { tenant, id }) => {
      checkedAt.set(placeOf(tenant, id), clock.now())
      return { workdays: policy.workdays, quiet: policy.quiet, isHoliday: onlyHolidays([]) }
    },
    token: randomUUID,
    random: Math.random,
  }
  const server = createServer((request, response) => {
    bodyOf(request)
      // The parent alone sends this.
      .then(body => receiveEvent(core, JSON.parse(body) as InboundEvent))
      .then(
        () => response.writeHead(202).end(),
        err => {
          say({ code: 'NOT_STORED', err })
          response.writeHead(500).end()
        },
      )
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address !== 'string')
      console.log(JSON.stringify({ code: 'LISTENS', port: address.port }))
    alarm.wake(0)
  })
}

/** Notes the last sign of life of each person's lease, and says aloud what was recorded as sent. */
const watched = (store: Store, heldSince: Map<string, number>): Store => {
  const noted =
    <Given extends readonly unknown[], Result>(
      ask: (...given: Given) => Promise<Result>,
      placeOf: (...given: Given) => string,
      holds: (result: Result) => boolean,
    ) =>
    async (...given: Given): Promise<Result> => {
      // Before the question: others may see the new token before its writer does.
      const asked = Date.now()
      const result = await ask(...given)
      if (holds(result)) heldSince.set(placeOf(...given), asked)
      return result
    }
  const { leases, outbox } = store
  return {
    ...store,
    leases: {
      ...leases,
      take: noted(leases.take, placeOf, taken => 'lease' in taken),
      steal: noted(leases.steal, placeOf, stolen => stolen !== undefined),
      renew: noted(
        leases.renew,
        ({ tenant, person }) => placeOf(tenant, person),
        renewed => renewed,
      ),
    },
    outbox: {
      ...outbox,
      sent: async (tenant, key, ...rest) => {
        await outbox.sent(tenant, key, ...rest)
        console.log(JSON.stringify({ code: 'RECORDED', key, at: Date.now() }))
      },
    },
  }
}

const placeOf = (tenant: string, person: string): string => `${tenant}/${person}`

type Sender = Pick<Post, 'worker' | 'heldSince' | 'checkedAt'>

const overHttp = (url: string, senderOf: (tenant: string, person: string) => Sender): ChatAdapter => ({
  platform: 'chaos',
  capabilities: { home: false, directory: false, edits: false, commands: false },
  publish: async () => undefined,
  profile: async () => undefined,
  limits: { tenant: [{ sends: 50, per: 1_000 }], route: [{ sends: 5, per: 1_000 }] },
  start: async () => undefined,
  send: async ({ tenant, person }: Address, _message, key) => {
    const post: Post = { key, tenant, person, ...senderOf(tenant, person) }
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(post),
      signal: AbortSignal.timeout(SEND_TIMEOUT),
    })
    if (response.status === 429)
      throw new DeliveryError('retry', 'too many', { retryAfter: Number(response.headers.get('retry-after')) * 1_000 })
    if (response.status >= 500) throw new DeliveryError('retry', 'unavailable')
    // The platform's own answer.
    return (await response.json()) as { id: string }
  },
  find: async ({ tenant }, key) => {
    const query = new URLSearchParams({ tenant, key })
    const response = await fetch(`${url}/?${query}`, { signal: AbortSignal.timeout(SEND_TIMEOUT) })
    if (!response.ok) throw new Error(`the platform cannot look it up: ${response.status}`)
    const { id } = (await response.json()) as { id?: string }
    return id === undefined ? undefined : { id }
  },
  stop: async () => undefined,
})

if (process.env.CHAOS_PLAN !== undefined) {
  process.stdin.once('end', () => process.exit(0))
  await once(process.stdin, 'data')
  process.stdin.resume()
  await start(JSON.parse(process.env.CHAOS_PLAN) as WorkerPlan)
}
