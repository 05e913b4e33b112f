import type { LocalDate, LocalTime } from '../domain/schedule.ts'
import { type DateContext, readDate } from './dates.ts'
import type { Hearing } from './hearing.ts'
import { type Turn, topFrame } from './turn.ts'

/** One of several things that one message holds, each with its own day. */
export type Part = { readonly what: string; readonly due: LocalDate; readonly hour: LocalTime | undefined }

/** More than a person takes on in one breath; and each costs a reading. */
const MOST_PARTS = 5

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const oneOf = (words: readonly string[]): string =>
  words
    .toSorted((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')

/** Stands for the spaces of a phrase that is not to be parted; nobody types it. */
const TIED = '\uE000'
const tie = (text: string, { unparted }: Joining): string =>
  unparted.length === 0
    ? text
    : text.replace(new RegExp(`\\s+(?:${oneOf(unparted)})(?![\\p{L}\\p{N}])`, 'giu'), tied =>
        tied.replace(/\s+/gu, TIED),
      )

/** How a language joins what is said in one breath. */
export type Joining = Pick<Hearing, 'joins' | 'unparted' | 'conditions'>

/**
 * "I'll call Ana tomorrow and send the deck by Friday" is two things. Parted at the joining words of the language, and at
 * commas, line breaks and the ends of sentences, each part as soon as it has words and a day of its own ("call Ana and Ben
 * tomorrow" is one); if anything is left over, all of it is one thing: "plan Friday and Monday" stays whole.
 */
export const partsOf = (text: string, joining: Joining, where: DateContext): readonly Part[] => {
  const words = oneOf(joining.joins)
  const between = new RegExp(`\\s*[,;\\n]\\s*(?:(?:${words}),?\\s+)?|\\s+(?:${words})\\s+`, 'giu')
  const lines = tie(text, joining).replace(/([.!])\s+(?=\p{Lu})/gu, '$1\n')
  const ends = [...lines.matchAll(between)].map(({ index, 0: { length } }) => [index, index + length] as const)
  const parts: Part[] = []
  let start = 0
  for (const [end, next] of [...ends, [lines.length, lines.length] as const]) {
    const piece = lines.slice(start, end).replaceAll(TIED, ' ').trim()
    const part = piece === '' || isCondition(piece, joining) ? undefined : read(piece, where)
    if (part === undefined && piece !== '') continue
    if (part !== undefined) parts.push(part)
    start = next
  }
  const isWhole = lines.slice(start).trim() === ''
  return isWhole && parts.length > 1 && parts.length <= MOST_PARTS ? parts : []
}

const isCondition = (piece: string, { conditions }: Joining): boolean =>
  conditions.length > 0 && new RegExp(`^(?:${oneOf(conditions)})(?![\\p{L}\\p{N}])`, 'iu').test(piece)

const read = (piece: string, where: DateContext): Part | undefined => {
  const found = readDate(piece, where)
  // A word and a day may be a name: "Ana on Friday" has at least a thing to do.
  if (found?.kind !== 'date' || found.rest.split(/\s+/).filter(Boolean).length < 2) return undefined
  return { what: found.rest.replace(/[.!]$/, ''), due: found.date, hour: found.hour }
}

/** What one message holds, if it holds several things with a day each. */
export const partsIn = (turn: Turn): readonly Part[] => {
  const { zone, locale } = turn.person
  const hearing = turn.context.packs.hearing(locale)
  return partsOf(topFrame(turn).slots.what ?? '', hearing, { now: turn.context.now, zone, locale })
}
