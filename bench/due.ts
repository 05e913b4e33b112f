import { documentId } from '../adapters/store/document-id.ts'
import { personId } from '../src/domain/ids.ts'
import { runDue } from '../src/usecases/run-due.ts'
import { aTenant, CLIENT, clock, makeCore, readShippedPacks, TENANT } from './bot.ts'
import { type Engine, openEmbeddedEngine } from './engines.ts'
import { median, progress, rounded, timed } from './figures.ts'

type BySize = {
  /** Median, in ms, by how many appointments are not yet due. */
  readonly ms: Readonly<Record<string, number>>
  /** Median over that of the smallest store. */
  readonly ratio: Readonly<Record<string, number>>
}

export type DueFigures = { readonly tick: BySize; readonly claim: BySize; readonly insert_seconds: number }

const SIZES = [1_000, 100_000, 1_000_000] as const
const REPEATS = 400
const WARM_UP = 50
const CHUNK = 10_000
const DAY = 86_400_000

/**
 * What a tick costs when nothing is due (runDue: appointments, outbox, inbox), and one claim of an appointment that is (the
 * store's claim alone, one durable write), with so many appointments that are not yet due, on the embedded engine on disk.
 * The stores are open together and take turns, so that whatever else the machine does meets them alike.
 */
export const measureDue = async (): Promise<DueFigures> => {
  const engines: Engine[] = []
  const filling = await timed(async () => {
    for (const size of SIZES) {
      const engine = await openEmbeddedEngine()
      engines.push(engine)
      await engine.store.tenants.insert(aTenant)
      await fillNotYetDue(engine, size)
      progress(`${size} appointments are in place`)
    }
  })
  const packs = readShippedPacks()
  const cores = engines.map(({ store, keyring }) => makeCore(store, keyring, packs))
  const ticks: number[][] = SIZES.map(() => [])
  const claims: number[][] = SIZES.map(() => [])
  for (let repeat = -WARM_UP; repeat < REPEATS; repeat += 1) {
    for (const [index, core] of cores.entries()) {
      const tick = await timed(() => runDue(core))
      const claim = await claimOnce(core.store, repeat)
      if (repeat < 0) continue
      ticks[index]?.push(tick)
      claims[index]?.push(claim)
    }
  }
  for (const engine of engines) await engine.close()
  progress('ticks and claims are measured')
  return { tick: bySize(ticks), claim: bySize(claims), insert_seconds: rounded(filling / 1_000) }
}

/** One appointment comes due, is claimed (this is timed), and is done with. */
export const claimOnce = async ({ appointments }: Engine['store'], repeat: number): Promise<number> => {
  const now = clock.now()
  const due = { tenant: TENANT, person: CLIENT, key: `due/${repeat}`, kind: 'check-in', date: '2026-01-14' } as const
  await appointments.put({ ...due, at: now - 1 }, 1)
  const before = performance.now()
  const claimed = await appointments.claim(TENANT, now, `token-${repeat}`, now + 60_000)
  const took = performance.now() - before
  if (claimed?.key !== due.key) throw new Error('the bench did not get the appointment that was due')
  await appointments.done(claimed)
  return took
}

/** As the store keeps them: many people of one tenant, each with an appointment on some day of the coming year. */
export const fillNotYetDue = async ({ connection, fill }: Engine, size: number): Promise<void> => {
  for (let from = 0; from < size; from += CHUNK) {
    const documents = Array.from({ length: Math.min(CHUNK, size - from) }, (_, offset) => {
      const person = personId(`person-${String(from + offset).padStart(7, '0')}`)
      const at = clock.now() + DAY + (from + offset) * 30_000
      const named = { tenant: TENANT, person, key: 'check-in/2026-02-11', kind: 'check-in', date: '2026-02-11' }
      return { _id: documentId(TENANT, person, 'check-in/2026-02-11'), ...named, seq: 1, at, wakeAt: at }
    })
    if (fill !== undefined) await fill('appointments', documents)
    else await connection.collection<{ _id: string }>('appointments').insertMany(documents)
  }
}

const bySize = (measured: readonly (readonly number[])[]): BySize => {
  const medians = measured.map(median)
  const smallest = medians[0] ?? Number.NaN
  return {
    ms: Object.fromEntries(SIZES.map((size, index) => [size, rounded(medians[index] ?? Number.NaN)])),
    ratio: Object.fromEntries(SIZES.map((size, index) => [size, rounded((medians[index] ?? Number.NaN) / smallest)])),
  }
}
