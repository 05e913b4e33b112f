/**
 * The civil calendar: dates and times as people write them, and how they sit on the line of instants.
 * Dates are plain strings and their arithmetic is whole days, so no zone can shift one by accident;
 * a zone enters only where a local time meets an instant.
 */
import { IANAZone } from 'luxon'

/** Milliseconds since the epoch, UTC. */
export type Instant = number
/** 'YYYY-MM-DD', Gregorian. Compares as a string. */
export type LocalDate = string
/** 'HH:mm', 00:00 to 23:59. Compares as a string. */
export type LocalTime = string
/** An IANA name, such as 'Europe/Madrid'. */
export type Zone = string
/** ISO: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export type ScheduleErrorCode = 'bad-date' | 'bad-time' | 'bad-zone' | 'bad-rule' | 'never-open' | 'unknown-country'

/** Everything that scheduling can refuse. The message says what would be accepted. */
export class ScheduleError extends Error {
  readonly code: ScheduleErrorCode
  constructor(code: ScheduleErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ScheduleError'
    this.code = code
  }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Days since 1970-01-01, or NaN if the text is no date of the Gregorian calendar. */
const epochDay = (date: LocalDate): number => {
  if (date.length !== 10 || date[4] !== '-' || date[7] !== '-') return Number.NaN
  const [year, month, day] = [digits(date, 0, 4), digits(date, 5, 7), digits(date, 8, 10)]
  // Date.UTC reads years 0 to 99 as 1900 and later, so they are refused; nobody commits to anything there.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN
  return Date.UTC(year, month - 1, day) / DAY
}

const dayOf = (date: LocalDate): number => {
  const day = epochDay(date)
  if (Number.isNaN(day)) throw new ScheduleError('bad-date', `"${date}" is no date; write it as YYYY-MM-DD.`)
  return day
}

/** Milliseconds since midnight, or NaN if the text is no time of day. */
const msOfDay = (time: LocalTime): number => {
  if (time.length !== 5 || time[2] !== ':') return Number.NaN
  const [hour, minute] = [digits(time, 0, 2), digits(time, 3, 5)]
  return hour <= 23 && minute <= 59 ? hour * HOUR + minute * MINUTE : Number.NaN
}

const timeOf = (time: LocalTime): number => {
  const ms = msOfDay(time)
  if (Number.isNaN(ms)) throw new ScheduleError('bad-time', `"${time}" is no time of day; write it as HH:mm.`)
  return ms
}

/** '00' to '99': padding text costs more than looking it up, and these functions run dozens of times a turn. */
const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))
const pad = (n: number): string => twoDigits[n] ?? String(n)

/** A written date; month 1 is January. */
export const dateFrom = (year: number, month: number, day: number): LocalDate =>
  `${pad(Math.floor(year / 100))}${pad(year % 100)}-${pad(month)}-${pad(day)}`

const dateOfDay = (day: number): LocalDate => {
  const date = new Date(day * DAY)
  const year = date.getUTCFullYear()
  if (!(year >= 100 && year <= 9999)) {
    throw new ScheduleError('bad-date', 'Only the years 0100 to 9999 have a written form here.')
  }
  return dateFrom(year, date.getUTCMonth() + 1, date.getUTCDate())
}

/** How many days a month has; month 1 is January. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31

/** Whether a text is a date that exists, as 'YYYY-MM-DD'. */
export const isLocalDate = (text: string): text is LocalDate => !Number.isNaN(epochDay(text))

/** Whether a text is a time of day, as 'HH:mm'. */
export const isLocalTime = (text: string): text is LocalTime => !Number.isNaN(msOfDay(text))

/** A checked date. Throws ScheduleError 'bad-date' for one that does not exist (2026-02-30) or is written otherwise. */
export const toLocalDate = (text: string): LocalDate => {
  dayOf(text)
  return text
}

/** A checked time of day. Throws ScheduleError 'bad-time'. */
export const toLocalTime = (text: string): LocalTime => {
  timeOf(text)
  return text
}

/** Whether the runtime knows the zone by this IANA name. Bare offsets ('+02:00') are refused: they hold no DST rules. */
export const isValidZone = (zone: string): boolean => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone)

/** The date `n` days later (or earlier, if negative). */
export const addDays = (date: LocalDate, n: number): LocalDate => dateOfDay(dayOf(date) + n)

/** Whole days from a to b; negative if b is earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number => dayOf(b) - dayOf(a)

/** The ISO weekday of a date. */
export const weekdayOf = (date: LocalDate): Weekday =>
  // 1970-01-01 was a Thursday; the double modulo keeps days before it positive, so the value is 1 to 7.
  (((((dayOf(date) + 3) % 7) + 7) % 7) + 1) as Weekday

/** The ISO week a date is in, as '2026-W48'. The week belongs to the year that has its Thursday. */
export const localWeek = (date: LocalDate): string => {
  const thursday = addDays(date, 4 - weekdayOf(date))
  const year = thursday.slice(0, 4)
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** A stretch of time in which a zone's offset does not change, up to but not including `until`. */
type Stretch = { until: Instant; offset: number }

/**
 * Asking the runtime for an offset costs about 7 µs and a turn asks dozens of times, so each zone's stretches are kept
 * by year: found once by sampling each week and halving down to the minute. No zone since 1970 changes twice within a week and
 * back again (checked against every zone of the runtime, day by day).
 */
const zones = new Map<Zone, { luxon: IANAZone; years: Map<number, readonly Stretch[]> }>()

const zoneOf = (zone: Zone) => {
  const known = zones.get(zone)
  if (known) return known
  if (!isValidZone(zone)) {
    throw new ScheduleError('bad-zone', `"${zone}" is no time zone; write an IANA name such as "Europe/Madrid".`)
  }
  const entry = { luxon: IANAZone.create(zone), years: new Map<number, readonly Stretch[]>() }
  zones.set(zone, entry)
  return entry
}

const stretchesOf = (luxon: IANAZone, year: number): readonly Stretch[] => {
  const offset = (at: Instant): number => luxon.offset(at) * MINUTE
  const found: Stretch[] = []
  const end = Date.UTC(year + 1, 0, 1)
  let at = Date.UTC(year, 0, 1)
  let current = offset(at)
  while (at < end) {
    const next = Math.min(at + WEEK, end)
    const later = offset(next)
    if (later !== current) {
      let [low, high] = [at, next]
      while (high - low > MINUTE) {
        const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE
        if (offset(middle) === current) low = middle
        else high = middle
      }
      found.push({ until: high, offset: current })
      current = later
    }
    at = next
  }
  found.push({ until: end, offset: current })
  return found
}

/** Local time minus UTC at an instant, in ms. Throws ScheduleError 'bad-zone'. */
export const offsetAt = (at: Instant, zone: Zone): number => {
  const { luxon, years } = zoneOf(zone)
  const year = new Date(at).getUTCFullYear()
  // Outside the years a programme can meet, correctness is enough and the table must not grow.
  if (!(year >= 1970 && year <= 2100)) return luxon.offset(at) * MINUTE
  let stretches = years.get(year)
  if (!stretches) {
    stretches = stretchesOf(luxon, year)
    years.set(year, stretches)
  }
  for (const stretch of stretches) if (at < stretch.until) return stretch.offset
  return luxon.offset(at) * MINUTE
}

/** The date in a zone at an instant. */
export const localDate = (at: Instant, zone: Zone): LocalDate => dateOfDay(Math.floor((at + offsetAt(at, zone)) / DAY))

/** The time of day in a zone at an instant, to the minute (seconds are cut, not rounded). */
export const localTime = (at: Instant, zone: Zone): LocalTime => {
  const local = at + offsetAt(at, zone)
  const minute = Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE)
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
}

/** The instant of a local date and time. One that a clock skips moves forward by what was skipped; one that occurs twice is the first. */
export const atLocal = (date: LocalDate, time: LocalTime, zone: Zone): Instant => {
  const asUtc = dayOf(date) * DAY + timeOf(time)
  const before = asUtc - offsetAt(asUtc - DAY, zone)
  const after = asUtc - offsetAt(asUtc + DAY, zone)
  if (before === after) return before
  const isReal = (at: Instant): boolean => at + offsetAt(at, zone) === asUtc
  const real = [before, after].filter(isReal)
  // In a gap neither is real: reading the time by the offset before the gap lands after it.
  return real.length > 0 ? Math.min(...real) : before
}
