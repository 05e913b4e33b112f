import { addDays, type LocalDate, type Weekday } from '../../domain/schedule.ts'
import {
  coming,
  type DateWords,
  dayOfMonth,
  endOfMonth,
  endOfNamedMonth,
  endOfWeek,
  inWeek,
  last,
  nthOfMonth,
  thisOne,
  weekdayAndDay,
  words,
} from './phrases.ts'

/** An umlaut as people write it: "nächste", "naechste", "nachste" from a keyboard that has none. */
const ae = '(?:ä|ae|a)'
const oe = '(?:ö|oe|o)'
const ue = '(?:ü|ue|u)'

/** Weekdays in writing, and as the Swiss write them in a chat. */
const any = `(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|m${ae}ntig|zii?schtig|mittwuch|d[ou]nn?schtig|frii?tig|samschtig|sunntig)`
const WEEKDAYS: readonly RegExp[] = [/^m[oaä]/, /^(?:di|zi)/, /^mi/, /^(?:do|du)/, /^fr/, /^sa/, /^s[ou]/]
const day = (word: string | undefined): Weekday => {
  const name = word?.toLowerCase().replace('sonnabend', 'samstag') ?? ''
  const index = WEEKDAYS.findIndex(start => start.test(name))
  if (index < 0) throw new Error(`The date phrases name "${word}" as a weekday, but their list does not.`)
  // The list has seven entries from Monday on.
  return (index + 1) as Weekday
}

const month = `(j${ae}nner|januar|feber|februar|m${ae}rz|april|mai|juni|juli|august|september|oktober|november|dezember)`
const months = '(?:jan|jän|feb|mär|mae?rz|apr|mai|jun|jul|aug|sep|okt|nov|dez)\\p{L}*'
const MONTHS = ['j[aä]', 'f', 'm[aä]e?r', 'ap', 'mai', 'jun', 'jul', 'au', 's', 'o', 'n', 'd']
const monthOf = (word: string | undefined): number =>
  MONTHS.findIndex(start => new RegExp(`^${start}`, 'iu').test(word ?? '')) + 1

const noDate = `(?!,?\\s+(?:(?:dem|den)\\s+)?(?:\\d{1,2}\\.?\\s*${months}|\\d{1,4}[/.-]\\d(?!\\d? ?(?:uhr|h)(?!\\p{L}))))`
const week = '(?:woche|wuche)'
const next = `(?:n${ae}chs(?:ch)?t(?:e[rnsm]?|i)?|(?:kommende|folgende)[rnsm]?)`
const afterNext = `(?:${ue}bern${ae}chste[rnsm]?)`
const part = `(?:fr${ue}h|morgen|vormittag|mittag|nachmittag|abend|nacht)s?`
/** What comes after a day and goes with it: which part of it, and that no later one will do. */
const tail = `(?: ?(?:ganz )?${part}|,? (?:gegen (?:mittag|abend)|in der fr${ue}h|am (?:morgen|vormittag|nachmittag|abend)|zu mittag))?(?:,? (?:noch|schon|gleich|sp${ae}testens))?`

const COUNTS = `null ein zwei drei vier f${ue}nf sechs sieben acht neun zehn elf zw${oe}lf dreizehn vierzehn`.split(' ')
const ORDINALS =
  `erst zweit dritt viert f${ue}nft sechst siebt acht neunt zehnt elft zw${oe}lft dreizehnt vierzehnt f${ue}nfzehnt`
    .split(' ')
    .concat(['sechzehnt', 'siebzehnt', 'achtzehnt', 'neunzehnt', 'zwanzigst'])
const oneOf = (list: readonly string[]): string => list.toSorted((a, b) => b.length - a.length).join('|')
const placeIn = (list: readonly string[], word: string): number =>
  list.findIndex(one => new RegExp(`^${one}$`, 'iu').test(word))
const count = `(\\d{1,3}|'?ne[rnm]|${oneOf(COUNTS.slice(1))}|eine[rnm]|zwo|anderthalb|eineinhalb)`
const counted = (word = ''): number => {
  if (/^\d/.test(word)) return Number(word)
  if (/^(?:anderthalb|eineinhalb)$/iu.test(word)) return 1.5
  if (/^zwo$/iu.test(word)) return 2
  return Math.max(1, placeIn(COUNTS, word))
}
/** "Acht Tage" are a week, as people count them; "8 Tage" are eight. */
const fromDay = (from: LocalDate, number: string | undefined, unit: string | undefined): LocalDate =>
  addDays(
    from,
    /^w/iu.test(unit ?? '') ? Math.floor(7 * counted(number)) : /^acht$/iu.test(number ?? '') ? 7 : counted(number),
  )

/** Day and month without a year: this year's, or next year's once it has passed. */
const dayAndMonth = (number: number, ofMonth: number, today: LocalDate): LocalDate | undefined => {
  const year = Number(today.slice(0, 4))
  return [year, year + 1, year + 2, year + 3, year + 4]
    .map(y => `${y}-${String(ofMonth).padStart(2, '0')}-${String(number).padStart(2, '0')}`)
    .find(date => date >= today && ofMonth <= 12 && dayOfMonth(`${date.slice(0, 7)}-01`, number) === date)
}

/** That weekday of a week by its number in the year (ISO 8601, whose first week has 4 January in it). */
const inNumberedWeek = (number: number, weekday: Weekday, today: LocalDate): LocalDate | undefined => {
  if (number < 1 || number > 53) return undefined
  const year = Number(today.slice(0, 4))
  return [year, year + 1].map(y => inWeek(`${y}-01-04`, number - 1, weekday)).find(date => date >= today)
}

/** Of two days that are left open, the later: until then it may be done. */
const laterOf = (first: string | undefined, second: string | undefined, today: LocalDate): LocalDate =>
  coming(coming(today, day(first)), day(second))

const hour = `(\\d{1,2}|ein|eins|${oneOf(COUNTS.slice(2, 13))})`
const fraction = '(halb|viertel nach|viertel vor|dreiviertel|drei viertel|viertel)'
const ofDay = `(?:,? (${part}|in der fr${ue}h|am (?:morgen|vormittag|nachmittag|abend)))?`
const dayBefore = '(?:(?<=(\\p{L}+),? )|)'

/** Minutes from the full hour that is named: "halb vier" and "viertel vier" are before four. */
const FRACTIONS: Readonly<Record<string, number>> = {
  halb: -30,
  'viertel nach': 15,
  'viertel vor': -15,
  viertel: -45,
  dreiviertel: -15,
  'drei viertel': -15,
}

/** A spoken hour as figures. Who says no part of the day means an afternoon from one to six, and the morning before. */
const clock = (said: string | undefined, minutes: number, around: readonly (string | undefined)[]): string => {
  const named = /^\d/.test(said ?? '') ? Number(said) : /^eins?$/iu.test(said ?? '') ? 1 : placeIn(COUNTS, said ?? '')
  const parts = around.map(one => one?.toLowerCase() ?? '').join(' ')
  const isLate = /nachmittag|abend/.test(parts)
  const isEarly = /fr(?:ü|ue|u)h|vormittag|am morgen|morgens/.test(parts)
  const start = named * 60 + minutes
  const noon = 12 * 60
  const isAfternoon = isLate || (!isEarly && start >= 60 && start < 7 * 60)
  const total = named <= 12 && isAfternoon && start < noon ? start + noon : Math.min(start, 23 * 60 + 59)
  return `um ${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`
}

/** German. "Kommenden Freitag" is the next one; "nächsten Freitag" is next week's. */
export const german: DateWords = {
  never: [
    words(`jede[nrms]? (?:${any}|morgen|abend|tag|woche)(?:,? um (?:${hour})(?: uhr)?)?`),
    // "Den Bericht vom Montag fertig machen" may be for any day.
    words(`(?:vom|von) (?:${any}|gestern|heute|morgen)(?! (?:an|bis|ab))`),
    words(
      `(?<!(?:tag|woch|abend|morgen|heute|gestern|tig),? )(?:am|diesen|den|einen|guten) morgens?(?! ${part})(?! (?:um|in))`,
    ),
    words(`in den (?:n${ae}chsten|kommenden) (?:paar )?(?:tagen|wochen|monaten)`),
    words(`(?:${any.slice(1, -1)})s`),
  ],
  phrases: [
    { pattern: words(`(?:morgen oder )?${ue}bermorg?e?n${tail}`), read: (_, today) => addDays(today, 2) },
    {
      pattern: words(`(?:(heute?)|(morgen)|${any}) in ${count} (tage?n?|${week}n?)`),
      read: ([, now, tomorrow, name, number, unit], today) =>
        fromDay(now ? today : tomorrow ? addDays(today, 1) : coming(today, day(name)), number, unit),
    },
    {
      pattern: words(
        `morgen(?: ?${part}|,? (?:in der fr${ue}h|am (?:morgen|vormittag|nachmittag|abend)|zu mittag|noch|schon|gleich|sp${ae}testens))${tail}|morn(?: (?:z?morge|am abig))?`,
      ),
      read: (_, today) => addDays(today, 1),
    },
    {
      pattern: words(`(?:heute?|h${ue}t)(?! (?:in|${ue}ber) ${count} (?:monat|${week}))${tail}`),
      read: (_, today) => today,
    },
    {
      pattern: words(`in ${count} (tage?n?|${week}n?)`),
      read: ([, number, unit], today) => fromDay(today, number, unit),
    },
    {
      pattern: words(`(?:zwischen )?${any} (?:oder|und|bis) ${any}`),
      read: ([, first, second], today) => laterOf(first, second, today),
    },
    {
      pattern: words(
        `${afterNext} ${week},? (?:am )?${any}|${any},? (?:in der )?${afterNext} ${week}|${afterNext} ${any}`,
      ),
      read: ([, a, b, c], today) => inWeek(today, 2, day(a ?? b ?? c)),
    },
    { pattern: words(`(?:ende )?(?:der )?${afterNext} ${week}`), read: (_, today) => endOfWeek(today, 2) },
    {
      pattern: words(
        `${next} ${week},? (?:am )?${any}(?:,? gleich)?${tail}|${any}${tail},? (?:in der )?${next} ${week}`,
      ),
      read: ([, a, b], today) => inWeek(today, 1, day(a ?? b)),
    },
    { pattern: words(`anfang (?:der )?${next} ${week}`), read: (_, today) => inWeek(today, 1, 2) },
    { pattern: words(`mitte (?:der )?${next} ${week}`), read: (_, today) => inWeek(today, 1, 3) },
    {
      pattern: words(`(?:ende )?(?:der )?${next} ${week}${tail}`),
      read: (_, today) => endOfWeek(today, 1),
    },
    { pattern: words('(?:bis )?vor dem wochenende'), read: (_, today) => endOfWeek(today, 0) },
    { pattern: words('(?:gleich )?nach dem wochenende'), read: (_, today) => inWeek(today, 1, 1) },
    { pattern: words(`n${ae}chste[sn]? wochenende`), read: (_, today) => inWeek(today, 1, 7) },
    {
      pattern: words(`(?:(?:zum|am|${ue}bers|dieses|kommende[sn]?) )?wochenende`),
      read: (_, today) => inWeek(today, 0, 7),
    },
    { pattern: words(`mitte (?:der|dieser) ${week}`), read: (_, today) => thisOne(today, 3) },
    {
      pattern: words(`(?:zum )?ende (?:der|dieser) ${week}|im laufe? (?:der|dieser) ${week}|diese ${week}${tail}`),
      read: (_, today) => endOfWeek(today, 0),
    },
    {
      pattern: words(`(?:${any} )?(?:in |der )*(?:ende |anfang |mitte )?(?:kw|kalenderwoche) ?(\\d{1,2})`),
      read: ([, name, number], today) => inNumberedWeek(Number(number), name === undefined ? 5 : day(name), today),
    },
    { pattern: words(`anfang (?:des )?${next} monats?`), read: (_, today) => addDays(endOfMonth(today, 0), 5) },
    { pattern: words(`mitte (?:des )?${next} monats?`), read: (_, today) => addDays(endOfMonth(today, 0), 15) },
    {
      pattern: words(`(?:(?:zum )?ende )?(?:des |im )?${next} monats?`),
      read: (_, today) => endOfMonth(today, 1),
    },
    { pattern: words('mitte (?:des|dieses) monats|monatsmitte'), read: (_, today) => dayOfMonth(today, 15) },
    {
      pattern: words('ende (?:des|dieses) monats|monatsende|monatsletzten|ultimo|diesen monat'),
      read: (_, today) => endOfMonth(today, 0),
    },
    { pattern: words('monatsersten'), read: (_, today) => dayOfMonth(today, 1) },
    { pattern: words('anfang (?:des|dieses) monats'), read: (_, today) => dayOfMonth(today, 5) },
    { pattern: words(`anfang ${month}`), read: ([, name], today) => dayAndMonth(5, monthOf(name), today) },
    { pattern: words(`mitte ${month}`), read: ([, name], today) => dayAndMonth(15, monthOf(name), today) },
    { pattern: words(`ende ${month}`), read: ([, name], today) => endOfNamedMonth(today, monthOf(name)) },
    {
      pattern: words('(?:zum )?ende (?:des|dieses) jahres|jahresende|ende jahr|(?:zu |an )?silvester'),
      read: (_, today) => endOfNamedMonth(today, 12),
    },
    {
      pattern: words(`(erste|zweite|dritte|vierte|letzte)[rn] ${any} (?:im monat|(?:des|dieses) monats|im ${month})`),
      read: ([, which = '', name, named], today) =>
        nthOfMonth(
          today,
          ['erste', 'zweite', 'dritte', 'vierte'].indexOf(which.toLowerCase()),
          day(name),
          named === undefined ? undefined : monthOf(named),
        ),
    },
    { pattern: words('letzte[rn] tag (?:im|des|dieses) monats?'), read: (_, today) => endOfMonth(today, 0) },
    {
      pattern: words(`(?:letzte[nr]?|vergangene[nr]?|vorige[nr]?) ${any}`),
      read: ([, name], today) => last(today, day(name)),
    },
    { pattern: words(`diese[nrm]? ${any}${noDate}${tail}`), read: ([, name], today) => thisOne(today, day(name)) },
    {
      pattern: words(`n${ae}chs(?:ch)?te[nrm]? ${any}${noDate}${tail}`),
      read: ([, name], today) => inWeek(today, 1, day(name)),
    },
    {
      pattern: words(`${any},? (?:de[mnr] )?(\\d{1,2})\\.(?!\\s*${months}|\\d)`),
      read: ([, name, number], today) => weekdayAndDay(today, day(name), Number(number)),
    },
    {
      pattern: words(`(?:kommende[nrm]? )?${any}${noDate}${tail}`),
      read: ([, name], today) => coming(today, day(name)),
    },
    {
      // Short forms are words of their own ("so", "do"), so they count after a lead or alone, where nothing else follows.
      pattern: words(
        `(?<=^(?:bis |am |ab |vor )?|(?:bis|am|ab|vor|kommenden) )(mo|di|mi|do|fr|sa)\\.?${noDate}(?=\\s*(?:$|[,;!?])|,? (?:um )?\\d| ${part})(?: ?${part})?`,
      ),
      read: ([, name], today) => coming(today, day(name)),
    },
    { pattern: /^(?:am |bis )?so\.?$/giu, read: (_, today) => coming(today, 7) },
    // A dot ends an ordinal, so the usual end of a word does not follow it.
    {
      pattern: new RegExp(
        `(?:(?<![\\p{L}\\p{N}])(?:${any}|(?:mo|di|mi|do|fr|sa|so)\\.?),? (?:de[mn] )?)?(?<![\\p{L}\\p{N}.])(\\d{1,2})\\.(\\d{1,2})\\.(?!\\d)`,
        'giu',
      ),
      read: ([, , number, ofMonth], today) => dayAndMonth(Number(number), Number(ofMonth), today),
    },
    {
      // What an ordinal counts is a noun, and those have capitals: "am 3. Kapitel" is no date.
      pattern: /(?<=(?:am|zum|bis|den|dem|vor) )(\d{1,2})\.(?=\s*(?:$|[,;!?)])|\s+\p{Ll})/gu,
      read: ([, number], today) => dayOfMonth(today, Number(number)),
    },
    {
      pattern: words(`(?<=^(?:am|zum|bis|bis zum) )(${oneOf(ORDINALS)})en(?=\\s*[.!]?\\s*$)`),
      read: ([, word = ''], today) => dayOfMonth(today, placeIn(ORDINALS, word) + 1),
    },
  ],
  clock: [
    {
      pattern: words(`(${oneOf(ORDINALS)})e[nrs]? ${month}`),
      write: ([, word = '', name]) => `${placeIn(ORDINALS, word) + 1}. ${name}`,
    },
    { pattern: words('in einem halben jahr'), write: () => 'in 6 Monaten' },
    { pattern: words('in einem vierteljahr'), write: () => 'in 3 Monaten' },
    {
      pattern: words(`${dayBefore}(?:um |gegen |so um )?${fraction} ${hour}(?: uhr)?${ofDay}`),
      write: ([, before, quarter = '', said, after]) =>
        clock(said, FRACTIONS[quarter.toLowerCase()] ?? 0, [before, after]),
    },
    {
      pattern: words(
        `${dayBefore}(?:um |gegen |ab )?(\\d{1,2})(?:[:.](\\d\\d) ?(?:uhr|h)|(?: ?uhr|h)(?: (\\d\\d))?)${ofDay}`,
      ),
      write: ([, before, said, minute, more, after]) => clock(said, Number(minute ?? more ?? 0), [before, after]),
    },
    {
      pattern: words(`${dayBefore}(?:um|gegen) ${hour}(?: uhr)?${ofDay}(?=\\s*(?:$|[.,;!?]))(?![:.]\\d)`),
      write: ([, before, said, after]) => clock(said, 0, [before, after]),
    },
    {
      // In words only beside a day: "um drei Vorschläge bitten".
      pattern: words(
        `(?<=(${any.slice(1, -1)}|${part}|heute|morgen|${week}),? )(?:um|gegen) ${hour}(?: uhr)?${ofDay}(?![:.]\\d)`,
      ),
      write: ([, before, said, after]) => clock(said, 0, [before, after]),
    },
  ],
  leads: [
    'bis spätestens',
    'bis spaetestens',
    'spätestens',
    'spaetestens',
    'bis zum',
    'bis am',
    'bis vor',
    'bis',
    'noch im laufe',
    'im laufe',
    'im lauf',
    'noch',
    'schon',
    'gleich',
    'ab',
    'am',
    'vor',
    'zum',
    'übers',
    'um',
    'im',
    'für',
    'fuer',
    'in',
    'an',
    'der',
    'dem',
    'den',
    'des',
    'die',
  ],
  deadlines: ['bis spätestens', 'bis spaetestens', 'spätestens', 'spaetestens', 'bis zum', 'bis am', 'bis', 'vor'],
  before: ['vor', 'bis vor'],
  clockSign: /\d[:.]\d\d|uhr|mittag|mitternacht|stunde|minute/iu,
}
