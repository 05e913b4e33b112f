import { readShippedPacks } from '../bot.ts'
import { machine, progress } from '../figures.ts'
import { measureBacklog } from './backlog.ts'
import { measureBurst } from './burst.ts'
import { measureClaims } from './claim.ts'
import { measureDispatch } from './dispatch.ts'

const NO_SERVER = 'no MongoDB-wire server here: set MONGODB_TEST_URI, or put mongod, or java and mvn, on PATH'
/** What a claim may cost more with a hundred times the appointments, where the engine uses its indexes. */
const CLAIM_GOAL = 1.2

const packs = readShippedPacks()
const dispatch = await measureDispatch(packs)
const claim = await measureClaims()
const backlog = await measureBacklog(packs)
const burst = await measureBurst(packs)
console.log(
  JSON.stringify({ machine: machine(), dispatch: dispatch ?? { skipped: NO_SERVER }, claim, backlog, burst }, null, 2),
)
progress(
  `${claim.embedded.ratio <= CLAIM_GOAL ? 'kept' : 'MISSED'}: a claim, ${claim.embedded.ratio} (at most ${CLAIM_GOAL})`,
)
if (dispatch !== undefined)
  progress(`${dispatch.ratio > 1 ? 'kept' : 'MISSED'}: dispatch beside agenda, ${dispatch.ratio} (above 1)`)
