import { readShippedPacks } from './bot.ts'
import { openEmbeddedEngine, openMongoEngine } from './engines.ts'
import { machine } from './figures.ts'
import { measureTurn } from './turn.ts'

const packs = readShippedPacks()
const e = await openEmbeddedEngine()
const embedded = await measureTurn(e, packs, 20)
await e.close()
const m = await openMongoEngine()
const mongo = m && (await measureTurn(m, packs, 12))
await m?.close()
console.log(JSON.stringify({ machine: machine(), turn: { embedded, mongo } }, null, 2))
process.exit(0)
