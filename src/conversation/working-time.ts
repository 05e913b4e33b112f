import { isLocalTime, type LocalTime, type Weekday } from '../domain/schedule.ts'
import type { Policy } from '../domain/tenant.ts'
import { bare } from './hearing.ts'

/** Words between two days that make them the ends of a row, and words around days that say nothing. */
const WORDS: Readonly<Record<string, { readonly to: readonly string[]; readonly beside: readonly string[] }>> = {
  en: { to: ['to', 'through', 'thru', 'until', 'till'], beside: ['from', 'and', 'on', 'every'] },
  es: { to: ['a', 'al', 'hasta'], beside: ['de', 'del', 'desde', 'el', 'los', 'y'] },
  de: { to: ['bis'], beside: ['von', 'vom', 'und', 'am'] },
}
const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

const namesIn = (language: string): ReadonlyMap<string, Weekday> =>
  new Map(
    (['long', 'short'] as const).flatMap(weekday => {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' })
      return WEEK.flatMap(day => {
        const name = bare(format.format(Date.UTC(2024, 0, day)))
        // “Mondays”, “montags”.
        return [[name, day] as const, [`${name}s`, day] as const]
      })
    }),
  )

/** Weekdays as somebody lists them in their language ("Monday to Thursday and Saturday"), in order; none if anything else is said. */
export const workdaysIn = (typed: string, locale: string): readonly Weekday[] | undefined => {
  const language = new Intl.Locale(locale).language
  const { to, beside } = WORDS[language] ?? { to: [], beside: [] }
  const names = namesIn(language)
  const found = new Set<Weekday>()
  let last: Weekday | undefined
  let isRow = false
  for (const word of bare(typed.replace(/[-–—]/g, ` ${to[0] ?? ''} `)).split(' ')) {
    const day = names.get(word)
    if (day !== undefined) {
      if (isRow && last !== undefined) for (let one = last; one !== day; one = after(one)) found.add(one)
      found.add(day)
      last = day
      isRow = false
    } else if (to.includes(word) && last !== undefined) isRow = true
    else if (!beside.includes(word)) return undefined
  }
  return isRow || found.size === 0 ? undefined : WEEK.filter(day => found.has(day))
}

// The week goes round.
const after = (day: Weekday): Weekday => WEEK[day % WEEK.length] ?? 1

const TIME = /(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?)?/gi
const HOUR = 60
const DAY = 24 * HOUR
/** Fewer open hours than these leave no room for anybody's own hour. */
const LEAST_OPEN = 4 * HOUR
const MORNING = { from: 4 * HOUR, to: 12 * HOUR }

/**
 * From when to when it is quiet, of two times somebody names: one in the evening, one in the morning. None if there are others
 * than two, or if they read as the hours in between.
 */
export const quietIn = (typed: string): Policy['quiet'] | undefined => {
  const times = [...typed.matchAll(TIME)].map(([, hour, minute, half]) =>
    timeOf(Number(hour), Number(minute ?? 0), half),
  )
  const [from, to] = times
  if (times.length !== 2 || from === undefined || to === undefined) return undefined
  const [evening, morning] = [minutes(from), minutes(to)]
  const open = (evening - morning + DAY) % DAY
  const isMorning = morning >= MORNING.from && morning <= MORNING.to
  return isMorning && open >= LEAST_OPEN ? { from, to } : undefined
}

const timeOf = (hour: number, minute: number, half: string | undefined): LocalTime | undefined => {
  const isAfternoon = half?.toLowerCase().startsWith('p')
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const of24 = half === undefined ? hour : (hour % 12) + (isAfternoon === true ? 12 : 0)
  const time = `${String(of24 === 24 ? 0 : of24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return isLocalTime(time) ? time : undefined
}

const minutes = (time: LocalTime): number => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3))
