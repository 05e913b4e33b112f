import { schedule as cronSchedule } from 'node-cron'
import { describe, expect, it } from 'vitest'
import { createTicker, type Schedule } from '../../adapters/cron/ticker.ts'

/** A schedule whose minutes pass when the test says so. */
const handClock = () => {
  const runs: (() => Promise<void>)[] = []
  const asked: { expression: string; options: object }[] = []
  let destroyed = 0
  const schedule: Schedule = (expression, run, options) => {
    runs.push(run)
    asked.push({ expression, options })
    return {
      destroy: () => {
        destroyed += 1
      },
    }
  }
  return {
    schedule,
    asked,
    destroyed: () => destroyed,
    minute: () => Promise.all(runs.map(run => run())),
  }
}

/** Work that ends when the test says so. */
const gate = () => {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}

const silent = { error: () => {} }

describe('the ticker', () => {
  it('ticks once at the start, then each minute, in a zone without daylight saving', async () => {
    const clock = handClock()
    let ticks = 0
    const ticker = createTicker({
      onTick: async () => {
        ticks += 1
      },
      logger: silent,
      schedule: clock.schedule,
    })
    expect(ticks).toBe(0)
    ticker.start()
    expect(ticks).toBe(1)
    await new Promise(setImmediate)
    await clock.minute()
    await clock.minute()
    expect(ticks).toBe(3)
    expect(clock.asked).toEqual([
      { expression: '* * * * *', options: expect.objectContaining({ noOverlap: true, timezone: 'UTC' }) },
    ])
    await ticker.stop()
  })

  it('is one ticker however often it is started', async () => {
    const clock = handClock()
    const ticker = createTicker({ onTick: async () => {}, logger: silent, schedule: clock.schedule })
    ticker.start()
    ticker.start()
    expect(clock.asked).toHaveLength(1)
    await ticker.stop()
  })

  it('skips a minute while the tick before it is still at work, the first one included', async () => {
    const clock = handClock()
    const work = gate()
    let ticks = 0
    const onTick = async () => {
      ticks += 1
      await work.opened
    }
    const ticker = createTicker({ onTick, logger: silent, schedule: clock.schedule })
    ticker.start()
    await clock.minute()
    await clock.minute()
    expect(ticks).toBe(1)
    work.open()
    // Stopping waits for the tick; a fresh ticker would be needed to go on, so the minute after it counts nothing.
    await ticker.stop()
    await clock.minute()
    expect(ticks).toBe(1)
  })

  it('goes on after a tick that failed, and logs the failure by its code', async () => {
    const clock = handClock()
    const logged: Readonly<Record<string, unknown>>[] = []
    const failure = new Error('no store')
    let ticks = 0
    const onTick = async () => {
      ticks += 1
      if (ticks <= 2) throw failure
    }
    const ticker = createTicker({ onTick, logger: { error: fields => logged.push(fields) }, schedule: clock.schedule })
    ticker.start()
    await new Promise(setImmediate)
    await clock.minute()
    await clock.minute()
    expect(ticks).toBe(3)
    expect(logged).toEqual([
      { code: 'TICK_FAILED', err: failure },
      { code: 'TICK_FAILED', err: failure },
    ])
    await ticker.stop()
  })

  it('logs a tick that throws before it promises anything', async () => {
    const logged: unknown[] = []
    const onTick = (): Promise<void> => {
      throw new Error('at once')
    }
    const ticker = createTicker({
      onTick,
      logger: { error: fields => logged.push(fields) },
      schedule: handClock().schedule,
    })
    ticker.start()
    await ticker.stop()
    expect(logged).toHaveLength(1)
  })

  it('stops only when a running tick has ended, and starts none afterwards', async () => {
    const clock = handClock()
    const work = gate()
    const order: string[] = []
    const onTick = async () => {
      await work.opened
      order.push('tick ended')
    }
    const ticker = createTicker({ onTick, logger: silent, schedule: clock.schedule })
    ticker.start()
    const stopped = ticker.stop().then(() => order.push('stopped'))
    await new Promise(setImmediate)
    expect(order).toEqual([])
    work.open()
    await stopped
    expect(order).toEqual(['tick ended', 'stopped'])
    await clock.minute()
    ticker.start()
    expect(order).toHaveLength(2)
    expect(clock.destroyed()).toBe(1)
  })

  it('runs on node-cron itself, and leaves nothing of it behind', async () => {
    const tasks: { getStatus: () => string; getNextRun: () => Date | null }[] = []
    let ticks = 0
    const ticker = createTicker({
      onTick: async () => {
        ticks += 1
      },
      logger: silent,
      schedule: (expression, run, options) => {
        const task = cronSchedule(expression, run, options)
        tasks.push(task)
        return task
      },
    })
    ticker.start()
    expect(ticks).toBe(1)
    expect(tasks[0]?.getNextRun()?.getUTCSeconds()).toBe(0)
    await ticker.stop()
    expect(tasks[0]?.getStatus()).toBe('destroyed')
  })
})
