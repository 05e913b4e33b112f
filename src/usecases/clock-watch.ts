import type { Clock } from '../ports/clock.ts'

/**
 * Watches the machine's wall clock against its monotonic one. If they part by more than five minutes (set by hand, a broken
 * time service, a laptop that slept) nothing is dispatched until two ticks agree again: whatever is due by a wrong clock
 * would leave at a wrong hour, and cannot be taken back.
 */
export type ClockWatch = {
  /** False while the clock cannot be trusted. Looks at both clocks, so a jump is seen at once. */
  steady(): boolean
  /** Once a minute: two in a row that agree end the doubt. */
  tick(): void
}

const MINUTE = 60_000
/** More than time services step by, and less than anything that matters to a quiet hour. */
const JUMP = 5 * MINUTE
const AGREEING_TICKS = 2

export const watchClock = (clock: Clock): ClockWatch => {
  const offset = (): number => clock.now() - clock.monotonic()
  let reference = offset()
  let doubtful = false
  let agreeing = 0
  const look = (): void => {
    const current = offset()
    if (Math.abs(current - reference) > JUMP) {
      doubtful = true
      agreeing = 0
      reference = current
    } else if (!doubtful) {
      // A time service slews by and by: that adds up over months, and is no jump.
      reference = current
    }
  }
  return {
    steady: () => {
      look()
      return !doubtful
    },
    tick: () => {
      const jumpedBefore = reference
      look()
      if (!doubtful || reference !== jumpedBefore) return
      agreeing += 1
      if (agreeing >= AGREEING_TICKS) doubtful = false
    },
  }
}
