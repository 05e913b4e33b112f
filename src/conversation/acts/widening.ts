import { topicToOffer } from '../../domain/widening.ts'
import { changeClient, clientOf } from '../turn.ts'
import { type Acts, done } from './act.ts'

export const wideningActs: Acts<'topic-offered' | 'never-widen'> = {
  /** Rule 10: what this invitation is about; none if the client has opened everything meanwhile. */
  'topic-offered': turn => {
    const { topics, widening } = clientOf(turn)
    const topic = topicToOffer(topics, Math.max(0, (widening?.made ?? 1) - 1))
    return topic === 'self' || topic === 'dreams' ? topic : 'none'
  },
  'never-widen': done(turn => {
    const { widening } = clientOf(turn)
    changeClient(turn, { widening: { made: widening?.made ?? 0, at: widening?.at ?? turn.context.now, never: true } })
  }),
}
