import { type Commitment, correct } from '../domain/commitment.ts'
import { mayInitiate } from '../domain/contract.ts'
import type { Decision } from '../domain/decision.ts'
import type { Goal } from '../domain/goal.ts'
import type { Client, Frame } from '../domain/person.ts'
import type { LocalDate, LocalTime } from '../domain/schedule.ts'
import type { OfferedLine } from '../domain/sharing.ts'
import { readDate } from './dates.ts'
import { changeClient, changeCommitment, need, openCommitments, openGoals, type Turn } from './turn.ts'

/** So many messages back an edit is understood; and none longer than this: it is sealed, but it is kept only for that. */
const TYPED_KEPT = 12
const LONGEST_KEPT = 2_000

/** Kept for an edit of it to be understood. Of strangers, and of words that were met with the safety lines, nothing is. */
export const rememberTyped = (turn: Turn, text: string): void => {
  const { client, coach, roles, typed = [] } = turn.person
  const isTheirs = client === undefined ? coach !== undefined || roles.includes('hr') : mayInitiate(client.contract)
  const words = text.trim()
  if (!isTheirs || words === '' || words.length > LONGEST_KEPT) return
  turn.person = { ...turn.person, typed: [...typed, { key: turn.key, text: words }].slice(-TYPED_KEPT) }
}

export const typedAs = (turn: Turn, key: string): string | undefined =>
  turn.person.typed?.findLast(one => one.key === key)?.text

/** Words as typed, and what they are without their day, if they hold one. */
type Words = { readonly all: string; readonly rest: string; readonly on: On | undefined }
type On = { readonly due: LocalDate; readonly hour: LocalTime | undefined }

const wordsOf = (turn: Turn, all: string): Words => {
  const { zone, locale } = turn.person
  const read = readDate(all, { now: turn.context.now, zone, locale })
  return read?.kind === 'date' && read.rest !== ''
    ? { all, rest: read.rest, on: { due: read.date, hour: read.hour } }
    : { all, rest: all, on: undefined }
}

type Change = { readonly from: Words; readonly to: Words }

/** Exactly the first words become the new ones; anything else stays. */
const swapped = ({ from, to }: Change, text: string): string => (text === from.all ? to.all : text)

const inFrame = (change: Change, frame: Frame): Frame => {
  const { from, to } = change
  const verbatim = frame.slots.verbatim?.split('\n').map(line => swapped(change, line))
  const slots = Object.fromEntries(Object.entries(frame.slots).map(([slot, text]) => [slot, swapped(change, text)]))
  const what =
    frame.slots.what === from.rest
      ? { what: to.rest, ...(to.on === undefined ? {} : { due: to.on.due, hour: to.on.hour ?? '' }) }
      : {}
  return {
    ...frame,
    slots: { ...slots, ...what, ...(verbatim === undefined ? {} : { verbatim: verbatim.join('\n') }) },
  }
}

const inCommitment = (change: Change, one: Commitment): Commitment => {
  const { from, to } = change
  const planned = one.plan === from.all ? { ...one, plan: to.all } : one
  if (one.text !== from.rest && one.text !== from.all) return planned
  // A day of its own that they named apart from the words stays, unless the first words had one too.
  const movesDay = to.on !== undefined && (from.on !== undefined || one.due === undefined)
  return movesDay ? correct(planned, to.rest, to.on) : correct(planned, to.on === undefined ? to.rest : to.all)
}

const inGoal = (change: Change, goal: Goal): Goal => ({
  ...goal,
  text: swapped(change, goal.text),
  sign: goal.sign === undefined ? undefined : swapped(change, goal.sign),
})

const inDecision = (change: Change, one: Decision): Decision => ({
  ...one,
  what: swapped(change, one.what),
  options: swapped(change, one.options),
  matters: swapped(change, one.matters),
  leaning: one.leaning === undefined ? undefined : swapped(change, one.leaning),
})

/** A line is their words alone, or has them after ours; one about a commitment has that one's words in it. */
const inLine = ({ from, to }: Change, line: OfferedLine): OfferedLine => {
  if (line.about !== undefined) return { ...line, text: line.text.replace(from.rest, () => to.rest) }
  const isTheirs = line.text === from.all || line.text.endsWith(` ${from.all}`)
  return isTheirs ? { ...line, text: line.text.slice(0, -from.all.length) + to.all } : line
}

const inClient = (change: Change, client: Client): Client => ({
  ...client,
  offered: client.offered.map(line => inLine(change, line)),
  ...(client.decisions === undefined ? {} : { decisions: client.decisions.map(one => inDecision(change, one)) }),
  ...('title' in client.last && client.last.title === change.from.rest
    ? { last: { ...client.last, title: change.to.rest } }
    : {}),
})

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const isClient = (turn: Turn): boolean => turn.person.client !== undefined && mayInitiate(turn.person.client.contract)

/** Whether anything that is kept holds these words of theirs: else there is nothing to correct. */
export const isRecorded = (turn: Turn, words: string): boolean => {
  // What no text of theirs can be.
  const change = { from: wordsOf(turn, words), to: { all: '\u0000', rest: '\u0000', on: undefined } }
  const differs = <One>(all: readonly One[], within: (change: Change, one: One) => One): boolean =>
    all.some(one => !isSame(within(change, one), one))
  if (differs(turn.frames, inFrame)) return true
  const { client } = turn.person
  if (client === undefined || !isClient(turn)) return false
  return differs([client], inClient) || differs(openCommitments(turn), inCommitment) || differs(openGoals(turn), inGoal)
}

/** Whether the coach has read them already: that stays as it was read. */
export const wasShared = (turn: Turn, words: string): boolean => {
  const { all, rest } = wordsOf(turn, words)
  return need(turn, 'shared').some(({ text }) => text === all || text.includes(rest))
}

/** Puts the new words wherever the first ones are kept. */
export const useCorrection = (turn: Turn, key: string, from: string, to: string): void => {
  const change = { from: wordsOf(turn, from), to: wordsOf(turn, to) }
  turn.frames = turn.frames.map((frame, index) => (index === turn.frames.length - 1 ? frame : inFrame(change, frame)))
  const { typed = [] } = turn.person
  turn.person = { ...turn.person, typed: typed.map(one => (one.key === key ? { key, text: to } : one)) }
  const { client } = turn.person
  if (client === undefined || !isClient(turn)) return
  for (const one of openCommitments(turn)) {
    const next = inCommitment(change, one)
    if (!isSame(next, one)) changeCommitment(turn, next)
  }
  for (const goal of openGoals(turn)) {
    const next = inGoal(change, goal)
    if (!isSame(next, goal)) turn.deeds.push({ kind: 'goal', goal: next })
  }
  changeClient(turn, inClient(change, client))
}

/** What was not understood is written anew: the first try is kept nowhere. */
export const forgetMissed = (turn: Turn, words: string): void => {
  turn.frames = turn.frames.map(frame => {
    const { verbatim, ...slots } = frame.slots
    const left = verbatim?.split('\n').filter(line => line !== words) ?? []
    return { ...frame, slots: left.length === 0 ? slots : { ...slots, verbatim: left.join('\n') } }
  })
  const { client, typed = [] } = turn.person
  turn.person = { ...turn.person, typed: typed.slice(0, -1) }
  if (turn.running !== undefined) turn.running = { ...turn.running, misses: Math.max(0, turn.running.misses - 1) }
  if (client === undefined) return
  changeClient(turn, { offered: client.offered.filter(({ kind, text }) => kind !== 'note' || text !== words) })
}
