import type { LocalDate, LocalTime } from '../domain/schedule.ts'
import { type DateContext, readDate } from './dates.ts'
import { type Turn, topFrame } from './turn.ts'

/** One of several things that one message holds, each with its own day. */
export type Part = { readonly what: string; readonly due: LocalDate; readonly hour: LocalTime | undefined }

/** More than a person takes on in one breath; and each costs a reading. */
const MOST_PARTS = 5

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * "I'll call Ana tomorrow and send the deck by Friday" is two things. Parted at the joining words of the language, and at
 * commas and line breaks, but only if every part has words and a day of its own; otherwise it is one thing: "plan Friday and
 * Monday" stays whole.
 */
export const partsOf = (text: string, joins: readonly string[], where: DateContext): readonly Part[] => {
  const words = joins.toSorted((a, b) => b.length - a.length).map(escaped)
  const between = new RegExp(`\\s*[,;\\n]\\s*(?:(?:${words.join('|')})\\s+)?|\\s+(?:${words.join('|')})\\s+`, 'iu')
  const pieces = text.split(between).map(piece => piece.trim())
  const parts = pieces.filter(Boolean).map(piece => read(piece, where))
  const whole = parts.flatMap(part => (part === undefined ? [] : [part]))
  return whole.length === parts.length && whole.length > 1 && whole.length <= MOST_PARTS ? whole : []
}

const read = (piece: string, where: DateContext): Part | undefined => {
  const found = readDate(piece, where)
  // A word and a day may be a name: "Ana on Friday" has at least a thing to do.
  if (found?.kind !== 'date' || found.rest.split(/\s+/).filter(Boolean).length < 2) return undefined
  return { what: found.rest, due: found.date, hour: found.hour }
}

/** What one message holds, if it holds several things with a day each. */
export const partsIn = (turn: Turn): readonly Part[] => {
  const { zone, locale } = turn.person
  const { joins } = turn.context.packs.hearing(locale)
  return partsOf(topFrame(turn).slots.what ?? '', joins, { now: turn.context.now, zone, locale })
}
