/** Runs something soon, once for however many asked: the earliest moment asked for counts. */
export type Alarm = {
  /** In so many ms, or sooner if somebody else asks for that. */
  readonly wake: (ms: number) => void
  /** Nothing runs after this; resolves when what runs has ended. */
  readonly stop: () => Promise<void>
}

export type AlarmOptions = {
  /** May overlap with itself: what takes long for one keeps nobody else waiting. */
  readonly run: () => Promise<void>
  readonly logger: {
    readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void
  }
  /** ms after which it runs even if nobody asked: what other processes left is found then. */
  readonly everyMs: number
}

/** Not sooner than this: many who ask at once are served together. */
const SHORTEST = 20

export const createAlarm = ({ run, logger, everyMs }: AlarmOptions): Alarm => {
  const running = new Set<Promise<void>>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let rings = Number.POSITIVE_INFINITY

  const ring = (): void => {
    rings = Number.POSITIVE_INFINITY
    wake(everyMs)
    const work = run()
      .catch((error: unknown) => logger.error({ code: 'TICK_FAILED', err: error }, 'looking for due work failed'))
      .finally(() => running.delete(work))
    running.add(work)
  }
  const wake = (ms: number): void => {
    if (stopped) return
    const at = performance.now() + Math.max(SHORTEST, ms)
    if (at >= rings) return
    rings = at
    clearTimeout(timer)
    timer = setTimeout(ring, at - performance.now())
  }
  return {
    wake,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await Promise.all(running)
    },
  }
}
