import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readDate } from '../../src/conversation/dates.ts'
import { oddZones } from './schedule.arbitraries.ts'

const WEDNESDAY = Date.parse('2026-11-25T11:00:00Z')
const zone = 'Europe/Madrid'

/** What is read, in one line: 'date[ hour] | rest', with 'past' before it where it has gone by. */
const read = (text: string, locale = 'en-GB', now = WEDNESDAY, where = zone): string | undefined => {
  const found = readDate(text, { now, zone: where, locale })
  if (!found) return undefined
  const hour = found.kind === 'date' && found.hour ? ` ${found.hour}` : ''
  return `${found.kind === 'past' ? 'past ' : ''}${found.date}${hour} | ${found.rest}`
}

const english: [string, string | undefined][] = [
  ['send Maria the draft by Friday', '2026-11-27 | send Maria the draft'],
  ['by Friday, send Maria the draft', '2026-11-27 | send Maria the draft'],
  ['Friday', '2026-11-27 | '],
  ['this Wednesday', '2026-11-25 | '],
  ['Wednesday', '2026-12-02 | '],
  ['next Wednesday', '2026-12-02 | '],
  ['call Ann next Friday', '2026-12-04 | call Ann'],
  ['next Tuesday', '2026-12-01 | '],
  ['today', '2026-11-25 | '],
  ['tomorrow', '2026-11-26 | '],
  ['call Ann tomorrow morning', '2026-11-26 | call Ann'],
  ['the day after tomorrow', '2026-11-27 | '],
  ['tonight', '2026-11-25 | '],
  ['end of next week', '2026-12-04 | '],
  ['finish the plan by the end of next week', '2026-12-04 | finish the plan'],
  ['by end of the week', '2026-11-27 | '],
  ['next week', '2026-12-04 | '],
  ['Friday next week', '2026-12-04 | '],
  ['next week on Monday at 9:30', '2026-11-30 09:30 | '],
  ['end of the month', '2026-11-30 | '],
  ['next month', '2026-12-31 | '],
  ['this weekend', '2026-11-29 | '],
  ['in two weeks', '2026-12-09 | '],
  ['in two months', '2027-01-25 | '],
  ['in a fortnight', '2026-12-09 | '],
  ['a week on Friday', '2026-12-04 | '],
  ['Monday week', '2026-12-07 | '],
  ['pay it on the 3rd', '2026-12-03 | pay it'],
  ['by the 30th', '2026-11-30 | '],
  ['the 31st', '2026-12-31 | '],
  ['Friday 27th', '2026-11-27 | '],
  ['Fri 4pm', '2026-11-27 16:00 | '],
  ['meet Ann on Friday at 3', '2026-11-27 15:00 | meet Ann'],
  ['Friday 28 November', '2026-11-28 | '],
  ['3/4', '2027-04-03 | '],
  ['send it by 05/12/2026', '2026-12-05 | send it'],
  ['2026-12-01', '2026-12-01 | '],
  ['the 1st of March', '2027-03-01 | '],
  ['today at 4pm', '2026-11-25 16:00 | '],
  ['call Ann at 4pm', '2026-11-25 16:00 | call Ann'],
  ['call Ann at 9am', '2026-11-26 09:00 | call Ann'],
  ['in an hour', '2026-11-25 13:00 | '],
  ['before Friday', '2026-11-26 | '],
  ['before Friday 4pm', '2026-11-27 16:00 | '],
  [
    'when I have seen Ann on Monday, write the note by Thursday',
    '2026-11-26 | when I have seen Ann on Monday, write the note',
  ],
  ['yesterday', 'past 2026-11-24 | '],
  ['last Friday', 'past 2026-11-20 | '],
  ['today at 9am', 'past 2026-11-25 | '],
  ['3 May 2026', 'past 2026-05-03 | '],
  ['before Christmas', undefined],
  ['sat with Maria', undefined],
  ['use sun protection', undefined],
  ['march with the team', undefined],
  ['may I ask for help', undefined],
  ['call the second supplier', undefined],
  ['read 3/4 of the book', undefined],
  ['look at 3 proposals', undefined],
  ['the 3rd chapter', undefined],
  ['do it now', undefined],
  ["prepare Monday's meeting", undefined],
  ['every Monday', undefined],
  ['', undefined],
]

const spanish: [string, string | undefined][] = [
  ['enviar el borrador a María para el viernes', '2026-11-27 | enviar el borrador a María'],
  ['el viernes', '2026-11-27 | '],
  ['el miércoles', '2026-12-02 | '],
  ['el viernes que viene', '2026-11-27 | '],
  ['el próximo martes', '2026-12-01 | '],
  ['el martes de la semana que viene', '2026-12-01 | '],
  ['pasado mañana', '2026-11-27 | '],
  ['mañana por la mañana', '2026-11-26 | '],
  ['llamar a Ana mañana', '2026-11-26 | llamar a Ana'],
  ['a finales de la semana que viene', '2026-12-04 | '],
  ['la semana que viene', '2026-12-04 | '],
  ['a fin de mes', '2026-11-30 | '],
  ['dentro de dos semanas', '2026-12-09 | '],
  ['el 3', '2026-12-03 | '],
  ['el 3 de diciembre', '2026-12-03 | '],
  ['viernes a las 16:00', '2026-11-27 16:00 | '],
  ['el viernes a las 4 de la tarde', '2026-11-27 16:00 | '],
  ['antes del viernes', '2026-11-26 | '],
  ['ayer', 'past 2026-11-24 | '],
  ['el viernes pasado', 'past 2026-11-20 | '],
  ['hablar con María', undefined],
  ['antes de Navidad', undefined],
  ['pasado manana', '2026-11-27 | '],
  ['pasado mañana por la tarde', '2026-11-27 | '],
  ['mañana o pasado', '2026-11-27 | '],
  ['acabar esto mñn x la tarde', '2026-11-26 | acabar esto'],
  ['mañana a primera hora', '2026-11-26 | '],
  ['mañana a las nueve', '2026-11-26 09:00 | '],
  ['mañana en la mañana', '2026-11-26 | '],
  ['hoy mismo', '2026-11-25 | '],
  ['en quince días', '2026-12-09 | '],
  ['en 15 días', '2026-12-10 | '],
  ['dentro de ocho días', '2026-12-02 | '],
  ['en un par de semanas', '2026-12-09 | '],
  ['de aquí a una semana', '2026-12-02 | '],
  ['de hoy en ocho', '2026-12-02 | '],
  ['el viernes en ocho', '2026-12-04 | '],
  ['el 3 de marzo a las 5', '2027-03-03 17:00 | '],
  ['el tres de marzo', '2027-03-03 | '],
  ['el primero de diciembre', '2026-12-01 | '],
  ['marzo 3', '2027-03-03 | '],
  ['5 de enero del 2027', '2027-01-05 | '],
  ['el 5 de enero, a las 10', '2027-01-05 10:00 | '],
  ['el veinte', '2026-12-20 | '],
  ['vie', '2026-11-27 | '],
  ['el viernes a las 16h', '2026-11-27 16:00 | '],
  ['el viernes a las 4 y media', '2026-11-27 16:30 | '],
  ['el viernes a las cinco menos cuarto', '2026-11-27 16:45 | '],
  ['el viernes a las nueve de la noche', '2026-11-27 21:00 | '],
  ['el viernes a la una', '2026-11-27 13:00 | '],
  ['el viernes a las doce', '2026-11-27 12:00 | '],
  ['el viernes en la tarde', '2026-11-27 | '],
  ['la tarde del viernes', '2026-11-27 | '],
  ['el lunes sin falta', '2026-11-30 | '],
  ['mandar el informe el viernes como muy tarde', '2026-11-27 | mandar el informe'],
  ['mandar el informe a mas tardar el viernes', '2026-11-27 | mandar el informe'],
  ['terminar el plan pal viernes', '2026-11-27 | terminar el plan'],
  ['terminar el plan pa el viernes', '2026-11-27 | terminar el plan'],
  ['de aquí al viernes', '2026-11-27 | '],
  ['el jueves q viene', '2026-11-26 | '],
  ['el lunes que entra', '2026-11-30 | '],
  ['a finales de la semana q viene', '2026-12-04 | '],
  ['a principios de la semana que viene', '2026-12-01 | '],
  ['a mediados de la semana que viene', '2026-12-02 | '],
  ['la otra semana', '2026-12-04 | '],
  ['la semana entrante', '2026-12-04 | '],
  ['la semana que viene el martes', '2026-12-01 | '],
  ['este finde', '2026-11-29 | '],
  ['quedar con Luis el finde', '2026-11-29 | quedar con Luis'],
  ['el fin de semana que viene', '2026-11-29 | '],
  ['antes del fin de semana', '2026-11-27 | '],
  ['pasado el fin de semana', '2026-11-30 | '],
  ['a finales de semana', '2026-11-27 | '],
  ['antes de que acabe la semana', '2026-11-27 | '],
  ['a mediados de mes', '2026-12-15 | '],
  ['a mediados de diciembre', '2026-12-15 | '],
  ['a fines de diciembre', '2026-12-31 | '],
  ['a final de año', '2026-12-31 | '],
  ['el primer lunes de diciembre', '2026-12-07 | '],
  ['el último viernes del mes', '2026-11-27 | '],
  ['hablar con Domingo el lunes', '2026-11-30 | hablar con Domingo'],
  ['ir al mar mañana', '2026-11-26 | ir al mar'],
  ['preparar la reunión del lunes para el domingo', '2026-11-29 | preparar la reunión del lunes'],
  ['antes de ayer', 'past 2026-11-23 | '],
  ['la semana pasada', 'past 2026-11-20 | '],
  ['preparar la reunión del lunes', undefined],
  ['el informe de mañana', undefined],
  ['cada lunes', undefined],
  ['los lunes', undefined],
  ['de lunes a viernes', undefined],
  ['hablar con Domingo', undefined],
  ['contestar a las tres propuestas', undefined],
  ['a principios de mes', undefined],
  ['cuando pueda', undefined],
  ['lo antes posible', undefined],
]

const german: [string, string | undefined][] = [
  ['Maria den Entwurf bis Freitag schicken', '2026-11-27 | Maria den Entwurf schicken'],
  ['am Mittwoch', '2026-12-02 | '],
  ['nächsten Freitag', '2026-12-04 | '],
  ['kommenden Dienstag', '2026-12-01 | '],
  ['nächste Woche Dienstag', '2026-12-01 | '],
  ['übermorgen', '2026-11-27 | '],
  ['morgen früh', '2026-11-26 | '],
  ['bis Ende nächster Woche', '2026-12-04 | '],
  ['Ende der nächsten Woche', '2026-12-04 | '],
  ['Ende des Monats', '2026-11-30 | '],
  ['bis Monatsende', '2026-11-30 | '],
  ['in zwei Wochen', '2026-12-09 | '],
  ['Freitag in einer Woche', '2026-12-04 | '],
  ['am 3.', '2026-12-03 | '],
  ['am 3. Dezember', '2026-12-03 | '],
  ['bis 3.12.', '2026-12-03 | '],
  ['3.12.2026', '2026-12-03 | '],
  ['Freitag um 16 Uhr', '2026-11-27 16:00 | '],
  ['heute Abend', '2026-11-25 | '],
  ['gestern', 'past 2026-11-24 | '],
  ['letzten Freitag', 'past 2026-11-20 | '],
  ['uebermorgen', '2026-11-27 | '],
  ['morgen in der Früh', '2026-11-26 | '],
  ['Ben morgen in der früh anrufen', '2026-11-26 | Ben anrufen'],
  ['morgen Nachmittag um drei', '2026-11-26 15:00 | '],
  ['morgen um 7 Uhr früh', '2026-11-26 07:00 | '],
  ['morgen um halb zehn', '2026-11-26 09:30 | '],
  ['heute noch', '2026-11-25 | '],
  ['heut abend', '2026-11-25 | '],
  ['am Freitag um 16 Uhr', '2026-11-27 16:00 | '],
  ['freitag um vier', '2026-11-27 16:00 | '],
  ['Freitag um viertel nach drei', '2026-11-27 15:15 | '],
  ['Freitag um dreiviertel vier', '2026-11-27 15:45 | '],
  ['Freitag 15.30 Uhr', '2026-11-27 15:30 | '],
  ['Mittwochabend um halb acht Maria anrufen', '2026-12-02 19:30 | Maria anrufen'],
  ['am Freitagnachmittag', '2026-11-27 | '],
  ['bis Freitag spätestens', '2026-11-27 | '],
  ['bis Fr.', '2026-11-27 | '],
  ['Do 9 Uhr', '2026-11-26 09:00 | '],
  ['so', '2026-11-29 | '],
  ['am Zischtig', '2026-12-01 | '],
  ['Ende naechster Woche', '2026-12-04 | '],
  ['Entwurf bis Ende nächster Woche an Maria schicken', '2026-12-04 | Entwurf an Maria schicken'],
  ['Mitte nächster Woche', '2026-12-02 | '],
  ['Anfang nächster Woche', '2026-12-01 | '],
  ['Mittwoch nächster Woche', '2026-12-02 | '],
  ['nächste Woche am Montag um 9 Uhr 30', '2026-11-30 09:30 | '],
  ['übernächste Woche', '2026-12-11 | '],
  ['übernächsten Freitag', '2026-12-11 | '],
  ['diese Woche noch', '2026-11-27 | '],
  ['am Wochenende', '2026-11-29 | '],
  ['nächstes Wochenende', '2026-12-06 | '],
  ['vor dem Wochenende', '2026-11-27 | '],
  ['nach dem Wochenende', '2026-11-30 | '],
  ['KW 49', '2026-12-04 | '],
  ['Montag in KW 49', '2026-11-30 | '],
  ['in vierzehn Tagen', '2026-12-09 | '],
  ['in acht Tagen', '2026-12-02 | '],
  ['in 8 Tagen', '2026-12-03 | '],
  ['Montag in einer Woche', '2026-12-07 | '],
  ['Montag in acht Tagen', '2026-12-07 | '],
  ['heute in einer Woche', '2026-12-02 | '],
  ['Dienstag in zwei Wochen', '2026-12-15 | '],
  ['in einem halben Jahr', '2027-05-25 | '],
  ['Mitte des Monats', '2026-12-15 | '],
  ['Ende nächsten Monats', '2026-12-31 | '],
  ['am Monatsletzten', '2026-11-30 | '],
  ['Mitte Dezember', '2026-12-15 | '],
  ['bis Anfang Jänner', '2027-01-05 | '],
  ['Ende Februar', '2027-02-28 | '],
  ['bis Jahresende', '2026-12-31 | '],
  ['am 3. März', '2027-03-03 | '],
  ['am dritten März', '2027-03-03 | '],
  ['am 6. Jänner', '2027-01-06 | '],
  ['am dritten', '2026-12-03 | '],
  ['Freitag, 27. November', '2026-11-27 | '],
  ['Freitag, dem 27.11.', '2026-11-27 | '],
  ['Do., 3.12.', '2026-12-03 | '],
  ['am ersten Montag im Dezember', '2026-12-07 | '],
  ['letzter Freitag im Monat', '2026-11-27 | '],
  ['Montag oder Dienstag', '2026-12-01 | '],
  ['zwischen Montag und Mittwoch', '2026-12-02 | '],
  ['den Plan für nächste Woche schreiben', '2026-12-04 | den Plan schreiben'],
  ['am 3. Kapitel arbeiten', undefined],
  ['vor Weihnachten', undefined],
  ['jeden Morgen laufen', undefined],
  ['jeden Montag um neun schreiben', undefined],
  ['am Morgen eine Liste schreiben', undefined],
  ['die Montagsrunde vorbereiten', undefined],
  ['montags früher gehen', undefined],
  ['den Bericht vom Montag fertig machen', undefined],
  ['in den nächsten Tagen', undefined],
  ['Ben um drei Vorschläge bitten', undefined],
  ['mit dem Chef über so etwas reden', undefined],
  ['die Mail an Do Nguyen schreiben', undefined],
  ['im Mai mehr lesen', undefined],
  ['zwei Wochen lang üben', undefined],
  ['Ende gut, alles gut', undefined],
  ['am zweiten Entwurf arbeiten', undefined],
]

const machineZone = process.env.TZ
afterEach(() => {
  if (machineZone === undefined) delete process.env.TZ
  else process.env.TZ = machineZone
})

describe('reading a date, on a Wednesday in November', () => {
  it.each(english)('en-GB: %s', (text, expected) => expect(read(text)).toBe(expected))
  it.each(spanish)('es: %s', (text, expected) => expect(read(text, 'es')).toBe(expected))
  it.each(german)('de: %s', (text, expected) => expect(read(text, 'de-DE')).toBe(expected))

  it('reads figures in the order of the locale', () => {
    expect(read('05/12/2026', 'en-GB')).toBe('2026-12-05 | ')
    expect(read('05/12/2027', 'en-US')).toBe('2027-05-12 | ')
    expect(read('05/12/2026', 'es-ES')).toBe('2026-12-05 | ')
  })
  it('means next week by the name of today', () => {
    const friday = Date.parse('2026-11-27T11:00:00Z')
    expect(read('Friday', 'en', friday)).toBe('2026-12-04 | ')
    expect(read('by Friday', 'en', friday)).toBe('2026-12-04 | ')
    expect(read('this Friday', 'en', friday)).toBe('2026-11-27 | ')
    expect(read('end of the week', 'en', friday)).toBe('2026-11-27 | ')
    expect(read('end of the week', 'en', friday + 86_400_000)).toBe('2026-11-29 | ')
    expect(read('el viernes', 'es', friday)).toBe('2026-12-04 | ')
    expect(read('Freitag', 'de', friday)).toBe('2026-12-04 | ')
  })
  it('knows what day it is where the client is', () => {
    const lateInLondon = Date.parse('2026-11-25T23:30:00Z')
    expect(read('tomorrow', 'en', lateInLondon, 'Europe/London')).toBe('2026-11-26 | ')
    expect(read('tomorrow', 'en', lateInLondon, 'Asia/Tokyo')).toBe('2026-11-27 | ')
    expect(read('tomorrow', 'en', lateInLondon, 'Pacific/Honolulu')).toBe('2026-11-26 | ')
  })
})

describe('where the machine stands', () => {
  it.each(['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Apia', 'Australia/Lord_Howe'])(
    'does not matter: %s',
    machine => {
      process.env.TZ = machine
      expect(new Date(WEDNESDAY).getTimezoneOffset()).not.toBe(0)
      for (const [text, expected] of english) expect(read(text), text).toBe(expected)
      for (const [text, expected] of spanish) expect(read(text, 'es'), text).toBe(expected)
      for (const [text, expected] of german) expect(read(text, 'de'), text).toBe(expected)
    },
  )
  it('does not matter in any zone of the client, near changes of clock too', () => {
    const texts = [
      'in two weeks',
      'tomorrow',
      'in 3 days',
      'today at 23:59',
      'end of next week',
      '1 March',
      'in a month',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...oddZones),
        fc.constantFrom(...texts),
        fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
        (where, text, now) => {
          const all = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Europe/Madrid'].map(machine => {
            process.env.TZ = machine
            return read(text, 'en', now, where)
          })
          expect(all[0]).toBeDefined()
          expect(new Set(all).size, all.join(' / ')).toBe(1)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('whatever is written', () => {
  it('is left alone when it is far too long to be a commitment', () => {
    expect(read(`by Friday ${'send it '.repeat(200)}`)).toBeDefined()
    expect(read(`by Friday ${'send it '.repeat(400)}`)).toBeUndefined()
  })
  it('is read without failing, and keeps the words that are no date', () => {
    const bits = fc.constantFrom(
      'by',
      'Friday',
      'next',
      'week',
      'send',
      'María',
      '3.',
      '12/5',
      'el',
      'morgen',
      'ende',
      '4pm',
      '31st',
      '2026-02-30',
      ',',
      '99:99',
      'übermorgen',
      'sat',
    )
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.array(bits, { maxLength: 8 }).map(parts => parts.join(' ')),
    )
    fc.assert(
      fc.property(anything, fc.constantFrom('en', 'en-GB', 'es', 'de', 'fr'), (text, locale) => {
        const found = readDate(text, { now: WEDNESDAY, zone, locale })
        if (!found) return
        expect(found.date).toMatch(/^\d{4}-\d\d-\d\d$/)
        if (found.kind === 'date') expect(found.date >= '2026-11-25').toBe(true)
        // The rest is made of the writer's own words only.
        for (const word of found.rest.split(/[\s.,;!?]+/u)) expect(text).toContain(word)
      }),
      { numRuns: 500 },
    )
  })
})
