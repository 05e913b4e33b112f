import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Lease, Leases, Left } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import { documentId } from './document-id.ts'
import { unlessTaken } from './guards.ts'
import type { LeaseDoc, Models } from './models.ts'

/** One document a person; `token` null is free. Whoever's guarded write lands first holds it: no clock is asked. */
export const createLeases = ({ leases }: Pick<Models, 'leases'>): Leases => {
  const rows = direct(leases)
  return {
    async take(tenant, person, token) {
      const key = keyOf(tenant, person)
      for (;;) {
        // Its own token counts as free: a take whose answer was lost on the way may be repeated.
        const lease = await unlessTaken(
          rows.upsert({ ...key, token: { $in: [null, token] } }, { $set: { token }, $setOnInsert: { relayed: 0 } }),
        )
        if (lease) return { lease: toLease(lease) }
        const held = await leases.findOne(key, { token: 1 }).lean()
        if (held?.token && held.token !== token) return { heldBy: held.token }
        // Let go in between: somebody made progress, so trying again ends.
      }
    },
    async steal(tenant, person, from, token) {
      const stolen = await leases
        .findOneAndUpdate(
          { ...keyOf(tenant, person), token: from },
          { $set: { token }, $unset: { left: 1 } },
          { returnDocument: 'after' },
        )
        .lean()
      return stolen ? toLease(stolen) : undefined
    },
    async renew({ tenant, person, token }, next) {
      const { matchedCount } = await rows.updateOne({ ...keyOf(tenant, person), token }, { $set: { token: next } })
      return matchedCount === 1
    },
    async release(lease, relayed, left) {
      await rows.updateOne(
        { ...keyOf(lease.tenant, lease.person), token: lease.token },
        { $set: { token: null, left: left === undefined ? null : toLeft(left) }, $max: { relayed } },
      )
    },
    async releaseAll() {
      // A scan, once at a start: an index on the token would cost every turn two more writes.
      await leases.updateMany({ token: { $gte: '' } }, { $set: { token: null }, $unset: { left: 1 } })
    },
  }
}

const keyOf = (tenant: TenantId, person: PersonId) => ({ _id: documentId(tenant, person), tenant, person })

const toLease = ({ tenant, person, token, relayed, left }: LeaseDoc): Lease => ({
  tenant,
  person,
  token: token ?? '',
  relayed,
  left: left ? { settled: left.settled, revision: left.revision } : undefined,
})

/** A missing field means "not so": drivers would store undefined as null. */
const toLeft = ({ settled, revision }: Left) => (revision === undefined ? { settled } : { settled, revision })
