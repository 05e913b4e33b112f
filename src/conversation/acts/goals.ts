import { changeClient, changeFrame, freshId, need, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

/** Success measures: named by the client, rated by the client. */
export const goalActs: Acts<'record-goal' | 'next-goal' | 'rate-goal'> = {
  'record-goal': done(turn => {
    const { slots } = topFrame(turn)
    const sign = (slots.sign ?? '').trim()
    const goal = {
      id: freshId(turn, 'g'),
      kind: slots.goalKind === 'dream' ? ('dream' as const) : ('measure' as const),
      text: slots.goalText ?? '',
      sign: sign === '' || sign === 'skip' ? undefined : sign,
      madeAt: turn.context.now,
      closedAt: undefined,
    }
    turn.deeds.push({ kind: 'goal', goal })
    changeClient(turn, { last: { kind: 'goals-set' } })
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
}
