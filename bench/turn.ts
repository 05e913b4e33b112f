import { Agent, request } from 'node:http'
import { type RequestHandler, Router } from 'express'
import { type Model, Schema } from 'mongoose'
import { createLogger } from '../adapters/http/logger.ts'
import { createHttpServer } from '../adapters/http/server.ts'
import type { PackSet } from '../src/conversation/pack-set.ts'
import type { Reply } from '../src/domain/message.ts'
import type { Core } from '../src/usecases/core.ts'
import { receiveEvent } from '../src/usecases/receive-event.ts'
import { aClient, aTenant, CLIENT, clock, makeCore, OPENING, ROUND, TENANT } from './bot.ts'
import type { Engine } from './engines.ts'
import { median, progress, rounded, timed } from './figures.ts'
import { tally, type Write, watchOperations } from './operations.ts'

export type TurnFigures = {
  /** Median of the ratios of neighbouring blocks, turn over baseline. */
  readonly ratio: number
  /** The middle half of those ratios. */
  readonly ratio_quartiles: readonly [number, number]
  readonly turn_ms: number
  readonly baseline_ms: number
  readonly writes_per_turn: number
  /** Counted, over one round of the conversation. */
  readonly writes: Readonly<Record<string, number>>
  readonly turns_counted: number
  readonly server: string
}

type Plain = { _id: string; tenant: string; at: number; text: string }

/** Requests a block: enough to even out a checkpoint, few enough that a block and its neighbour see the same machine. */
const BLOCK = 30
/** Enough for both compilers, the server's own included: a turn runs more code than a write, and so warms up later. */
const WARM_UP = 400

/**
 * One inbound turn, from the HTTP request to the stored receipt of its answer, with everything that follows (the inbox row
 * done, the lease released), against as many bare mongoose writes of small plain documents: the same server, engine and
 * durability, one after the other, an upsert where the turn adds a document and a $set by `_id` where it changes one.
 * Blocks of both alternate, and each block of turns is compared with the baseline's blocks before and after it.
 */
export const measureTurn = async (engine: Engine, packs: PackSet, pairs: number): Promise<TurnFigures> => {
  const core = makeCore(engine.store, engine.keyring, packs)
  await engine.store.tenants.insert(aTenant)
  await engine.store.people.insert(aClient)
  await take(core, OPENING)
  const rounds = await countRound(engine, core)
  const plain = engine.connection.model<Plain>(
    'plain',
    new Schema<Plain>(
      { _id: String, tenant: String, at: Number, text: String },
      { versionKey: false, autoIndex: false },
    ),
    'plain',
  )
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    logger: createLogger('warn', process.stderr),
    mounts: [
      { path: '/turn', router: Router().post('/', turnRoute(core)) },
      { path: '/plain', router: Router().post('/', plainRoute(plain, rounds)) },
    ],
    ready: async () => ({ ready: true, checks: {} }),
    metrics: undefined,
  })
  const { url } = await server.start()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const block = async (path: string, size: number): Promise<number> =>
    (await timed(async () => {
      for (let index = 0; index < size; index += 1)
        await post(agent, `${url}${path}`, { round: index % ROUND.length, reply: ROUND[index % ROUND.length] })
    })) / size
  const tidy = async (): Promise<void> => {
    // As a deployment does after its 30 days: a server that scans would otherwise get slower with every turn measured.
    await engine.store.inbox.prune(Number.MAX_SAFE_INTEGER, 10_000)
    await engine.store.outbox.prune(Number.MAX_SAFE_INTEGER, 10_000)
    await plain.deleteMany({})
  }
  await block('/plain', WARM_UP)
  await block('/turn', WARM_UP)
  const turns: number[] = []
  const baselines: number[] = []
  const ratios: number[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    await tidy()
    const before = await block('/plain', BLOCK)
    const turn = await block('/turn', BLOCK)
    const after = await block('/plain', BLOCK)
    turns.push(turn)
    baselines.push(before, after)
    ratios.push(turn / ((before + after) / 2))
  }
  agent.destroy()
  await server.stop(1_000)
  const writes = rounds.flat()
  const sorted = ratios.toSorted((a, b) => a - b)
  const quarter = Math.floor(sorted.length / 4)
  progress(`turn on ${engine.name}: ${rounded(median(ratios))}`)
  return {
    ratio: rounded(median(ratios)),
    ratio_quartiles: [rounded(sorted[quarter] ?? Number.NaN), rounded(sorted.at(-1 - quarter) ?? Number.NaN)],
    turn_ms: rounded(median(turns)),
    baseline_ms: rounded(median(baselines)),
    writes_per_turn: writes.length / rounds.length,
    writes: tally(writes),
    turns_counted: rounds.length,
    server: engine.name,
  }
}

let keys = 0
const take = async (core: Core, reply: Reply): Promise<void> => {
  keys += 1
  const body = { kind: 'reply', reply } as const
  await receiveEvent(core, { tenant: TENANT, person: CLIENT, key: `k${keys}`, at: clock.now(), body })
  await core.lanes.idle()
}

/** What each turn of a round writes, observed; the second round is the one that counts, when everything is in its place. */
const countRound = async (engine: Engine, core: Core): Promise<readonly (readonly Write[])[]> => {
  for (const reply of ROUND) await take(core, reply)
  const rounds: Write[][] = []
  for (const reply of ROUND) {
    const watch = watchOperations(engine.connection)
    await take(core, reply)
    watch.stop()
    const sent = watch.writes.filter(({ collection }) => collection === 'outbox').length
    if (sent === 0) throw new Error('a turn of the bench got no answer: its conversation no longer fits the packs')
    progress(`a turn on ${engine.name} reads ${watch.reads.join(', ')}`)
    rounds.push([...watch.writes])
  }
  return rounds
}

const turnRoute =
  (core: Core): RequestHandler =>
  async (request, response) => {
    // The bench alone sends this, a line of ROUND.
    const { reply } = request.body as { reply: Reply }
    await take(core, reply)
    response.status(202).json({})
  }

const plainRoute =
  (plain: Model<Plain>, rounds: readonly (readonly Write[])[]): RequestHandler =>
  async (request, response) => {
    // The bench alone sends this, an index of ROUND.
    const { round } = request.body as { round: number }
    keys += 1
    for (const [index, { adds }] of (rounds[round] ?? []).entries()) {
      const _id = adds ? `new/${keys}/${index}` : `kept/${index}`
      const fields = { tenant: TENANT, at: clock.now(), text: `a small plain document, written for the ${keys}th time` }
      await plain.updateOne({ _id }, adds ? { $setOnInsert: fields } : { $set: fields }, { upsert: true })
    }
    response.status(202).json({})
  }

const post = (agent: Agent, url: string, body: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers: { 'Content-Type': 'application/json' } }, response => {
      response.resume()
      response.once('end', () => {
        if (response.statusCode === 202) resolve()
        else reject(new Error(`the bench's server answered ${response.statusCode}`))
      })
    })
    sent.once('error', reject)
    sent.end(JSON.stringify(body))
  })
