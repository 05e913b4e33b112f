import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AFTER_FAILURE, type Consequence, type DeliveryKind } from '../../../src/domain/failure.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, ana, BEN, ben, DAY, HOUR, MINUTE, MORNING, TOM, theTenant, tom } from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

const KINDS = (Object.keys(AFTER_FAILURE) as (keyof typeof AFTER_FAILURE)[]).filter(
  (kind): kind is DeliveryKind => kind !== 'unknown',
)

/** What the table says in words, as this store shows it. */
const STATE = { waits: 'due', 'looked up': 'sending', dropped: 'dropped', dead: 'dead' } as const

describe.each(KINDS)('a send that fails as %s', kind => {
  const expected: Consequence = AFTER_FAILURE[kind]
  let world: World
  beforeEach(async () => {
    world = await openWorld({ people: [ana(), tom(), ben({ route: 'dm-ben' })] })
    world.chat.script.push({ kind: 'refused', as: kind, retryAfter: 10 * MINUTE })
    await world.say(ANA, 'help')
  })
  afterEach(() => world.close())

  it(`leaves its message ${expected.message}`, async () => {
    const row = await world.store.outbox.find(ACME, world.chat.tried[0] ?? '')
    expect(row?.state).toBe(STATE[expected.message])
  })

  it(`leaves the person ${expected.person}`, async () => {
    const { stoppedAt } = await world.find(ANA)
    expect(stoppedAt).toBe(expected.person === 'stopped' ? MORNING : undefined)
    await planCheckIn(world, MORNING + 5 * HOUR)
    await world.until(MORNING + 5 * HOUR)
    const began = world.chat.tried.length - 1
    // Of a tenant that is stopped nothing is even tried; others have their check-in, after what waited.
    if (expected.person === 'stopped' || expected.tenant === 'stopped') expect(began).toBe(0)
    else expect(began).toBeGreaterThan(0)
    if (expected.person === 'stopped')
      expect((await world.find(ANA)).client?.heldBack[0]).toMatchObject({ why: 'not-reachable' })
    // Whoever writes can be written to.
    world.pass(1)
    await world.say(ANA, 'help')
    expect((await world.find(ANA)).stoppedAt).toBeUndefined()
    expect(world.read(ANA).length).toBeGreaterThan(0)
  })

  it(`leaves the tenant so that it ${expected.tenant === 'goes on' ? 'goes on' : `is ${expected.tenant}`}`, async () => {
    const tenant = await world.store.tenants.find(ACME)
    expect(tenant?.stopped?.why).toBe(expected.tenant === 'stopped' ? kind : undefined)
    const tried = world.chat.tried.length
    // Somebody else writes, for whom nothing is wrong.
    world.pass(MINUTE)
    await world.say(TOM, 'hello')
    if (expected.tenant === 'held') expect(world.chat.tried).toHaveLength(tried)
    else expect(world.read(TOM).length).toBeGreaterThan(0)
    expect((await world.store.tenants.find(ACME))?.stopped).toBeUndefined()
    world.pass(10 * MINUTE)
    await world.settle()
    expect(world.read(TOM).length).toBeGreaterThan(0)
    expect(world.read(BEN)).toEqual([])
  })
})

describe('a wait that a platform means for one route alone', () => {
  it('holds back nobody else of the tenant', async () => {
    const world = await openWorld()
    world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: 10 * MINUTE, scope: 'route' })
    await world.say(ANA, 'help')
    await world.say(TOM, 'hello')
    expect(world.read(ANA)).toEqual([])
    expect(world.read(TOM).length).toBeGreaterThan(0)
    await world.close()
  })
})

describe('a tenant that was stopped', () => {
  it('is told of nothing by itself, keeps its data, and goes on when somebody there writes', async () => {
    const world = await openWorld()
    await world.store.tenants.save({ ...theTenant(), stopped: { at: MORNING, why: 'uninstalled' }, revision: 1 })
    await planCheckIn(world, MORNING + HOUR)
    await world.until(MORNING + HOUR)
    expect(world.chat.tried).toEqual([])
    expect((await world.find(ANA)).client?.ledger).toEqual([])
    await world.say(ANA, 'help')
    expect(world.read(ANA)).toHaveLength(1)
    expect((await world.store.tenants.find(ACME))?.stopped).toBeUndefined()
    await world.close()
  })

  it('does not go on for what was written before it was stopped', async () => {
    const world = await openWorld()
    await world.store.tenants.save({ ...theTenant(), stopped: { at: MORNING + DAY, why: 'uninstalled' }, revision: 1 })
    await world.say(ANA, 'help')
    expect(world.chat.tried).toEqual([])
    expect((await world.store.tenants.find(ACME))?.stopped).toBeDefined()
    await world.close()
  })
})
