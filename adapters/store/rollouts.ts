import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import { NO_TALLY, PASSED_OVER, type Tally } from '../../src/domain/rollout.ts'
import { TENANT_TOKENS } from '../../src/ports/keyring.ts'
import type { Rollouts } from '../../src/ports/store.ts'
import { documentId } from './document-id.ts'
import { unlessTaken } from './guards.ts'
import type { Models } from './models.ts'
import type { Seals } from './seal.ts'

/** One document for each who was ever put on the list, named by a mark; the person stands in it only while they wait. */
export const createRollouts = ({ rollouts }: Pick<Models, 'rollouts'>, seals: Seals): Rollouts => {
  const keyOf = async (tenant: TenantId, person: PersonId) => ({
    _id: documentId(tenant, await seals.mark({ tenant, owner: TENANT_TOKENS }, `rollout/${person}`)),
    tenant,
  })
  return {
    async add(tenant, people, coach, at) {
      for (const [index, person] of people.entries()) {
        const key = await keyOf(tenant, person)
        const row = { person, coach, at, place: index, state: 'waiting' as const }
        // New, or passed over before; whatever else is there stays: then the upsert meets its `_id`.
        await unlessTaken(
          rollouts.updateOne({ ...key, state: { $in: PASSED_OVER } }, { $set: row }, { upsert: true }).exec(),
        )
      }
    },
    async waiting(tenant, limit) {
      if (limit <= 0) return []
      const rows = await rollouts
        .find({ tenant, state: 'waiting' }, { person: 1, coach: 1 })
        .sort({ at: 1, place: 1, _id: 1 })
        .limit(limit)
        .lean()
      return rows.flatMap(({ person, coach }) => (person && coach ? [{ person, coach }] : []))
    },
    async done(tenant, person, fate, wave) {
      const key = await keyOf(tenant, person)
      const change = { $set: { state: fate, wave }, $unset: { person: 1, coach: 1 } }
      await rollouts.updateOne({ ...key, state: 'waiting' }, change)
    },
    doneOn: (tenant, wave) => rollouts.countDocuments({ tenant, wave }),
    async tally(tenant) {
      const rows = await rollouts.find({ tenant }, { state: 1 }).lean()
      const count = (state: string): number => rows.filter(row => row.state === state).length
      const passedOver = Object.fromEntries(PASSED_OVER.map(why => [why, count(why)]))
      // Every reason is a key of what PASSED_OVER lists.
      return {
        waiting: count('waiting'),
        invited: count('invited'),
        passedOver: { ...NO_TALLY.passedOver, ...passedOver },
      } as Tally
    },
  }
}
