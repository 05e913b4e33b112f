import { readingsOf } from './branches.ts'
import { type AvoidedWords, type Guideline, wordListsFor } from './guidelines.ts'
import { compilePatterns } from './pattern.ts'
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

type Compiled = {
  readonly guideline: string
  readonly rule: AvoidedWords
  readonly phrases: RegExp
  readonly unless: RegExp | undefined
  readonly instead: string | undefined
}

/** Finds what to avoid in one text of a pack (or of hearing.yaml, whose id is `hearing`). */
export type WordLinter = (spoken: Spoken, pack: string) => readonly Avoided[]

/** The linter for a locale; undefined if no guideline has phrases for it, nor for its language. */
export const wordLinterFor = (guidelines: readonly Guideline[], locale: string): WordLinter | undefined => {
  const own = [locale, locale.split('-')[0] ?? locale].find(one =>
    guidelines.some(({ words }) => words.some(({ phrases }) => phrases[one] !== undefined)),
  )
  if (own === undefined) return undefined
  const lists = wordListsFor(guidelines, own)
  const rules = guidelines.flatMap(({ id, words }) =>
    words.flatMap((rule): readonly Compiled[] => {
      const { phrases, unless, instead } = rule
      if (phrases[own] === undefined) return []
      return [
        {
          guideline: id,
          rule,
          phrases: compilePatterns(phrases[own], lists),
          unless: unless[own] === undefined ? undefined : compilePatterns(unless[own], lists),
          instead: instead[own],
        },
      ]
    }),
  )
  return ({ text, part }, pack) => {
    const applying = rules.filter(
      ({ rule }) => (rule.in?.packs?.includes(pack) ?? true) && (rule.in?.parts?.includes(part) ?? true),
    )
    const found = new Map<string, Avoided>()
    for (const reading of readingsOf(text, locale)) {
      const readable = withoutQuotations(reading.text)
      for (const one of applying)
        for (const [start, words] of matchesOf(one, readable)) {
          const offset = reading.offsets[start] ?? 0
          // A phrase outside the branches is read once with each of them.
          found.set(`${one.guideline}.${one.rule.id}@${offset}`, {
            guideline: one.guideline,
            rule: one.rule.id,
            found: words.replace(/\s+/g, ' '),
            offset,
            reason: one.rule.reason,
            instead: one.instead,
          })
        }
    }
    return [...found.values()].sort((a, b) => a.offset - b.offset)
  }
}

const matchesOf = ({ phrases, unless }: Compiled, text: string): readonly (readonly [number, string])[] => {
  const found = [...text.matchAll(phrases)]
  if (found.length === 0 || unless === undefined) return found.map(match => [match.index, match[0]])
  const harmless = [...text.matchAll(unless)].map(match => [match.index, match.index + match[0].length] as const)
  return found
    .filter(({ index, 0: words }) => !harmless.some(([from, to]) => from <= index && index + words.length <= to))
    .map(match => [match.index, match[0]])
}

/**
 * Blanks the lines that begin with `> ` and hold a client's words alone: a slot, or words written out as theirs. Where the
 * pack speaks beside a slot, that is the pack's own.
 */
const withoutQuotations = (text: string): string =>
  text.replace(/(?<=^|[\n¶])([ \t]*>)([^\n¶]*)/g, (line, mark: string, words: string) => {
    const isTheirs = !/[{]/.test(words) || !/\p{L}/u.test(words.replace(/\{[^}]*\}/g, ''))
    return isTheirs ? ' '.repeat(line.length) : ' '.repeat(mark.length) + words
  })
