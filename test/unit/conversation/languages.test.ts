import { describe, expect, it } from 'vitest'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue, labelsOf, lineOf, openingOf, PROMPT_FILES, packsFrom } from './dialogue.ts'

/** The same prompts once more as if in Spanish: told apart by a few words of theirs, and by what tells the language. */
const spanish = PROMPT_FILES.map(({ path, text }) => ({
  path: path.replace('prompts/en/', 'prompts/es/'),
  locale: 'es',
  text: path.endsWith('hearing.yaml')
    ? text.replace(/^tells: .*$/m, 'tells: [quiero, pero, semana]')
    : text
        .replace('What is this to you?', '¿Qué es esto para ti?')
        .replace('- And for when?', '- ¿Y para qué día?')
        .replace('From now on I write in {languageName}.', 'Desde ahora escribo en {languageName}.')
        .replace(/$/, '\n# es\n'),
}))
const BOTH = packsFrom([...PROMPT_FILES, ...spanish])

const ana = (over = {}): Dialogue =>
  new Dialogue(
    aPerson(aClient({ topics: { work: true, self: false, dreams: false } }), { locale: 'en', ...over }),
    MONDAY,
    BOTH,
  )
const SWITCH = 'Yes, in Spanish'
const STAY = 'Stay with this one'

describe('a language that is spoken here', () => {
  it('is changed to when it was asked for and said yes to, and not before', () => {
    const dialogue = ana()
    dialogue.say('in Spanish')
    expect(labelsOf(dialogue.last)).toEqual([SWITCH, STAY])
    expect(dialogue.person.locale).toBe('en')
    dialogue.press(SWITCH)
    expect(dialogue.person.locale).toBe('es')
    expect(dialogue.last.text).toMatch(/^Desde ahora escribo en español\./)
    dialogue.say('I slept badly')
    expect(dialogue.last.text).toContain('¿Qué es esto para ti?')
  })
  it('stays as it is when they would rather', () => {
    const dialogue = ana()
    dialogue.say('in Spanish')
    dialogue.press(STAY)
    expect(dialogue.person.locale).toBe('en')
    expect(dialogue.person.conversation).toBeUndefined()
  })
  it('is not offered to whom reads it already', () => {
    const dialogue = ana()
    dialogue.say('in English')
    expect(dialogue.last.text).toMatch(/^That is the language I write to you in\./)
    expect(labelsOf(dialogue.last)).toEqual([])
  })
  it.each([
    [SWITCH, '¿Y para qué día?', 'el viernes'],
    [STAY, 'And for when?', 'Friday'],
  ])('may be asked for in between: after “%s” the question that waited is asked', (label, question, day) => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say('call Ben')
    dialogue.say('in Spanish')
    dialogue.press(label)
    expect(dialogue.last.text).toContain(question)
    expect(dialogue.person.conversation?.frames.map(({ pack, step }) => `${pack}.${step}`)).toEqual(['commitment.when'])
    dialogue.say(day)
    dialogue.press('Just for me')
    dialogue.press('No plan needed')
    expect([...dialogue.commitments.values()]).toMatchObject([{ text: 'call Ben', due: '2026-01-09' }])
  })
})

describe('a language that is not spoken here', () => {
  it('is named, with those that are, and nothing changes', () => {
    const dialogue = ana()
    const [shown] = dialogue.say('in French')
    expect(shown?.text).toMatch(/^I don't speak French\. What I have is English, Spanish\./)
    expect(dialogue.person.locale).toBe('en')
  })
})

describe('words in another language of ours', () => {
  const SAID = 'quiero dormir más esta semana'
  it.each([
    [SWITCH, 'es'],
    [STAY, 'en'],
  ])('are kept until the language is settled, and met after “%s”', (label, locale) => {
    const dialogue = ana()
    dialogue.say(SAID)
    expect(labelsOf(dialogue.last)).toEqual([SWITCH, STAY])
    dialogue.press(label)
    expect(dialogue.person.locale).toBe(locale)
    expect(dialogue.last.blocks.filter(({ kind }) => kind === 'quote')).toEqual([{ kind: 'quote', text: SAID }])
    expect(labelsOf(dialogue.last)).toContain("Something I'll do")
  })
  it('bring the offer once; after that they are words', () => {
    const dialogue = ana()
    dialogue.say(SAID)
    dialogue.press(STAY)
    dialogue.press('Just words, leave it')
    dialogue.say(SAID)
    expect(labelsOf(dialogue.last)).toContain("Something I'll do")
  })
  it('answer an open question as they are, in whatever language', () => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say(SAID)
    expect(labelsOf(dialogue.last)).not.toContain(SWITCH)
    dialogue.press('No particular day')
    dialogue.press('Just for me')
    dialogue.press('No plan needed')
    expect([...dialogue.commitments.values()]).toMatchObject([{ text: SAID }])
  })
  it('are not told by one word, which may be a name', () => {
    const dialogue = ana()
    dialogue.say('Quiero called me')
    expect(labelsOf(dialogue.last)).toContain("Something I'll do")
  })
  it('that answer nothing are kept, and the question comes back after the offer', () => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say('call Ben')
    dialogue.say('quiero pero no')
    expect(labelsOf(dialogue.last)).toEqual([SWITCH, STAY])
    expect(dialogue.person.client?.offered.map(({ text }) => text)).toEqual(['quiero pero no'])
    dialogue.press(STAY)
    expect(dialogue.person.conversation?.frames.map(({ step }) => step)).toEqual(['when'])
    dialogue.say('quiero pero nunca')
    expect(lineOf('date-unclear')).toContain(openingOf(dialogue.last))
  })
})
