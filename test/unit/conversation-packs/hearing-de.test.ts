import { describe, expect, it } from 'vitest'
import { type Asking, hear } from '../../../src/conversation/hear.ts'
import { partsOf } from '../../../src/conversation/several.ts'
import { MONDAY } from '../domain/people.ts'
import { PACKS } from './chat.ts'

/** What people type in German: without capitals or umlauts, as they speak in Vienna, Zürich or Hamburg. */
describe.each(['de', 'de-x-du'])('German as people type it, read in %s', locale => {
  const hearing = PACKS.hearing(locale)
  const where = { now: MONDAY, zone: 'UTC', locale, hearing }
  const askingAt = (pack: string, step: string): Asking => {
    const ask = PACKS.current(pack, locale).steps[step]?.ask
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
      ['erledigt 👍', 'kept'],
      ['Erledigt!', 'kept'],
      ['ja, geschafft', 'kept'],
      ['hab ich gmacht', 'kept'],
      ['hab ichs gemacht danke', 'kept'],
      ['jo', 'kept'],
      ['ist erledigt, danke', 'kept'],
      ['die hälfte', 'partly'],
      ['Die Haelfte', 'partly'],
      ['naja, die Hälfte würd ich sagen', 'partly'],
      ['ich hab die hälfte geschafft', 'partly'],
      ['a bissl', 'partly'],
      ['ein bissl', 'partly'],
      ['es bitzeli', 'partly'],
      ['teils teils', 'partly'],
      ['bin noch dran', 'partly'],
      ['noch nicht', 'later'],
      ['no ned', 'later'],
      ['noch ned', 'later'],
      ['leider noch nicht geschafft', 'later'],
      ['spaeter', 'later'],
      ['später bitte', 'later'],
      ['bin nicht dazu gekommen', 'later'],
      ['lass es', 'let-go'],
      ['lassen wir es', 'let-go'],
      ['zu groß', 'smaller'],
      ['zu gross', 'smaller'],
      ['überspringen', 'leave'],
      ['ueberspringen', 'leave'],
      ['weiter', 'leave'],
      ['hör auf mir zu schreiben', 'command stop'],
      ['hoer auf', 'command stop'],
      ['Bitte hören Sie auf, mir zu schreiben!', 'command stop'],
      ['Stopp.', 'command stop'],
      ['wer liest das?', 'command seen'],
      ['Wer liest denn das hier?', 'unheard'],
      ['Wer liest das hier?', 'command seen'],
      ['liest das mein chef', 'command seen'],
      ['schwere Woche', 'command hard-week'],
      ['mir ist alles zu viel', 'command hard-week'],
      ['ich bin im krankenstand', 'command ill'],
      ['per du bitte', 'language de-x-du'],
      // Agreeing reports nothing.
      ['ok', 'unheard'],
      ['passt', 'unheard'],
      ['ich habe einen vogel gesehen', 'unheard'],
    ])('„%s“ heißt %s', (text, meant) => expect(said(text, nudge)).toBe(meant))
  })

  describe('where a yes or a no is asked for', () => {
    const plan = askingAt('check-in', 'plan-next')
    it.each([
      ['ja', 'yes'],
      ['jo', 'yes'],
      ['jaaaa', 'yes'],
      ['Ja gerne!', 'yes'],
      ['passt', 'yes'],
      ['passt schon', 'yes'],
      ['eh klar', 'yes'],
      ['von mir aus', 'yes'],
      ['isch guet', 'yes'],
      ['nö', 'no'],
      ['noe', 'no'],
      ['nee danke', 'no'],
      ['na', 'no'],
      ['nein, danke', 'no'],
      ['lieber nicht', 'no'],
      ['jetzt nicht', 'no'],
      ['1', 'yes'],
    ])('„%s“ heißt %s', (text, meant) => expect(said(text, plan)).toBe(meant))
  })

  describe('where words are asked for', () => {
    const win = askingAt('check-in', 'win')
    it.each([
      ['nix', 'skip'],
      ['nüt', 'skip'],
      ['keine ahnung', 'skip'],
      ['weiß nicht', 'skip'],
      ['weiss ned', 'skip'],
      ['mir fällt nichts ein', 'skip'],
    ])('„%s“ passes it over', (text, meant) => expect(said(text, win)).toBe(meant))
    it.each([
      'ich hab endlich nein gesagt zum dritten projekt',
      'aufhören alles selber zu machen',
      'Ana angerufen dann sind die folien raus niemand hat sich beschwert',
    ])('„%s“ is an answer', text => expect(said(text, win)).toBe(text))
  })

  it('is a number in words or figures', () => {
    const rate = askingAt('check-in', 'rate')
    for (const typed of ['7', 'sieben', 'eine 7', '7 von 10', 'so eine sieben', 'Sieben, glaub ich'])
      expect([typed, said(typed, rate)]).toEqual([typed, '7'])
    expect(said('zwölf', rate)).toBe('unheard')
  })

  it('is a day', () => {
    const when = askingAt('commitment', 'when')
    expect(said('übermorgen', when)).toBe('2026-01-07')
    expect(said('bis ende naechster woche bitte', when)).toBe('2026-01-16')
    expect(said('Montag in einer Woche', when)).toBe('2026-01-19')
    expect(said('egal', when)).toBe('none')
    expect(said('weiß noch nicht', when)).toBe('none')
    expect(said('vorgestern', when)).toBe('unheard')
  })

  it('is several things where each has its own day, and one where a condition begins it', () => {
    const what = (text: string) => partsOf(text, hearing, where).map(one => [one.what, one.due])
    expect(what('ana morgen anrufen und bis freitag die folien schicken')).toEqual([
      ['ana anrufen', '2026-01-06'],
      ['die folien schicken', '2026-01-09'],
    ])
    expect(what('Morgen Ana anrufen, am Freitag die Folien schicken und nächste Woche mit Tom reden')).toHaveLength(3)
    expect(what('Ana und Ben bis Freitag anrufen')).toEqual([])
    expect(what('am Montag und am Dienstag früher gehen')).toEqual([])
    expect(what('Wenn Anna am Montag da ist, dann am Dienstag mit ihr sprechen')).toEqual([])
  })

  it.each([
    ['Was ist offen?', 'command commitments'],
    ['hallo', 'command menu'],
    ['Grüß Gott', 'command menu'],
    ['gruess gott', 'command menu'],
    ['bin wieder da', 'command resume'],
    ['Meine Daten löschen', 'command delete'],
    ['das kam schlecht an', 'command landed-badly'],
    ['geht dich nix an', 'command too-personal'],
    ['geht dich nichts an', 'command too-personal'],
    ['auf englisch bitte', 'language en'],
    ['wir können uns duzen', 'language de-x-du'],
    ['du', 'language de-x-du'],
    ['Lieber per Sie.', 'language de-x-sie'],
    ['vielen dank!', 'thanks'],
    ['Die Besprechung hat länger gedauert', 'words'],
  ])('out of the blue „%s“ is %s', (text, meant) => expect(said(text, undefined)).toBe(meant))
})
