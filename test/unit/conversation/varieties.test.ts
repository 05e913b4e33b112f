import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { PromptError, type PromptFile } from '../../../src/conversation/load.ts'
import { baseOf, filledUp } from '../../../src/conversation/varieties.ts'
import { whereabouts } from '../../../src/conversation/whereabouts.ts'
import { PROMPT_FILES, packsFrom } from './dialogue.ts'

const file = (locale: string, name: string, text: string): PromptFile => ({
  path: `prompts/${locale}/${name}`,
  locale,
  text,
})
const BASE = `id: talk
labels: { win: Lief gut, plan: Ihr Plan }
steps:
  one:
    say: Guten Tag.
    ask:
      question: [Wie geht es Ihnen?, Und sonst?]
      options:
        - { id: yes, label: Gut, heard: [gut] }
        - { id: no, label: Lassen Sie es, heard: [lass es] }
`
const OWN = `labels: { plan: Dein Plan }
steps:
  one:
    ask:
      question: [Wie geht es dir?]
      options:
        - { id: no, label: Lass es }
`
const both = filledUp([file('de', 'talk.yaml', BASE), file('de-x-du', 'talk.yaml', OWN)])
const [, du] = both

describe('a variety of a language', () => {
  it('is told by its tag', () => {
    expect(baseOf('de-x-du')).toBe('de')
    expect(baseOf('de-AT')).toBeUndefined()
  })
  it('says what is in its own file, and for the rest what its language says', () => {
    expect(parse(du?.text ?? '')).toEqual({
      id: 'talk',
      labels: { win: 'Lief gut', plan: 'Dein Plan' },
      steps: {
        one: {
          say: 'Guten Tag.',
          ask: {
            question: ['Wie geht es dir?'],
            options: [
              { id: 'yes', label: 'Gut', heard: ['gut'] },
              { id: 'no', label: 'Lass es', heard: ['lass es'] },
            ],
          },
        },
      },
    })
    expect(both[0]).toEqual(file('de', 'talk.yaml', BASE))
  })
  it('takes whole what it has no file for', () => {
    const [, , inherited] = filledUp([
      file('de', 'talk.yaml', BASE),
      file('de-x-du', 'other.yaml', OWN),
      file('de', 'rest.yaml', BASE),
    ])
    expect([inherited?.locale, inherited?.text]).toEqual(['de-x-du', OWN])
    const files = filledUp([file('de', 'talk.yaml', BASE), file('de-x-du', 'other.yaml', OWN)])
    expect(files.find(({ locale, path }) => locale === 'de-x-du' && path === 'prompts/de/talk.yaml')?.text).toBe(BASE)
  })
  it('shows a mistake in the file and line where it was written', () => {
    const placeOf = whereabouts(du ?? file('de', 'none.yaml', ''))
    expect(placeOf(['labels', 'plan'])).toEqual({ path: 'prompts/de-x-du/talk.yaml', line: 1 })
    expect(placeOf(['labels', 'win'])).toEqual({ path: 'prompts/de/talk.yaml', line: 2 })
    expect(placeOf(['steps', 'one', 'say'])).toEqual({ path: 'prompts/de/talk.yaml', line: 5 })
    // The second option of the whole is the only one of the variety's own.
    expect(placeOf(['steps', 'one', 'ask', 'options', 1, 'label'])).toEqual({
      path: 'prompts/de-x-du/talk.yaml',
      line: 7,
    })
    expect(placeOf(['steps', 'one', 'ask', 'options', 1, 'heard'])).toEqual({ path: 'prompts/de/talk.yaml', line: 10 })
    expect(placeOf(['steps', 'two'])).toEqual({ path: 'prompts/de-x-du/talk.yaml', line: 3 })
  })
  it('fails to load with the mistakes of its own file alone', () => {
    const wrong = file('en-x-odd', 'listen.yaml', 'id: listen\nsteps:\n  heard:\n    say: Hello {nobody}.\n')
    expect(() => packsFrom(filledUp([...PROMPT_FILES, wrong]))).toThrow(PromptError)
    try {
      packsFrom(filledUp([...PROMPT_FILES, wrong]))
    } catch (error) {
      expect(String(error)).toMatch(/prompts\/en-x-odd\/listen\.yaml:4 .*nothing is called \{nobody\} here/)
      expect(String(error)).toMatch(/^PromptError: 1 mistake/)
    }
  })
  it('that is no YAML is left to the loader to complain of', () => {
    const broken = file('de-x-du', 'talk.yaml', 'id: [')
    expect(filledUp([file('de', 'talk.yaml', BASE), broken])[1]).toBe(broken)
  })
  it('that says nothing of its own is its language; that says everything is itself', () => {
    const value = fc.letrec(tie => ({
      leaf: fc.oneof(fc.string(), fc.integer(), fc.array(fc.string(), { maxLength: 3 })),
      map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
      things: fc.uniqueArray(fc.record({ id: fc.constantFrom('x', 'y', 'z'), say: tie('node') }), {
        selector: ({ id }) => id,
        maxLength: 3,
      }),
      node: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('map'), tie('things')),
    })).map
    fc.assert(
      fc.property(value, value, (base, own) => {
        const filled = (mine: unknown): unknown =>
          parse(
            filledUp([
              file('de', 'talk.yaml', JSON.stringify(base)),
              file('de-x-du', 'talk.yaml', JSON.stringify(mine)),
            ])[1]?.text ?? '',
          )
        expect(filled({})).toEqual(base)
        expect(filled(base)).toEqual(base)
        // Filling up what was filled up changes nothing.
        expect(filled(filled(own))).toEqual(filled(own))
      }),
      { numRuns: 200 },
    )
  })
})
