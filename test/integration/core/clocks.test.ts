import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { atLocal } from '../../../src/domain/schedule.ts'
import { watchClock } from '../../../src/usecases/clock-watch.ts'
import type { Core } from '../../../src/usecases/core.ts'
import { receiveEvent } from '../../../src/usecases/receive-event.ts'
import { runDue } from '../../../src/usecases/run-due.ts'
import { openWorld, replyOf, type TestClock, type World } from '../../fakes/world.ts'
import { ACME, ANA, HOUR, MINUTE, MORNING, TOM, ZONE } from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

const SECOND = 1_000
const HELP = { kind: 'reply', reply: { kind: 'text', text: 'help' } } as const

describe('a wall clock that jumps', () => {
  let world: World
  let watch: ReturnType<typeof watchClock>
  beforeEach(async () => {
    world = await openWorld()
    watch = watchClock(world.clock)
    world.core = world.makeCore({ watch })
    await planCheckIn(world, MORNING + HOUR)
  })
  afterEach(() => world.close())

  it('sends nothing by a time it does not believe, and what is due once two ticks agree', async () => {
    world.clock.wall += 2 * HOUR
    await world.settle()
    expect(world.read(ANA)).toEqual([])
    world.pass(MINUTE)
    watch.tick()
    await world.settle()
    expect(world.read(ANA)).toEqual([])
    world.pass(MINUTE)
    watch.tick()
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })

  it('sends nothing if the jump was a mistake that is put right', async () => {
    world.clock.wall += 2 * HOUR
    await world.settle()
    world.clock.wall -= 2 * HOUR
    for (let ticks = 0; ticks < 3; ticks += 1) {
      world.pass(MINUTE)
      watch.tick()
      await world.settle()
    }
    expect(world.read(ANA)).toEqual([])
    expect(await world.store.appointments.standing(ACME, ANA)).toHaveLength(1)
  })

  it('keeps what is written meanwhile, and answers it afterwards', async () => {
    world.clock.wall -= 2 * HOUR
    await world.say(ANA, 'help')
    expect(world.read(ANA)).toEqual([])
    expect(await world.store.inbox.tenantsWaiting()).toEqual([ACME])
    for (let ticks = 0; ticks < 2; ticks += 1) {
      world.pass(MINUTE)
      watch.tick()
    }
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })
})

describe('a process that was stopped for an hour', () => {
  it('does what came due meanwhile, once, and what is too late not at all', async () => {
    const world = await openWorld()
    world.core = world.makeCore({ watch: watchClock(world.clock) })
    await planCheckIn(world, MORNING + MINUTE)
    world.pass(HOUR)
    await Promise.all([world.settle(), runDue(world.core)])
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    await world.close()
  })
})

describe('two processes whose wall clocks are minutes apart', () => {
  it.each([-4 * MINUTE, 4 * MINUTE])('keep an appointment once (%i ms)', async skew => {
    const world = await openWorld()
    const clock: TestClock = {
      wall: 0,
      elapsed: 0,
      now: () => world.clock.wall + skew,
      monotonic: () => world.clock.elapsed,
    }
    const other = world.makeCore({ clock })
    await planCheckIn(world, MORNING + 2 * MINUTE)
    for (let seconds = 0; seconds < 600; seconds += 20) {
      await Promise.all([runDue(world.core), runDue(other)])
      world.pass(20 * SECOND)
    }
    expect(world.read(ANA)).toHaveLength(1)
    expect((await world.find(ANA)).client?.ledger).toHaveLength(1)
    await world.close()
  })
})

describe('clocks that change with the season', () => {
  it.each([
    ['forward', '2026-03-25', '2026-04-01'],
    ['back', '2026-10-21', '2026-10-28'],
  ])('%s leave a weekly check-in at its local hour, once a week', async (_, first, second) => {
    const world = await openWorld({ at: atLocal(first, '09:00', ZONE) })
    const at = atLocal(first, '15:00', ZONE)
    await planCheckIn(world, at, first)
    await world.until(at)
    expect(world.read(ANA)).toHaveLength(1)
    const { scheduled } = await world.find(ANA)
    expect(scheduled[`check-in:${second}`]?.at).toBe(atLocal(second, '15:00', ZONE))
    // The week between them is an hour shorter or longer than a week.
    expect(atLocal(second, '15:00', ZONE) - at - 7 * 24 * HOUR).toBe(first < '2026-06' ? -HOUR : HOUR)
    await world.close()
  })
})

describe('work that takes long', () => {
  let world: World
  let other: Core
  beforeEach(async () => {
    world = await openWorld()
    other = world.makeCore()
  })
  afterEach(() => world.close())
  const said = (index: number) => replyOf(ANA, { kind: 'text', text: 'help' }, MORNING, `k${index}`)

  it('is left to whoever does it, however long, as long as they give signs of life', async () => {
    for (let index = 0; index < 12; index += 1)
      await world.store.inbox.put(
        { ...said(index), event: { kind: 'reply', reply: { kind: 'text', text: 'help' } } },
        0,
      )
    // Each send takes ten seconds, and the other process looks on all the time.
    world.chat.otherwise = () => {
      world.pass(10 * SECOND)
      return { kind: 'slow', until: runDue(other).then(() => undefined) }
    }
    await runDue(world.core)
    await Promise.all([world.core.lanes.idle(), other.lanes.idle()])
    expect(world.read(ANA)).toHaveLength(12)
    expect(world.chat.tried).toHaveLength(12)
    expect(world.logged.map(({ code }) => code)).not.toContain('WORK_FAILED')
  })

  it('keeps nobody else waiting, however many ticks come while one is still at work, and is not done twice', async () => {
    let release = (): void => undefined
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    let sending = (): void => undefined
    const atTheSend = new Promise<void>(resolve => {
      sending = resolve
    })
    world.chat.otherwise = () => {
      sending()
      return { kind: 'slow', until }
    }
    await planCheckIn(world, MORNING)
    const long = runDue(world.core)
    await atTheSend
    world.chat.otherwise = () => undefined
    // Three more ticks come, and each finds something for somebody else.
    for (let minutes = 1; minutes <= 3; minutes += 1) {
      world.pass(MINUTE)
      await world.store.inbox.put(
        { tenant: ACME, person: TOM, key: `t${minutes}`, at: world.clock.wall, event: HELP },
        world.clock.wall,
      )
      await runDue(world.core)
      while (world.read(TOM).length < minutes) await new Promise(resolve => setImmediate(resolve))
    }
    expect(world.read(ANA)).toEqual([])
    release()
    await long
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    expect(world.read(TOM)).toHaveLength(3)
  })

  it('sends nothing any more once it was taken over while it was suspended', async () => {
    let stopped = (): void => undefined
    const atTheSend = new Promise<void>(resolve => {
      stopped = resolve
    })
    let release = (): void => undefined
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    const { outbox } = world.store
    const suspended = world.makeCore({
      store: {
        ...world.store,
        outbox: {
          ...outbox,
          put: async (row, at) => {
            const isNew = await outbox.put(row, at)
            stopped()
            await until
            return isNew
          },
        },
      },
    })
    await receiveEvent(suspended, said(0))
    await atTheSend
    await runDue(other)
    world.pass(31 * SECOND)
    await runDue(other)
    await other.lanes.idle()
    expect(world.read(ANA)).toHaveLength(1)
    release()
    await suspended.lanes.idle()
    expect(world.chat.tried).toHaveLength(1)
    expect(world.read(ANA)).toHaveLength(1)
  })
})
