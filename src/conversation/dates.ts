/**
 * Reads a date out of what a client wrote. Phrases for days are ours (./dates/phrases.ts says what they mean); they are
 * rewritten as ISO dates, and chrono-node then reads those, written dates, "in three days" and times of day, in the client's zone.
 * When in doubt it finds nothing: the client is then asked, which is kinder than a wrong day.
 */

import { casual as germanParser } from 'chrono-node/de'
import { GB as englishDayFirst, casual as englishMonthFirst } from 'chrono-node/en'
import { casual as spanishParser } from 'chrono-node/es'
import { dateFrom, offsetAt } from '../domain/calendar.ts'
import {
  addDays,
  type Instant,
  isLocalDate,
  type LocalDate,
  type LocalTime,
  localDate,
  localTime,
  type Zone,
} from '../domain/schedule.ts'
import { english } from './dates/english.ts'
import { german } from './dates/german.ts'
import type { DateWords } from './dates/phrases.ts'
import { spanish } from './dates/spanish.ts'

/** `rest` is what was written, without the words for the date. */
export type ReadDate =
  | { kind: 'date'; date: LocalDate; hour?: LocalTime; rest: string }
  | { kind: 'past'; date: LocalDate; rest: string }

export type DateContext = { now: Instant; zone: Zone; locale: string }

type Parser = typeof englishMonthFirst
type Found = ReturnType<Parser['parse']>[number]

const monthFirst = new Set(['en', 'en-us', 'en-ca', 'en-ph'])

/** The parser and phrases of a locale. One we do not know is read as English with the day first. */
const languageOf = (locale: string): { parser: Parser; words: DateWords } => {
  const tag = locale.toLowerCase().replace('_', '-')
  if (/^es\b/.test(tag)) return { parser: spanishParser, words: spanish }
  if (/^de\b/.test(tag)) return { parser: germanParser, words: german }
  return { parser: monthFirst.has(tag) ? englishMonthFirst : englishDayFirst, words: english }
}

/** A stretch of the original text and what the parser is given in its place. */
type Rewriting = { from: number; to: number; as: string }

/** Stands for what names no day after all, so that the parser finds none in it. */
const NO_DAY = '·'

const rewritingsOf = (text: string, words: DateWords, today: LocalDate): Rewriting[] => {
  const found: Rewriting[] = []
  const add = (from: number, length: number, as: string | undefined) => {
    const to = from + length
    if (as === undefined || found.some(other => from < other.to && other.from < to)) return
    found.push({ from, to, as })
  }
  for (const pattern of words.never ?? []) {
    for (const match of text.matchAll(pattern)) add(match.index, match[0].length, NO_DAY)
  }
  for (const { pattern, read } of words.phrases) {
    for (const match of text.matchAll(pattern)) add(match.index, match[0].length, read(match, today))
  }
  for (const { pattern, write } of words.clock) {
    for (const match of text.matchAll(pattern)) add(match.index, match[0].length, write(match))
  }
  return found.sort((a, b) => a.from - b.from)
}

/** The text with the rewritings in place, and the way back from its positions. Inside a rewriting, the way back leads to its edge. */
const rewrite = (text: string, rewritings: readonly Rewriting[]) => {
  let written = ''
  let done = 0
  const marks: { at: number; end: number; from: number; to: number }[] = []
  for (const { from, to, as } of rewritings) {
    written += text.slice(done, from)
    marks.push({ at: written.length, end: written.length + as.length, from, to })
    written += as
    done = to
  }
  written += text.slice(done)
  const back = (position: number, edge: 'from' | 'to'): number => {
    let shift = 0
    for (const mark of marks) {
      if (position <= mark.at) break
      if (position < mark.end) return mark[edge]
      shift = mark.to - mark.end
    }
    return position + shift
  }
  return { written, back }
}

const leadAt = (before: string, leads: readonly string[]): string | undefined => {
  const lower = before.toLowerCase().trimEnd()
  return leads.find(
    lead => lower === lead || (lower.endsWith(lead) && /[^\p{L}\p{N}]$/u.test(lower.slice(0, -lead.length))),
  )
}

/** What stands before a date, without the words that led into it, and those words. */
const cutLeads = (before: string, words: DateWords): { kept: string; leads: string[] } => {
  let kept = before.trimEnd()
  const leads: string[] = []
  for (let lead = leadAt(kept, words.leads); lead; lead = leadAt(kept, words.leads)) {
    leads.push(lead)
    kept = kept.slice(0, -lead.length).trimEnd()
  }
  return { kept, leads }
}

const join = (before: string, after: string): string =>
  `${before} ${after}`
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[.,;!?])/gu, '')
    .replace(/^[\s,;:–-]+|[\s,;:–-]+$/gu, '')

/** Whether the parser's find is one, rather than a word or a fraction that looks like it. */
const isDate = (result: Found, written: string, words: DateWords): boolean => {
  const before = written.slice(0, result.index)
  const after = written.slice(result.index + result.text.length)
  if (/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after)) return false
  if (/^(?:now|ahora|jetzt)$/iu.test(result.text)) return false
  // "3/4 of the book": without a year, figures need a lead or the end of the sentence.
  if (/^\d{1,2}[./-]\d{1,2}$/u.test(result.text)) {
    return before.trim() === '' ? after.trim() === '' : cutLeads(before, words).leads.length > 0 || after.trim() === ''
  }
  if (result.start.isCertain('day')) return true
  // "In two months" leaves the day open to the parser, but not to a person: it is today's.
  if (result.tags().has('result/relativeDate') && result.start.isCertain('month')) return true
  const timeAlone =
    result.start.isCertain('hour') && !result.start.isCertain('weekday') && !result.start.isCertain('month')
  return timeAlone && words.clockSign.test(result.text)
}

const hourOf = ({ start, text }: Found): LocalTime | undefined => {
  if (!start.isCertain('hour')) return undefined
  const given = start.get('hour') ?? 0
  // "Friday at 3" is an afternoon: nobody means three at night without saying so.
  const afternoon = !start.isCertain('meridiem') && given >= 1 && given <= 6 && !/\d[:.]\d\d/u.test(text)
  return `${String(given + (afternoon ? 12 : 0)).padStart(2, '0')}:${String(start.get('minute') ?? 0).padStart(2, '0')}`
}

/**
 * The date of a find, looking forward. What is not written is ours to fill in: the parser's own forward look compares by the
 * machine's zone, and was a year off near midnight on the day itself.
 */
const dateOf = ({ start }: Found, today: LocalDate, hasPassed: boolean): LocalDate | undefined => {
  const [year = 0, month = 0, day = 0] = [start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0]
  if (!start.isCertain('day') && !start.isCertain('month')) return hasPassed ? addDays(today, 1) : today
  if (start.isCertain('year')) {
    const date = dateFrom(year, month, day)
    return isLocalDate(date) ? date : undefined
  }
  const thisYear = Number(today.slice(0, 4))
  // Eight years hold a 29 February even around 2100.
  for (let ahead = 0; ahead <= 8; ahead++) {
    const date = dateFrom(thisYear + ahead, month, day)
    if (isLocalDate(date) && date >= today) return date
  }
  return undefined
}

/** Patterns over text cost more than its length; nobody buries a due date in more than this, and a turn must not stall. */
const LONGEST = 2000

/**
 * The date a text names, as the client means it today in their zone and language (en, en-GB and its like, es, de), or undefined if it names none we know
 * or is longer than 2,000 characters.
 * Of several, the one marked as a deadline ("by") is meant, else the first. "Before Friday" is Thursday; "before Friday 4 pm" is that hour.
 * `past` is a date, or an hour of today, that has gone by. Never throws for any text; throws ScheduleError 'bad-zone'.
 */
export function readDate(text: string, { now, zone, locale }: DateContext): ReadDate | undefined {
  if (text.length > LONGEST) return undefined
  const { parser, words } = languageOf(locale)
  const today = localDate(now, zone)
  const { written, back } = rewrite(text, rewritingsOf(text, words, today))
  const reference = { instant: new Date(now), timezone: Math.round(offsetAt(now, zone) / 60_000) }
  const found = parser.parse(written, reference).filter(result => isDate(result, written, words))
  const isDeadline = (result: Found): boolean =>
    cutLeads(written.slice(0, result.index), words).leads.some(lead => words.deadlines.includes(lead)) ||
    words.deadlines.some(lead => result.text.toLowerCase().startsWith(`${lead} `))
  const chosen = found.find(isDeadline) ?? found[0]
  if (!chosen) return undefined
  const hour = hourOf(chosen)
  let date = dateOf(chosen, today, hour !== undefined && hour < localTime(now, zone))
  if (!date) return undefined

  const { kept, leads } = cutLeads(text.slice(0, back(chosen.index, 'from')), words)
  const rest = join(kept, text.slice(back(chosen.index + chosen.text.length, 'to')))
  if (hour === undefined && date > today && leads.some(lead => words.before.includes(lead))) date = addDays(date, -1)
  if (date < today || (date === today && hour !== undefined && hour < localTime(now, zone))) {
    return { kind: 'past', date, rest }
  }
  return hour === undefined ? { kind: 'date', date, rest } : { kind: 'date', date, hour, rest }
}
