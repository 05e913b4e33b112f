/**
 * The phrases for days that a general date parser misses or reads otherwise than people mean them, as data: one table a language.
 * Each turns into a date by whole-day arithmetic on the client's today; no zone is involved.
 *
 * What people mean, in every language here:
 * - A weekday alone is the next one after today: "Friday" said on a Friday is next week's, for they would have said "today".
 *   "This Friday" said on a Friday is today.
 * - "Next Friday" is the one in next week (weeks start on Monday), so it is never tomorrow, unless tomorrow starts that week.
 * - A named stretch is a deadline, so it means its end: a week its Friday (once that has passed, its Sunday), a month its last day, a weekend its Sunday.
 * - A day of the month alone is its next occurrence, today included.
 */
import { addDays, type LocalDate, type Weekday, weekdayOf } from '../../domain/schedule.ts'

/** `read` gives the date that the match means on that day, or undefined if it means none after all. */
export type Phrase = { pattern: RegExp; read: (match: readonly string[], today: LocalDate) => LocalDate | undefined }

/** What a language adds to the parser: phrases, clock words, and the small words that lead into a date. */
export type DateWords = {
  /** What sounds like a day and is none to do something by: "every Monday", "Monday's meeting". */
  never?: readonly RegExp[]
  phrases: readonly Phrase[]
  /** Rewritings that let the parser see a time ("a las 4 de la tarde" is 16:00). */
  clock: readonly { pattern: RegExp; write: (match: readonly string[]) => string }[]
  /** Words before a date that go with it, the longest first. */
  leads: readonly string[]
  /** Leads that make the date a deadline: with several dates, the one so marked is meant. */
  deadlines: readonly string[]
  /** Leads that mean the day before, unless an hour is given. */
  before: readonly string[]
  /** How a time of day shows itself when no date stands beside it; "at 3" could be anything. */
  clockSign: RegExp
}

/** A pattern that matches whole words in any script, whatever their case; \b knows only ASCII and finds "mar" in "María". */
export const words = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu')

const monday = (today: LocalDate): LocalDate => addDays(today, 1 - weekdayOf(today))

/** The next such weekday after today. */
export const coming = (today: LocalDate, weekday: Weekday): LocalDate =>
  addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1)

/** The latest such weekday before today. */
export const last = (today: LocalDate, weekday: Weekday): LocalDate =>
  addDays(today, -(((weekdayOf(today) - weekday + 6) % 7) + 1))

/** Today if it is that weekday, else the next one. */
export const thisOne = (today: LocalDate, weekday: Weekday): LocalDate =>
  weekdayOf(today) === weekday ? today : coming(today, weekday)

/** That weekday of the week that is `weeks` after this one. */
export const inWeek = (today: LocalDate, weeks: number, weekday: Weekday): LocalDate =>
  addDays(monday(today), 7 * weeks + weekday - 1)

/** The Friday of a week, or its Sunday if the Friday has passed. */
export const endOfWeek = (today: LocalDate, weeks: number): LocalDate => {
  const friday = inWeek(today, weeks, 5)
  return friday < today ? addDays(friday, 2) : friday
}

const firstOfMonth = (today: LocalDate, months: number): LocalDate => {
  const count = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}-01`
}

/** The last day of the month that is `months` after this one. */
export const endOfMonth = (today: LocalDate, months: number): LocalDate => addDays(firstOfMonth(today, months + 1), -1)

/** The last day of that month (1 to 12): of this year, or of the next one if it has gone by. */
export const endOfNamedMonth = (today: LocalDate, month: number): LocalDate =>
  endOfMonth(today, (month - Number(today.slice(5, 7)) + 12) % 12)

/**
 * The first (0), second ... such weekday of a month, or the last one (-1); of that month (1 to 12), or else of this one. The next
 * there is: if this month's has gone by, the next month's.
 */
export const nthOfMonth = (today: LocalDate, nth: number, weekday: Weekday, month?: number): LocalDate | undefined => {
  const away = month === undefined ? 0 : (month - Number(today.slice(5, 7)) + 12) % 12
  for (const months of [away, away + (month === undefined ? 1 : 12)]) {
    const first = coming(addDays(firstOfMonth(today, months), -1), weekday)
    const date = nth < 0 ? last(firstOfMonth(today, months + 1), weekday) : addDays(first, 7 * nth)
    if (date >= today) return date
  }
  return undefined
}

/** The next date with that day of the month, today included; months that lack the day are passed over. */
export const dayOfMonth = (today: LocalDate, day: number): LocalDate | undefined => {
  if (!(day >= 1 && day <= 31)) return undefined
  for (let months = 0; months < 4; months++) {
    const first = firstOfMonth(today, months)
    const date = addDays(first, day - 1)
    if (date.slice(0, 7) === first.slice(0, 7) && date >= today) return date
  }
  return undefined
}

/** The next date with that day and weekday within two months ("Friday 27th"); the number may be something else if there is none. */
export const weekdayAndDay = (today: LocalDate, weekday: Weekday, day: number): LocalDate | undefined => {
  for (let n = 0; n < 62; n++) {
    const date = addDays(today, n)
    if (Number(date.slice(8)) === day && weekdayOf(date) === weekday) return date
  }
  return undefined
}

/** Finds a weekday by how a language writes it, by the start of the word. */
export const weekdayNamed = (starts: readonly string[], word: string | undefined): Weekday => {
  const index = starts.findIndex(start => word?.toLocaleLowerCase().startsWith(start))
  if (index < 0) throw new Error(`The date phrases name "${word}" as a weekday, but their list does not.`)
  // The list has seven entries from Monday on.
  return (index + 1) as Weekday
}
