import type { Loaded, Need } from '../conversation/turn.ts'
import type { Person } from '../domain/person.ts'
import type { Core } from './core.ts'

/** Some years of weekly ratings of one thing, or a year of four. */
const RATINGS_SHOWN = 200

/** ms: what a coach's home looks back on. */
const SHARED_LATELY = 28 * 86_400_000

/** Reads one thing that a turn or a home has asked for. */
export const load = async (core: Core, person: Person, need: Need, now: number): Promise<Partial<Loaded>> => {
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
    case 'roster':
      return { roster: await people.roster(tenant) }
  }
}
