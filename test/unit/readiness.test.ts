import { describe, expect, it } from 'vitest'
import { readiness, type Vitals } from '../../adapters/http/readiness.ts'

const MINUTE = 60_000
const well: Vitals = {
  ping: async () => undefined,
  sinceTick: () => MINUTE,
  adapters: [{ platform: 'slack' }, { platform: 'teams', trouble: () => undefined }],
  steady: () => true,
}

describe('a process', () => {
  it('is ready while the database answers, ticks come, every platform is reached and the clock is steady', async () => {
    const ok = { ok: true }
    expect(await readiness(well)).toEqual({ ready: true, checks: { store: ok, ticker: ok, adapters: ok, clock: ok } })
  })

  it.each<[string, Partial<Vitals>, string, string]>([
    ['the database does not answer', { ping: () => Promise.reject(new Error('down')) }, 'store', 'database'],
    ['no tick has come for two minutes', { sinceTick: () => 2 * MINUTE }, 'ticker', 'two minutes'],
    ['no platform has been started', { adapters: [] }, 'adapters', 'no platform'],
    [
      'a platform is out of reach',
      { adapters: [{ platform: 'slack' }, { platform: 'teams', trouble: () => 'its keys cannot be read' }] },
      'adapters',
      'teams: its keys cannot be read',
    ],
    ['the wall clock jumped', { steady: () => false }, 'clock', 'jumped'],
  ])('is not ready when %s, and says so under that check alone', async (_, over, name, detail) => {
    const { ready, checks } = await readiness({ ...well, ...over })
    expect(ready).toBe(false)
    for (const [check, { ok }] of Object.entries(checks)) expect(ok, check).toBe(check !== name)
    expect(checks[name]?.detail).toContain(detail)
  })
})
