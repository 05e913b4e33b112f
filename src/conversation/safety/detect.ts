import type { Concern, Detect } from '../../domain/safety.ts'
import { type Phrase, wordSetOf } from '../lint/pattern.ts'
import { normalise } from './normalise.ts'
import type { Frame, SafetyRules } from './rules.ts'

/**
 * Rule 11's detector, in layers: spelling made plain; idioms, other people's words and stories taken out; then frames of
 * concepts in what is left, then weak signals that are acute together. Who writes in another language than their own is
 * understood as well, as far as danger goes.
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

/** A sentence after its idioms were taken out, and its words: most phrases need one that it has not. */
type Sentence = { readonly text: string; readonly words: ReadonlySet<string> }

/** Everything that one language's rules find, gravest first. */
const concernIn = (typed: string, rules: SafetyRules): Concern | undefined => {
  const outside = withoutQuotations(typed, rules)
  const own = toldIn(outside, rules)
  const all = outside === typed ? own : toldIn(typed, rules)
  const filled = rules.frames.filter(frame => fills(frame, frame.always ? all : own))
  const found = new Set<Concern>(filled.map(({ concern }) => concern))
  if (isEnough(own, rules)) found.add('acute')
  return ORDER.find(concern => found.has(concern))
}

/** Weak signals in the client's own words add up, each once. */
const isEnough = (own: readonly Sentence[], { signals }: SafetyRules): boolean => {
  if (signals === undefined) return false
  const found = signals.of.filter(({ phrases }) => own.some(one => holds(phrases, one)))
  return found.reduce((sum, { weight }) => sum + weight, 0) >= signals.enough
}

const fills = ({ when, together, unless }: Frame, sentences: readonly Sentence[]): boolean => {
  if (sentences.some(one => holds(when, one) && !holds(unless, one))) return true
  if (together.length === 0) return false
  return together.every(group => sentences.some(one => holds(group, one))) && !sentences.some(one => holds(unless, one))
}

const holds = (phrases: readonly Phrase[], { text, words }: Sentence): boolean =>
  phrases.some(phrase => phrase.find(text, words).length > 0)

/** The sentences of a message, those apart that tell of a film, a book or a game. */
const toldIn = (typed: string, rules: SafetyRules): readonly Sentence[] =>
  normalise(typed, rules.spelling)
    .split('.')
    .map(sentence => withoutIdioms(sentenceOf(sentence.trim()), rules.idioms))
    .filter(sentence => sentence.text !== '' && !holds(rules.stories, sentence))

const sentenceOf = (text: string): Sentence => ({ text, words: wordSetOf(text) })

/** What was taken out leaves a mark that is no word, so that nothing is read across it. */
const withoutIdioms = (sentence: Sentence, idioms: readonly Phrase[]): Sentence => {
  let left = sentence
  for (const idiom of idioms) {
    const found = idiom.find(left.text, left.words)
    if (found.length === 0) continue
    let { text } = left
    for (const { start, found: words } of found.toReversed())
      text = `${text.slice(0, start)}/${text.slice(start + words.length)}`
    left = sentenceOf(text)
  }
  return left
}

const QUOTATION =
  /"[^"\n]+"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|»[^«»\n]+«|(?<![\p{L}\p{N}])['‘‚][^'‘’‚\n]+(?:['’]\p{L}+[^'‘’‚\n]*)*['’‘](?!\p{L})/gu

/** Takes out what is quoted, if the message says that it is somebody else's. */
const withoutQuotations = (typed: string, { voices, spelling }: SafetyRules): string => {
  const outside = typed.replace(QUOTATION, ' ')
  return outside !== typed && holds(voices, sentenceOf(normalise(outside, spelling))) ? outside : typed
}
