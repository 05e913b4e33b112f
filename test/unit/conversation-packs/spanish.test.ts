import { describe, expect, it } from 'vitest'
import { textsOfHearing, textsOfPack } from '../../../src/conversation/lint/texts.ts'
import { wordingsOf } from '../../../src/conversation/words.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { Person } from '../../../src/domain/person.ts'
import { type aClient, aCommitment, aPerson } from '../domain/people.ts'
import { ana, openChat, PACK_IDS, PACKS } from './chat.ts'

const anaEnEspañol = (over: Partial<Parameters<typeof aClient>[0]> = {}): Person => ({ ...ana(over), locale: 'es' })
const packIds = [...new Set(PACK_IDS)]

describe('a first conversation in Spanish', () => {
  it('asks whose idea it was, says what it is, and begins after a yes', () => {
    const chat = openChat({ ...aPerson(undefined), locale: 'es-MX' })
    expect(chat.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })).toContain(
      '¿la idea del coaching',
    )
    expect(chat.write('fue mía')).toContain('¿Empezamos así?')
    expect(chat.write('dale')).toContain('Te escribiré cada lunes')
    chat.write('salgo a mi hora')
    expect(chat.write('cenamos juntos')).toMatch(/Haremos un repaso el lunes \d+ de enero\./)
  })
})

describe('a commitment in Spanish', () => {
  it('is taken on with its day, brought up on it, and let go by nobody’s bare no', () => {
    const chat = openChat(anaEnEspañol())
    chat.write('compromiso')
    chat.write('mandarle el borrador a María para el jueves')
    chat.write('pa mi')
    expect(chat.write('sin plan')).toContain('para el jueves 8 de enero')
    expect([...chat.commitments.values()]).toMatchObject([{ text: 'mandarle el borrador a María', due: '2026-01-08' }])
    chat.live(3.1)
    chat.write('no')
    expect([...chat.commitments.values()]).toMatchObject([{ state: 'open' }])
    expect(chat.write('la mitad, creo')).toContain('¿')
    chat.press('Con eso bastó')
    expect([...chat.commitments.values()]).toMatchObject([{ state: 'partly' }])
  })
  it('may be several', () => {
    const chat = openChat(anaEnEspañol())
    chat.write('me comprometo')
    expect(chat.write('llamo a ana mañana y el viernes mando el informe')).toContain('martes 6 de enero: llamo a ana')
    chat.write('si')
    chat.press('También para Carla')
    expect([...chat.commitments.values()].map(({ text, due, forWhom }) => [text, due, forWhom])).toEqual([
      ['llamo a ana', '2026-01-06', 'coach'],
      ['mando el informe', '2026-01-09', 'coach'],
    ])
  })
})

describe('a hard week in Spanish', () => {
  it.each([
    ['no me da la vida', 'no hay nada urgente'],
    ['estoy de baja', 'Primero, descansar'],
    ['murió mi abuela', 'a la altura de una muerte'],
  ])('“%s” is met in words of its own', (said, words) => {
    const chat = openChat(anaEnEspañol())
    chat.commitments.set('k1', aCommitment())
    expect(chat.write(said)).toContain(words)
    expect(chat.labels()).toHaveLength(5)
    chat.press('Silencio hasta que vuelva')
    expect(chat.live(60)).toEqual([])
  })
})

it('thanks are taken as thanks, and not as something to keep', () => {
  const chat = openChat(anaEnEspañol())
  expect(chat.write('Gracias!')).toBe('De nada.')
  expect(chat.labels()).toEqual([])
})

it('Spanish is offered to whoever writes it, and whoever takes it goes on in it', () => {
  const chat = openChat(ana())
  expect(chat.write('hoy por fin hablé con los de la planta')).toContain('Spanish')
  expect(chat.press('Yes, in Spanish')).toContain('¿Qué es esto para ti?')
  expect(chat.write('algo que salió bien')).toContain('En el próximo repaso decides si le llega a Carla')
})

describe('every Spanish text', () => {
  const texts = [
    ...packIds.flatMap(id => textsOfPack(PACKS.current(id, 'es')).map(one => ({ ...one, pack: id }))),
    ...textsOfHearing(PACKS.hearing('es')).map(one => ({ ...one, pack: 'hearing' })),
  ]
  const against = (pattern: RegExp) =>
    texts.filter(({ text }) => pattern.test(text)).map(({ pack, at, text }) => `${pack}.${at.join('.')}: ${text}`)

  it('says tú, to one person, on either side of the ocean', () => {
    expect(texts.length).toBeGreaterThan(700)
    expect(against(/(?<!\p{L})(ustedes|usted|vosotr[oa]s|os|vuestr[oa]s?|vos)(?!\p{L})/iu)).toEqual([])
    expect(against(/\p{L}{2,}(áis|éis|asteis|isteis|aos|eos)(?!\p{L})/iu)).toEqual([])
    expect(
      against(/(?<!\p{L})(che|tío|majo|chévere|guay|mola|coger|ordenador|computadora|móvil|celular)(?!\p{L})/iu),
    ).toEqual([])
  })
  it('guesses nobody’s gender, and writes none with a slash', () => {
    expect(against(/\p{L}\/(o|a|os|as|es)(?!\p{L})|\((o|a|os|as)\)|@/iu)).toEqual([])
    expect(against(/(?<!\p{L})(bienvenid|segur|cansad|preparad|content|atent|dispuest)[oa](?!\p{L})/iu)).toEqual([])
    expect(against(/(?<!\p{L})(estás|eres|sigues|te sientes|te quedas) \p{L}+(ado|ada|ido|ida)(?!\p{L})/iu)).toEqual([])
  })
  it('opens what it closes: questions, and quotations', () => {
    const count = (text: string, mark: string) => text.split(mark).length - 1
    const lopsided = texts.filter(
      ({ text }) => count(text, '¿') !== count(text, '?') || count(text, '«') !== count(text, '»'),
    )
    expect(lopsided).toEqual([])
    expect(against(/[“”"„]/)).toEqual([])
  })
})

describe.each(PACKS.locales.filter(locale => locale !== 'en'))('in %s', locale => {
  it('there are as many wordings as in English at each place, and no two are the same', () => {
    const poorer: string[] = []
    for (const id of packIds)
      for (const [step, { say, ask }] of Object.entries(PACKS.current(id, 'en').steps)) {
        const theirs = PACKS.current(id, locale).steps[step]
        const both = [
          ['say', say, theirs?.say],
          ['question', ask?.question, theirs?.ask?.question],
        ] as const
        for (const [part, one, other] of both) {
          if (one === undefined) continue
          const place = `${id}.${step}.${part}`
          const own = other === undefined ? [] : wordingsOf(other, place).map(({ text }) => text)
          if (own.length < wordingsOf(one, place).length || new Set(own).size < own.length) poorer.push(place)
        }
      }
    expect(poorer).toEqual([])
  })
})
