import { asksWhetherWorthHaving, type Commitment, type Outcome, putOff, settle } from '../../domain/commitment.ts'
import type { LastThing } from '../../domain/person.ts'
import { addDays, isLocalDate, isLocalTime, type LocalDate, type LocalTime, localDate } from '../../domain/schedule.ts'
import { SETTLED } from '../act-names.ts'
import { readDate } from '../dates.ts'
import { partsIn } from '../several.ts'
import {
  changeClient,
  changeCommitment,
  changeFrame,
  focusedCommitment,
  freshId,
  leftOver,
  openCommitments,
  type Turn,
  topFrame,
} from '../turn.ts'
import { type Acts, done } from './act.ts'

type Settled = (typeof SETTLED)[number]

const LAST: Record<Settled, 'kept' | 'partly' | 'let-go'> = {
  kept: 'kept',
  'kept-and-change': 'kept',
  partly: 'partly',
  'let-go': 'let-go',
}

const settleOne = (turn: Turn, commitment: Commitment, how: string | undefined): void => {
  const kind = SETTLED.find(one => one === how)
  if (kind === undefined) throw new Error(`"${how}" is no outcome: the loader lets none through`)
  apply(turn, commitment, { kind }, { kind: LAST[kind], title: commitment.text })
}

const apply = (turn: Turn, commitment: Commitment, outcome: Outcome, last: LastThing): Commitment => {
  const changed = settle(commitment, outcome, turn.context.now)
  changeCommitment(turn, changed)
  changeClient(turn, { last })
  return changed
}

const withFocus = (turn: Turn, change: (commitment: Commitment) => void): void => {
  const commitment = focusedCommitment(turn)
  if (commitment !== undefined) change(commitment)
}

/** The day in the frame's slots, if there is one: typed or picked in this conversation. */
const dueIn = (turn: Turn): { readonly due: string | undefined; readonly hour: string | undefined } => {
  const { due = '', hour = '' } = topFrame(turn).slots
  // A day that was named before a pause of days may have been meanwhile.
  const isToCome = isLocalDate(due) && due >= localDate(turn.context.now, turn.person.zone)
  return isToCome ? { due, hour: isLocalTime(hour) ? hour : undefined } : { due: undefined, hour: undefined }
}

/**
 * What it is for is theirs to say: a dream picked for a step is, and a measure that they were asked to rate just before is not.
 */
const chosenGoal = ({ goalId, goalsAsked = '' }: Readonly<Record<string, string>>): string | undefined =>
  goalId === undefined || goalId === '' || goalsAsked.split(' ').includes(goalId) ? undefined : goalId

const newCommitment = (
  turn: Turn,
  text: string,
  { due, hour }: { readonly due: LocalDate | undefined; readonly hour: LocalTime | undefined },
): Commitment => {
  const { slots } = topFrame(turn)
  return {
    id: freshId(turn, 'k'),
    text,
    plan: undefined,
    forWhom: slots.for === 'coach' ? 'coach' : 'me',
    goal: chosenGoal(slots),
    due,
    hour,
    state: 'open',
    moves: 0,
    nudgedAt: undefined,
    followedUpAt: undefined,
    carried: due === undefined,
    madeAt: turn.context.now,
    settledAt: undefined,
  }
}

/** Commitments and what becomes of them: rules 3, 7, and "a let-go is never a failure". */
export const commitmentActs: Acts<
  | 'read-commitment'
  | 'record-commitment'
  | 'record-several'
  | 'move-all'
  | 'next-due'
  | 'next-carried'
  | 'settle'
  | 'settle-all'
  | 'move-commitment'
  | 'shrink-commitment'
  | 'leave-for-check-in'
> = {
  'read-commitment': turn => {
    const { slots } = topFrame(turn)
    const { zone, locale } = turn.person
    const where = { now: turn.context.now, zone, locale }
    if (slots.asOne === undefined && partsIn(turn).length > 1) return 'several'
    const read = readDate(slots.what ?? '', where)
    if (read?.kind !== 'date' || read.rest === '') {
      // A day that was named for something else in this conversation is not this one's.
      changeFrame(turn, { slots: { ...slots, due: '', hour: '' } })
      return 'undated'
    }
    changeFrame(turn, { slots: { ...slots, what: read.rest, due: read.date, hour: read.hour ?? '' } })
    return 'dated'
  },
  /** Rule 7. A plan is theirs if they wrote one; without it the commitment is just as whole. */
  'record-commitment': done(turn => {
    const { slots } = topFrame(turn)
    const { due } = dueIn(turn)
    if (due === undefined) changeFrame(turn, { slots: { ...slots, due: '', hour: '' } })
    const plan = (slots.plan ?? '').trim()
    const commitment: Commitment = {
      ...newCommitment(turn, slots.what ?? '', dueIn(turn)),
      plan: plan === '' || plan === 'skip' ? undefined : plan,
    }
    changeCommitment(turn, commitment)
    changeFrame(turn, { focus: commitment.id })
    changeClient(turn, { last: { kind: 'made', title: commitment.text } })
  }),
  /** Each with its own day; none is more than its words. */
  'record-several': done(turn => {
    for (const { what, due, hour } of partsIn(turn)) {
      const commitment = newCommitment(turn, what, { due, hour })
      changeCommitment(turn, commitment)
      changeClient(turn, { last: { kind: 'made', title: commitment.text } })
    }
  }),
  /** A hard week: a week later for all that has a day, counted as nobody's move. */
  'move-all': done(turn => {
    const today = localDate(turn.context.now, turn.person.zone)
    for (const one of openCommitments(turn)) {
      if (one.due === undefined) continue
      const isPast = one.due < today
      changeCommitment(turn, putOff(one, addDays(isPast ? today : one.due, 7)))
    }
  }),
  /** The nudge's own: those that its appointment named (the queue) and that are still open. */
  'next-due': turn => {
    const { queue } = topFrame(turn)
    const open = openCommitments(turn).filter(({ id }) => queue.includes(id))
    const first = open[0]
    if (first === undefined) return 'none'
    const several = open.length > 1 && topFrame(turn).slots.oneByOne === undefined
    changeFrame(turn, {
      focus: first.id,
      queue: several ? open.map(({ id }) => id) : open.slice(1).map(({ id }) => id),
    })
    return several ? 'several' : 'one'
  },
  /** For the check-in: what was left for it, what has no day, and what is past its day. */
  'next-carried': turn => {
    const asked = topFrame(turn).slots.carriedAsked?.split(' ') ?? []
    const next = leftOver(turn).find(({ id }) => !asked.includes(id))
    if (next === undefined) return 'none'
    const { slots } = topFrame(turn)
    changeFrame(turn, { focus: next.id, slots: { ...slots, carriedAsked: [...asked, next.id].join(' ') } })
    return 'found'
  },
  settle: done((turn, how) => withFocus(turn, one => settleOne(turn, one, how))),
  'settle-all': done((turn, how) => {
    const { queue } = topFrame(turn)
    for (const one of openCommitments(turn).filter(({ id }) => queue.includes(id))) settleOne(turn, one, how)
    changeFrame(turn, { queue: [] })
  }),
  'move-commitment': turn => {
    const commitment = focusedCommitment(turn)
    if (commitment === undefined) return 'done'
    const { due, hour } = dueIn(turn)
    const outcome: Outcome = { kind: 'later', due, ...(hour === undefined ? {} : { hour }) }
    const moved = apply(turn, commitment, outcome, { kind: 'moved', title: commitment.text })
    return asksWhetherWorthHaving(moved) ? 'third-move' : 'done'
  },
  'shrink-commitment': done(turn =>
    withFocus(turn, commitment => {
      const { slots } = topFrame(turn)
      const text = slots.smaller ?? commitment.text
      apply(turn, commitment, { kind: 'smaller', text, due: dueIn(turn).due }, { kind: 'made', title: text })
    }),
  ),
  'leave-for-check-in': done(turn => withFocus(turn, one => changeCommitment(turn, { ...one, carried: true }))),
}
