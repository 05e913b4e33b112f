import type { Choice, FormField, Reply } from '../domain/message.ts'
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
  /** Who can be named, where people are asked for; undefined elsewhere. */
  readonly people?: readonly Choice[] | undefined
  /** What the form has, where one is asked to be filled in. */
  readonly fields?: readonly FormField[]
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
    case 'people':
      return hearPeople(reply.people, asking)
    case 'form':
      return hearForm(reply.fields, asking)
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

/** Ids hold no blanks; who they are, and whether they may be meant, the act that uses them looks up. */
const hearPeople = (given: readonly string[], { ask, people }: Asking): Heard => {
  const ids = [...new Set(given)].filter(id => id !== '' && !/\s/.test(id))
  if (ask.kind !== 'people') {
    // A choice that offers people offers one, in place of buttons.
    const [id] = ids
    const offers = ask.kind === 'choice' && ask.as !== undefined && people !== undefined
    return offers && id !== undefined && ids.length === 1
      ? { kind: 'answer', slots: { [ask.as ?? '']: id } }
      : { kind: 'stale' }
  }
  if (ids.length === 0 || ids.length > ask.most) return { kind: 'stale' }
  return { kind: 'answer', slots: { [ask.as]: ids.join(' ') } }
}

/**
 * Only what this form has: a field or a choice of another one was never shown here, and is no answer. It is told from a form that
 * has moved on by nothing, so it is met like one.
 */
const hearForm = (fields: Readonly<Record<string, string>>, { ask, fields: own = [] }: Asking): Heard => {
  if (ask.kind !== 'form') return { kind: 'stale' }
  if (!Object.entries(fields).every(([id, value]) => own.some(field => fits(field, id, value))))
    return { kind: 'stale' }
  const kept = Object.entries(fields).map(([key, value]) => [key, value.trim().slice(0, LONGEST)] as const)
  return { kind: 'answer', slots: Object.fromEntries(kept) }
}

const fits = (field: FormField, id: string, value: string): boolean => {
  if (field.kind === 'line' && id === `${field.id}.include`) return value === 'yes' || value === 'no'
  if (field.id !== id) return false
  switch (field.kind) {
    case 'text':
    case 'line':
      return true
    case 'choice':
      return value === '' || field.choices.some(choice => choice.id === value)
    case 'date':
      return value === '' || isLocalDate(value)
  }
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
  const { ask, people } = asking
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
    case 'people':
      return typedPeople(text, ask.as, ask.most, people ?? [])
    case 'choice':
      if (ask.as !== undefined && people !== undefined) return typedPeople(text, ask.as, 1, people)
      return { kind: 'unheard', text, why: 'choice' }
    case 'form':
      return { kind: 'unheard', text, why: 'choice' }
  }
}

/** Names as typed, one or several: each must be exactly one person's, in full or the only one of that first name. */
const typedPeople = (text: string, as: string, most: number, people: readonly Choice[]): Heard => {
  const called = (name: string): readonly Choice[] => {
    const full = people.filter(({ label }) => bare(label) === name)
    return full.length > 0 ? full : people.filter(({ label }) => bare(label).split(' ')[0] === name)
  }
  const whole = called(bare(text))
  const parts = whole.length === 1 ? [whole] : text.split(/[,;\n]+/).map(part => called(bare(part)))
  const found = parts.flatMap(one => (one.length === 1 ? one : []))
  if (found.length < parts.length || found.length > most) return { kind: 'unheard', text, why: 'choice' }
  return { kind: 'answer', slots: { [as]: [...new Set(found.map(({ id }) => id))].join(' ') } }
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
