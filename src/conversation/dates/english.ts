import { addDays } from '../../domain/schedule.ts'
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

const full = '(monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
// "Sat" and "sun" are words of their own, so short forms count only after a lead, before a time, or at the end.
const any = '(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat|sun)'
const months = '(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*'
/** A weekday that goes with a written date is left to the parser, which reads them together. */
const noDate = `(?!,?\\s+(?:the\\s+)?(?:\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${months}|${months}\\s+\\d|\\d{1,4}[/.-]\\d))`
const day = (word: string | undefined) => weekdayNamed(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], word)

/** English, whatever the order of day and month in its figures. */
export const english: DateWords = {
  // "Prepare Monday's meeting" may be for any day.
  never: [words(`(?:every|each) ${full}s?|${full}[’']s`)],
  phrases: [
    { pattern: words('(?:end of|eo) ?(?:the )?day|eod|cob|close of business'), read: (_, today) => today },
    {
      pattern: words('(?:the )?end of (?:the|this) week|(?:the )?end of week|eow|this week'),
      read: (_, today) => endOfWeek(today, 0),
    },
    {
      pattern: words(`(?:next week(?: on)?,? ${any}|${any},? (?:of )?next week)`),
      read: ([, a, b], today) => inWeek(today, 1, day(a ?? b)),
    },
    { pattern: words('(?:(?:the )?end of )?next week'), read: (_, today) => endOfWeek(today, 1) },
    {
      pattern: words('(?:the )?end of (?:the|this) month|(?:the )?end of month|month[- ]end|eom|this month'),
      read: (_, today) => endOfMonth(today, 0),
    },
    { pattern: words('(?:(?:the )?end of )?next month'), read: (_, today) => endOfMonth(today, 1) },
    { pattern: words('(?:this|the) weekend'), read: (_, today) => inWeek(today, 0, 7) },
    { pattern: words('next weekend'), read: (_, today) => inWeek(today, 1, 7) },
    { pattern: words("(?:in )?(?:a|one) fortnight(?:[’']s time)?"), read: (_, today) => addDays(today, 14) },
    { pattern: words('(?:the )?day after tomorrow'), read: (_, today) => addDays(today, 2) },
    {
      pattern: words(`(?:a|one) week (?:on |from )?${any}|${any} week`),
      read: ([, a, b], today) => addDays(coming(today, day(a ?? b)), 7),
    },
    { pattern: words(`last ${any}`), read: ([, name], today) => last(today, day(name)) },
    { pattern: words(`this (?:coming )?${any}${noDate}`), read: ([, name], today) => thisOne(today, day(name)) },
    { pattern: words(`next ${any}${noDate}`), read: ([, name], today) => inWeek(today, 1, day(name)) },
    {
      pattern: words(
        `${any},? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?!\\s*(?:[ap]\\.?m|${months}|of\\s+${months}|o.clock)|[:./]\\d)`,
      ),
      read: ([, name, number], today) => weekdayAndDay(today, day(name), Number(number)),
    },
    { pattern: words(`${full}${noDate}`), read: ([, name], today) => coming(today, day(name)) },
    {
      pattern: words(
        `(?<=(?:^|by |on |before |until |till |due |for |coming )(?:the )?)${any}${noDate}(?! (?:with|on|in|down|through|at the)(?! \\d))`,
      ),
      read: ([, name], today) => coming(today, day(name)),
    },
    {
      pattern: words(`${any}(?=,? (?:at )?\\d|\\s*[.!?)]*\\s*$)${noDate}`),
      read: ([, name], today) => coming(today, day(name)),
    },
    {
      pattern: words('(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?=\\s*(?:$|[.,;!?)]|at \\d|@))'),
      read: ([, number], today) => dayOfMonth(today, Number(number)),
    },
  ],
  clock: [],
  leads: ['no later than', 'due by', 'due on', 'by', 'on', 'before', 'until', 'till', 'due', 'for', 'at', 'the'],
  deadlines: ['no later than', 'by', 'before', 'until', 'till', 'due'],
  before: ['before'],
  clockSign: /\d[:.]\d\d|\d ?[ap]\.?m|noon|midday|midnight|o.clock|hour|minute/iu,
}
