import { addDays, type LocalDate } from '../../domain/schedule.ts'
import {
  coming,
  type DateWords,
  dayOfMonth,
  endOfMonth,
  endOfWeek,
  inWeek,
  last,
  thisOne,
  weekdayAndDay,
  weekdayNamed,
  words,
} from './phrases.ts'

const any = '(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)'
const months = '(?:jan|feb|mär|mae?rz|apr|mai|jun|jul|aug|sep|okt|nov|dez)\\p{L}*'
const noDate = `(?!,?\\s+(?:(?:dem|den)\\s+)?(?:\\d{1,2}\\.?\\s*${months}|\\d{1,4}[/.-]\\d))`
const next = '(?:nächste[rnsm]?|kommende[rnsm]?|folgende[rnsm]?)'
const partOfDay = '(?: (?:früh|morgen|vormittag|mittag|nachmittag|abend))?'
const day = (word: string | undefined) =>
  weekdayNamed(['mo', 'di', 'mi', 'do', 'fr', 'sa', 'sonnt'], word?.toLocaleLowerCase().replace('sonnabend', 'samstag'))

/** Day and month without a year: this year's, or next year's once it has passed. */
const dayAndMonth = (
  number: string | undefined,
  month: string | undefined,
  today: LocalDate,
): LocalDate | undefined => {
  const year = Number(today.slice(0, 4))
  return [year, year + 1, year + 2, year + 3, year + 4]
    .map(y => `${y}-${month?.padStart(2, '0')}-${number?.padStart(2, '0')}`)
    .find(date => date >= today && Number(month) <= 12 && dayOfMonth(`${date.slice(0, 7)}-01`, Number(number)) === date)
}

/** German. "Kommenden Freitag" is the next one; "nächsten Freitag" is next week's. */
export const german: DateWords = {
  phrases: [
    { pattern: words(`übermorgen${partOfDay}`), read: (_, today) => addDays(today, 2) },
    { pattern: words('morgen (?:früh|vormittag|mittag|nachmittag|abend)'), read: (_, today) => addDays(today, 1) },
    { pattern: words(`heute${partOfDay}`), read: (_, today) => today },
    {
      pattern: words(`${next} woche (?:am )?${any}|${any} (?:in der )?${next} woche`),
      read: ([, a, b], today) => inWeek(today, 1, day(a ?? b)),
    },
    { pattern: words(`${any} in einer woche`), read: ([, name], today) => addDays(coming(today, day(name)), 7) },
    { pattern: words(`(?:ende )?(?:der )?${next} woche`), read: (_, today) => endOfWeek(today, 1) },
    {
      pattern: words('(?:zum )?ende (?:der|dieser) woche|(?:zum )?wochenende|diese woche'),
      read: ([whole], today) => (/wochenende/iu.test(whole ?? '') ? inWeek(today, 0, 7) : endOfWeek(today, 0)),
    },
    { pattern: words(`(?:ende )?(?:des )?${next} monats?`), read: (_, today) => endOfMonth(today, 1) },
    { pattern: words('ende (?:des|dieses) monats|monatsende|diesen monat'), read: (_, today) => endOfMonth(today, 0) },
    {
      pattern: words(`(?:letzte[nr]?|vergangene[nr]?|vorige[nr]?) ${any}`),
      read: ([, name], today) => last(today, day(name)),
    },
    { pattern: words(`diese[nrm]? ${any}${noDate}`), read: ([, name], today) => thisOne(today, day(name)) },
    { pattern: words(`nächste[nrm]? ${any}${noDate}`), read: ([, name], today) => inWeek(today, 1, day(name)) },
    {
      pattern: words(`${any},? (?:(?:dem|den) )?(\\d{1,2})\\.(?!\\s*${months}|\\d)`),
      read: ([, name, number], today) => weekdayAndDay(today, day(name), Number(number)),
    },
    {
      pattern: words(`(?:kommende[nrm]? )?${any}${noDate}${partOfDay}`),
      read: ([, name], today) => coming(today, day(name)),
    },
    // A dot ends an ordinal, so the usual end of a word does not follow it.
    {
      pattern: /(?<![\p{L}\p{N}.])(\d{1,2})\.(\d{1,2})\.(?!\d)/giu,
      read: ([, number, month], today) => dayAndMonth(number, month, today),
    },
    {
      // What an ordinal counts is a noun, and those have capitals: "am 3. Kapitel" is no date.
      pattern: /(?<=(?:am|zum|bis|den|dem|vor) )(\d{1,2})\.(?=\s*(?:$|[,;!?)])|\s+\p{Ll})/gu,
      read: ([, number], today) => dayOfMonth(today, Number(number)),
    },
  ],
  clock: [],
  leads: ['spätestens', 'bis zum', 'bis', 'am', 'vor', 'zum', 'um', 'an', 'der', 'dem', 'den', 'des', 'die'],
  deadlines: ['spätestens', 'bis zum', 'bis', 'vor'],
  before: ['vor'],
  clockSign: /\d[:.]\d\d|uhr|mittag|mitternacht|stunde|minute/iu,
}
