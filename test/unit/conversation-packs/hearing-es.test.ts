import { describe, expect, it } from 'vitest'
import { type Asking, hear } from '../../../src/conversation/hear.ts'
import { writtenIn } from '../../../src/conversation/languages.ts'
import { partsOf } from '../../../src/conversation/several.ts'
import { MONDAY } from '../domain/people.ts'
import { PACKS } from './chat.ts'

/** What people type in Spanish: without accents or opening marks, dictated, in chat spelling, as in Madrid, Mexico or Lima. */
const hearing = PACKS.hearing('es')
const where = { now: MONDAY, zone: 'UTC', locale: 'es', hearing }
const askingAt = (pack: string, step: string): Asking => {
  const ask = PACKS.current(pack, 'es').steps[step]?.ask
  if (ask === undefined) throw new Error(`nothing is asked at ${pack}.${step}`)
  return { id: 'q', ask, options: ask.options }
}
const said = (text: string, asking: Asking | undefined): string => {
  const heard = hear({ kind: 'text', text }, asking, where)
  if (heard.kind === 'option') return heard.id
  if (heard.kind === 'command') return `command ${heard.command}`
  if (heard.kind === 'language') return `language ${heard.language}`
  return heard.kind === 'answer' ? (Object.values(heard.slots)[0] ?? '') : heard.kind
}

describe('on the day of a commitment', () => {
  const nudge = askingAt('nudge', 'today')
  it.each([
    ['hecho 👍', 'kept'],
    ['¡Hecho!', 'kept'],
    ['hechoooo', 'kept'],
    ['si, hecho', 'kept'],
    ['Sí, lo he hecho', 'kept'],
    ['ya lo hice gracias', 'kept'],
    ['ya esta', 'kept'],
    ['Listo!!', 'kept'],
    ['ya quedó', 'kept'],
    ['simón', 'kept'],
    ['siii', 'kept'],
    ['la mitad', 'partly'],
    ['bueno, la mitad más o menos', 'partly'],
    ['hice la mitad nomás', 'partly'],
    ['mas o menos', 'partly'],
    ['medio hecho', 'partly'],
    ['lo hice a medias', 'partly'],
    ['solo una parte', 'partly'],
    ['estoy en ello', 'partly'],
    ['todavia no', 'later'],
    ['aún no lo he hecho', 'later'],
    ['no lo terminé', 'later'],
    ['no pude', 'later'],
    ['no me dio tiempo', 'later'],
    ['hoy no puedo', 'later'],
    ['mañana quizá', 'later'],
    ['x ahora no', 'later'],
    ['déjalo ir', 'let-go'],
    ['ya no hace falta', 'let-go'],
    ['demasiado grande', 'smaller'],
    ['hecho pero', 'kept-and-change'],
    ['saltar', 'leave'],
    ['pasapalabra', 'leave'],
    ['deja de escribirme', 'command stop'],
    ['no me escribas mas x favor', 'command stop'],
    ['vale ya', 'command stop'],
    ['¿quién lee esto?', 'command seen'],
    ['qn lee esto', 'command seen'],
    ['no me da la vida', 'command hard-week'],
    ['toy enferma', 'command ill'],
    // Agreeing with nothing in particular reports nothing, and a bare no lets nothing go.
    ['vale', 'unheard'],
    ['no', 'unheard'],
    ['ya', 'unheard'],
    ['he visto un pájaro', 'unheard'],
  ])('“%s” means %s', (text, meant) => expect(said(text, nudge)).toBe(meant))
})

describe('where a yes or a no is asked for', () => {
  const plan = askingAt('check-in', 'plan-next')
  it.each([
    ['sí', 'yes'],
    ['si porfa', 'yes'],
    ['claro', 'yes'],
    ['venga', 'yes'],
    ['dale', 'yes'],
    ['órale', 'yes'],
    ['oki', 'yes'],
    ['por qué no', 'yes'],
    ['no', 'no'],
    ['nop', 'no'],
    ['nel', 'no'],
    ['no, gracias', 'no'],
    ['la verdad es que no', 'no'],
    ['qué va', 'no'],
    ['luego', 'no'],
    ['ahorita no', 'no'],
    ['quizá', 'unheard'],
  ])('“%s” means %s', (text, meant) => expect(said(text, plan)).toBe(meant))
})

describe('where words are asked for', () => {
  const win = askingAt('check-in', 'win')
  it.each([
    ['nada', 'skip'],
    ['emmm nada la verdad', 'skip'],
    ['ns', 'skip'],
    ['no se me ocurre nada', 'skip'],
  ])('“%s” passes it over', (text, meant) => expect(said(text, win)).toBe(meant))
  it.each([
    'por fin dije que no al tercer proyecto',
    'dejar de hacerlo todo yo',
    'parar a tiempo',
    'llamé a ana luego salió la presentación y nadie se quejó',
  ])('“%s” is the answer', text => expect(said(text, win)).toBe(text))
})

describe('where a number is asked for', () => {
  const rate = askingAt('check-in', 'rate')
  it.each([
    ['7', '7'],
    ['un 7', '7'],
    ['siete', '7'],
    ['diría que un siete', '7'],
    ['7 de 10', '7'],
    ['7 sobre 10', '7'],
    ['paso', 'skip'],
    ['cero', 'unheard'],
    ['once', 'unheard'],
  ])('“%s” is %s', (text, meant) => expect(said(text, rate)).toBe(meant))
})

describe('where a day is asked for', () => {
  const when = askingAt('commitment', 'when')
  it.each([
    ['el viernes', '2026-01-09'],
    ['mñn', '2026-01-06'],
    ['pasado mañana', '2026-01-07'],
    ['en quince días', '2026-01-19'],
    ['a finales de la semana que viene', '2026-01-16'],
    ['el 3 de marzo a las 5', '2026-03-03'],
    ['me da igual', 'none'],
    ['cuando pueda', 'none'],
    ['ayer', 'unheard'],
  ])('“%s” is %s', (text, meant) => expect(said(text, when)).toBe(meant))
})

describe('several things', () => {
  const what = (text: string) => partsOf(text, hearing, where).map(one => [one.what, one.due])
  it('are told apart, with or without punctuation', () => {
    expect(what('llamar a ana mañana luego mandar el informe el viernes y reservar sala el jueves')).toEqual([
      ['llamar a ana', '2026-01-06'],
      ['mandar el informe', '2026-01-09'],
      ['reservar sala', '2026-01-08'],
    ])
    expect(what('Hablar con Ana y Luis mañana. Enviar el informe antes del viernes.')).toEqual([
      ['Hablar con Ana y Luis', '2026-01-06'],
      ['Enviar el informe', '2026-01-08'],
    ])
    expect(
      what('Llamar a Ana mañana; después, enviar el informe el viernes, e imprimir el cartel el lunes'),
    ).toHaveLength(3)
    expect(what('reunirme con Ana el lunes a las 4 y media y enviar el acta el martes')).toEqual([
      ['reunirme con Ana', '2026-01-12'],
      ['enviar el acta', '2026-01-06'],
    ])
  })
  it('are one where they share a day, or where one has none', () => {
    expect(what('llamar a Ana y a Luis el viernes')).toEqual([])
    expect(what('ensayar el jueves y el viernes')).toEqual([])
    expect(what('llamar a Ana mañana y enviar el informe')).toEqual([])
  })
})

describe('out of the blue', () => {
  it.each([
    ['hola', 'command menu'],
    ['Buenos días!', 'command menu'],
    ['¿?', 'command help'],
    ['quiero hablar con una persona', 'command talk'],
    ['necesito un descanso', 'command pause'],
    ['ya volví', 'command resume'],
    ['kiero parar', 'command stop'],
    ['quiero q pares', 'command stop'],
    ['deja d escribirme', 'command stop'],
    ['borra mis datos', 'command delete'],
    ['eso me sentó mal', 'command landed-badly'],
    ['eso me cayó mal', 'command landed-badly'],
    ['no te importa', 'command too-personal'],
    ['q ven d mi', 'command seen'],
    ['esto lo lee mi jefa?', 'command seen'],
    ['mi lista', 'command commitments'],
    ['cómo voy', 'command progress'],
    ['esta semana no puedo con todo', 'command hard-week'],
    ['estoy de baja', 'command ill'],
    ['estoy de licencia', 'command ill'],
    ['ha muerto mi madre', 'command loss'],
    ['mi papá falleció', 'command loss'],
    ['me están acosando', 'command harassment'],
    ['necesito un abogado', 'command legal'],
    ['chao', 'command goodbye'],
    ['inglés porfa', 'language en'],
    ['english please', 'language en'],
    ['alemán', 'language de'],
    ['muchas gracias', 'thanks'],
    ['no quiero seguir así', 'words'],
    ['la reunión duró más de la cuenta', 'words'],
  ])('“%s” is %s', (text, meant) => expect(said(text, undefined)).toBe(meant))
})

it('Spanish is told from English and German by its words, and a name tells nothing', () => {
  const all = PACKS.locales.map(PACKS.hearing)
  const told = (text: string, own = 'en') => writtenIn(text, PACKS.hearing(own), all)
  expect(told('hoy no he podido con los informes')).toBe('es')
  expect(told('esto me cuesta mucho pero voy', 'de')).toBe('es')
  expect(told('lunch with Los Chavales in El Paso')).toBeUndefined()
  expect(told('la reunión con Tom fue bien', 'es')).toBeUndefined()
})
