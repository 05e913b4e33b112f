import { accept, decline, mayInitiate, remind, stop } from '../../domain/contract.ts'
import { isLimits } from '../../domain/pressure.ts'
import { addDays, localDate } from '../../domain/schedule.ts'
import { closeTopic, openTopic, TOPICS, type Topic } from '../../domain/topics.ts'
import { changeClient, clientOf, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

const topicIn = (argument: string | undefined): Topic => {
  const topic = TOPICS.find(one => one === argument)
  if (topic === undefined) throw new Error(`"${argument}" is no topic: the loader lets none through`)
  return topic
}

/** The version recorded with an answer to the contract is that of the text they read. */
const contractVersion = (turn: Turn): string => `${topFrame(turn).pack}-${topFrame(turn).version}`

/**
 * Days from the yes on which no check-in falls: whoever said yes on the morning of their own check-in day would be asked within
 * the hour how things went since.
 */
const NOTHING_TO_LOOK_BACK_ON = 2

const ORIGINS = ['mine', 'theirs', 'both'] as const

/** Rules 1, 9, 10: the contract, the topics, and what is retired. */
export const contractActs: Acts<
  | 'accept-contract'
  | 'decline-contract'
  | 'keep-origin'
  | 'no-reminder'
  | 'stop'
  | 'is-accepted'
  | 'open-topic'
  | 'close-topic'
  | 'is-open'
  | 'retire-question'
  | 'retire-wording'
  | 'set-limits'
> = {
  'accept-contract': done(turn => {
    const { contract, rhythm } = clientOf(turn)
    const { now } = turn.context
    // Beginning is also resuming: nothing from before keeps it from beginning.
    const accepted = accept(contract, now, contractVersion(turn))
    const lastDate = addDays(localDate(now, turn.person.zone), NOTHING_TO_LOOK_BACK_ON)
    changeClient(turn, { contract: accepted, pause: undefined, hold: undefined, rhythm: { ...rhythm, lastDate } })
  }),
  'decline-contract': done(turn =>
    changeClient(turn, { contract: decline(clientOf(turn).contract, turn.context.now, contractVersion(turn)) }),
  ),
  'keep-origin': done(turn => changeClient(turn, { origin: ORIGINS.find(one => one === topFrame(turn).slots.origin) })),
  /** They said "not now" to what they read: it was answered, so nothing reminds them of it (rule 1). */
  'no-reminder': done(turn => changeClient(turn, { contract: remind(clientOf(turn).contract) })),
  stop: done(turn => changeClient(turn, { contract: stop(turn.context.now) })),
  'is-accepted': turn => (turn.person.client !== undefined && mayInitiate(turn.person.client.contract) ? 'yes' : 'no'),
  'open-topic': done((turn, topic) => changeClient(turn, { topics: openTopic(clientOf(turn).topics, topicIn(topic)) })),
  'close-topic': done((turn, topic) =>
    changeClient(turn, { topics: closeTopic(clientOf(turn).topics, topicIn(topic)) }),
  ),
  'is-open': (turn, topic) => (clientOf(turn).topics[topicIn(topic)] ? 'yes' : 'no'),
  'retire-question': done(turn => {
    const question = interrupted(turn)
    if (question === undefined) return
    const { topics, retired } = clientOf(turn)
    changeClient(turn, {
      topics: question.topic === undefined ? topics : closeTopic(topics, question.topic),
      retired: { ...retired, questions: [...new Set([...retired.questions, question.id])] },
    })
  }),
  'retire-wording': done(turn => {
    const { retired } = clientOf(turn)
    for (const wording of turn.person.said) turn.deeds.push({ kind: 'landed-badly', wording })
    changeClient(turn, {
      retired: { ...retired, wordings: [...new Set([...retired.wordings, ...turn.person.said])] },
    })
  }),
  /** To what they chose; or, with an argument, down to that, and never up. */
  'set-limits': done((turn, most) => {
    const own = clientOf(turn).limits
    const asks = most === undefined ? Number(topFrame(turn).slots.asks) : Math.min(own.asks, Number(most))
    const messages = Math.min(most === undefined ? 3 : own.messages, asks + 1)
    if (isLimits({ asks, messages })) changeClient(turn, { limits: { asks, messages } })
  }),
}

/** The question that an always-on command came in between of. */
const interrupted = (turn: Turn): { readonly id: string; readonly topic: Topic | undefined } | undefined => {
  const between = turn.frames.findLastIndex(frame => frame.between)
  const below = turn.frames[between - 1]
  if (below === undefined) return undefined
  const topic = turn.context.packs.byHash(below.hash)?.steps[below.step]?.topic
  return { id: `${below.pack}.${below.step}`, topic }
}
