import type { ChatAdapter } from '../../src/ports/chat.ts'
import type { ReadyReport } from './health.ts'

/** What the process knows of itself. */
export type Vitals = {
  /** Resolves if the database answers. */
  readonly ping: () => Promise<void>
  /** ms since the last tick. */
  readonly sinceTick: () => number
  /** Those that have begun to receive. */
  readonly adapters: readonly Pick<ChatAdapter, 'platform' | 'trouble'>[]
  /** The wall clock can be trusted. */
  readonly steady: () => boolean
}

type Check = ReadyReport['checks'][string]

/** ms. A tick comes each minute. */
const TICK_MISSED = 120_000

/** Whether the process should get traffic, with each check and, of one that fails, what is wrong. */
export const readiness = async ({ ping, sinceTick, adapters, steady }: Vitals): Promise<ReadyReport> => {
  const store = await ping().then(
    () => undefined,
    () => 'the database does not answer',
  )
  const checks = {
    store: checkOf(store),
    ticker: checkOf(sinceTick() < TICK_MISSED ? undefined : 'no tick has come for two minutes'),
    adapters: checkOf(troubleOf(adapters)),
    clock: checkOf(
      steady() ? undefined : 'the wall clock jumped by more than five minutes; nothing is sent until it is steady',
    ),
  }
  return { ready: Object.values(checks).every(({ ok }) => ok), checks }
}

const checkOf = (detail: string | undefined): Check => (detail === undefined ? { ok: true } : { ok: false, detail })

const troubleOf = (adapters: Vitals['adapters']): string | undefined => {
  if (adapters.length === 0) return 'no platform has been started'
  const troubles = adapters.flatMap(adapter => {
    const what = adapter.trouble?.()
    return what === undefined ? [] : [`${adapter.platform}: ${what}`]
  })
  return troubles.length === 0 ? undefined : troubles.join('; ')
}
