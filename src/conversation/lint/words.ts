import { readingsOf } from './branches.ts'
import { type AvoidedWords, type Guideline, wordListsFor } from './guidelines.ts'
import { type Phrase, readPattern, wordSetOf } from './pattern.ts'
import type { Spoken } from './texts.ts'

/** A phrase of a text that some guideline avoids. `offset` is where it begins in the text as written. */
export type Avoided = {
  readonly guideline: string
  readonly rule: string
  readonly found: string
  readonly offset: number
  readonly reason: string
  readonly instead: string | undefined
}

type Rule = {
  readonly guideline: string
  readonly source: AvoidedWords
  readonly phrases: readonly Phrase[]
  readonly unless: readonly Phrase[]
  readonly instead: string | undefined
}
type Entry = { readonly rule: Rule; readonly phrase: Phrase }

/** Finds what to avoid in one text of a pack (or of hearing.yaml, whose id is `hearing`). */
export type WordLinter = (spoken: Spoken, pack: string) => readonly Avoided[]

/** The linter for a locale; undefined if no guideline has phrases for it, nor for its language. */
export const wordLinterFor = (guidelines: readonly Guideline[], locale: string): WordLinter | undefined => {
  const rules = rulesFor(guidelines, locale)
  if (rules.length === 0) return undefined
  const candidates = indexed(rules)
  return ({ text, part }, pack) => {
    const found = new Map<string, Avoided>()
    for (const { text: reading, offsets } of readingsOf(text, locale)) {
      const readable = withoutQuotations(reading)
      const words = wordSetOf(readable)
      for (const { rule, phrase } of candidates(words)) {
        const { packs, parts } = rule.source.in ?? {}
        if (packs?.includes(pack) === false || parts?.includes(part) === false) continue
        for (const one of phrase.find(readable, words)) {
          if (isHarmless(rule, one, readable, words)) continue
          const offset = offsets[one.start] ?? 0
          // Two phrases of a rule may find the same, and what is outside the branches is read with each of them.
          found.set(`${rule.guideline}.${rule.source.id}@${offset}`, {
            guideline: rule.guideline,
            rule: rule.source.id,
            found: one.found.replace(/\s+/g, ' '),
            offset,
            reason: rule.source.reason,
            instead: rule.instead,
          })
        }
      }
    }
    return withoutOverlaps([...found.values()].sort((a, b) => a.offset - b.offset))
  }
}

/** What a language avoids, its regions avoid too. */
const rulesFor = (guidelines: readonly Guideline[], locale: string): readonly Rule[] => {
  const language = locale.split('-')[0] ?? locale
  const places = [...new Set([language, locale])]
  const lists = wordListsFor(guidelines, places)
  const read = (patterns: Readonly<Record<string, readonly string[]>>): readonly Phrase[] =>
    places.flatMap(place => (patterns[place] ?? []).map(pattern => readPattern(pattern, lists)))
  return guidelines.flatMap(({ id, words }) =>
    words
      .map(source => ({
        guideline: id,
        source,
        phrases: read(source.phrases),
        unless: read(source.unless),
        instead: source.instead[locale] ?? source.instead[language],
      }))
      .filter(({ phrases }) => phrases.length > 0),
  )
}

/** Few phrases can stand in a text of a few words: they are found by those words, in their order. */
const indexed = (rules: readonly Rule[]): ((words: ReadonlySet<string>) => readonly Entry[]) => {
  const anywhere: Entry[] = []
  const byCue = new Map<string, Entry[]>()
  for (const rule of rules)
    for (const phrase of rule.phrases)
      for (const key of phrase.cue ?? [undefined]) {
        const list = key === undefined ? anywhere : (byCue.get(key) ?? [])
        list.push({ rule, phrase })
        if (key !== undefined) byCue.set(key, list)
      }
  return words => {
    const found = new Map<Phrase, Entry>(anywhere.map(entry => [entry.phrase, entry]))
    for (const word of words) for (const entry of byCue.get(word) ?? []) found.set(entry.phrase, entry)
    return [...found.values()]
  }
}

/** Where two phrases of a rule overlap, the first of them says it. */
const withoutOverlaps = (found: readonly Avoided[]): readonly Avoided[] => {
  const ends = new Map<string, number>()
  return found.filter(({ guideline, rule, offset, found: phrase }) => {
    const key = `${guideline}.${rule}`
    if (offset < (ends.get(key) ?? 0)) return false
    ends.set(key, offset + phrase.length)
    return true
  })
}

type Found = ReturnType<Phrase['find']>[number]

const isHarmless = (rule: Rule, { start, found }: Found, text: string, words: ReadonlySet<string>): boolean =>
  rule.unless.some(phrase =>
    phrase
      .find(text, words)
      .some(harmless => harmless.start <= start && start + found.length <= harmless.start + harmless.found.length),
  )

/**
 * Blanks the lines that begin with `> ` and hold a client's words alone: a slot, or words written out as theirs. Where the
 * pack speaks beside a slot, that is the pack's own.
 */
const withoutQuotations = (text: string): string =>
  text.replace(/(?<=^|[\n¶])([ \t]*>)([^\n¶]*)/g, (line, mark: string, words: string) => {
    const isTheirs = !/[{]/.test(words) || !/\p{L}/u.test(words.replace(/\{[^}]*\}/g, ''))
    return isTheirs ? ' '.repeat(line.length) : ' '.repeat(mark.length) + words
  })
