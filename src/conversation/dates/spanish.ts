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

const any = '(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)'
const months = '(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)\\p{L}*'
const noDate = `(?!,?\\s+(?:d[ií]a\\s+)?(?:\\d{1,2}\\s+(?:de\\s+)?${months}|\\d{1,4}[/.-]\\d))`
const coming_ = '(?:que viene|pr[oó]xim[oa]|siguiente)'
const end = '(?:a )?(?:finales|final|fines|fin)'
const partOfDay = '(?:(?: por|(?: a)? (?:primera|[uú]ltima) hora de) la (?:ma[nñ]ana|tarde|noche))?'
const day = (word: string | undefined) => {
  const plain = word?.normalize('NFD').replace(/\p{M}/gu, '')
  return weekdayNamed(['lun', 'mar', 'mie', 'jue', 'vie', 'sab', 'dom'], plain)
}

/** Spanish. Here "el próximo viernes" and "el viernes que viene" are the next one, also within this week. */
export const spanish: DateWords = {
  phrases: [
    { pattern: words(`pasado ma[nñ]ana${partOfDay}`), read: (_, today) => addDays(today, 2) },
    { pattern: words(`ma[nñ]ana por la (?:ma[nñ]ana|tarde|noche)`), read: (_, today) => addDays(today, 1) },
    {
      pattern: words('hoy(?: por la (?:ma[nñ]ana|tarde|noche))?|esta (?:ma[nñ]ana|tarde|noche)'),
      read: (_, today) => today,
    },
    { pattern: words('anteayer|antier'), read: (_, today) => addDays(today, -2) },
    {
      pattern: words(`${any} de la (?:semana ${coming_}|pr[oó]xima semana)`),
      read: ([, name], today) => inWeek(today, 1, day(name)),
    },
    {
      pattern: words(`(?:${end} de )?(?:la )?(?:semana ${coming_}|pr[oó]xima semana)`),
      read: (_, today) => endOfWeek(today, 1),
    },
    { pattern: words(`${end} de (?:la |esta )?semana|esta semana`), read: (_, today) => endOfWeek(today, 0) },
    {
      pattern: words(`(?:${end} (?:de|del) )?(?:el )?(?:mes ${coming_}|pr[oó]ximo mes)`),
      read: (_, today) => endOfMonth(today, 1),
    },
    { pattern: words(`${end} (?:de |del )(?:este )?mes|este mes`), read: (_, today) => endOfMonth(today, 0) },
    { pattern: words(`${any} pasado|pasado ${any}`), read: ([, a, b], today) => last(today, day(a ?? b)) },
    { pattern: words(`este ${any}${noDate}`), read: ([, name], today) => thisOne(today, day(name)) },
    {
      pattern: words(`${any},? (?:d[ií]a )?(\\d{1,2})(?!\\s*(?:(?:de )?${months}|h)|[:./]\\d)`),
      read: ([, name, number], today) => weekdayAndDay(today, day(name), Number(number)),
    },
    {
      pattern: words(`(?:pr[oó]ximo )?${any}(?: ${coming_})?${noDate}${partOfDay}`),
      read: ([, name], today) => coming(today, day(name)),
    },
    {
      pattern: words('(?:el d[ií]a|el|d[ií]a) (\\d{1,2})(?=\\s*(?:$|[.,;!?)]|a las? \\d))'),
      read: ([, number], today) => dayOfMonth(today, Number(number)),
    },
  ],
  clock: [
    {
      pattern: words('a las? (\\d{1,2})(?:[:.](\\d\\d))?(?: horas)? de la (?:tarde|noche)'),
      write: ([, hour, minute]) => `a las ${(Number(hour) % 12) + 12}:${minute ?? '00'}`,
    },
    {
      pattern: words('a las? (\\d{1,2})(?:[:.](\\d\\d))?(?: horas)? de la ma[nñ]ana'),
      write: ([, hour, minute]) => `a las ${Number(hour) % 12}:${minute ?? '00'}`,
    },
    { pattern: words('al? mediod[ií]a'), write: () => 'a las 12:00' },
  ],
  leads: ['a más tardar', 'antes del', 'antes de', 'para', 'hasta', 'el', 'la', 'a', 'en'],
  deadlines: ['a más tardar', 'antes del', 'antes de', 'para', 'hasta'],
  before: ['antes del', 'antes de'],
  clockSign: /\d[:.]\d\d|\d ?h|hora|minuto|mediod/iu,
}
