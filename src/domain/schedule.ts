/**
 * When things fall due: rules that recur in a person's own zone, and the hours in which a person may be written to.
 * All of it is pure: no clock, no environment; `after` and `at` are arguments.
 */
import {
  addDays,
  atLocal,
  dateFrom,
  daysBetween,
  daysInMonth,
  type Instant,
  type LocalDate,
  type LocalTime,
  localDate,
  localTime,
  offsetAt,
  ScheduleError,
  type Weekday,
  weekdayOf,
  type Zone,
} from './calendar.ts'

export {
  addDays,
  atLocal,
  daysBetween,
  type Instant,
  isLocalDate,
  isLocalTime,
  isValidZone,
  type LocalDate,
  type LocalTime,
  localDate,
  localTime,
  type Weekday,
  weekdayOf,
  type Zone,
} from './calendar.ts'

/** When a person may be written to. Quiet hours run from `from` up to but not including `to`, may cross midnight, and from === to means none. */
export type Calendar = {
  workdays: readonly Weekday[]
  quiet: { from: LocalTime; to: LocalTime }
  isHoliday(date: LocalDate): boolean
}

/**
 * What recurs. `weekly` falls in every `every`-th ISO week counted from the week of `anchor` (in both directions: the
 * anchor sets the phase, not a start). `monthly` on a day that a month lacks falls on that month's last day.
 */
export type Rule =
  | { kind: 'weekly'; every: number; weekday: Weekday; at: LocalTime; anchor: LocalDate }
  | { kind: 'daily'; at: LocalTime }
  | { kind: 'monthly'; day: number; at: LocalTime }
  | { kind: 'once'; date: LocalDate; at: LocalTime }

/** When it fires, and the rule's own date, which names the occurrence even if it fires later. */
export type Occurrence = { at: Instant; date: LocalDate }

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** A calendar that stays shut for longer than this is a mistake in it. */
const LONGEST_CLOSURE_DAYS = 366

const isOpenDay = (date: LocalDate, calendar: Calendar): boolean =>
  calendar.workdays.includes(weekdayOf(date)) && !calendar.isHoliday(date)

const isQuiet = (time: LocalTime, { from, to }: Calendar['quiet']): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to

/** Whether an instant is on a workday, on no holiday and outside quiet hours, in that zone. */
export function isOpen(at: Instant, zone: Zone, calendar: Calendar): boolean {
  return !isQuiet(localTime(at, zone), calendar.quiet) && isOpenDay(localDate(at, zone), calendar)
}

/** The minute at which the offset changes between two instants, if it does. */
const changeBetween = (from: Instant, to: Instant, zone: Zone): Instant | undefined => {
  const before = offsetAt(from, zone)
  if (offsetAt(to, zone) === before) return undefined
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, zone) === before) low = middle
    else high = middle
  }
  return high
}

/**
 * The instants on a date at which a closed hour can become an open one: its midnight, the end of quiet hours, and the jump of a clock.
 * A wall time that occurs twice counts twice: a clock set back can make it quiet again.
 */
const openings = (date: LocalDate, zone: Zone, calendar: Calendar): Instant[] => {
  const midnight = atLocal(date, '00:00', zone)
  const wall = atLocal(date, calendar.quiet.to, zone)
  const change = changeBetween(midnight - DAY, midnight + 2 * DAY, zone)
  if (change === undefined) return [midnight, wall]
  const shift = offsetAt(change - 1, zone) - offsetAt(change, zone)
  return [midnight, midnight + shift, wall, wall + shift, change]
}

/** `at` itself if it is open, else the earliest open minute after it. Throws ScheduleError 'never-open' if there is none within a year. */
export function nextOpen(at: Instant, zone: Zone, calendar: Calendar): Instant {
  if (isOpen(at, zone, calendar)) return at
  // From the day before: a clock set back past midnight returns to it.
  let date = addDays(localDate(at, zone), -1)
  for (let days = 0; days <= LONGEST_CLOSURE_DAYS; days++, date = addDays(date, 1)) {
    if (!isOpenDay(date, calendar)) continue
    let earliest = Number.POSITIVE_INFINITY
    for (const opening of openings(date, zone, calendar)) {
      if (opening < at || opening >= earliest || localDate(opening, zone) !== date) continue
      if (isOpen(opening, zone, calendar)) earliest = opening
    }
    if (earliest !== Number.POSITIVE_INFINITY) return earliest
  }
  throw new ScheduleError(
    'never-open',
    `No open moment in the year after ${date}: name at least one workday, and check the holidays and quiet hours.`,
  )
}

/** The client's hour on that date, else the next open moment after it. */
export function onDateAt(date: LocalDate, time: LocalTime, zone: Zone, calendar: Calendar): Instant {
  return nextOpen(atLocal(date, time, zone), zone, calendar)
}

const inMonth = (year: number, month: number, day: number): LocalDate =>
  dateFrom(year, month, Math.min(day, daysInMonth(year, month)))

/** The rule's latest date on or before a date; for `once`, its only one. */
const latestDate = (rule: Rule, date: LocalDate): LocalDate => {
  switch (rule.kind) {
    case 'daily':
      return date
    case 'once':
      return rule.date
    case 'weekly': {
      const first = addDays(rule.anchor, rule.weekday - weekdayOf(rule.anchor))
      const cycle = 7 * rule.every
      return addDays(first, Math.floor(daysBetween(first, date) / cycle) * cycle)
    }
    case 'monthly': {
      const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
      const here = inMonth(year, month, rule.day)
      if (here <= date) return here
      return month === 1 ? inMonth(year - 1, 12, rule.day) : inMonth(year, month - 1, rule.day)
    }
  }
}

const dateAfter = (rule: Rule, date: LocalDate): LocalDate | undefined => {
  switch (rule.kind) {
    case 'daily':
      return addDays(date, 1)
    case 'once':
      return undefined
    case 'weekly':
      return addDays(date, 7 * rule.every)
    case 'monthly': {
      const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
      return month === 12 ? inMonth(year + 1, 1, rule.day) : inMonth(year, month + 1, rule.day)
    }
  }
}

const checkRule = (rule: Rule): void => {
  if (rule.kind === 'weekly' && !(Number.isInteger(rule.every) && rule.every >= 1)) {
    throw new ScheduleError('bad-rule', `Every ${rule.every} weeks is no rhythm; use a whole number of at least 1.`)
  }
  if (rule.kind === 'monthly' && !(Number.isInteger(rule.day) && rule.day >= 1 && rule.day <= 31)) {
    throw new ScheduleError('bad-rule', `Day ${rule.day} is in no month; use 1 to 31.`)
  }
}

/**
 * The first occurrence strictly after `after`, or undefined when a `once` rule is spent.
 * With a calendar, an occurrence on a closed day or in quiet hours moves to the next open moment and keeps its rule date.
 * Occurrences that would fire on the same local day are one: the latest of them stands, the earlier ones are absorbed.
 * So a daily rule after a weekend fires on Monday once, and a clock that skips a whole day (Apia, 2011-12-30) fires nothing twice.
 * Throws ScheduleError 'bad-rule', 'bad-zone', 'bad-date', 'bad-time' or 'never-open'.
 */
export function nextOccurrence(
  rule: Rule,
  zone: Zone,
  after: Instant,
  calendar: Calendar | undefined,
): Occurrence | undefined {
  checkRule(rule)
  const fires = (date: LocalDate): Instant => {
    const own = atLocal(date, rule.at, zone)
    return calendar ? nextOpen(own, zone, calendar) : own
  }
  // Two days back: a skipped day can stand between. Occurrences before that one are past, or absorbed by it, for if one
  // of them still waits, then nothing has been open since, and the later one waits for the same moment.
  let date = latestDate(rule, addDays(localDate(after, zone), -2))
  let at = fires(date)
  for (;;) {
    const nextDate = dateAfter(rule, date)
    if (nextDate === undefined) return at > after ? { at, date } : undefined
    const nextAt = fires(nextDate)
    if (at > after && localDate(at, zone) < localDate(nextAt, zone)) return { at, date }
    date = nextDate
    at = nextAt
  }
}
