import { IntlMessageFormat } from 'intl-messageformat'
import type { Block } from '../domain/message.ts'
import type { Words } from './pack.ts'

/** One wording, chosen, with the id under which it can be retired ("that landed badly"). */
export type Wording = { readonly id: string; readonly text: string }

/** Every wording that some words hold, with its id: `{place}#{branch}{index}`. */
export const wordingsOf = (words: Words, place: string): readonly Wording[] =>
  typeof words === 'string' || Array.isArray(words)
    ? list(words, `${place}#`)
    : [...list(words.open, `${place}#open-`), ...list(words.closed, `${place}#closed-`)]

const list = (one: string | readonly string[], prefix: string): readonly Wording[] =>
  (typeof one === 'string' ? [one] : one).map((text, index) => ({ id: `${prefix}${index}`, text }))

/**
 * Takes the wordings in turn (the caller counts), so that a weekly client does not read one twice in a month, and passes over those
 * that landed badly with this client. If all did, the first is used: saying nothing would be worse.
 */
export const chooseWording = (
  words: Words,
  place: string,
  choice: { readonly open: boolean; readonly turn: number; readonly retired: readonly string[] },
): Wording => {
  const all = wordingsOf(words, place)
  const ofTopic =
    typeof words === 'string' || Array.isArray(words)
      ? all
      : all.filter(({ id }) => id.startsWith(`${place}#${choice.open ? 'open-' : 'closed-'}`))
  const usable = ofTopic.filter(({ id }) => !choice.retired.includes(id))
  const chosen = usable[choice.turn % Math.max(1, usable.length)] ?? ofTopic[0]
  if (chosen === undefined) throw new Error(`no wording at ${place}: the loader lets none through`)
  return chosen
}

export type Values = Readonly<Record<string, string | number>>

/**
 * Formats a text into blocks: blank lines part paragraphs, and a paragraph whose lines begin with `> ` is a quotation. The
 * parts are found before values go in, so a client's own words can never become structure. Empty paragraphs vanish.
 */
export const formatBlocks = (text: string, locale: string, values: Values): readonly Block[] =>
  text.split(/\n\s*\n/).flatMap((part): readonly Block[] => {
    const quoted = part.trimStart().startsWith('> ')
    const bare = quoted ? part.replace(/^[ \t]*> ?/gm, '') : part
    const formatted = formatText(bare, locale, values)
    return formatted === '' ? [] : [{ kind: quoted ? 'quote' : 'paragraph', text: formatted }]
  })

/** Formats one line of text. Single line breaks in a pack are only the editor's: they become spaces. */
export const formatText = (text: string, locale: string, values: Values): string => {
  const formatted = compiled(text, locale).format(values)
  return (Array.isArray(formatted) ? formatted.join('') : String(formatted)).trim()
}

/** Parses an ICU message. @throws SyntaxError if it is not one */
export const parseText = (text: string, locale: string): IntlMessageFormat =>
  new IntlMessageFormat(text.replace(/[ \t]*\n[ \t]*/g, ' ').trim(), locale, undefined, { ignoreTag: true })

const LIMIT = 5_000
const cache = new Map<string, IntlMessageFormat>()

/** Compiled messages are kept: packs are few, and compiling is the larger part of formatting. */
const compiled = (text: string, locale: string): IntlMessageFormat => {
  const key = `${locale}\n${text}`
  const kept = cache.get(key)
  if (kept !== undefined) return kept
  if (cache.size >= LIMIT) cache.clear()
  const made = parseText(text, locale)
  cache.set(key, made)
  return made
}
