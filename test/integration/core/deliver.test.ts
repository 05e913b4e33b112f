import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, acceptedClient, ana, DAY, HOUR, MINUTE, MORNING } from '../../fakes/world-people.ts'
import { checkInDue } from './due.ts'

describe('a reply that the platform does not take at once', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())
  const stateOf = async (key: string) => (await world.store.outbox.find(ACME, key))?.state
  const firstKey = () => world.chat.tried[0] ?? ''

  it('leaves at once when nothing is in its way', async () => {
    await world.say(ANA, 'help')
    expect(world.read(ANA)).toHaveLength(1)
    expect(world.chat.looked).toEqual([])
    expect(await stateOf(firstKey())).toBe('sent')
  })

  it('waits as long as the platform asks, to the millisecond, and then leaves once', async () => {
    world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: 90_000 })
    await world.say(ANA, 'help')
    world.pass(89_999)
    await world.settle()
    expect(world.read(ANA)).toEqual([])
    world.pass(1)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    expect(await stateOf(firstKey())).toBe('sent')
  })

  it('waits a little longer after each refusal that names no time, and never more than ten minutes and a second', async () => {
    world.chat.otherwise = () => ({ kind: 'refused', as: 'retry' })
    await world.say(ANA, 'help')
    const waits: number[] = []
    for (let round = 0; round < 14; round += 1) {
      const next = await world.store.outbox.next(ACME)
      waits.push((next ?? 0) - world.clock.wall)
      world.pass(waits.at(-1) ?? 0)
      await world.settle()
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits[0]).toBeLessThanOrEqual(5_000)
    expect(waits.at(-1)).toBe(1_000 + 5 * MINUTE)
  })

  it('is tried again after a refresh', async () => {
    world.chat.script.push({ kind: 'refused', as: 'refresh' })
    await world.say(ANA, 'help')
    expect(world.read(ANA)).toEqual([])
    world.pass(MINUTE)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })

  it.each(['stop-person', 'stop-tenant', 'policy'] as const)('is dropped on %s, and not tried again', async as => {
    world.chat.script.push({ kind: 'refused', as })
    await world.say(ANA, 'help')
    expect(await stateOf(firstKey())).toBe('dropped')
    world.pass(HOUR)
    await world.settle()
    expect(world.chat.tried).toHaveLength(1)
    expect(world.logged).toContainEqual({ code: 'MESSAGE_DROPPED' })
  })

  it('is kept as dead when it cannot ever be sent, and what comes after it leaves', async () => {
    world.chat.script.push({ kind: 'refused', as: 'bug' })
    await world.say(ANA, 'help')
    expect(await stateOf(firstKey())).toBe('dead')
    await world.say(ANA, 'commitments')
    expect(world.read(ANA)).toEqual([expect.stringContaining('What you took on')])
    expect(world.logged).toContainEqual({ code: 'MESSAGE_DEAD', error: 'scripted refusal' })
  })

  it('holds back what comes after it, and both leave in order', async () => {
    world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: 60_000 })
    await world.say(ANA, 'help')
    await world.say(ANA, 'commitments')
    expect(world.read(ANA)).toEqual([])
    world.pass(60_000)
    await world.settle()
    expect(world.read(ANA).map(text => text.slice(0, 5))).toEqual(['These', 'What '])
  })

  it('is dropped rather than sent more than a day late', async () => {
    world.chat.otherwise = () => ({ kind: 'refused', as: 'retry', retryAfter: 7 * HOUR })
    await world.say(ANA, 'help')
    for (let hours = 0; hours < 30; hours += 7) {
      world.pass(7 * HOUR)
      await world.settle()
    }
    world.chat.otherwise = () => undefined
    world.pass(DAY)
    await world.settle()
    expect(await stateOf(firstKey())).toBe('dropped')
    expect(world.read(ANA)).toEqual([])
  })
})

describe('a message that was perhaps delivered', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it.each(['unknown', 'retry', 'refresh'] as const)(
    'is looked up before it is sent again (its answer lost as %s), and not repeated when it is there',
    async as => {
      world.chat.script.push({ kind: 'answer-lost', as })
      await world.say(ANA, 'help')
      world.pass(MINUTE)
      await world.settle()
      expect(world.read(ANA)).toHaveLength(1)
      expect(world.chat.looked).toHaveLength(1)
      expect((await world.store.outbox.find(ACME, world.chat.tried[0] ?? ''))?.state).toBe('sent')
      await world.say(ANA, 'commitments')
      expect(world.read(ANA)).toHaveLength(2)
    },
  )

  it('is sent again when it is not there', async () => {
    world.chat.script.push({ kind: 'lost' })
    await world.say(ANA, 'help')
    expect(world.logged).toContainEqual({ code: 'WORK_FAILED', error: 'scripted loss' })
    world.pass(MINUTE)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })

  it('waits while the platform cannot say, and what follows it waits too', async () => {
    world.chat.script.push({ kind: 'answer-lost', as: 'unknown' })
    world.chat.finds = 'breaks'
    await world.say(ANA, 'help')
    world.pass(MINUTE)
    await world.say(ANA, 'commitments')
    expect(world.read(ANA)).toHaveLength(1)
    world.chat.finds = 'yes'
    await world.settle()
    expect(world.read(ANA).map(text => text.slice(0, 5))).toEqual(['These', 'What '])
  })

  it('is not asked a second time once a quarter of an hour has gone by without an answer from the platform', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'answer-lost', as: 'unknown' }))
    world.chat.finds = 'no'
    world.pass(16 * MINUTE)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    // It perhaps stands in the chat: it counts, and its buttons work.
    expect((await world.find(ANA)).client?.ledger).toHaveLength(1)
    await world.say(ANA, 'A calm Monday')
    expect(world.read(ANA).at(-1)).toContain('A calm Monday')
  })

  it('counts too when the whole programme was paused before anybody could say', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'answer-lost', as: 'unknown' }))
    world.chat.finds = 'no'
    const tenant = await world.store.tenants.find(ACME)
    if (tenant === undefined) throw new Error('the tenant is there')
    await world.store.tenants.save({ ...tenant, pausedAt: world.clock.wall, revision: tenant.revision + 1 })
    world.pass(MINUTE)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    expect((await world.find(ANA)).client?.ledger).toHaveLength(1)
    await world.say(ANA, 'A calm Monday')
    expect(world.read(ANA).at(-1)).toContain('A calm Monday')
  })

  it('still counts when it was found only after its time', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'answer-lost', as: 'unknown' }))
    world.chat.finds = 'breaks'
    world.pass(13 * HOUR)
    await world.settle()
    world.chat.finds = 'yes'
    world.pass(DAY)
    await world.settle()
    const sent = await world.store.outbox.find(ACME, world.chat.tried[0] ?? '')
    expect(sent?.state).toBe('sent')
    expect((await world.find(ANA)).client?.ledger).toHaveLength(1)
  })

  it('counts too when nobody can say, even after its time', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'answer-lost', as: 'unknown' }))
    world.chat.finds = 'no'
    world.pass(13 * HOUR)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    expect((await world.find(ANA)).client?.ledger).toHaveLength(1)
  })
})

describe('a platform that takes its time', () => {
  it('sends one message at a time to one person, in order', async () => {
    const world = await openWorld({ people: [ana(acceptedClient())], at: MORNING })
    let release = (): void => undefined
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    const begun = new Promise<void>(resolve => {
      world.chat.script.push({ kind: 'slow', until, begun: resolve })
    })
    await world.gesture(ANA, { kind: 'text', text: 'help' })
    await world.gesture(ANA, { kind: 'text', text: 'commitments' })
    await begun
    expect(world.chat.tried).toHaveLength(1)
    release()
    await world.settle()
    expect(world.read(ANA).map(text => text.slice(0, 5))).toEqual(['These', 'What '])
    await world.close()
  })
})
