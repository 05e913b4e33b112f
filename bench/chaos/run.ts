import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { serialize } from 'node:v8'
import { readPrompts } from '../../adapters/prompts/files.ts'
import { makeRandom, type Random } from '../../adapters/simulator/random.ts'
import { connectMongo } from '../../adapters/store/connect.ts'
import { openMongoKeyring } from '../../adapters/store/keyring/open.ts'
import { createStore } from '../../adapters/store/store.ts'
import type { Store } from '../../src/ports/store.ts'
import { ROOT } from '../bot.ts'
import { startWire } from '../engines.ts'
import { progress } from '../figures.ts'
import { type Facts, type Gesture, judge, lagFaults, type Row } from './judge.ts'
import { type Setting, settle, TENANTS } from './people.ts'
import { type ChaosPlatform, startPlatform } from './platform.ts'
import { LEASE, type WorkerPlan } from './worker.ts'

/**
 * Three processes on one server of MongoDB's protocol and a platform that misbehaves, for so many seconds; the processes are
 * killed and stopped as the seed decides. Then everything is made well, and what was left behind is judged.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    // A second. Over forty kills in 120 s also where a machine is busy, and still most processes live long enough to see a lease grow old; 0: none.
    blows: { type: 'string', default: '0.55' },
  },
})
const SECONDS = Number(values.seconds)
const WORKERS = 3
const BLOWS_A_SECOND = Number(values.blows)
/** Most blows kill; the others stop a process for a while. */
const KILLS = 0.85
/** Processes that have loaded their program and wait to be begun: on a busy machine a start takes longer than a blow. */
const SPARES = 3
const GESTURES_A_SECOND = 12
/** s in which nothing moved: longer than any backoff of so short a time, and two leases. A busy machine is slow, and not at rest. */
const STANDSTILL = 60
/** s. Not even a busy machine takes so long. */
const REST_AT_MOST = 600

/** ms. A message that waits longer than this waits for quiet hours to end. */
const MORNING_AT_LEAST = 3_600_000
/** ms. An appointment that is claimed, or put off because its person is busy, is due again within this; the rest is another hour's. */
const CLAIMED_AT_MOST = 10_000

const NO_SERVER =
  'it needs a server of the MongoDB protocol: set MONGODB_TEST_URI, or put mongod, or java and mvn, on PATH'

const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

type Worker = { readonly name: string; readonly child: ChildProcess; port: number | undefined; stopped: boolean }

/** What was done to a worker: killed at `from`, or stopped from `from` until `to`. */
type Blow = {
  readonly worker: string
  readonly kind: 'kill' | 'stop'
  readonly from: number
  readonly to: number
}

const main = async (): Promise<void> => {
  const random = makeRandom(`chaos/${values.seed}`)
  const wire = await startWire()
  if (wire === undefined) {
    if (process.env.REQUIRE_MONGO === '1') throw new Error(NO_SERVER)
    progress(`NO CHAOS WAS MADE: ${NO_SERVER}`)
    return
  }
  const database = `chaos_${process.pid}`
  const storeUri = `${wire.uri}/${database}`
  const keyringUri = `${wire.uri}/${database}_keys`
  const masterKey = randomBytes(32)
  const connection = await connectMongo(storeUri)
  const keyring = await openMongoKeyring({
    uri: keyringUri,
    masterKeys: [{ id: 'chaos', key: masterKey }],
    now: Date.now,
  })
  const store = createStore({ connection, keyring })
  await store.prepare()
  const platform = await startPlatform(random.fork('platform'), TENANTS)
  const logged: Record<string, number> = {}
  const folder = mkdtempSync(join(tmpdir(), 'lighthand-chaos-'))
  const promptsFile = join(folder, 'prompts')
  writeFileSync(promptsFile, serialize(readPrompts(join(ROOT, 'prompts'))))
  const plan = { storeUri, keyringUri, masterKey: masterKey.toString('base64'), platformUrl: platform.url, promptsFile }
  const recordedAt = new Map<string, number>()
  const crew = makeCrew(plan, logged, recordedAt)
  for (let index = 0; index < WORKERS; index += 1) crew.add()
  while (crew.ready().length < WORKERS) await wait(50)

  const setting = await settle(store, random.fork('people'), SECONDS)
  const until = Date.now() + SECONDS * 1_000
  progress(
    `${setting.people.length} people, ${setting.dues.length} check-ins; ${SECONDS} s of chaos, seed ${values.seed}`,
  )
  const gestures: Gesture[] = []
  const blows: Blow[] = []
  await Promise.all([
    talk(setting, crew, random.fork('talk'), until, gestures),
    strike(crew, random.fork('blows'), until, blows),
  ])
  platform.makeWell()
  const restless = await comeToRest(store)
  const facts = await factsOf(store, connection, setting, platform, { gestures, recordedAt })
  const verdict = judge(facts)
  const faults = [...verdict.faults, ...(SECONDS >= 120 ? lagFaults(verdict.p99) : [])]
  for (const work of restless) faults.push(`nothing moved any more, and there was still work: ${work}`)
  const kills = blows.filter(({ kind }) => kind === 'kill').length
  console.log(
    JSON.stringify(
      {
        server: wire.name,
        seconds: SECONDS,
        seed: values.seed,
        kills,
        stops: blows.length - kills,
        platform: platform.faults,
        ...verdict.counts,
        drops: verdict.drops,
        p99_lag_ms: verdict.p99,
        logged,
        faults,
      },
      null,
      2,
    ),
  )
  await crew.dismiss()
  await platform.stop()
  await connection.dropDatabase()
  await store.close()
  await keyring.close()
  await wire.stop()
  rmSync(folder, { recursive: true })
  process.exitCode = faults.length === 0 ? 0 : 1
}

/** The processes: each has a name of its own, so that what it did can be told from what its successor did. */
const makeCrew = (plan: Omit<WorkerPlan, 'name'>, logged: Record<string, number>, recordedAt: Map<string, number>) => {
  const workers = new Set<Worker>()
  const spares: Worker[] = []
  let names = 0
  const spare = (): Worker => {
    names += 1
    const name = `worker-${names}`
    const child = spawn(process.execPath, [join(ROOT, 'dist/bench/chaos/worker.js')], {
      env: { PATH: process.env.PATH, CHAOS_PLAN: JSON.stringify({ ...plan, name }) },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const worker: Worker = { name, child, port: undefined, stopped: false }
    if (child.stdout === null) throw new Error('a worker has no output')
    createInterface({ input: child.stdout }).on('line', line => {
      // A worker's own line.
      const { code, why, error, port, key, at } = JSON.parse(line) as Record<string, string | number | undefined>
      if (code === 'RECORDED') {
        const what = `${name} ${key}`
        if (typeof at === 'number' && !recordedAt.has(what)) recordedAt.set(what, at)
        return
      }
      if (typeof port === 'number') worker.port = port
      const what = [code, why ?? error].filter(part => part !== undefined).join(' ')
      logged[what] = (logged[what] ?? 0) + 1
    })
    child.once('exit', () => {
      if (workers.delete(worker) && !leaving) add()
    })
    return worker
  }
  const add = (): void => {
    while (spares.length <= SPARES) spares.push(spare())
    const worker = spares.shift()
    if (worker === undefined) throw new Error('there is no spare process')
    workers.add(worker)
    worker.child.stdin?.write('begin')
  }
  let leaving = false
  return {
    add,
    ready: () => [...workers].filter(({ port, stopped }) => port !== undefined && !stopped),
    dismiss: async () => {
      leaving = true
      const all = [...workers, ...spares]
      const ended = all.map(({ child }) => new Promise(resolve => child.once('exit', resolve)))
      for (const { child } of all) child.stdin?.end()
      await Promise.all(ended)
    },
  }
}
type Crew = ReturnType<typeof makeCrew>

/** Kills and stops, spread evenly; one process is always left to hear what is said. */
const strike = async (crew: Crew, random: Random, until: number, blows: Blow[]): Promise<void> => {
  const pending: Promise<void>[] = []
  // What a busy machine delayed is made up for: so many seconds hold so many blows.
  for (let next = Date.now(); BLOWS_A_SECOND > 0; ) {
    next += random.between(500, 1_500) / BLOWS_A_SECOND
    await wait(Math.max(0, next - Date.now()))
    while (crew.ready().length < 2 && Date.now() < until) await wait(20)
    if (Date.now() >= until) break
    const worker = random.pick(crew.ready())
    const from = Date.now()
    if (random.chance(KILLS)) {
      worker.stopped = true
      worker.child.kill('SIGKILL')
      blows.push({ worker: worker.name, kind: 'kill', from, to: from })
      continue
    }
    worker.stopped = true
    worker.child.kill('SIGSTOP')
    const ms = random.pick([500, 2_000, 5_000, 8_000])
    pending.push(
      wait(ms).then(() => {
        worker.child.kill('SIGCONT')
        worker.stopped = false
        blows.push({ worker: worker.name, kind: 'stop', from, to: Date.now() })
      }),
    )
  }
  await Promise.all(pending)
}

const WORDS = ['help', 'commitments', 'hello']

/** People write. Each gesture is handed in again until it is acknowledged, sometimes twice at once, sometimes late. */
const talk = async (setting: Setting, crew: Crew, random: Random, until: number, done: Gesture[]): Promise<void> => {
  const pending: Promise<void>[] = []
  let keys = 0
  while (Date.now() < until) {
    await wait(random.between(200, 1_800) / GESTURES_A_SECOND)
    const { tenant, id: person } = random.pick(setting.people)
    keys += 1
    const gesture: Gesture = { tenant, person, key: `g${keys}`, at: Date.now() }
    const event = { ...gesture, body: { kind: 'reply', reply: { kind: 'text', text: random.pick(WORDS) } } }
    const late = random.chance(0.1) ? random.between(50, 1_500) : 0
    const copies = random.chance(0.1) ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1)
      pending.push(wait(late).then(() => handIn(crew, random, JSON.stringify(event))))
    done.push(gesture)
  }
  await Promise.all(pending)
}

const handIn = async (crew: Crew, random: Random, body: string): Promise<void> => {
  for (;;) {
    const ready = crew.ready()
    if (ready.length > 0) {
      const { port } = random.pick(ready)
      try {
        const { status } = await fetch(`http://127.0.0.1:${port}/`, {
          method: 'POST',
          body,
          signal: AbortSignal.timeout(3_000),
        })
        if (status === 202) return
      } catch {
        // Killed, stopped or not there: handed in again, as every platform does.
      }
    }
    await wait(50)
  }
}

/** As soon as nothing waits any more but what waits for the morning; or which kinds of work still did. */
const comeToRest = async (store: Store): Promise<readonly string[]> => {
  const from = Date.now()
  let moved = { at: from, how: '' }
  for (;;) {
    const [inbox, outbox, appointments, depth] = await Promise.all([
      store.inbox.tenantsWaiting(),
      store.outbox.tenantsDue(Date.now() + MORNING_AT_LEAST),
      store.appointments.tenantsDue(Date.now() + CLAIMED_AT_MOST),
      store.outbox.depth(),
    ])
    // What goes to and fro for ever is no movement.
    const ended = depth.sent + depth.dropped + depth.dead
    const how = `${ended} ended, ${inbox.length + appointments.length} tenants wait`
    if (how !== moved.how) moved = { at: Date.now(), how }
    const busy = Object.entries({ inbox, outbox, appointments }).filter(([, tenants]) => tenants.length > 0)
    const rested = (Date.now() - from) / 1_000
    if (busy.length === 0) {
      progress(`at rest after ${Math.round(rested)} s`)
      return []
    }
    if (Date.now() - moved.at > STANDSTILL * 1_000 || rested > REST_AT_MOST)
      return busy.map(([kind, tenants]) => `${kind} of ${tenants.join(', ')}`)
    await wait(250)
  }
}

const factsOf = async (
  store: Store,
  connection: Awaited<ReturnType<typeof connectMongo>>,
  setting: Setting,
  platform: ChaosPlatform,
  happened: Pick<Facts, 'gestures' | 'recordedAt'>,
): Promise<Facts> => {
  const heldBack = new Map<string, string[]>()
  const standing = new Map<string, string[]>()
  for (const { tenant, id } of setting.people) {
    const person = await store.people.find(tenant, id)
    const name = `${tenant}/${id}`
    heldBack.set(name, person?.client?.heldBack.flatMap(({ what, why }) => (what === 'check-in' ? [why] : [])) ?? [])
    standing.set(
      name,
      (await store.appointments.standing(tenant, id)).map(({ key }) => key),
    )
  }
  const documents = await connection.collection('outbox').find({}).toArray()
  const rows = documents.map(
    (doc): Row => ({
      key: String(doc.key),
      tenant: String(doc.tenant),
      person: String(doc.person),
      class: String(doc.class),
      ask: doc.ask === true,
      state: String(doc.state),
      why: typeof doc.why === 'string' ? doc.why : undefined,
      waitsForMorning: typeof doc.wakeAt === 'number' && doc.wakeAt > Date.now() + MORNING_AT_LEAST / 2,
    }),
  )
  const entries = Object.entries(TENANTS)
  return {
    ...setting,
    finds: Object.fromEntries(entries.map(([name, { finds }]) => [name, finds])),
    refused: entries.filter(([, { refuses }]) => refuses).map(([name]) => name),
    ...happened,
    accepted: platform.accepted,
    rows,
    heldBack,
    standing,
    lease: LEASE,
  }
}

await main()
