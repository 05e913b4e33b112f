import { nextCheckInOf } from '../domain/agenda.ts'
import { linesFor } from '../domain/safety.ts'
import { type Instant, localDate } from '../domain/schedule.ts'
import type { Fact } from './sources.ts'
import { clientOf, focusedCommitment, leftOver, need, openGoals, type Turn, topFrame } from './turn.ts'
import type { Values } from './words.ts'

/** Within a Spanish sentence no comma stands in a day ("el viernes 27 de noviembre"), which its calendar headings have. */
const inSentence = (day: string, locale: string): string => (/^es\b/.test(locale) ? day.replace(',', '') : day)

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** A local date in words, e.g. "Friday 27 November". */
export const dayInWords = (date: string, locale: string): string => {
  let format = dayFormats.get(locale)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    })
    dayFormats.set(locale, format)
  }
  return inSentence(format.format(Date.parse(`${date}T00:00:00Z`)), locale)
}

const dayOf = (at: Instant | undefined, turn: Turn): string =>
  at === undefined ? '' : dayInWords(localDate(at, turn.person.zone), turn.person.locale)

/** Rule 12. Facts only, and of a client's words only what they titled themselves: goals and commitments. */
const FACT: Record<Fact, (turn: Turn) => string> = {
  name: turn => turn.person.name,
  coach: turn => turn.person.client?.coachName ?? '',
  programme: turn => turn.context.tenant.programme?.name ?? '',
  purpose: turn => turn.context.tenant.programme?.purpose ?? '',
  hasPurpose: turn => (turn.context.tenant.programme?.purpose === undefined ? 'no' : 'yes'),
  workspace: turn => turn.context.tenant.workspace,
  commitment: turn => focusedCommitment(turn)?.text ?? '',
  plan: turn => focusedCommitment(turn)?.plan ?? '',
  hasPlan: turn => (focusedCommitment(turn)?.plan === undefined ? 'no' : 'yes'),
  due: turn => {
    const due = dueOf(turn)
    return due === undefined ? '' : dayInWords(due, turn.person.locale)
  },
  hasDue: turn => (dueOf(turn) === undefined ? 'no' : 'yes'),
  forWhom: turn => focusedCommitment(turn)?.forWhom ?? 'me',
  goal: turn => focusedGoal(turn) ?? '',
  hasGoal: turn => (focusedGoal(turn) === undefined ? 'no' : 'yes'),
  count: turn => String(topFrame(turn).queue.length),
  // ICU's selectors know no hyphen.
  last: turn => {
    const { last } = clientOf(turn)
    // What a check-in asks after first is quoted there: it is not named twice in one message.
    const isAskedFirst = (last.kind === 'made' || last.kind === 'moved') && leftOver(turn)[0]?.text === last.title
    return isAskedFirst ? 'nothing' : last.kind.replace('-', '_')
  },
  lastTitle: turn => {
    const { last } = clientOf(turn)
    return 'title' in last ? last.title : ''
  },
  checkInDay: turn => weekdayInWords(clientOf(turn).rhythm.weekday, turn.person.locale),
  // From the facts of this turn, not from the agenda: that is written only when the turn ends.
  nextCheckIn: turn => dayOf(nextCheckInOf(turn.person, turn.context.calendar, turn.context.now), turn),
  hasNextCheckIn: turn =>
    nextCheckInOf(turn.person, turn.context.calendar, turn.context.now) === undefined ? 'no' : 'yes',
  until: turn => dayOf(turn.person.client?.pause?.until, turn),
  rhythm: turn => String(clientOf(turn).rhythm.weeks),
  serves: turn => servedGoal(turn) ?? '',
  hasServes: turn => (servedGoal(turn) === undefined ? 'no' : 'yes'),
  emergency: turn => linesOf(turn).emergency ?? '',
  hasEmergency: turn => (linesOf(turn).emergency === undefined ? 'no' : 'yes'),
  hasLines: turn => (linesOf(turn).lines.length === 0 ? 'no' : 'yes'),
  original: turn => topFrame(turn).slots.original ?? '',
}

/** The day of the commitment at hand; while one is being made, the day just named. */
const dueOf = (turn: Turn): string | undefined => {
  const commitment = focusedCommitment(turn)
  return commitment === undefined ? topFrame(turn).slots.due || undefined : commitment.due
}

const focusedGoal = (turn: Turn): string | undefined => {
  const id = topFrame(turn).slots.goalId || focusedCommitment(turn)?.goal
  return id === undefined ? undefined : need(turn, 'goals').find(goal => goal.id === id)?.text
}

/** What the commitment at hand is for, by the client's own link. A dream is named only while dreams are open. */
const servedGoal = (turn: Turn): string | undefined => {
  const id = focusedCommitment(turn)?.goal
  if (id === undefined) return undefined
  const goal = openGoals(turn).find(one => one.id === id)
  return goal?.kind === 'dream' && !clientOf(turn).topics.dreams ? undefined : goal?.text
}

/** Rule 11: by the country they are in. */
export const linesOf = (turn: Turn) => linesFor(turn.person.zone, turn.context.tenant.policy.country)

/** ISO weekday (Monday is 1) in words. */
const weekdayInWords = (weekday: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))

/**
 * What a text of this turn may name: the facts, each worked out only if it is named, and the answers kept so far. The loader
 * knows every name; `more` is what a list tells of each of its entries, and an answer that was passed over is the empty string.
 */
export const valuesOf = (turn: Turn, more: Values = {}): Values =>
  new Proxy<Values>(
    { ...turn.frames.at(-1)?.slots, ...more },
    {
      has: () => true,
      get: (given, name) =>
        isFact(name) && !Object.hasOwn(more, name) ? FACT[name](turn) : (Reflect.get(given, name) ?? ''),
    },
  )

const isFact = (name: string | symbol): name is Fact => Object.hasOwn(FACT, name)
