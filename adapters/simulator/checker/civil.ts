/** Local time, worked out from the platform's own Intl data: the checker shares no calendar with what it checks. */
const clocks = new Map<string, Intl.DateTimeFormat>()

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  clocks.set(zone, made)
  return made
}

export type Local = { readonly date: string; readonly time: string }

/** 'YYYY-MM-DD' and 'HH:mm' on that zone's clocks at `at` (ms). */
export const localAt = (at: number, zone: string): Local => {
  const [date = '', time = ''] = clockOf(zone).format(at).split(' ')
  return { date, time }
}

const DAY = 86_400_000
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`)

export const plusDays = (date: string, days: number): string =>
  new Date(utc(date) + days * DAY).toISOString().slice(0, 10)

/** ISO: Monday is 1. */
const weekdayOf = (date: string): number => new Date(utc(date)).getUTCDay() || 7

export type Hours = {
  readonly workdays: readonly number[]
  readonly quiet: { readonly from: string; readonly to: string }
  readonly daysOff: ReadonlySet<string>
}

const isWorkday = (date: string, { workdays, daysOff }: Hours): boolean =>
  workdays.includes(weekdayOf(date)) && !daysOff.has(date)

/** Why nobody may be written to at that moment, or undefined. */
export const whyClosed = ({ date, time }: Local, hours: Hours): string | undefined => {
  if (hours.daysOff.has(date)) return 'a holiday or day off'
  if (!hours.workdays.includes(weekdayOf(date))) return 'no working day'
  const { from, to } = hours.quiet
  const isQuiet = from <= to ? from <= time && time < to : time >= from || time < to
  return isQuiet ? 'quiet hours' : undefined
}

/** The first working day on or after a date. */
export const workdayFrom = (date: string, hours: Hours): string => {
  let day = date
  for (let tries = 0; tries < 60 && !isWorkday(day, hours); tries += 1) day = plusDays(day, 1)
  return day
}

const words = new Map<string, ReadonlyMap<string, string>>()

/** Days as people read them ("Friday 27 November", and with no comma in Spanish: "viernes 27 de noviembre"), and weekdays alone, to the month and day that they name. */
const dayWords = (locale: string): ReadonlyMap<string, string> => {
  const known = words.get(locale)
  if (known !== undefined) return known
  const tag = locale === 'en' ? 'en-GB' : locale
  const day = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' })
  const made = new Map<string, string>()
  // Seven years hold every weekday of every date.
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2036, 0, 1); at += DAY) {
    const read = day.format(at)
    made.set(tag.startsWith('es') ? read.replace(',', '') : read, new Date(at).toISOString().slice(5, 10))
    made.set(weekday.format(at), '')
  }
  words.set(locale, made)
  return made
}

export const isDayInWords = (text: string, locale: string): boolean => dayWords(locale).has(text)

/** The date that the words name, the first on or after `from`. */
export const dayInWords = (text: string, locale: string, from: string): string | undefined => {
  const day = dayWords(locale).get(text)
  if (day === undefined || day === '') return undefined
  const year = Number(from.slice(0, 4))
  return [year, year + 1].map(one => `${one}-${day}`).find(date => date >= from)
}
