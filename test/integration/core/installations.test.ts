import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Installation, Tokens } from '../../../src/domain/installation.ts'
import { DeliveryError } from '../../../src/ports/chat.ts'
import type { BotToken, RenewTokens } from '../../../src/ports/installations.ts'
import { makeBotToken } from '../../../src/usecases/bot-token.ts'
import { installTenant } from '../../../src/usecases/install-tenant.ts'
import { receiveTenantEvent } from '../../../src/usecases/receive-tenant-event.ts'
import { stopTenant } from '../../../src/usecases/stop-tenant.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, HOUR, MINUTE, MORNING } from '../../fakes/world-people.ts'

const place = { id: ACME, platform: 'fake', workspace: 'Acme', zone: 'Europe/Madrid', country: 'ES' }
const installed = (
  over: Partial<Omit<Installation, 'revision' | 'state'>> = {},
): Omit<Installation, 'revision' | 'state'> => ({
  tenant: ACME,
  platform: 'fake',
  team: 'T1',
  enterprise: undefined,
  app: 'A1',
  bot: 'B1',
  scopes: [],
  installedAt: MORNING,
  tokens: { bot: 'bot-1', refresh: 'refresh-1', expiresAt: MORNING + 12 * HOUR },
  ...over,
})

describe('an installation', () => {
  let world: World
  const used: string[] = []
  let renewing: (refresh: string) => Promise<Tokens>
  /** A platform on which a refresh token works once. */
  const renew: RenewTokens = (_, refresh) => {
    if (used.includes(refresh)) throw new DeliveryError('stop-tenant', 'invalid_refresh_token')
    used.push(refresh)
    return renewing(refresh)
  }
  const next = async (refresh: string): Promise<Tokens> => {
    const number = Number(refresh.split('-')[1]) + 1
    return { bot: `bot-${number}`, refresh: `refresh-${number}`, expiresAt: world.clock.wall + 12 * HOUR }
  }
  const processes = (count: number): readonly BotToken[] =>
    Array.from({ length: count }, () => makeBotToken(world.makeCore(), renew))
  beforeEach(async () => {
    used.length = 0
    renewing = next
    world = await openWorld()
    await installTenant(world.core, place, installed())
  })
  afterEach(() => world.close())

  it('gives its token, and a new one before the old one runs out', async () => {
    const [token] = processes(1) as [BotToken]
    expect(await token(ACME)).toBe('bot-1')
    world.pass(11 * HOUR + 31 * MINUTE)
    expect(await token(ACME)).toBe('bot-2')
    expect(await token(ACME)).toBe('bot-2')
    expect(used).toEqual(['refresh-1'])
  })

  it('is renewed once by however many ask at the same time, in one process or in several', async () => {
    const all = processes(4)
    world.pass(12 * HOUR + MINUTE)
    const asked = await Promise.allSettled([...all, ...all].map(token => token(ACME, 'bot-1')))
    for (const one of asked) {
      if (one.status === 'fulfilled') expect(one.value).toBe('bot-2')
      else expect(one.reason).toMatchObject({ kind: 'refresh' })
    }
    expect(used).toEqual(['refresh-1'])
    for (const token of all) expect(await token(ACME, 'bot-1')).toBe('bot-2')
    expect(used).toEqual(['refresh-1'])
  })

  it('goes on with the token that still works while another process renews it', async () => {
    const [first, second] = processes(2) as [BotToken, BotToken]
    let finish = (): void => undefined
    const held = new Promise<void>(resolve => {
      finish = resolve
    })
    let begun = (): void => undefined
    const beginning = new Promise<void>(resolve => {
      begun = resolve
    })
    renewing = async refresh => {
      begun()
      await held
      return next(refresh)
    }
    world.pass(11 * HOUR + 40 * MINUTE)
    const renewal = first(ACME)
    await beginning
    expect(await second(ACME)).toBe('bot-1')
    await expect(second(ACME, 'bot-1')).rejects.toMatchObject({ kind: 'refresh', retryAfter: 3_000 })
    finish()
    expect(await renewal).toBe('bot-2')
    expect(await second(ACME, 'bot-1')).toBe('bot-2')
  })

  it('is stopped when its tokens are renewed no more, and says so to whoever sends', async () => {
    const [token] = processes(1) as [BotToken]
    used.push('refresh-1')
    await expect(token(ACME, 'bot-1')).rejects.toMatchObject({ kind: 'stop-tenant' })
    expect(await world.store.installations.find(ACME)).toMatchObject({
      state: { kind: 'stopped', why: 'revoked' },
      tokens: undefined,
    })
    await expect(token(ACME)).rejects.toMatchObject({ kind: 'stop-tenant' })
  })

  it('ends with the word of the platform, once, and forgets its tokens; the people stay', async () => {
    const [token] = processes(1) as [BotToken]
    await token(ACME)
    const event = {
      tenant: ACME,
      key: 'u1',
      at: world.clock.wall,
      body: { kind: 'stopped', why: 'uninstalled' },
    } as const
    await receiveTenantEvent(world.core, event)
    await receiveTenantEvent(world.core, event)
    expect(await world.store.installations.find(ACME)).toMatchObject({ tokens: undefined, revision: 1 })
    world.pass(30_000)
    await expect(token(ACME)).rejects.toMatchObject({ kind: 'stop-tenant' })
    expect((await world.find(ANA)).client?.contract.state).toBe('accepted')
  })

  it('is not ended by a late word about an earlier one, and not renewed over a later one', async () => {
    await receiveTenantEvent(world.core, {
      tenant: ACME,
      key: 'u1',
      at: world.clock.wall,
      body: { kind: 'stopped', why: 'uninstalled' },
    })
    const later = installed({
      installedAt: MORNING + HOUR,
      tokens: { bot: 'bot-8', refresh: 'refresh-8', expiresAt: undefined },
    })
    await installTenant(world.core, place, later)
    await receiveTenantEvent(world.core, {
      tenant: ACME,
      key: 'u2',
      at: MORNING + MINUTE,
      body: { kind: 'stopped', why: 'revoked' },
    })
    expect(await world.store.installations.find(ACME)).toMatchObject({
      state: { kind: 'active' },
      tokens: { bot: 'bot-8' },
    })
    await installTenant(world.core, place, installed())
    expect(await world.store.installations.find(ACME)).toMatchObject({ tokens: { bot: 'bot-8' } })
  })

  it('lets a tenant that could not be sent to be sent to again', async () => {
    await stopTenant(world.core, ACME, 'stop-tenant')
    await installTenant(world.core, place, installed({ installedAt: MORNING - HOUR }))
    expect((await world.store.tenants.find(ACME))?.stopped).toBeDefined()
    await installTenant(world.core, place, installed({ installedAt: MORNING + HOUR }))
    expect((await world.store.tenants.find(ACME))?.stopped).toBeUndefined()
  })

  it('leaves a policy and a programme as they are when it is made once more', async () => {
    const before = await world.store.tenants.find(ACME)
    await installTenant(
      world.core,
      { ...place, zone: 'UTC', country: 'DE' },
      installed({ installedAt: MORNING + HOUR }),
    )
    expect(await world.store.tenants.find(ACME)).toEqual(before)
  })

  it('puts no token into a log line', async () => {
    const [token] = processes(1) as [BotToken]
    await token(ACME, 'bot-1')
    used.push('refresh-2')
    await token(ACME, 'bot-2').catch(() => undefined)
    expect(world.logged.map(({ code }) => code)).toContain('TOKENS_RENEWED')
    expect(JSON.stringify(world.logged)).not.toMatch(/bot-|refresh-\d/)
  })
})
