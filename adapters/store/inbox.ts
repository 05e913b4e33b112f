import type { Event } from '../../src/domain/event.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import type { Inbox, InboxRow } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import { documentId } from './document-id.ts'
import { insertOnce, prune } from './guards.ts'
import { ANY_TIME, type InboxDoc, type Models } from './models.ts'
import { SealBroken, type Seals } from './seal.ts'
import { peopleInOrder } from './who-waits.ts'

/** Events that wait for their person, sealed under that person's key; done ones keep the key alone. */
export const createInbox = ({ inbox }: Pick<Models, 'inbox'>, seals: Seals): Inbox => {
  const arrivals = arrivalOrder()
  const rows = direct(inbox)
  const bury: Inbox['bury'] = async (tenant, key, why, at) => {
    await rows.updateOne(
      { ...keyOf(tenant, key), waitsAt: ANY_TIME },
      { $set: { doneAt: at, why }, $unset: { waitsAt: 1 } },
    )
  }
  return {
    async put(row, receivedAt) {
      const { tenant, person, key } = row
      const document: InboxDoc = {
        ...keyOf(tenant, key),
        person,
        key,
        waitsAt: row.at,
        arrival: arrivals(receivedAt),
        sealed: await seals.seal(placeOf(tenant, person, key), row.event),
      }
      return insertOnce(inbox, document)
    },
    async waiting(tenant, person, limit) {
      if (limit <= 0) return []
      const docs = await rows.find({ tenant, person, waitsAt: ANY_TIME }, { sort: { waitsAt: 1, arrival: 1 }, limit })
      const found = await Promise.all(
        docs.map(async ({ key, waitsAt = 0, sealed = '' }): Promise<InboxRow | undefined> => {
          try {
            const event = await seals.open<Event>(placeOf(tenant, person, key), sealed)
            return { tenant, person, key, at: waitsAt, event }
          } catch (error) {
            if (!(error instanceof SealBroken)) throw error
            await bury(tenant, key, 'unreadable', waitsAt)
            return undefined
          }
        }),
      )
      return found.filter(row => row !== undefined)
    },
    tenantsWaiting: () => inbox.distinct('tenant', { waitsAt: ANY_TIME }).exec(),
    whoWaits: (tenant, limit) =>
      peopleInOrder(limit, (skip, many) =>
        inbox.find({ tenant, waitsAt: ANY_TIME }, { person: 1 }).sort({ waitsAt: 1 }).skip(skip).limit(many).lean(),
      ),
    async done(tenant, key, at) {
      await rows.updateOne(
        { ...keyOf(tenant, key), waitsAt: ANY_TIME },
        { $set: { doneAt: at }, $unset: { waitsAt: 1, sealed: 1 } },
      )
    },
    bury,
    prune: (before, limit) => prune(inbox, { waitsAt: null, doneAt: { ...ANY_TIME, $lt: before } }, limit),
  }
}

const keyOf = (tenant: TenantId, key: string) => ({ _id: documentId(tenant, key), tenant })

const placeOf = (tenant: TenantId, person: PersonId, key: string) => ({
  tenant,
  person,
  kind: 'inbox',
  id: documentId(tenant, key),
  purpose: 'event',
})

/**
 * A number that grows with arrival: ms in the thousands' place, and below it a count within the ms, so that two gestures
 * of one platform second keep the order in which this process got them. Below 2^53 until the year 2255.
 */
const arrivalOrder = () => {
  let [last, count] = [Number.NaN, 0]
  return (receivedAt: Instant): number => {
    count = receivedAt === last ? Math.min(count + 1, 999) : 0
    last = receivedAt
    return receivedAt * 1000 + count
  }
}
