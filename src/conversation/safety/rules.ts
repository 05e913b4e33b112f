import { z } from 'zod'
import type { Finding } from '../finding.ts'
import { PatternError, type Phrase, readPattern } from '../lint/pattern.ts'
import { readYamlSource } from '../lint/yaml-source.ts'
import { PromptError } from '../load.ts'
import { folded, type Spelling } from './normalise.ts'

/**
 * What rule 11's detector knows of one language, as data: prompts/safety/README.md explains it to those who extend it. The
 * phrases are written as those of guidelines are (see lint/pattern.ts), over text without accents and marks.
 */

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case words joined by hyphens, like "no-way-out"')
const text = z.string().trim().min(1, 'must not be blank')
const phrases = z.array(text).min(1)

const frame = z
  .strictObject({
    id,
    reason: text,
    concern: z.enum(['acute', 'harassment', 'legal', 'medical']),
    /** Any of these within one sentence. */
    when: phrases.optional(),
    /** One of each group, anywhere in the message. */
    together: z.array(phrases).min(2).optional(),
    /** Harmless if one of these stands in the same sentence (with `together`, in the message). */
    unless: phrases.default([]),
    /** Looked for also where somebody else is quoted: what somebody said may be the danger. */
    always: z.boolean().default(false),
  })
  .check(({ value, issues }) => {
    if (value.when === undefined && value.together === undefined)
      issues.push({ code: 'custom', input: value, path: ['id'], message: 'needs "when", "together" or both' })
  })

const rulesSchema = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/, 'must be a language, like "en"'),
  version: z.int().min(1),
  about: text,
  /** How people type in a chat, and what it stands for. Emoji may stand here as well. */
  spellings: z.record(z.string(), text).default({}),
  /** Words recognised with one letter wrong. */
  typos: z.array(text).default([]),
  /** Words that are one letter from those, and mean something else. */
  'not-typos': z.array(text).default([]),
  concepts: z.record(id, phrases),
  frames: z.array(frame).min(1),
  /**
   * What says little alone and much together: a farewell, a last day, an end to pain, keys handed over. Each that is found
   * anywhere in the message adds its weight once; from `enough` on the message is acute. A weight below 0 speaks against it.
   */
  signals: z
    .strictObject({
      enough: z.int().min(1),
      of: z.array(z.strictObject({ id, weight: z.int().min(-9).max(9), phrases })).min(1),
    })
    .optional(),
  /** Idioms: what lies within is taken out before any frame is looked for. */
  idioms: z.array(z.strictObject({ id, phrases })).default([]),
  /** Who else may be speaking: with one of these in the message, what stands in quotation marks is not the client's. */
  voices: z.array(text).default([]),
  /** Stories: a sentence with one of these tells of a film, a book or a game. */
  stories: z.array(text).default([]),
})

/** One file of rules: `path` as it reads in errors. */
export type SafetyFile = { readonly path: string; readonly text: string }

export type Frame = Pick<z.infer<typeof frame>, 'id' | 'concern' | 'always'> & {
  readonly when: readonly Phrase[]
  readonly together: readonly (readonly Phrase[])[]
  readonly unless: readonly Phrase[]
}

export type Signal = { readonly id: string; readonly weight: number; readonly phrases: readonly Phrase[] }

/** The rules of one language, ready to look with. */
export type SafetyRules = {
  readonly language: string
  readonly spelling: Spelling
  readonly frames: readonly Frame[]
  readonly signals: { readonly enough: number; readonly of: readonly Signal[] } | undefined
  readonly idioms: readonly Phrase[]
  readonly voices: readonly Phrase[]
  readonly stories: readonly Phrase[]
  /** Every phrase as it is written, for tests. */
  readonly written: readonly string[]
}

/**
 * Reads and checks the rules of all languages.
 * @throws PromptError with all that is wrong, each mistake with its file and line
 */
export const loadSafety = (files: readonly SafetyFile[]): readonly SafetyRules[] => {
  const findings: Finding[] = []
  const seen = new Map<string, string>()
  const rules = files.flatMap(file => {
    const found = readRules(file, findings)
    if (found === undefined) return []
    const other = seen.get(found.language)
    if (other !== undefined) {
      const message = `${other} has the rules of "${found.language}" already`
      findings.push({ path: file.path, line: 1, at: 'language', message })
    }
    seen.set(found.language, file.path)
    return [found]
  })
  if (findings.length > 0) throw new PromptError(findings)
  return rules
}

const readRules = ({ path, text: source }: SafetyFile, findings: Finding[]): SafetyRules | undefined => {
  const { value, errors, lineOf } = readYamlSource(source)
  for (const { line, message } of errors) findings.push({ path, line, at: '', message })
  if (errors.length > 0) return undefined
  const parsed = rulesSchema.safeParse(value)
  const report = (at: readonly PropertyKey[], message: string): void => {
    findings.push({ path, line: lineOf(at), at: at.join('.'), message })
  }
  if (!parsed.success) {
    for (const { path: at, message } of parsed.error.issues) report(at, message)
    return undefined
  }
  const { data } = parsed
  const lists = Object.fromEntries(
    Object.entries(data.concepts).map(([name, entries]) => [name, entries.map(plainPattern)]),
  )
  const written: string[] = []
  const read = (patterns: readonly string[], at: readonly PropertyKey[]): readonly Phrase[] =>
    patterns.flatMap((pattern, place) => {
      const plain = plainPattern(pattern)
      written.push(plain)
      try {
        return [readPattern(plain, lists)]
      } catch (error) {
        if (!(error instanceof PatternError)) throw error
        report([...at, place], error.message)
        return []
      }
    })
  for (const [name, entries] of Object.entries(data.concepts)) read(entries, ['concepts', name])
  const ids = new Set<string>()
  const once = (name: string, at: readonly PropertyKey[]): void => {
    if (ids.has(name)) report(at, `there is something with the id "${name}" already`)
    ids.add(name)
  }
  const frames = data.frames.map(({ id: name, concern, always, when = [], together = [], unless }, index) => {
    once(name, ['frames', index, 'id'])
    return {
      id: name,
      concern,
      always,
      when: read(when, ['frames', index, 'when']),
      together: together.map((group, place) => read(group, ['frames', index, 'together', place])),
      unless: read(unless, ['frames', index, 'unless']),
    }
  })
  const signals = data.signals?.of.map(({ id: name, weight, phrases: list }, index) => {
    once(name, ['signals', 'of', index, 'id'])
    return { id: name, weight, phrases: read(list, ['signals', 'of', index, 'phrases']) }
  })
  const idioms = data.idioms.flatMap(({ id: name, phrases: list }, index) => {
    once(name, ['idioms', index, 'id'])
    return read(list, ['idioms', index, 'phrases'])
  })
  return {
    language: data.language,
    spelling: {
      stands: new Map(Object.entries(data.spellings).map(([typed, meant]) => [folded(typed), folded(meant)])),
      typos: data.typos.map(folded),
      known: new Set(data['not-typos'].map(folded)),
    },
    frames,
    signals: data.signals && signals && { enough: data.signals.enough, of: signals },
    idioms,
    voices: read(data.voices, ['voices']),
    stories: read(data.stories, ['stories']),
    written,
  }
}

/** A phrase as the normalised text reads: what is folded there must be folded here. */
const plainPattern = (pattern: string): string => folded(pattern)
