import { FULFILMENT, mayAskFulfilment } from '../../domain/fulfilment.ts'
import type { Goal } from '../../domain/goal.ts'
import {
  changeClient,
  changeCommitment,
  changeFrame,
  clientOf,
  freshId,
  need,
  openCommitments,
  openGoals,
  topFrame,
} from '../turn.ts'
import { type Acts, done } from './act.ts'

/** Success measures and dreams: named by the client, rated (never the dreams) by the client. */
export const goalActs: Acts<
  'record-goal' | 'next-goal' | 'rate-goal' | 'close-goal' | 'link-goal' | 'is-fulfilment-due' | 'rate-fulfilment'
> = {
  /** `begun`: kept at once, for whoever never answers the next question, and kept again with its answer. */
  'record-goal': done((turn, kind) => {
    const { slots } = topFrame(turn)
    const sign = (slots.sign ?? '').trim()
    const id = slots.goalBegun || freshId(turn, 'g')
    changeFrame(turn, { slots: { ...slots, goalBegun: kind === 'begun' ? id : '' } })
    const goal: Goal = {
      id,
      kind: kind === 'dream' ? 'dream' : 'measure',
      text: slots.goalText ?? '',
      sign: sign === '' || sign === 'skip' ? undefined : sign,
      madeAt: turn.context.now,
      closedAt: undefined,
    }
    turn.deeds.push({ kind: 'goal', goal })
    // A dream is on its shelf and nowhere else: no check-in opens with it.
    if (goal.kind === 'measure') changeClient(turn, { last: { kind: 'goals-set' } })
  }),
  /** The next success measure not yet asked about in this conversation; the one rated longest ago comes first by order. */
  'next-goal': turn => {
    const { slots } = topFrame(turn)
    const asked = slots.goalsAsked?.split(' ') ?? []
    const next = need(turn, 'goals').find(({ id, kind }) => kind === 'measure' && !asked.includes(id))
    if (next === undefined) return 'none'
    changeFrame(turn, { slots: { ...slots, goalId: next.id, goalsAsked: [...asked, next.id].join(' ') } })
    return 'found'
  },
  'rate-goal': done(turn => {
    const { slots } = topFrame(turn)
    const about = slots.goalId
    const value = Number(slots.rating)
    if (about === undefined || !Number.isInteger(value)) return
    turn.deeds.push({ kind: 'rating', rating: { id: freshId(turn, 'r'), about, value, at: turn.context.now } })
    turn.deeds.push({ kind: 'observe', question: 'self-rating', value: slots.rating ?? '' })
  }),
  /** Off the shelf. Commitments that served it keep their words and lose the link. */
  'close-goal': done(turn => {
    const goal = openGoals(turn).find(({ id }) => id === topFrame(turn).slots.goalId)
    if (goal === undefined) return
    turn.deeds.push({ kind: 'goal', goal: { ...goal, closedAt: turn.context.now } })
    for (const one of openCommitments(turn).filter(one => one.goal === goal.id))
      changeCommitment(turn, { ...one, goal: undefined })
    changeFrame(turn, { slots: { ...topFrame(turn).slots, goalId: '' } })
  }),
  /** Which goal or dream a commitment serves is the client's to say. */
  'link-goal': done(turn => {
    const { commitmentId, goalId } = topFrame(turn).slots
    const goal = openGoals(turn).find(({ id }) => id === goalId)
    const commitment = openCommitments(turn).find(({ id }) => id === commitmentId)
    if (goal === undefined || commitment === undefined) return
    changeCommitment(turn, { ...commitment, goal: goal.id })
    changeFrame(turn, { focus: commitment.id })
  }),
  /** Asked counts, answered or not: a skip is not made up for next week. */
  'is-fulfilment-due': turn => {
    const { topics, fulfilmentAskedAt } = clientOf(turn)
    if (!mayAskFulfilment(topics.self, fulfilmentAskedAt, turn.context.now)) return 'no'
    changeClient(turn, { fulfilmentAskedAt: turn.context.now })
    return 'yes'
  },
  /** Kept for the client, counted in no report. */
  'rate-fulfilment': done(turn => {
    const value = Number(topFrame(turn).slots.fulfilment)
    if (!Number.isInteger(value)) return
    const rating = { id: freshId(turn, 'r'), about: FULFILMENT, value, at: turn.context.now }
    turn.deeds.push({ kind: 'rating', rating })
  }),
}
