import type { Event } from '../../src/domain/event.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import type { Inbox } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import { documentId } from './document-id.ts'
import { insertOnce, prune } from './guards.ts'
import { ANY_TIME, type InboxDoc, type Models } from './models.ts'
import type { Seals } from './seal.ts'
import { peopleInOrder } from './who-waits.ts'

/** Events that wait for their person, sealed under that person's key; done ones keep the key alone. */
export const createInbox = ({ inbox }: Pick<Models, 'inbox'>, seals: Seals): Inbox => {
  const arrivals = arrivalOrder()
  const rows = direct(inbox)
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
      return Promise.all(
        docs.flatMap(({ key, waitsAt, sealed }) =>
          waitsAt === undefined || sealed === undefined
            ? []
            : seals
                .open<Event>(placeOf(tenant, person, key), sealed)
                .then(event => ({ tenant, person, key, at: waitsAt, event })),
        ),
      )
    },
    whoWaits: limit =>
      peopleInOrder(limit, (skip, many) =>
        inbox.find({ waitsAt: ANY_TIME }, { tenant: 1, person: 1 }).sort({ waitsAt: 1 }).skip(skip).limit(many).lean(),
      ),
    async done(tenant, key, at) {
      await rows.updateOne(
        { ...keyOf(tenant, key), waitsAt: ANY_TIME },
        { $set: { doneAt: at }, $unset: { waitsAt: 1, sealed: 1 } },
      )
    },
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
