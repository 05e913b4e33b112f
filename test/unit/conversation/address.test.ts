import { describe, expect, it } from 'vitest'
import { textsOfHearing, textsOfPack } from '../../../src/conversation/lint/texts.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { ALL_FILES, Dialogue, labelsOf, PACKS } from './dialogue.ts'

const ana = (locale: string): Dialogue =>
  new Dialogue(aPerson(aClient({ topics: { work: true, self: false, dreams: false } }), { locale }), MONDAY)

describe('a German form of address', () => {
  it('is per Sie until the client would rather be on first-name terms, and from then on per du', () => {
    const dialogue = ana('de')
    dialogue.say('hallo')
    expect(dialogue.last.text).toContain('Was möchten Sie tun?')
    dialogue.say('wir können uns duzen')
    // Asked for, it needs no asking back; and the question that waited is asked anew, per du.
    expect(dialogue.person).toMatchObject({ locale: 'de-x-du', localeChosen: true })
    expect(dialogue.last.text).toMatch(/^Gern, dann per du\./)
    expect(dialogue.last.text).toContain('Was möchtest du tun?')
    dialogue.say('pause')
    dialogue.press('Eine Woche')
    expect(dialogue.last.text).toContain('Deine Sachen bleiben')
  })
  it.each([
    'du',
    'Per du, bitte!',
    'lieber du',
    'Du kannst mich duzen',
    'Sie können mich duzen',
    'lass uns per du sein',
  ])('may be asked for as “%s”', words => {
    const dialogue = ana('de-AT')
    dialogue.say(words)
    expect(dialogue.person.locale).toBe('de-x-du')
  })
  it.each(['lieber per Sie', 'Bitte siezen Sie mich', 'per Sie'])('goes back by “%s”', words => {
    const dialogue = ana('de-x-du')
    dialogue.say(words)
    expect(dialogue.person.locale).toBe('de')
    expect(dialogue.last.text).toMatch(/^Gern, dann per Sie\./)
  })
  it('stays as it is for whoever asks for what they have', () => {
    const dialogue = ana('de')
    dialogue.say('per Sie')
    expect(dialogue.last.text).toMatch(/^So schreibe ich Ihnen schon: Deutsch\./)
  })
  it('stays per du for whoever asks for German alone', () => {
    const dialogue = ana('de-x-du')
    dialogue.say('auf Deutsch')
    expect(dialogue.person.locale).toBe('de-x-du')
    expect(dialogue.last.text).toMatch(/^So schreibe ich dir schon: Deutsch\./)
  })
  it('comes with the language for whoever asks for both', () => {
    const dialogue = ana('en')
    dialogue.say('auf deutsch per du')
    dialogue.press('Yes, in German (per du)')
    expect(dialogue.person.locale).toBe('de-x-du')
    expect(dialogue.last.text).toMatch(/^Von jetzt an schreibe ich Deutsch \(per du\)\./)
  })
  it('is no other language: whoever reads Sie and writes du is offered nothing', () => {
    const dialogue = ana('de')
    dialogue.say('ich habe heute mit dir nicht gerechnet')
    expect(labelsOf(dialogue.last)).toContain('Etwas zu tun')
  })
})

/** All that is said in a locale, with its place: what people type is not among it. */
const textsIn = (locale: string): readonly (readonly [string, string])[] => {
  const ids = ALL_FILES.filter(file => file.locale === locale && !file.path.endsWith('hearing.yaml')).map(
    ({ path }) => path.split('/').at(-1)?.replace('.yaml', '') ?? '',
  )
  const packs = ids.map(id => PACKS.current(id, locale))
  return [
    ...packs.flatMap(pack => textsOfPack(pack).map(({ at, text }) => [`${pack.id}: ${at.join('.')}`, text] as const)),
    ...textsOfHearing(PACKS.hearing(locale)).map(({ at, text }) => [`hearing: ${at.join('.')}`, text] as const),
  ]
}
/** Words of ours in a text: what it quotes is what somebody may type, and "per du" is the name of the other form. */
const ours = (text: string): string => text.replace(/„[^“]*“/g, '„“')

describe('what is said in German', () => {
  it.each([
    ['de', /(?<!\p{L})(?:du|dich|dir|dein\p{L}*|euch|eu(?:er|re)\p{L}*|bist|hast|möchtest|magst)(?!\p{L})/iu],
    ['de-x-du', /(?<!\p{L})(?:Sie|Ihnen|Ihre?[nmrs]?)(?!\p{L})/u],
  ] as const)('in %s has no word of the other form of address', (locale, other) => {
    const texts = textsIn(locale)
    expect(texts.length).toBeGreaterThan(600)
    const allowed = /per du|per Sie|Gern, dann|das Du|das Sie/
    expect(texts.filter(([, text]) => other.test(ours(text)) && !allowed.test(text))).toEqual([])
  })
  it('has a form of its own in each: du where there was a Sie', () => {
    const address = /(?<!\p{L})(?:Sie|Ihnen|Ihre?[nmrs]?)(?!\p{L})/u
    const informal = new Map(textsIn('de-x-du'))
    const addressed = textsIn('de').filter(([, text]) => address.test(ours(text)))
    expect(addressed.length).toBeGreaterThan(150)
    for (const [place, text] of addressed) expect([place, informal.get(place)]).not.toEqual([place, text])
  })
  it('is the same in both where nobody is addressed, and heard the same', () => {
    for (const id of ['check-in', 'nudge', 'lapse', 'welcome']) {
      const [sie, du] = [PACKS.current(id, 'de'), PACKS.current(id, 'de-x-du')]
      for (const [step, { ask }] of Object.entries(sie.steps))
        expect(du.steps[step]?.ask?.options.map(({ heard }) => heard)).toEqual(ask?.options.map(({ heard }) => heard))
    }
    expect(PACKS.hearing('de-x-du').commands).toEqual(PACKS.hearing('de').commands)
  })
})
