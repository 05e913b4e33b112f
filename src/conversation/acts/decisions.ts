import { DECISIONS_KEPT, type Decision, ridingDecision } from '../../domain/decision.ts'
import { isLocalDate, localDate } from '../../domain/schedule.ts'
import { changeClient, changeFrame, clientOf, freshId, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

/** Decisions worth a look back, and the look back that closes the loop. */
export const decisionActs: Acts<'record-decision' | 'next-look-back' | 'close-decision'> = {
  /** Kept only if there is a day to look back: what nobody comes back to is not stored. */
  'record-decision': done(turn => {
    const { decision = '', options = '', matters = '', leaning, due = '' } = topFrame(turn).slots
    if (!isLocalDate(due)) return
    const made: Decision = {
      id: freshId(turn, 'd'),
      what: decision,
      options,
      matters,
      leaning,
      lookBack: due,
      asked: undefined,
      rides: false,
    }
    changeClient(turn, { decisions: [...(clientOf(turn).decisions ?? []), made].slice(-DECISIONS_KEPT) })
  }),
  /** The one that its appointment named; in a check-in, one that rides along, and only once. */
  'next-look-back': turn => {
    const { decisions = [] } = clientOf(turn)
    const { queue, slots } = topFrame(turn)
    const { now } = turn.context
    const named = decisions.find(({ id }) => queue.includes(id))
    const found = named ?? ridingDecision(decisions, localDate(now, turn.person.zone))
    if (found === undefined) return 'none'
    changeClient(turn, { decisions: decisions.map(one => (one.id === found.id ? { ...one, asked: now } : one)) })
    const { id, what, leaning, matters } = found
    changeFrame(turn, {
      slots: { ...slots, decisionId: id, decision: what, decisionLeaning: leaning ?? '', decisionMatters: matters },
    })
    return 'found'
  },
  'close-decision': done(turn => {
    const { decisionId } = topFrame(turn).slots
    changeClient(turn, { decisions: (clientOf(turn).decisions ?? []).filter(({ id }) => id !== decisionId) })
  }),
}
