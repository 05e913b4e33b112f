import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Guideline, LIMIT_NAMES, loadGuidelines } from '../../../src/conversation/lint/guidelines.ts'
import { limitsOf } from '../../../src/conversation/lint/limits.ts'
import { PromptError } from '../../../src/conversation/load.ts'
import { MOST, within } from '../../../src/domain/pressure.ts'
import { GUIDELINES, rulesBroken } from './guidelines-folder.ts'

const HEAD = 'id: one\nversion: 1\nabout: x\n'

const mistakes = (...texts: string[]): readonly string[] => {
  try {
    loadGuidelines(texts.map((text, index) => ({ path: `prompts/guidelines/0${index + 1}.yaml`, text })))
    return []
  } catch (error) {
    if (!(error instanceof PromptError)) throw error
    return error.findings.map(({ path, line, at, message }) => `${path.slice(-7)}:${line} ${at}: ${message}`)
  }
}

describe('guidelines', () => {
  it('as shipped give every rule phrases, and something better, in each language', () => {
    for (const { words, moves } of GUIDELINES) {
      for (const { id, phrases, instead } of words)
        for (const locale of ['en', 'es', 'de']) {
          expect(phrases[locale]?.length ?? 0, `${id} ${locale}`).toBeGreaterThan(0)
          expect(instead[locale], `${id} ${locale}`).toBeDefined()
        }
      expect(moves.length).toBeGreaterThan(5)
    }
  })

  it('as shipped keep to themselves: no example and no advice uses a word to avoid', () => {
    for (const { words, moves } of GUIDELINES)
      for (const texts of [...moves.map(({ example }) => example), ...words.map(({ instead }) => instead)])
        for (const [locale, text] of Object.entries(texts)) expect(rulesBroken(locale)(text), text).toEqual([])
  })

  it.each([
    ['what is not YAML', 'id: [', /^01\.yaml:1 : this is not YAML/],
    ['an unknown field', `${HEAD}wrods: []\n`, /^01\.yaml:1 : Unrecognized key: "wrods"/],
    [
      'a missing reason',
      `${HEAD}moves:\n  - id: a\n    move: x\n    example: { en: x }\n`,
      /^01\.yaml:5 moves\.0\.reason: /,
    ],
    [
      'an unknown limit',
      `${HEAD}limits:\n  - { limit: weight, most: 1, reason: x, instead: x }\n`,
      /^01\.yaml:5 limits\.0\.limit: /,
    ],
    [
      'a limit above the rule',
      `${HEAD}limits:\n  - { limit: asks-a-week,\n      most: 3, reason: x, instead: x }\n`,
      /^01\.yaml:6 limits\.0\.most: a guideline can lower this, never raise it: 2 at most/,
    ],
    [
      'a phrase that is none',
      `${HEAD}words:\n  - id: a\n    reason: x\n    instead: {}\n    phrases:\n      en:\n        - fine\n        - (a|b\n`,
      /^01\.yaml:11 words\.0\.phrases\.en\.1: “\(a\|b” lacks a “\)”/,
    ],
    [
      'a harmless use that is none',
      `${HEAD}words:\n  - { id: a, reason: x, instead: {}, phrases: { en: [a] }, unless: { en: [<x>] } }\n`,
      /^01\.yaml:5 words\.0\.unless\.en\.0: “<x>” names a list/,
    ],
    [
      'a wording that is none',
      `${HEAD}retired:\n  - { wording: check-in.win, reason: x }\n`,
      /^01\.yaml:5 retired\.0\.wording: must be a wording like/,
    ],
  ])('refuse %s, with file, line and path', (_, text, expected) => {
    expect(mistakes(text)[0]).toMatch(expected)
  })

  it('refuse an id that another file has', () => {
    expect(mistakes(HEAD, HEAD)).toEqual(['02.yaml:1 id: prompts/guidelines/01.yaml has the id "one" already'])
  })
})

describe('limits', () => {
  const limit = (name: (typeof LIMIT_NAMES)[number], most: number) => ({ limit: name, most, reason: 'x', instead: 'x' })

  it('are the core’s own where no guideline says anything, and as shipped', () => {
    const own = {
      wordsBeforeQuestion: 60,
      questionsInMessage: 1,
      formFields: 4,
      most: { asks: 2, messages: 3 },
      retired: [],
    }
    expect(limitsOf([])).toEqual(own)
    expect(limitsOf(GUIDELINES)).toEqual(own)
  })

  it('never rise by another guideline, nor above what a client may set', () => {
    const guideline = fc.record({
      limits: fc.array(fc.tuple(fc.constantFrom(...LIMIT_NAMES), fc.nat(90)).map(([name, most]) => limit(name, most))),
      retired: fc.constant<Guideline['retired']>([]),
    })
    fc.assert(
      fc.property(fc.array(guideline), guideline, fc.nat(2), fc.nat(3), (some, another, asks, messages) => {
        const before = limitsOf(some)
        const after = limitsOf([...some, another])
        expect(after.wordsBeforeQuestion).toBeLessThanOrEqual(before.wordsBeforeQuestion)
        expect(after.formFields).toBeLessThanOrEqual(before.formFields)
        expect(after.most.asks).toBeLessThanOrEqual(Math.min(MOST.asks, before.most.asks))
        expect(after.most.messages).toBeLessThanOrEqual(Math.min(MOST.messages, before.most.messages))
        for (const { limits } of [another])
          for (const { limit: name, most } of limits)
            if (name === 'asks-a-week') expect(after.most.asks).toBeLessThanOrEqual(most)
        const own = within({ asks, messages }, after.most)
        expect(own.asks).toBeLessThanOrEqual(Math.min(asks, after.most.asks))
        expect(own.messages).toBeLessThanOrEqual(Math.min(messages, after.most.messages))
      }),
    )
  })

  it('gather what is retired, once', () => {
    const retired = (...wordings: string[]) => ({
      limits: [],
      retired: wordings.map(wording => ({ wording, reason: 'x' })),
    })
    expect(limitsOf([retired('a.b.say#0', 'a.b.say#1'), retired('a.b.say#1')]).retired).toEqual([
      'a.b.say#0',
      'a.b.say#1',
    ])
  })
})
