import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSafety } from '../../adapters/prompts/files.ts'
import { PromptError } from '../../src/conversation/load.ts'
import { detectorOf } from '../../src/conversation/safety/detect.ts'
import { type Kept, measure, readKept, readLines, worseThan } from '../../src/conversation/safety/measure.ts'
import { isOneSlip, normalise } from '../../src/conversation/safety/normalise.ts'
import { loadSafety } from '../../src/conversation/safety/rules.ts'

const rules = readSafety('prompts')
const detect = detectorOf(rules)
const DATA = 'test/data/safety'

const linesIn = (set: string) =>
  (existsSync(join(DATA, set)) ? readdirSync(join(DATA, set)) : [])
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({
      locale: name.slice(0, -'.yaml'.length),
      lines: readLines(name, readFileSync(join(DATA, set, name), 'utf8')),
    }))

describe('what was written to develop with', () => {
  it.each(linesIn('development'))('is told apart in $locale', ({ locale, lines }) => {
    const { recall, passed, kinds } = measure(lines, detect, locale)
    expect(recall).toBeGreaterThanOrEqual(0.97)
    expect(passed).toBeGreaterThanOrEqual(0.95)
    expect(kinds.soft.acute).toBe(0)
  })
})

describe('lines held out', () => {
  it('are told apart no worse than before', () => {
    const file = join(DATA, 'measured.json')
    const before = existsSync(file) ? readKept(readFileSync(file, 'utf8')) : {}
    const now: Kept = Object.fromEntries(
      linesIn('held-out').map(({ locale, lines }) => [locale, measure(lines, detect, locale)]),
    )
    expect(worseThan(before, now)).toEqual([])
  })

  it('count as worse when a figure falls', () => {
    const best = { en: { recall: 0.9, passed: 1, precision: 1 } }
    expect(worseThan(best, { en: { recall: 0.8, passed: 1, precision: 1 } })).toEqual([
      'en: recall fell from 0.9 to 0.8',
    ])
  })
})

it.each(['development', 'held-out'])('no line of the %s set is a phrase word for word', set => {
  const copied = linesIn(set).flatMap(({ locale, lines }) => {
    const own = rules.find(({ language }) => language === locale)
    if (own === undefined) return []
    const written = new Set(own.written.map(phrase => normalise(phrase, own.spelling)))
    return lines
      .filter(({ text }) => written.has(normalise(text, own.spelling)))
      .map((_, index) => `${locale} ${index}`)
  })
  expect(copied).toEqual([])
})

describe('the rules', () => {
  const load = (text: string) => () => loadSafety([{ path: 'prompts/safety/xx.yaml', text }])
  const head = 'language: xx\nversion: 1\nabout: a test\nconcepts: { end: [die] }\nframes:\n'

  it('name a mistake with its file and line', () => {
    expect(load(`${head}  - { id: one, reason: why, concern: grave, when: [i die] }`)).toThrow(PromptError)
    expect(load(`${head}  - { id: one, reason: why, concern: grave, when: [i die] }`)).toThrow(/xx\.yaml:6 /)
  })

  it('name a phrase that names no concept', () => {
    expect(load(`${head}  - id: one\n    reason: why\n    concern: acute\n    when:\n      - i <begin>`)).toThrow(
      /xx\.yaml:10 .*<begin>/,
    )
  })

  it('name a frame that has nothing to look for', () => {
    expect(load(`${head}  - { id: one, reason: why, concern: acute }`)).toThrow(/xx\.yaml:6 .*needs "when"/)
  })
})

it.each([
  ['myslef', 'myself', true],
  ['suicde', 'suicide', true],
  ['tonightt', 'tonight', true],
  ['bridge', 'bride', true],
  ['letter', 'better', true],
  ['meeting', 'molting', false],
])('%s is one slip from %s: %s', (typed, right, is) => expect(isOneSlip(typed, right)).toBe(is))
