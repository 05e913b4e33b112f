/**
 * Public holidays by country. The library's data takes about 0.2 s and 25 MB to load, more than everything else the core needs,
 * so it is imported only when someone's calendar names a country.
 */
import type Holidays from 'date-holidays'
import { addDays, type LocalDate, ScheduleError } from './calendar.ts'

/** What a tenant adds to or takes from the law's list: extra days off, and public holidays on which it works. */
export type HolidayChanges = { extra?: readonly LocalDate[]; worked?: readonly LocalDate[] }

const HOUR = 3_600_000

/** The dates a holiday takes. Half-days that start at noon or later take none: their mornings are working time. */
const datesOf = (holiday: ReturnType<Holidays['getHolidays']>[number]): LocalDate[] => {
  // The text is the country's own date, whatever zone this machine is in; `start` may be the evening before it.
  const first = holiday.date.slice(0, 10)
  if (holiday.date.slice(11, 13) >= '12') return []
  // A day on which a clock changes has 23 or 25 hours, and a trailing half-day is no day off.
  const days = Math.max(1, Math.floor((holiday.end.getTime() - holiday.start.getTime() + HOUR) / (24 * HOUR)))
  return Array.from({ length: days }, (_, n) => addDays(first, n))
}

const datesByYear = (holidays: Holidays): ((date: LocalDate) => boolean) => {
  const years = new Map<number, ReadonlySet<LocalDate>>()
  return date => {
    const year = Number(date.slice(0, 4))
    let dates = years.get(year)
    if (!dates) {
      // A holiday of several days can begin in December and end here.
      const found = [...holidays.getHolidays(year - 1), ...holidays.getHolidays(year)]
      dates = new Set(found.filter(holiday => holiday.type === 'public').flatMap(datesOf))
      years.set(year, dates)
    }
    return dates.has(date)
  }
}

/** The code as the data spells it: most are capitals, a few islands are names. */
const spelt = (codes: object | undefined, code: string): string | undefined =>
  Object.keys(codes ?? {}).find(known => known.toUpperCase() === code.toUpperCase())

const accepted = (codes: object | undefined): string => Object.keys(codes ?? {}).join(', ')

const open = (library: typeof Holidays, country: string, region: string | undefined): Holidays => {
  const every = new library()
  const countries = every.getCountries()
  const code = spelt(countries, country)
  if (code === undefined) {
    throw new ScheduleError(
      'unknown-country',
      `No holidays are known for country "${country}". Use one of: ${accepted(countries)}.`,
    )
  }
  if (region === undefined) return new library(code)
  const [wanted = '', part, ...rest] = region.split('-')
  const states = every.getStates(code)
  const state = spelt(states, wanted)
  if (state === undefined) {
    throw new ScheduleError(
      'unknown-country',
      `No region "${region}" is known in ${code}. ${states ? `Use one of: ${accepted(states)}` : 'Leave the region out'}.`,
    )
  }
  if (part === undefined) return new library(code, state)
  const parts = every.getRegions(code, state)
  const known = spelt(parts, part)
  if (rest.length > 0 || known === undefined) {
    throw new ScheduleError(
      'unknown-country',
      `No part "${region}" is known in ${code}. Use ${state}${parts ? `, or one of these after "${state}-": ${accepted(parts)}` : ''}.`,
    )
  }
  return new library(code, state, known)
}

const opened = new Map<string, (date: LocalDate) => boolean>()

/**
 * Loads a country's public holidays and returns the test a Calendar needs. Bank, school and optional holidays are working days.
 * `country` is an ISO 3166 code ('ES'); `region` is the library's code within it ('MD'), with a part after a hyphen where it has parts ('BY-A'); case is ignored.
 * Each country and region is read once, each of its years on first use (a few ms).
 * Throws ScheduleError 'unknown-country', naming what is accepted, or 'bad-date' for a malformed change.
 */
export async function loadHolidays(
  country: string,
  region?: string,
  changes: HolidayChanges = {},
): Promise<(date: LocalDate) => boolean> {
  const key = `${country}|${region ?? ''}`.toUpperCase()
  let isPublic = opened.get(key)
  if (!isPublic) {
    const { default: library } = await import('date-holidays')
    isPublic = datesByYear(open(library, country, region))
    opened.set(key, isPublic)
  }
  const extra = new Set(changes.extra?.map(date => addDays(date, 0)))
  const worked = new Set(changes.worked?.map(date => addDays(date, 0)))
  if (extra.size === 0 && worked.size === 0) return isPublic
  const byLaw = isPublic
  return date => extra.has(date) || (byLaw(date) && !worked.has(date))
}

/** The test of a tenant without a country: only its own days off. */
export const onlyHolidays = (extra: readonly LocalDate[]): ((date: LocalDate) => boolean) => {
  const dates = new Set(extra.map(date => addDays(date, 0)))
  return date => dates.has(date)
}

/**
 * What a tenant keeps: its country's public holidays and `extra`. HR names a country in words, and of some no holidays are known:
 * those keep `extra` alone, for everybody's calendar must open all the same.
 */
export const calendarHolidays = async (
  country: string | undefined,
  region: string | undefined,
  extra: readonly LocalDate[],
): Promise<(date: LocalDate) => boolean> => {
  if (country === undefined) return onlyHolidays(extra)
  try {
    return await loadHolidays(country, region, { extra })
  } catch (error) {
    if (error instanceof ScheduleError && error.code === 'unknown-country') return onlyHolidays(extra)
    throw error
  }
}
