import { addDays, type LocalDate, weekdayOf } from '../../domain/schedule.ts'
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
  weekdayNamed,
  words,
} from './phrases.ts'

const any = '(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)'
const months = '(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)\\p{L}*'
const month = '(enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)'
const noDate = `(?!,?\\s+(?:d[ií]a\\s+)?(?:\\d{1,2}\\s+(?:de\\s+)?${months}|\\d{1,4}[/.-]\\d))`
const next = '(?:pr[oó]xim[oa]|pr[oó]x\\.?|siguiente)'
const coming_ = `(?:q(?:ue)? (?:viene|entra|sigue)|entrante|${next})`
const nextWeek = `(?:semana ${coming_}|${next} semana|otra semana)`
const weekend = '(?:fin de semana|finde)'
const end = '(?:a )?(?:finales|final|fines|fin)'
const tomorrow = '(?:ma[nñ]ana|mñn|mñna)'
/** What comes after a day and goes with it: which part of it, and that no later one will do. */
const tail =
  '(?:,? (?:(?:por|en|a|x|de) la (?:ma[nñ]ana|tarde|noche)|a (?:primera|[uú]ltima) hora(?: de la (?:ma[nñ]ana|tarde|noche))?|tempran(?:o|ito)|mismo|sin falta|como (?:muy tarde|mucho|tarde)|a m[aá]s tardar))*'

const NUMBERS: readonly string[] =
  'cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiun veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta treinta y un'.match(
    /treinta y un|\S+/g,
  ) ?? []
const plain = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
/** "quince" is 15; "una", "uno" and "veintiuno" are counted by their short forms, "un" and "veintiun". */
const numberIn = (word: string | undefined): number => {
  const said = plain(word ?? '')
  if (/^\d+$/.test(said)) return Number(said)
  if (said === 'primero') return 1
  if (said === 'un par de') return 2
  return NUMBERS.indexOf(said.replace(/un[oa]$/, 'un'))
}
const wordsOf = (from: number, to: number): string =>
  [...NUMBERS.slice(from, to + 1), 'un[oa]', 'veinti[uú]n[oa]', 'dieciséis', 'veintidós', 'veintitrés', 'veintiséis']
    .concat(to > 30 ? ['treinta y un[oa]'] : [])
    .toSorted((a, b) => b.length - a.length)
    .join('|')
const anyNumber = `(\\d{1,2}|un par de|${wordsOf(1, 31)})`

const day = (word: string | undefined) =>
  weekdayNamed(['lun', 'mar', 'mie', 'jue', 'vie', 'sab', 'dom'], word === undefined ? undefined : plain(word))
const MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic']
const monthOf = (word: string | undefined): number => MONTHS.indexOf(plain(word ?? '').slice(0, 3)) + 1

/** "Ocho días" is a week and "quince días" are two: today is counted with them. In figures a number means what it says. */
const IDIOM: Readonly<Record<string, number>> = { ocho: 7, quince: 14 }
const fromToday = (today: LocalDate, said: string, unit: string): LocalDate | undefined => {
  const count = numberIn(said)
  if (count < 1) return undefined
  return addDays(today, /^sem/i.test(unit) ? 7 * count : (IDIOM[plain(said)] ?? count))
}

/** The Sunday of the weekend that is meant: within one, "the next" is the one after it. */
const weekendOf = (today: LocalDate, isNext: boolean): LocalDate =>
  inWeek(today, isNext && weekdayOf(today) >= 6 ? 1 : 0, 7)

const ORDINALS = ['primer', 'segundo', 'tercer', 'cuarto']
const HOUR = '(una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|\\d{1,2}(?:[:.]\\d\\d)?)'
const PART = '(?: (?:de|por|en) la (ma[nñ]ana|tarde|noche|madrugada))?'
const PAST_HOUR: Readonly<Record<string, number>> = { media: 30, cuarto: 15 }

/** A spoken hour as figures. Who says no part of the day means an afternoon from one to six, and the morning before. */
const clock = (hour: string, extra: string | undefined, part: string | undefined): string => {
  const [said = '', given] = hour.split(/[:.]/)
  const minus = extra?.startsWith('menos') === true
  const minutes = (PAST_HOUR[extra?.split(' ').at(-1) ?? ''] ?? Number(given ?? 0)) * (minus ? -1 : 1)
  const twelve = numberIn(said) % 12
  const isLate = part === undefined ? numberIn(said) < 13 && twelve >= 1 && twelve <= 6 : /^(tarde|noche)/i.test(part)
  const isMidday = twelve === 0 && part === undefined
  const plainHour = numberIn(said) > 12 ? numberIn(said) : twelve + (isLate || isMidday ? 12 : 0)
  const total = plainHour * 60 + minutes
  return `a las ${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`
}

/** Spanish. Here "el próximo viernes" and "el viernes que viene" are the next one, also within this week. */
export const spanish: DateWords = {
  // "Preparar la reunión del lunes" may be for any day; "los lunes" is no day; Domingo is a name too, and "mar" the sea.
  never: [
    words(`(?:cada|todos los|los|de los|con|llamar a|escribir a|visitar a|de) ${any}(?: a ${any})?`),
    words(`(?<!antes |partir |aqu[ií] |(?:ma[nñ]ana|tarde|noche|mediod[ií]a|hora) )del ${any}`),
    words(`(?<!antes |partir |dentro |aqu[ií] a |hora )de (?:ma[nñ]ana|hoy|ayer)(?! por| en ocho)`),
    words('(?<=\\S )mar'),
  ],
  phrases: [
    { pattern: words('antes de ayer|anteayer|antier'), read: (_, today) => addDays(today, -2) },
    { pattern: words(`${tomorrow} o pasado(?: ma[nñ]ana)?`), read: (_, today) => addDays(today, 2) },
    { pattern: words(`pasado ${tomorrow}${tail}`), read: (_, today) => addDays(today, 2) },
    {
      pattern: words(
        `${tomorrow}(?:,? (?:por|en|a|x) la (?:ma[nñ]ana|tarde|noche)|(?= (?:mismo|a primera|a [uú]ltima|tempran|sin falta|como (?:muy|mucho|tarde)|a m[aá]s tardar)))${tail}|(?:mñn|mñna)${tail}`,
      ),
      read: (_, today) => addDays(today, 1),
    },
    {
      pattern: words(`(?:de )?(?:este |el )?(hoy|${any.slice(1, -1)}) en ocho(?: d[ií]as)?`),
      read: ([, name], today) => addDays(plain(name ?? '') === 'hoy' ? today : coming(today, day(name)), 7),
    },
    { pattern: words(`hoy${tail}|esta (?:ma[nñ]ana|tarde|noche)`), read: (_, today) => today },
    {
      pattern: words(`(?:en|dentro de|de aqu[ií] a|de hoy en) ${anyNumber} (d[ií]as?|semanas?|sem)`),
      read: ([, count = '', unit = ''], today) => fromToday(today, count, unit),
    },
    {
      pattern: words(`${any},? (?:de )?(?:la )?${nextWeek}|(?:la )?${nextWeek},? (?:el )?${any}`),
      read: ([, before, after], today) => inWeek(today, 1, day(before ?? after)),
    },
    {
      pattern: words(`(?:a )?(?:principios|comienzos) de (?:la )?${nextWeek}`),
      read: (_, today) => inWeek(today, 1, 2),
    },
    { pattern: words(`(?:a )?mediados de (?:la )?${nextWeek}`), read: (_, today) => inWeek(today, 1, 3) },
    { pattern: words(`antes (?:de |del )(?:este )?(?:el )?${weekend}`), read: (_, today) => endOfWeek(today, 0) },
    {
      pattern: words(`(?:despu[eé]s del|tras el|pasado el) ${weekend}`),
      read: (_, today) => inWeek(today, 1, 1),
    },
    {
      pattern: words(`(?:${next} ${weekend}|${weekend} ${coming_})${tail}`),
      read: (_, today) => weekendOf(today, true),
    },
    { pattern: words(`(?:este |el )?${weekend}${tail}`), read: (_, today) => weekendOf(today, false) },
    {
      pattern: words(`(?:${end} de )?(?:la )?${nextWeek}${tail}`),
      read: (_, today) => endOfWeek(today, 1),
    },
    {
      pattern: words(
        `${end} de (?:la |esta )?semana|esta semana${tail}|antes de (?:que (?:acabe|termine)|acabar|terminar) (?:la|esta) semana`,
      ),
      read: (_, today) => endOfWeek(today, 0),
    },
    {
      pattern: words(`(?:${end} (?:de |del ))?(?:el )?(?:mes ${coming_}|${next} mes)`),
      read: (_, today) => endOfMonth(today, 1),
    },
    {
      pattern: words(
        `${end} (?:de |del )(?:este )?mes|este mes|antes de (?:que (?:acabe|termine)|acabar|terminar) (?:el|este) mes`,
      ),
      read: (_, today) => endOfMonth(today, 0),
    },
    { pattern: words('(?:a )?mediados (?:de |del )(?:este )?mes'), read: (_, today) => dayOfMonth(today, 15) },
    { pattern: words(`${end} de ${month}`), read: ([, name], today) => endOfNamedMonth(today, monthOf(name)) },
    {
      pattern: words(`${end} de a[nñ]o|antes de (?:que (?:acabe|termine)|acabar|terminar) el a[nñ]o`),
      read: (_, today) => endOfNamedMonth(today, 12),
    },
    {
      pattern: words(`(primer|segundo|tercer|cuarto|[uú]ltimo) ${any} (?:del? (?:este )?(mes)|de ${month})`),
      read: ([, which, name, , named], today) =>
        nthOfMonth(
          today,
          ORDINALS.indexOf(which?.toLowerCase() ?? ''),
          day(name),
          named === undefined ? undefined : monthOf(named),
        ),
    },
    { pattern: words(`${any} pasado|pasado ${any}`), read: ([, a, b], today) => last(today, day(a ?? b)) },
    { pattern: words('(?:la )?semana pasada'), read: (_, today) => last(today, 5) },
    { pattern: words(`este ${any}${noDate}${tail}`), read: ([, name], today) => thisOne(today, day(name)) },
    {
      pattern: words(`${any},? (?:d[ií]a )?(\\d{1,2})(?!\\s*(?:(?:de )?${months}|h)|[:./]\\d)${tail}`),
      read: ([, name, number], today) => weekdayAndDay(today, day(name), Number(number)),
    },
    {
      pattern: words(
        `(?:(?:(?:en|por) )?la (?:ma[nñ]ana|tarde|noche) del |(?:el|al) mediod[ií]a del |a (?:primera|[uú]ltima) hora del )?(?:${next} )?${any}(?: ${coming_})?${noDate}${tail}`,
      ),
      read: ([, name], today) => coming(today, day(name)),
    },
    {
      pattern: words(`(?<=^(?:para )?(?:el )?)(lun|mar|mi[eé]|jue|vie|s[aá]b|dom)\\.?(?=\\s*$)`),
      read: ([, name], today) => coming(today, day(name)),
    },
    {
      pattern: words(`(?:el d[ií]a|el|d[ií]a) (\\d{1,2})(?=\\s*(?:$|[.,;!?)]|a las? \\d|(?:por|en|a) la ))${tail}`),
      read: ([, number], today) => dayOfMonth(today, Number(number)),
    },
    {
      pattern: words(`(?<=^(?:para )?)(?:el d[ií]a|el|d[ií]a) (${wordsOf(1, 31)})(?=\\s*[.!]?\\s*$)`),
      read: ([, number], today) => dayOfMonth(today, numberIn(number)),
    },
  ],
  clock: [
    {
      pattern: words(`(${wordsOf(1, 31)}|primero) de ${month}`),
      write: ([, number, name]) => `${numberIn(number)} de ${name}`,
    },
    {
      pattern: words(`${month} (\\d{1,2})(?=\\s*(?:$|[.,;!?)]|a las? \\d))`),
      write: ([, name, number]) => `${number} de ${name}`,
    },
    { pattern: new RegExp(`(?<=${month} )del (?=\\d{4})`, 'giu'), write: () => 'de ' },
    { pattern: words(`(?:a )?mediados de ${month}`), write: ([, name]) => `15 de ${name}` },
    {
      pattern: words(`a las? ${HOUR}(?: ?(?:h|hs|hrs?|horas))? (y media|y cuarto|menos cuarto)${PART}`),
      write: ([, hour = '', extra, part]) => clock(hour, extra, part),
    },
    {
      pattern: words(
        'a las? (\\d{1,2}(?:[:.]\\d\\d)?)(?: ?(?:h|hs|hrs?|horas))? (?:de|por|en) la (ma[nñ]ana|tarde|noche|madrugada)',
      ),
      write: ([, hour = '', part]) => clock(hour, undefined, part),
    },
    {
      pattern: words('a las? (\\d{1,2})(?:[:.](\\d\\d))? ?(?:h|hs|hrs?|horas)\\.?'),
      write: ([, hour, minute]) => `a las ${hour}:${minute ?? '00'}`,
    },
    {
      // In words only beside a day: "contestar a las tres propuestas".
      pattern: words(`(?<=(?:${any}|hoy|ma[nñ]ana|tarde|${coming_}),? )a las? ${HOUR.replace(/\|\\d.*$/, ')')}${PART}`),
      write: ([, , hour = '', part]) => clock(hour, undefined, part),
    },
    { pattern: words('al? mediod[ií]a'), write: () => 'a las 12:00' },
    { pattern: /,\s*(?=a las? \d)/giu, write: () => ' ' },
  ],
  leads: [
    'a más tardar',
    'a mas tardar',
    'como muy tarde',
    'como mucho',
    'de aquí al',
    'de aqui al',
    'a partir del',
    'a partir de',
    'antes del',
    'antes de',
    'desde',
    'hasta',
    'para',
    'pal',
    'pa',
    'el',
    'la',
    'al',
    'a',
    'en',
  ],
  deadlines: [
    'a más tardar',
    'a mas tardar',
    'como muy tarde',
    'de aquí al',
    'de aqui al',
    'antes del',
    'antes de',
    'para',
    'hasta',
    'pal',
    'pa',
  ],
  before: ['antes del', 'antes de'],
  clockSign: /\d[:.]\d\d|\d ?h|hora|minuto|mediod/iu,
}
