import type { Concern, Detect } from '../../domain/safety.ts'
import { type Phrase, wordSetOf } from '../lint/pattern.ts'
import { normalise } from './normalise.ts'
import type { Frame, SafetyRules, Signal } from './rules.ts'

/**
 * Rule 11's detector, in layers: spelling made plain; idioms, other people's words and stories taken out; then frames of
 * concepts in what is left, then weak signals that are acute together. Who writes in another language than their own is understood as well, as far as danger goes.
 */
export const detectorOf =
  (rules: readonly SafetyRules[]): Detect =>
  (typed, locale) => {
    const language = locale.split('-')[0] ?? locale
    const own = rules.find(one => one.language === language)
    const found = own && concernIn(typed, own)
    if (found === 'acute') return found
    const isElsewhere = rules.some(one => one !== own && concernIn(typed, one) === 'acute')
    return isElsewhere ? 'acute' : found
  }

const ORDER: readonly Concern[] = ['acute', 'medical', 'harassment', 'legal']

/** Everything that one language's rules find, gravest first. */
const concernIn = (typed: string, rules: SafetyRules): Concern | undefined => {
  const found = new Set(framesIn(typed, rules).map(({ concern }) => concern))
  if (isEnough(signalsIn(typed, rules), rules)) found.add('acute')
  return ORDER.find(concern => found.has(concern))
}

/** The frames that a message fills. */
export const framesIn = (typed: string, rules: SafetyRules): readonly Frame[] => {
  const told = (text: string) => sentencesOf(text, rules).filter(one => !holds(rules.stories, one))
  const all = told(typed)
  const own = told(withoutQuotations(typed, rules))
  return rules.frames.filter(frame => fills(frame, frame.always ? all : own))
}

/** The weak signals in the client's own words, each once. */
export const signalsIn = (typed: string, rules: SafetyRules): readonly Signal[] => {
  const { signals, stories } = rules
  if (signals === undefined) return []
  const own = sentencesOf(withoutQuotations(typed, rules), rules).filter(one => !holds(stories, one))
  return signals.of.filter(({ phrases }) => own.some(one => holds(phrases, one)))
}

const isEnough = (found: readonly Signal[], { signals }: SafetyRules): boolean =>
  signals !== undefined && found.reduce((sum, { weight }) => sum + weight, 0) >= signals.enough

const fills = ({ when, together, unless }: Frame, sentences: readonly string[]): boolean => {
  if (sentences.some(one => holds(when, one) && !holds(unless, one))) return true
  if (together.length === 0) return false
  return together.every(group => sentences.some(one => holds(group, one))) && !sentences.some(one => holds(unless, one))
}

const holds = (phrases: readonly Phrase[], sentence: string): boolean => {
  const words = wordSetOf(sentence)
  return phrases.some(phrase => phrase.find(sentence, words).length > 0)
}

const sentencesOf = (typed: string, rules: SafetyRules): readonly string[] =>
  normalise(typed, rules.spelling)
    .split('.')
    .map(sentence => withoutIdioms(sentence.trim(), rules.idioms))
    .filter(sentence => sentence !== '')

/** What was taken out leaves a mark that is no word, so that nothing is read across it. */
const withoutIdioms = (sentence: string, idioms: readonly Phrase[]): string => {
  let left = sentence
  for (const idiom of idioms)
    for (const { start, found } of idiom.find(left, wordSetOf(left)).toReversed())
      left = `${left.slice(0, start)}/${left.slice(start + found.length)}`
  return left
}

const QUOTATION =
  /"[^"\n]+"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|»[^«»\n]+«|(?<![\p{L}\p{N}])['‘‚][^'‘’‚\n]+(?:['’]\p{L}+[^'‘’‚\n]*)*['’‘](?!\p{L})/gu

/** Takes out what is quoted, if the message says that it is somebody else's. */
const withoutQuotations = (typed: string, { voices, spelling }: SafetyRules): string => {
  const outside = typed.replace(QUOTATION, ' ')
  return outside !== typed && holds(voices, normalise(outside, spelling)) ? outside : typed
}
