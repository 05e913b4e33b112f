import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createAlarm } from '../adapters/cron/alarm.ts'
import { createTicker } from '../adapters/cron/ticker.ts'
import { createLogger } from '../adapters/http/logger.ts'
import { makeMetrics } from '../adapters/http/metrics.ts'
import { readiness } from '../adapters/http/readiness.ts'
import { createHttpServer } from '../adapters/http/server.ts'
import { contentHash, readGuidelines, readPromptFiles, readSafety } from '../adapters/prompts/files.ts'
import { makeMasterKeyIn } from '../adapters/store/keyring/master-key.ts'
import { openFileKeyring, openMongoKeyring } from '../adapters/store/keyring/open.ts'
import { openStore } from '../adapters/store/open.ts'
import { type Config, readConfig } from './config.ts'
import { limitsOf } from './conversation/lint/limits.ts'
import { loadPrompts, readPack } from './conversation/load.ts'
import type { Pack } from './conversation/pack.ts'
import { makePackSet } from './conversation/pack-set.ts'
import { detectorOf } from './conversation/safety/detect.ts'
import { calendarHolidays } from './domain/holidays.ts'
import type { Detect } from './domain/safety.ts'
import type { Clock } from './ports/clock.ts'
import { NO_METERS } from './ports/meters.ts'
import type { Store } from './ports/store.ts'
import type { Served } from './serve.ts'
import { openPlaygroundPlatform, servePlayground } from './serve-playground.ts'
import { watchClock } from './usecases/clock-watch.ts'
import type { Core, PackShelf } from './usecases/core.ts'
import { makeFairShare } from './usecases/fair-share.ts'
import { makeLanes } from './usecases/lanes.ts'
import { makePacer } from './usecases/pacer.ts'
import { makePeers } from './usecases/peers.ts'
import { receiveEvent } from './usecases/receive-event.ts'
import { receiveTenantEvent } from './usecases/receive-tenant-event.ts'
import { runDue } from './usecases/run-due.ts'
import { tidy } from './usecases/tidy.ts'

/** ms after the start, when whoever waited for it has been served. */
const WARM_AFTER = 1_000
/** ms between looks for what other processes left, or set for a moment between two ticks; each costs three small queries. */
const LOOK_EVERY = 5_000
/** People worked on at once: mostly they wait for a platform. The embedded engine writes one after the other anyway. */
const PLACES = { mongodb: 100, embedded: 16 }
const TICKS_AN_HOUR = 60
const ROOT = join(import.meta.dirname, '../..')

/** The packs and guidelines of this version, each pack kept in the store by its hash, and earlier ones fetched from there when a conversation needs them. */
const openPacks = async (store: Store): Promise<PackShelf> => {
  const root = join(ROOT, 'prompts')
  const files = readPromptFiles(root)
  const { packs, hearings } = loadPrompts(files, contentHash)
  await Promise.all(
    files.map(({ path, locale, text }) =>
      store.packs.put(contentHash(`${locale}\n${text}`), JSON.stringify({ path, locale, text })),
    ),
  )
  const guided = limitsOf(readGuidelines(root))
  const earlier: Pack[] = []
  const shelf = { current: makePackSet(packs, hearings, earlier, guided) }
  return {
    get current() {
      return shelf.current
    },
    recall: async hashes => {
      for (const hash of hashes) {
        if (shelf.current.byHash(hash) !== undefined) continue
        const source = await store.packs.get(hash)
        if (source === undefined) throw new Error(`the pack ${hash} that a conversation began with is not in the store`)
        earlier.push(readPack(JSON.parse(source), hash))
        shelf.current = makePackSet(packs, hearings, earlier, guided)
      }
    },
  }
}

/**
 * Rule 11's rules take a third of a second to read: that is done at the first message, or soon after the server answers. The
 * gate has checked them; broken ones end the process all the same.
 */
const openDetector = (): Detect => {
  let detect: Detect | undefined
  return (typed, locale) => {
    detect ??= detectorOf(readSafety(join(ROOT, 'prompts')))
    return detect(typed, locale)
  }
}

const openKeyring = (config: Config) => {
  const { keyring, dataDir } = config
  const now = Date.now
  const masterKeys = config.masterKeys.map(({ id, key }) => ({ id, key: key.reveal() }))
  if (keyring.kind === 'mongodb') return openMongoKeyring({ uri: keyring.uri.reveal(), masterKeys, now })
  const file = keyring.kind === 'file' ? keyring.path : `${resolve(dataDir)}-keys.db`
  return openFileKeyring({ file, masterKeys: masterKeys.length === 0 ? [makeMasterKeyIn(file)] : masterKeys, now })
}

const start = async (): Promise<void> => {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const config = readConfig(process.env)
  if (config.teams !== undefined)
    throw new Error('Teams is configured, but this version has no adapter for it yet; unset its variables.')
  if (!config.playground && config.slack === undefined)
    throw new Error('There is nothing to serve: set PLAYGROUND=on, or leave it unset.')
  const log = createLogger(config.logLevel)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const keyring = await openKeyring(config)
  const uri = config.mongodbUri?.reveal()
  const store = await openStore(uri === undefined ? { dataDir: config.dataDir } : { mongodbUri: uri }, { keyring })
  await store.checkVersion()

  const playground = config.playground ? await openPlaygroundPlatform(config, keyring) : undefined
  const clock: Clock = { now: () => Date.now() + (playground?.ahead() ?? 0), monotonic: () => performance.now() }
  const served = new Map<string, Served>()
  const system: Clock = { now: Date.now, monotonic: () => performance.now() }
  const watch = watchClock(system)
  const peers = makePeers(store.processes, system, randomUUID(), LOOK_EVERY, apart =>
    log.warn(
      { code: 'CLOCKS_APART', seconds: Math.round(apart / 1_000) },
      'the clock of another process is more than a minute off',
    ),
  )
  let ticked = performance.now()
  let ticks = 0
  const ready = () =>
    readiness({
      ping: store.ping,
      sinceTick: () => performance.now() - ticked,
      adapters: [...served.values()].map(({ chat }) => chat),
      steady: watch.steady,
    })
  const { metrics, meters } = makeMetrics({
    outboxDepth: store.outbox.depth,
    processes: peers.count,
    skew: peers.skew,
    ready: async () => (await ready()).ready,
  })
  const alarm = createAlarm({
    run: async () => {
      if (uri !== undefined) await peers.beat()
      await runDue(core)
    },
    logger: log,
    everyMs: LOOK_EVERY,
  })
  const detect = openDetector()
  const core: Core = {
    store,
    keyring,
    clock,
    log,
    packs: await openPacks(store),
    detect,
    lanes: makeLanes(error =>
      log.error({ code: 'WORK_FAILED', err: error }, 'work for one person failed; it will be taken up again'),
    ),
    shares: makeFairShare(uri === undefined ? PLACES.embedded : PLACES.mongodb),
    pacer: makePacer(system.monotonic, () => 1 / peers.count()),
    meters: config.metrics ? meters : NO_METERS,
    watch,
    wake: alarm.wake,
    chat: ({ platform }) => {
      const found = served.get(platform)
      if (found === undefined) throw new Error(`a tenant is on ${platform}, which is not configured here`)
      return found.chat
    },
    calendar: async ({ policy }, person) => {
      const { workdays, quiet, country, region, daysOff } = policy
      const extra = [...daysOff, ...(person.client?.daysOff ?? [])]
      return { workdays, quiet, isHoliday: await calendarHolidays(country, region, extra) }
    },
    token: randomUUID,
    random: Math.random,
  }
  if (playground !== undefined) served.set('playground', servePlayground(core, config, playground, ROOT))
  // Loaded only where it is configured: the SDK is a third of a second and tens of megabytes.
  if (config.slack !== undefined)
    served.set('slack', (await import('./serve-slack.ts')).serveSlack(core, config, config.slack))
  for (const { chat, prepare } of served.values()) {
    await prepare()
    await chat.start(
      event => receiveEvent(core, event),
      event => receiveTenantEvent(core, event),
    )
  }
  await core.lanes.idle()
  await runDue(core, { alone: uri === undefined })

  const server = createHttpServer({
    host: config.host,
    port: config.port,
    logger: log,
    mounts: [...served.values()].flatMap(({ mounts }) => mounts),
    ready,
    metrics: config.metrics ? metrics : undefined,
  })
  const ticker = createTicker({
    onTick: async () => {
      ticked = performance.now()
      watch.tick()
      alarm.wake(0)
      if (ticks % TICKS_AN_HOUR === 0) await tidy(core)
      ticks += 1
    },
    logger: log,
  })
  const { url } = await server.start()
  ticker.start()
  log.info({ code: 'STARTED', address: url }, 'Lighthand is ready')
  for (const { greeting } of served.values()) console.log(`\n  ${greeting(url)}\n`)
  const warming = setTimeout(() => {
    try {
      detect('', 'en')
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error))
      process.exitCode = 1
      void stop()
    }
  }, WARM_AFTER)
  warming.unref()

  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await server.stop(config.stopTimeoutMs)
    await ticker.stop()
    await alarm.stop()
    await core.lanes.idle()
    for (const { chat } of served.values()) await chat.stop()
    if (uri !== undefined) await peers.leave()
    await store.close()
    await keyring.close()
    log.info({ code: 'STOPPED' }, 'Lighthand has stopped; nothing was left half sent')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
}

start().catch((error: unknown) => {
  // One readable line or list: what is wrong and what to do, never a stack trace.
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
