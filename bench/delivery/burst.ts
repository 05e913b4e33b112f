import { setTimeout as wait } from 'node:timers/promises'
import type { PackSet } from '../../src/conversation/pack-set.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { clock, makeCore, makePlatform } from '../bot.ts'
import { openEmbeddedEngine } from '../engines.ts'
import { progress, rounded } from '../figures.ts'
import { fillAppointments } from './waiting.ts'

const MESSAGES = 10_000
const ANSWER_MS = 5

export type BurstFigures = {
  readonly messages: number
  /** s from the minute that they were due until so many had been taken by the platform. */
  readonly lag_seconds: { readonly p50: number; readonly p99: number; readonly last: number }
  readonly per_second: number
}

/**
 * Ten thousand check-ins come due in the same minute: each is claimed, begun as a turn (composed, stored with its entry in the
 * ledger), put into the outbox, put before the gate and sent. On the embedded engine on disk; the platform answers after 5 ms
 * and has no limits.
 */
export const measureBurst = async (packs: PackSet): Promise<BurstFigures> => {
  const engine = await openEmbeddedEngine()
  const dueAt = clock.now()
  await fillAppointments(engine.store, MESSAGES, () => dueAt)
  progress('the burst is in place')
  const lags: number[] = []
  let due = 0
  const platform = makePlatform(async () => {
    await wait(ANSWER_MS)
    lags.push((clock.monotonic() - due) / 1_000)
  })
  const core = makeCore(engine.store, engine.keyring, packs, platform)
  due = clock.monotonic()
  await runDue(core)
  await core.lanes.idle()
  await engine.close()
  if (lags.length !== MESSAGES) throw new Error(`${lags.length} of ${MESSAGES} messages left`)
  const at = (part: number): number => rounded(lags[Math.min(MESSAGES - 1, Math.floor(MESSAGES * part))] ?? Number.NaN)
  return {
    messages: MESSAGES,
    lag_seconds: { p50: at(0.5), p99: at(0.99), last: at(1) },
    per_second: rounded(MESSAGES / at(1)),
  }
}
