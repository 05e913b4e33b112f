import type { Loaded, Need } from '../conversation/turn.ts'
import type { Event } from '../domain/event.ts'
import { personId } from '../domain/ids.ts'
import type { Person } from '../domain/person.ts'
import type { Core } from './core.ts'

/** Some years of weekly ratings of one thing, or a year of four. */
const RATINGS_SHOWN = 200

/** ms: what a coach's home looks back on. */
const SHARED_LATELY = 28 * 86_400_000

/** Reads one thing that a turn or a home has asked for. */
export const load = async (
  core: Core,
  person: Person,
  need: Need,
  now: number,
  event?: Event,
): Promise<Partial<Loaded>> => {
  const { tenant, id, client } = person
  const { records, people, reports } = core.store
  switch (need) {
    case 'commitments':
      return { commitments: await records.openCommitments(tenant, id) }
    case 'goals':
      return { goals: await records.goals(tenant, id) }
    case 'ratings':
      return { ratings: await records.ratings(tenant, id, RATINGS_SHOWN) }
    case 'shared':
      return { shared: client === undefined ? [] : await records.shared(tenant, client.coach, id, 0, now + 1) }
    case 'sharedWithMe':
      return { sharedWithMe: await records.sharedWith(tenant, id, now - SHARED_LATELY, now + 1) }
    case 'reports':
      return { reports: await reports.published(tenant, 12) }
    case 'rollout':
      return { rollout: await core.store.rollouts.tally(tenant) }
    case 'picked':
      return { picked: await namesOf(core, person, idsIn(person, event)) }
    case 'roster':
      return { roster: await people.roster(tenant) }
  }
}

/** Those who were picked just now, and in this conversation before. */
const idsIn = ({ conversation }: Person, event: Event | undefined): readonly string[] => {
  const now = event?.kind === 'reply' && event.reply.kind === 'people' ? event.reply.people : []
  const before = conversation?.frames.at(-1)?.slots.coachId?.split(' ') ?? []
  return [...new Set([...now, ...before])].slice(0, MOST_LOOKED_UP)
}

/** Each is a call of the platform: a few coaches, never a whole list. */
const MOST_LOOKED_UP = 20

const namesOf = async (core: Core, { tenant }: Person, ids: readonly string[]): Promise<Loaded['picked']> => {
  const home = await core.store.tenants.find(tenant)
  if (home === undefined) return []
  const chat = core.chat(home)
  const found = await Promise.all(
    ids.map(async id => ({ id, name: (await chat.profile({ tenant, person: personId(id) }))?.name })),
  )
  return found.flatMap(({ id, name }) => (name === undefined ? [] : [{ id, name }]))
}
