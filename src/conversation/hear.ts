import type { Reply } from '../domain/message.ts'
import { type Instant, isLocalDate, localDate, type Zone } from '../domain/schedule.ts'
import { readDate } from './dates.ts'
import {
  answerIn,
  answerOf,
  bare,
  type Command,
  commandIn,
  type Hearing,
  languageIn,
  numberIn,
  readings,
} from './hearing.ts'
import type { Ask, Option } from './pack.ts'

/** What a reply means to the question at hand, or beside it. */
export type Heard =
  | { readonly kind: 'option'; readonly id: string }
  /** An open answer; `slots` are what it leaves behind. */
  | { readonly kind: 'answer'; readonly slots: Readonly<Record<string, string>> }
  | { readonly kind: 'command'; readonly command: Command }
  /** They asked for a language, by its tag. */
  | { readonly kind: 'language'; readonly language: string }
  /** Thanks, and nothing else, with no question to answer. */
  | { readonly kind: 'thanks' }
  /** Words with no question to answer. */
  | { readonly kind: 'words'; readonly text: string }
  /** It answers a question that is no longer asked. */
  | { readonly kind: 'stale' }
  /** Nothing that could be kept: spaces, or a message that was a picture and no words. */
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'unheard'
      readonly text: string
      readonly why: 'choice' | 'date-past' | 'date-unclear' | 'number-unclear'
    }

export type Asking = {
  readonly id: string
  readonly ask: Ask
  /** The options as shown, those picked from data included. */
  readonly options: readonly Pick<Option, 'id' | 'label' | 'heard'>[]
}

type Where = { readonly now: Instant; readonly zone: Zone; readonly locale: string; readonly hearing: Hearing }

/** Longest answer kept; beyond it the rest is cut: a platform's own limit is lower than this. */
const LONGEST = 8_000

export const hear = (reply: Reply, asking: Asking | undefined, where: Where): Heard => {
  if (reply.kind === 'text') return hearText(reply.text.trim().slice(0, LONGEST), asking, where)
  if (asking === undefined || reply.ask !== asking.id) return { kind: 'stale' }
  switch (reply.kind) {
    case 'choice':
      return hearChoice(reply.choice, asking)
    case 'date':
      return hearDate(reply.date, asking.ask, where)
    case 'form':
      return hearForm(reply.fields, asking.ask)
  }
}

const hearChoice = (choice: string, { ask, options }: Asking): Heard => {
  if (options.some(({ id }) => id === choice)) return { kind: 'option', id: choice }
  return ask.kind === 'scale' && isOnScale(choice, ask)
    ? { kind: 'answer', slots: { [ask.as]: choice } }
    : { kind: 'stale' }
}

const hearDate = (date: string, ask: Ask, where: Where): Heard => {
  if (ask.kind !== 'date' || !isLocalDate(date)) return { kind: 'stale' }
  if (date < localDate(where.now, where.zone)) return { kind: 'unheard', text: date, why: 'date-past' }
  return { kind: 'answer', slots: { [ask.as]: date, hour: '' } }
}

const hearForm = (fields: Readonly<Record<string, string>>, ask: Ask): Heard => {
  if (ask.kind !== 'form') return { kind: 'stale' }
  const kept = Object.entries(fields).map(([key, value]) => [key, value.trim().slice(0, LONGEST)] as const)
  return { kind: 'answer', slots: Object.fromEntries(kept) }
}

const hearText = (text: string, asking: Asking | undefined, where: Where): Heard => {
  if (text === '') return { kind: 'blank' }
  const command = commandIn(text, where.hearing)
  const language = languageIn(text, where.hearing)
  if (asking === undefined) {
    if (command !== undefined) return { kind: 'command', command }
    if (answerIn(text, where.hearing) === 'thanks') return { kind: 'thanks' }
    return language === undefined ? { kind: 'words', text } : { kind: 'language', language }
  }
  const option = optionIn(text, asking, where.hearing)
  if (option !== undefined) return { kind: 'option', id: option }
  if (command !== undefined) return { kind: 'command', command }
  if (language !== undefined) return { kind: 'language', language }
  const { ask } = asking
  switch (ask.kind) {
    case 'text':
      return { kind: 'answer', slots: { [ask.as]: text } }
    case 'date':
      return typedDate(text, ask.as, where)
    case 'scale': {
      const digits = /^\D*(\d{1,2})(?:\s*(?:\/|of|out of|von|de|sobre)\s*\d+)?\D*$/.exec(text)?.[1]
      const number = digits ?? numberIn(text, where.hearing)?.toString()
      return number !== undefined && isOnScale(number, ask)
        ? { kind: 'answer', slots: { [ask.as]: String(Number(number)) } }
        : { kind: 'unheard', text, why: 'number-unclear' }
    }
    case 'form':
    case 'choice':
      return { kind: 'unheard', text, why: 'choice' }
  }
}

const typedDate = (text: string, as: string, where: Where): Heard => {
  const read = readDate(text, where)
  if (read === undefined) return { kind: 'unheard', text, why: 'date-unclear' }
  if (read.kind === 'past') return { kind: 'unheard', text, why: 'date-past' }
  // An hour belongs to its day: a new day without one has none.
  return { kind: 'answer', slots: { [as]: read.date, hour: read.hour ?? '' } }
}

const isOnScale = (number: string, ask: Extract<Ask, { kind: 'scale' }>): boolean =>
  /^\d+$/.test(number) && Number(number) >= ask.from && Number(number) <= ask.to

/**
 * By its words, by what it says it hears, by a common answer, or by its place in a row of buttons. An option that hears one way
 * of a common answer ("no") hears all of them ("nope", "nah"). The fullest reading wins, so "not now" is never "now".
 */
const optionIn = (text: string, { ask, options }: Asking, hearing: Hearing): string | undefined => {
  const said = readings(text, hearing)
  for (const one of said) {
    const named = options.find(
      option => bare(option.label) === one || option.id === one || option.heard.some(phrase => bare(phrase) === one),
    )
    if (named !== undefined) return named.id
  }
  const common = answerIn(text, hearing)
  if (common !== undefined) {
    // Agreeing is a yes where a yes is asked for; but "ok" does not report that something is done.
    const ids = common === 'agree' ? ['agree', 'yes'] : [common]
    const meant =
      options.find(({ id }) => ids.includes(id)) ??
      options.find(({ heard }) => heard.some(phrase => answerOf(phrase, hearing) === common))
    if (meant !== undefined) return meant.id
  }
  const place = said[0] ?? ''
  const isCounted = ask.kind === 'choice' && !options.some(({ id }) => /^\d+$/.test(id))
  return isCounted && /^\d{1,2}$/.test(place) ? options[Number(place) - 1]?.id : undefined
}
