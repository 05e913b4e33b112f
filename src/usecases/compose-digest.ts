import { digestMessage } from '../conversation/digest.ts'
import type { Message } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { digestOf } from '../domain/visibility.ts'
import type { Core } from './core.ts'

/**
 * A coach's digest of what was shared from `from` until before `to` (ms), read and unsealed only as it leaves, so that it
 * never holds the words of somebody who has meanwhile been erased. Undefined when nothing was shared: silence says nothing.
 */
export const composeDigest = async (
  core: Core,
  coach: Person,
  from: number,
  to: number,
): Promise<Message | undefined> => {
  const shared = await core.store.records.sharedWith(coach.tenant, coach.id, from, to)
  if (shared.length === 0) return undefined
  const roster = await core.store.people.roster(coach.tenant)
  const names = new Map<string, string>(roster.map(({ id, name }) => [id, name]))
  const entries = digestOf(shared, person => names.get(person) ?? '')
  return digestMessage(entries, core.packs.current.current('digest', coach.locale), coach.locale)
}
