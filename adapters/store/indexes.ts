import type { CollectionName } from './models.ts'

/**
 * Every index there is, beside `_id`. Each costs every write to its collection, so each is here for a query that runs
 * often or would otherwise grow with the number of clients.
 */
export const INDEXES: readonly (readonly [CollectionName, Readonly<Record<string, 1 | -1>>])[] = [
  // What a platform's adapter can reach.
  ['installations', { platform: 1, state: 1 }],
  // The roster of a tenant.
  ['people', { tenant: 1 }],
  // What waits for one person, in order; erasing them.
  ['inbox', { tenant: 1, person: 1, waitsAt: 1, arrival: 1 }],
  // Which tenants wait, and who in one of them; pruning: what is done has no `waitsAt`, and so sits together, by `doneAt`.
  ['inbox', { waitsAt: 1, doneAt: 1, tenant: 1 }],
  // The claim, and a tenant's next; `wakeAt` is absent once ended.
  ['appointments', { tenant: 1, wakeAt: 1 }],
  // Tenants with something due, from the index alone; pruning, as above.
  ['appointments', { wakeAt: 1, endedAt: 1, tenant: 1 }],
  // What stands for one person; erasing them.
  ['appointments', { tenant: 1, person: 1 }],
  // What has not left for one person; erasing them.
  ['outbox', { tenant: 1, person: 1, wakeAt: 1 }],
  // Which tenants have messages due, who in one of them, and depth; pruning, as above.
  ['outbox', { wakeAt: 1, state: 1, endedAt: 1, tenant: 1 }],
  // A person's own, by age; erasing them.
  ['commitments', { tenant: 1, person: 1, madeAt: 1 }],
  ['goals', { tenant: 1, person: 1, madeAt: 1 }],
  ['ratings', { tenant: 1, person: 1, at: 1 }],
  // Digests, and "what they see".
  ['shared', { tenant: 1, coach: 1, at: 1 }],
  // Erasing.
  ['shared', { tenant: 1, person: 1 }],
  // Taking an erased person out of them.
  ['cohorts', { tenant: 1 }],
  // What a report is made of.
  ['observations', { tenant: 1, period: 1 }],
  // Erasing.
  ['observations', { tenant: 1, person: 1 }],
  // Who waits for an invitation, in order; counting.
  ['rollouts', { tenant: 1, state: 1, at: 1, place: 1, _id: 1 }],
  // How many were done in a wave.
  ['rollouts', { tenant: 1, wave: 1 }],
  // Erasing.
  ['rollouts', { tenant: 1, person: 1 }],
  // What a tenant's people did not like to read.
  ['landedBadly', { tenant: 1 }],
  // Newest first.
  ['reports', { tenant: 1, period: 1 }],
]
