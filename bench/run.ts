import { measureAdvance } from './advance.ts'
import { readShippedPacks } from './bot.ts'
import { measureDue } from './due.ts'
import { type Engine, openEmbeddedEngine, openMongoEngine } from './engines.ts'
import { machine, progress } from './figures.ts'
import { goalsOf } from './goals.ts'
import { measureStart } from './start.ts'
import { measureTurn, type TurnFigures } from './turn.ts'

/** Pairs of blocks: as many as keep the whole bench under four minutes on two cores. */
const EMBEDDED_PAIRS = 40
const MONGO_PAIRS = 30
const NO_SERVER = 'no MongoDB-wire server here: set MONGODB_TEST_URI, or put mongod, or java and mvn, on PATH'

const turnOn = async (engine: Engine, pairs: number): Promise<TurnFigures> => {
  try {
    return await measureTurn(engine, packs, pairs)
  } finally {
    await engine.close()
  }
}

const packs = readShippedPacks()
const started = await measureStart()
const advance_per_second = measureAdvance(packs)
const embedded = await turnOn(await openEmbeddedEngine(), EMBEDDED_PAIRS)
const server = await openMongoEngine()
if (server === undefined) progress(NO_SERVER)
const mongo = server && (await turnOn(server, MONGO_PAIRS))
const due = await measureDue()

const turn = { embedded, mongo }
const goals = goalsOf({ ...due, ...started, turn })
const figures = {
  machine: machine(),
  turn: { embedded, mongo: mongo ?? { skipped: NO_SERVER } },
  ...due,
  ...started,
  advance_per_second,
  goals,
}
console.log(JSON.stringify(figures, null, 2))
for (const { name, goal, measured, met } of goals)
  progress(`${met === null ? 'not measured' : met ? 'kept' : 'MISSED'}: ${name}: ${measured ?? '-'} (at most ${goal})`)
