import { setTimeout as wait } from 'node:timers/promises'
import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { PackSet } from '../../src/conversation/pack-set.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { clock, makeCore, makePlatform } from '../bot.ts'
import { type Engine, openEmbeddedEngine, openMongoEngine } from '../engines.ts'
import { median, progress, rounded, timed } from '../figures.ts'
import { fillOutbox, until } from './waiting.ts'

/** What the platform takes for an answer. */
const ANSWER_MS = 5
const CONCURRENCY = 50
const MESSAGES = 1_000
const ROUNDS = 3

export type DispatchFigures = {
  /** Messages a second, the median of the rounds. */
  readonly embedded: number
  readonly server: string
  readonly lighthand: number
  readonly agenda: number
  /** Lighthand's to agenda's, the median of the rounds, and each of them. */
  readonly ratio: number
  readonly ratios: readonly number[]
}

/**
 * A thousand messages that are due, sent and recorded as sent, at most fifty at once: by Lighthand with everything that
 * belongs to it (the person's lease, the gate, the ledger's guarded write, the marks before and after the send), and by
 * agenda as that many jobs whose work is the same wait. Both have a database of their own on the same server, and take turns.
 */
export const measureDispatch = async (packs: PackSet): Promise<DispatchFigures | undefined> => {
  const embedded: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) embedded.push(await lighthand(await openEmbeddedEngine(), packs))
  const ours: number[] = []
  const theirs: number[] = []
  let server = ''
  for (let round = 0; round < ROUNDS; round += 1) {
    const engine = await openMongoEngine()
    if (engine === undefined) return undefined
    server = engine.name
    theirs.push(await agenda(engine))
    ours.push(await lighthand(engine, packs))
    progress(`dispatch, round ${round + 1}: ${ours.at(-1)} a second, agenda ${theirs.at(-1)}`)
  }
  const ratios = ours.map((rate, round) => rounded(rate / (theirs[round] ?? Number.NaN)))
  return {
    embedded: median(embedded),
    server,
    lighthand: median(ours),
    agenda: median(theirs),
    ratio: median(ratios),
    ratios,
  }
}

const rateOf = (ms: number): number => rounded((MESSAGES / ms) * 1_000)

const lighthand = async (engine: Engine, packs: PackSet): Promise<number> => {
  await fillOutbox(engine.store, MESSAGES, clock.now())
  let [now, most] = [0, 0]
  const platform = makePlatform(async () => {
    now += 1
    most = Math.max(most, now)
    await wait(ANSWER_MS)
    now -= 1
  })
  const core = makeCore(engine.store, engine.keyring, packs, platform)
  const took = await timed(async () => {
    await runDue(core)
    await core.lanes.idle()
  })
  const { sent } = await engine.store.outbox.depth()
  if (sent !== MESSAGES || most > CONCURRENCY) throw new Error(`${sent} messages were sent, ${most} at once`)
  await engine.close()
  return rateOf(took)
}

/** As its manual says for much work at once; it looks for more as often as that does it good. */
const agenda = async ({ connection }: Engine): Promise<number> => {
  const mongo = connection.db
  if (mongo === undefined) throw new Error('there is no connection')
  let completed = 0
  const scheduler = new Agenda({
    backend: new MongoBackend({ mongo, collection: 'agendaJobs' }),
    processEvery: 50,
    maxConcurrency: CONCURRENCY,
    defaultConcurrency: CONCURRENCY,
  })
  scheduler.define('send', async () => {
    await wait(ANSWER_MS)
  })
  // After the job was saved as done.
  scheduler.on('complete:send', () => {
    completed += 1
  })
  await scheduler.ready
  const text = 'You wanted to call Sam today. How did it go?'
  for (let index = 0; index < MESSAGES; index += 1)
    await scheduler.create('send', { index, text }).schedule(new Date(0)).save()
  const took = await timed(async () => {
    await scheduler.start()
    await until(() => completed >= MESSAGES, 600_000)
  })
  await scheduler.stop()
  return rateOf(took)
}
