import { z } from 'zod'
import { MOST } from '../../domain/pressure.ts'
import type { Finding } from '../finding.ts'
import { PromptError } from '../load.ts'
import { PatternError, readPattern, type WordLists } from './pattern.ts'
import { PARTS } from './texts.ts'
import { readYamlSource, type YamlSource } from './yaml-source.ts'

/**
 * Guidelines as data: each file of prompts/guidelines/ adds moves to make, words to avoid and limits to keep. What a later
 * file says is added to what the earlier ones say; of several limits the tightest holds.
 */

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case words joined by hyphens, like "fair-share"')
const text = z.string().trim().min(1, 'must not be blank')
const locale = z.string().regex(/^[a-z]{2}(-x)?(-[A-Za-z]+)?$/, 'must be a locale, like "en" or "es-MX"')
const perLocale = z.record(locale, text)
const patterns = z.array(text).min(1)

/** What may be limited, and the most that a guideline may ever allow: rules 2 and 6. */
const CEILINGS = {
  'words-before-question': 60,
  'questions-in-message': 1,
  'form-fields': 4,
  'asks-a-week': MOST.asks,
  'messages-a-week': MOST.messages,
} as const
export type LimitName = keyof typeof CEILINGS
// Object.keys loses the key type; the table above is the source of both.
export const LIMIT_NAMES = Object.keys(CEILINGS) as [LimitName, ...LimitName[]]
export const ceilingOf = (limit: LimitName): number => CEILINGS[limit]

const move = z.strictObject({
  id,
  move: text,
  reason: text,
  /** The packs it is meant for; left out, all. */
  in: z.array(id).min(1).optional(),
  example: perLocale,
})

const avoided = z.strictObject({
  id,
  reason: text,
  /** Where it applies; left out, everywhere. */
  in: z
    .strictObject({ packs: z.array(id).min(1).optional(), parts: z.array(z.enum(PARTS)).min(1).optional() })
    .optional(),
  /** What to write in its place, in the locale's own words. */
  instead: perLocale,
  phrases: z.record(locale, patterns),
  /** Harmless uses: what lies within one of these is no mistake. */
  unless: z.record(locale, patterns).default({}),
})

const limit = z
  .strictObject({ limit: z.enum(LIMIT_NAMES), most: z.int().min(0), reason: text, instead: text })
  .check(({ value, issues }) => {
    const ceiling = CEILINGS[value.limit]
    if (value.most > ceiling)
      issues.push({
        code: 'custom',
        input: value.most,
        path: ['most'],
        message: `a guideline can lower this, never raise it: ${ceiling} at most`,
      })
  })

const guidelineSchema = z.strictObject({
  id,
  version: z.int().min(1),
  about: text,
  /** Lists of words that phrases of every file may use as <name>. */
  lists: z.record(locale, z.record(id, patterns)).default({}),
  moves: z.array(move).default([]),
  words: z.array(avoided).default([]),
  limits: z.array(limit).default([]),
  /** Wordings, by the id that "that landed badly" reports, which nobody is to read again. */
  retired: z
    .array(
      z.strictObject({
        wording: z
          .string()
          .regex(
            /^[a-z0-9-]+\.[a-z0-9-]+\.(say|question)#(open-|closed-)?\d+$/,
            'must be a wording like "check-in.win.question#2"',
          ),
        reason: text,
      }),
    )
    .default([]),
})

export type AvoidedWords = z.infer<typeof avoided>

/** One file of guidelines: `path` as it reads in errors. */
export type GuidelineFile = { readonly path: string; readonly text: string }

export type Guideline = z.infer<typeof guidelineSchema> & {
  readonly path: string
  readonly lineOf: YamlSource['lineOf']
}

/**
 * Reads and checks guideline files, in the order given.
 * @throws PromptError with all that is wrong
 */
export const loadGuidelines = (files: readonly GuidelineFile[]): readonly Guideline[] => {
  const findings: Finding[] = []
  const guidelines = files.flatMap(file => readGuideline(file, findings))
  if (findings.length === 0) findings.push(...checkGuidelines(guidelines))
  if (findings.length > 0) throw new PromptError(findings)
  return guidelines
}

const readGuideline = ({ path, text: source }: GuidelineFile, findings: Finding[]): readonly Guideline[] => {
  const { value, errors, lineOf } = readYamlSource(source)
  for (const { line, message } of errors) findings.push({ path, line, at: '', message })
  if (errors.length > 0) return []
  const parsed = guidelineSchema.safeParse(value)
  if (parsed.success) return [{ ...parsed.data, path, lineOf }]
  for (const { path: at, message } of parsed.error.issues)
    findings.push({ path, line: lineOf(at), at: at.join('.'), message })
  return []
}

/** What only shows when the files are read together: ids twice, and phrases that are no patterns. */
const checkGuidelines = (guidelines: readonly Guideline[]): readonly Finding[] => {
  const findings: Finding[] = []
  const seen = new Map<string, string>()
  const known = new Map<string, WordLists>()
  const listsFor = (where: string): WordLists => {
    const lists =
      known.get(where) ??
      wordListsFor(guidelines, [where.split('-')[0] ?? where, where].slice(where.includes('-') ? 0 : 1))
    known.set(where, lists)
    return lists
  }
  for (const { id: name, path, lineOf, words } of guidelines) {
    const other = seen.get(name)
    if (other !== undefined)
      findings.push({ path, line: lineOf(['id']), at: 'id', message: `${other} has the id "${name}" already` })
    seen.set(name, path)
    words.forEach((rule, index) => {
      for (const part of ['phrases', 'unless'] as const)
        for (const [where, list] of Object.entries(rule[part]))
          list.forEach((pattern, place) => {
            const at = ['words', index, part, where, place]
            const wrong = mistakeIn(pattern, listsFor(where))
            if (wrong !== undefined) findings.push({ path, line: lineOf(at), at: at.join('.'), message: wrong })
          })
    })
  }
  return findings
}

const mistakeIn = (pattern: string, lists: WordLists): string | undefined => {
  try {
    readPattern(pattern, lists)
    return undefined
  } catch (error) {
    if (error instanceof PatternError) return error.message
    throw error
  }
}

/** The word lists of a language and its region, from all files; a list that several have is all of them together. */
export const wordListsFor = (guidelines: readonly Guideline[], places: readonly string[]): WordLists => {
  const lists: Record<string, readonly string[]> = {}
  for (const guideline of guidelines)
    for (const place of places)
      for (const [name, entries] of Object.entries(guideline.lists[place] ?? {}))
        lists[name] = [...(lists[name] ?? []), ...entries]
  return lists
}

/** Wordings retired in packs that no locale has, each at its line. */
export const nowhereRetired = (
  guidelines: readonly Guideline[],
  packs: readonly { readonly id: string }[],
): readonly Finding[] =>
  guidelines.flatMap(({ path, lineOf, retired }) =>
    retired.flatMap(({ wording }, index) => {
      const at = ['retired', index, 'wording']
      const exists = packs.some(({ id: pack }) => wording.startsWith(`${pack}.`))
      return exists
        ? []
        : [{ path, line: lineOf(at), at: at.join('.'), message: `there is no pack for the wording "${wording}"` }]
    }),
  )
