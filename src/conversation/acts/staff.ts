import { type PersonId, personId } from '../../domain/ids.ts'
import { need, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

const pickedIn = (turn: Turn, slot: string, role: 'coach' | 'client'): PersonId | undefined => {
  const wanted = topFrame(turn).slots[slot]
  const found = need(turn, 'roster').find(({ id, roles }) => id === wanted && roles.includes(role))
  return found === undefined ? undefined : personId(found.id)
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
    const coach = pickedIn(turn, 'coachId', 'coach')
    if (coach === undefined) return
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
    const client = pickedIn(turn, 'clientId', 'client')
    if (client === undefined) return
    const event = { kind: 'invited', coach: turn.person.id, coachName: turn.person.name } as const
    turn.deeds.push({ kind: 'tell', to: client, event })
  }),
}
