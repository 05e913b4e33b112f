import { type PersonId, personId } from '../../domain/ids.ts'
import { coachPicked } from '../render-ask.ts'
import { need, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

/** Anybody of the roster who may be a client, or whom only the platform's directory knows. */
const invitedIn = (turn: Turn): PersonId | undefined => {
  const { clientId } = topFrame(turn).slots
  if (clientId === undefined || clientId === '' || clientId === turn.person.id) return undefined
  const known = need(turn, 'roster').find(({ id }) => id === clientId)
  if (known === undefined ? turn.context.directory !== true : !known.roles.includes('client')) return undefined
  return personId(clientId)
}

/** What HR and coaches do from their chats. */
export const staffActs: Acts<
  'is-enabled' | 'enable' | 'invite-client' | 'is-coach' | 'staff-role' | 'stop-digests' | 'resume-digests'
> = {
  'staff-role': turn => (turn.person.coach === undefined && turn.person.roles.includes('hr') ? 'hr' : 'coach'),
  'stop-digests': done(turn => {
    const { coach } = turn.person
    if (coach !== undefined) turn.person = { ...turn.person, coach: { ...coach, digestsStopped: true } }
  }),
  'resume-digests': done(turn => {
    if (turn.person.coach === undefined) return
    const { digestsStopped: _, ...coach } = turn.person.coach
    turn.person = { ...turn.person, coach }
  }),
  'is-enabled': turn => (turn.context.tenant.programme === undefined ? 'no' : 'yes'),
  'is-coach': turn => (turn.person.coach === undefined ? 'no' : 'yes'),
  enable: done(turn => {
    const { slots } = topFrame(turn)
    const picked = coachPicked(turn)
    if (picked === undefined) return
    const coach = personId(picked.id)
    const purpose = (slots.purposeText ?? '').trim()
    turn.deeds.push({
      kind: 'tenant',
      change: {
        kind: 'enable',
        name: slots.programmeName ?? '',
        purpose: purpose === '' ? undefined : purpose,
        coaches: [coach],
        by: turn.person.id,
        at: turn.context.now,
      },
    })
    turn.deeds.push({ kind: 'tell', to: coach, event: { kind: 'appointed' } })
  }),
  /** Rule 13: the answer is the same whatever happened to an earlier invitation; the client's own turn decides. */
  'invite-client': done(turn => {
    const client = invitedIn(turn)
    if (client === undefined) return
    const event = { kind: 'invited', coach: turn.person.id, coachName: turn.person.name } as const
    turn.deeds.push({ kind: 'tell', to: client, event })
  }),
}
