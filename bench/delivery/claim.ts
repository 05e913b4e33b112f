import { claimOnce, fillNotYetDue } from '../due.ts'
import { type Engine, openEmbeddedEngine, openMongoEngine } from '../engines.ts'
import { median, progress, rounded } from '../figures.ts'

const SIZES = [1_000, 10_000, 100_000] as const
const REPEATS = { embedded: 200, server: 30 }
const WARM_UP = 20

export type ClaimFigures = {
  /** Median, in ms, by how many appointments are not yet due. */
  readonly ms: Readonly<Record<string, number>>
  /** The largest to the smallest. */
  readonly ratio: number
}

/** The claim of the one appointment that is due, among so many that are not; the stores take turns. */
export const measureClaims = async (): Promise<{ readonly embedded: ClaimFigures; readonly server?: ClaimFigures }> => {
  const embedded = await claimsOn(openEmbeddedEngine, REPEATS.embedded)
  const server = await claimsOn(openMongoEngine, REPEATS.server)
  if (embedded === undefined) throw new Error('the embedded engine is always there')
  return { embedded, ...(server === undefined ? {} : { server }) }
}

const claimsOn = async (
  open: () => Promise<Engine | undefined>,
  repeats: number,
): Promise<ClaimFigures | undefined> => {
  const engines: Engine[] = []
  for (const size of SIZES) {
    const engine = await open()
    if (engine === undefined) return undefined
    await fillNotYetDue(engine, size)
    engines.push(engine)
  }
  progress(`claims: ${engines[0]?.name} holds its appointments`)
  const took: number[][] = SIZES.map(() => [])
  for (let repeat = -WARM_UP; repeat < repeats; repeat += 1)
    for (const [index, { store }] of engines.entries()) {
      const one = await claimOnce(store, repeat)
      if (repeat >= 0) took[index]?.push(one)
    }
  for (const engine of engines) await engine.close()
  const medians = took.map(median)
  return {
    ms: Object.fromEntries(SIZES.map((size, index) => [size, rounded(medians[index] ?? Number.NaN)])),
    ratio: rounded((medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN)),
  }
}
