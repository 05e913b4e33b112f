import { beforeEach, describe, expect, it } from 'vitest'
import { type ClockWatch, watchClock } from '../../../src/usecases/clock-watch.ts'

const MINUTE = 60_000

describe('a wall clock beside a monotonic one', () => {
  let wall = 0
  let elapsed = 0
  let watch: ClockWatch
  beforeEach(() => {
    wall = Date.UTC(2026, 2, 29)
    elapsed = 5_000
    watch = watchClock({ now: () => wall, monotonic: () => elapsed })
  })
  const minute = (): void => {
    wall += MINUTE
    elapsed += MINUTE
    watch.tick()
  }

  it('is trusted while both go on alike, for months', () => {
    for (let ticks = 0; ticks < 500; ticks += 1) {
      minute()
      // A time service slews a little each minute.
      wall += 20
      expect(watch.steady()).toBe(true)
    }
  })

  it.each([
    ['forward', 6 * MINUTE],
    ['back', -6 * MINUTE],
    ['forward by a day', 24 * 60 * MINUTE],
  ])('is doubted at once when it jumps %s, until two ticks agree', (_, by) => {
    minute()
    wall += by
    expect(watch.steady()).toBe(false)
    minute()
    expect(watch.steady()).toBe(false)
    minute()
    expect(watch.steady()).toBe(true)
  })

  it('is not doubted for a step of a few minutes', () => {
    wall += 4 * MINUTE
    expect(watch.steady()).toBe(true)
  })

  it('is doubted anew when it jumps again before two ticks agreed', () => {
    wall += 10 * MINUTE
    minute()
    minute()
    wall -= 10 * MINUTE
    expect(watch.steady()).toBe(false)
    minute()
    expect(watch.steady()).toBe(false)
    minute()
    expect(watch.steady()).toBe(true)
  })

  it('is doubted after a sleep in which the monotonic clock stood still, and recovers by itself', () => {
    wall += 60 * MINUTE
    watch.tick()
    expect(watch.steady()).toBe(false)
    minute()
    minute()
    expect(watch.steady()).toBe(true)
  })

  it('is not doubted after an hour in which the process was stopped: both clocks went on', () => {
    wall += 60 * MINUTE
    elapsed += 60 * MINUTE
    expect(watch.steady()).toBe(true)
  })
})
