import { mayInitiate } from '../../domain/contract.ts'
import { changeClient, clientOf, type Turn } from '../turn.ts'
import { type Acts, done } from './act.ts'

const isClient = (turn: Turn): boolean => turn.person.client !== undefined && mayInitiate(turn.person.client.contract)

export const safetyActs: Acts<'hold' | 'ask-for-coach'> = {
  /**
   * Rule 11: from here on nothing unprompted leaves until the client resumes. Only the moment is stored, no reason, and it
   * looks like a pause wherever it is looked at. Who is no client has nothing unprompted to stop, and no coach to offer.
   */
  hold: turn => {
    if (turn.person.client !== undefined) changeClient(turn, { hold: turn.context.now })
    return isClient(turn) ? 'client' : 'other'
  },
  /** By the client's tap alone, and it says nothing but that they would like to talk. */
  'ask-for-coach': done(turn =>
    turn.deeds.push({
      kind: 'tell',
      to: clientOf(turn).coach,
      event: { kind: 'asked-for-coach', client: turn.person.name },
    }),
  ),
}
