import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Core } from '../../../src/usecases/core.ts'
import { receiveEvent } from '../../../src/usecases/receive-event.ts'
import { runDue } from '../../../src/usecases/run-due.ts'
import { openWorld, replyOf, type TestClock, type World } from '../../fakes/world.ts'
import { ACME, ANA, DAY, HOUR, MORNING } from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

const SECOND = 1_000

describe('two processes on one store', () => {
  let world: World
  let other: Core
  let clock: TestClock
  beforeEach(async () => {
    world = await openWorld()
    clock = { wall: MORNING, elapsed: 500_000, now: () => clock.wall, monotonic: () => clock.elapsed }
    other = world.makeCore({ clock })
  })
  afterEach(() => world.close())
  const rest = async (): Promise<void> => {
    await Promise.all([world.core.lanes.idle(), other.lanes.idle()])
  }
  const help = (key: string) => replyOf(ANA, { kind: 'text', text: 'help' }, MORNING, key)
  /** The first process holds Ana's lease and is stuck in a send. */
  const stuck = async (): Promise<() => void> => {
    let release = (): void => undefined
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    const begun = new Promise<void>(resolve => {
      world.chat.script.push({ kind: 'slow', until, begun: resolve })
    })
    await receiveEvent(world.core, help('first'))
    await begun
    return release
  }

  const runAndLook = async (): Promise<void> => {
    await receiveEvent(other, help('only'))
    await runDue(other)
    await other.lanes.idle()
  }

  it('take each gesture once, both told of all of them at the same time', async () => {
    for (let index = 0; index < 10; index += 1)
      await Promise.all([receiveEvent(world.core, help(`k${index}`)), receiveEvent(other, help(`k${index}`))])
    await rest()
    await Promise.all([runDue(world.core), runDue(other)])
    await rest()
    expect(world.read(ANA)).toHaveLength(10)
    expect((await world.find(ANA)).applied).toHaveLength(10)
  })

  it('take a gesture once that the first of them took and could not tick off any more', async () => {
    const { inbox } = world.store
    const dying = world.makeCore({ store: { ...world.store, inbox: { ...inbox, done: async () => undefined } } })
    await receiveEvent(dying, help('k'))
    await dying.lanes.idle()
    expect(await inbox.waiting(ACME, ANA, 9)).toHaveLength(1)
    await runDue(other)
    await other.lanes.idle()
    expect(await inbox.waiting(ACME, ANA, 9)).toEqual([])
    expect(world.read(ANA)).toHaveLength(1)
  })

  it('keep an appointment once, both waking at the same moment', async () => {
    await planCheckIn(world, MORNING)
    await Promise.all([runDue(world.core), runDue(other)])
    await rest()
    expect(world.read(ANA)).toHaveLength(1)
    expect((await world.find(ANA)).client?.ledger).toHaveLength(1)
  })

  it('leave a person to the one that holds them, for thirty seconds on the own clock of the one that looks', async () => {
    const release = await stuck()
    await receiveEvent(other, help('second'))
    await other.lanes.idle()
    clock.elapsed += 30 * SECOND - 1
    await runDue(other)
    await other.lanes.idle()
    expect(world.chat.tried).toHaveLength(1)
    clock.elapsed += 1
    await runDue(other)
    await other.lanes.idle()
    // The thief looked the first message up and did not find it yet; then it sent it, and its own.
    expect(world.chat.tried.length).toBeGreaterThan(1)
    release()
    await rest()
  })

  it('do not care what their wall clocks say', async () => {
    const release = await stuck()
    await receiveEvent(other, help('second'))
    await other.lanes.idle()
    clock.wall += 3 * DAY
    await runDue(other)
    clock.wall -= 6 * DAY
    await runDue(other)
    await other.lanes.idle()
    expect(world.chat.tried).toHaveLength(1)
    clock.wall = MORNING
    release()
    await rest()
    await runDue(other)
    await rest()
    expect(world.read(ANA)).toHaveLength(2)
  })

  it('begin the thirty seconds anew when the holder has changed meanwhile', async () => {
    const { leases } = world.store
    await leases.take(ACME, ANA, 'one')
    await runAndLook()
    clock.elapsed += 29 * SECOND
    await leases.steal(ACME, ANA, 'one', 'two')
    await runAndLook()
    clock.elapsed += 29 * SECOND
    await runAndLook()
    expect(world.read(ANA)).toEqual([])
    clock.elapsed += SECOND
    await runAndLook()
    expect(world.read(ANA)).toHaveLength(1)
  })
  it('have no turn twice, even when the one that was robbed wakes up again', async () => {
    let release = (): void => undefined
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    let stopped = (): void => undefined
    const atTheWrite = new Promise<void>(resolve => {
      stopped = resolve
    })
    // Suspended just before its write, as a laptop that is shut.
    world.core = world.makeCore({
      store: {
        ...world.store,
        people: {
          ...world.store.people,
          save: async person => {
            stopped()
            await until
            return world.store.people.save(person)
          },
        },
      },
    })
    await receiveEvent(world.core, replyOf(ANA, { kind: 'text', text: 'commit' }, MORNING, 'one'))
    await atTheWrite
    await runDue(other)
    clock.elapsed += 31 * SECOND
    await runDue(other)
    await other.lanes.idle()
    expect(world.read(ANA)).toHaveLength(1)
    release()
    await rest()
    expect(world.logged).toContainEqual({ code: 'WORK_FAILED', error: expect.stringContaining('another process') })
    await runDue(other)
    await rest()
    expect(world.read(ANA)).toHaveLength(1)
    expect((await world.find(ANA)).applied).toEqual(['one'])
    // Whoever was robbed lets go of nothing that is not theirs.
    expect(await world.store.leases.take(ACME, ANA, 'free')).toHaveProperty('lease')
  })

  it('come back to an appointment whose person was held', async () => {
    await planCheckIn(world, MORNING)
    await world.store.leases.take(ACME, ANA, 'somebody')
    await runDue(world.core)
    expect(world.read(ANA)).toEqual([])
    expect((await world.store.appointments.next(ACME))?.at).toBe(MORNING + 20 * SECOND)
    world.pass(31 * SECOND)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    expect(world.clock.wall).toBeLessThan(MORNING + HOUR)
  })
})
