import { schedule as cronSchedule, type TaskOptions } from 'node-cron'

/** The part of node-cron that the ticker uses: calls `run` each time `expression` matches, until stopped. */
export type Schedule = (
  expression: string,
  run: () => Promise<void>,
  options: Pick<TaskOptions, 'name' | 'noOverlap' | 'timezone' | 'suppressMissedWarning'>,
) => { readonly destroy: () => void | Promise<void> }

export type TickerOptions = {
  /** What a tick does; it finds out by itself what is due. */
  readonly onTick: () => Promise<void>
  readonly logger: {
    readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void
  }
  /** node-cron unless given. */
  readonly schedule?: Schedule
}

export type Ticker = {
  /** Ticks once at once, then each minute. Starting again is no second ticker. */
  readonly start: () => void
  /** No tick begins after this; resolves when a running one has ended. */
  readonly stop: () => Promise<void>
}

/**
 * Wakes the core each minute and decides nothing: what was missed while asleep is found by the next tick, so node-cron's
 * own account of missed runs is of no interest. A tick that fails is logged and the next one comes all the same; a
 * minute that finds the last tick still at work is skipped.
 */
export const createTicker = ({ onTick, logger, schedule = cronSchedule }: TickerOptions): Ticker => {
  let task: ReturnType<Schedule> | undefined
  let running: Promise<void> | undefined
  let stopped = false

  const tick = async (): Promise<void> => {
    // Also against the tick at the start, which node-cron's noOverlap does not know of.
    if (stopped || running !== undefined) return
    running = attempt()
    await running
    running = undefined
  }

  const attempt = async (): Promise<void> => {
    try {
      await onTick()
    } catch (error) {
      logger.error({ code: 'TICK_FAILED', err: error }, 'a tick failed; the next one comes in a minute')
    }
  }

  return {
    start: () => {
      if (task !== undefined || stopped) return
      // UTC has no daylight saving: every minute comes once.
      const options = { name: 'lighthand', noOverlap: true, timezone: 'UTC', suppressMissedWarning: true }
      task = schedule('* * * * *', tick, options)
      void tick()
    },
    stop: async () => {
      stopped = true
      await task?.destroy()
      await running
    },
  }
}
