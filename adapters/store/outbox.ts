import type { Content } from '../../src/domain/effect.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Outbox, OutboxRow, OutboxState } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import { documentId } from './document-id.ts'
import { insertOnce, prune } from './guards.ts'
import { ANY_TIME, type Models, type OutboxDoc } from './models.ts'
import type { Seals } from './seal.ts'
import { peopleInOrder } from './who-waits.ts'

const PENDING: OutboxState[] = ['due', 'sending']
const ENDED: OutboxState[] = ['sent', 'dropped', 'dead']
const FORGOTTEN: Content = { kind: 'message', message: { text: '', blocks: [] } }

/** Messages on their way out, sealed under the recipient's key; once they left or ended, the key alone is kept. */
export const createOutbox = ({ outbox }: Pick<Models, 'outbox'>, seals: Seals): Outbox => {
  const rows = direct(outbox)
  const toRow = async (doc: OutboxDoc): Promise<OutboxRow> => ({
    tenant: doc.tenant,
    person: doc.person,
    seq: doc.seq,
    send: {
      kind: 'send',
      key: doc.key,
      class: doc.class,
      ask: doc.ask,
      content:
        doc.sealed === undefined
          ? FORGOTTEN
          : await seals.open<Content>(placeOf(doc.tenant, doc.person, doc.key), doc.sealed),
      notBefore: doc.notBefore,
      notAfter: doc.notAfter,
    },
    state: doc.state,
    attempts: doc.attempts,
    firstTriedAt: doc.firstTriedAt,
  })
  return {
    async put({ tenant, person, seq, send, state, attempts, firstTriedAt }, wakeAt) {
      const document: OutboxDoc = {
        ...keyOf(tenant, send.key),
        person,
        key: send.key,
        seq,
        class: send.class,
        ask: send.ask,
        notBefore: send.notBefore,
        notAfter: send.notAfter,
        state,
        attempts,
        ...(firstTriedAt === undefined ? {} : { firstTriedAt }),
        wakeAt,
        sealed: await seals.seal(placeOf(tenant, person, send.key), send.content),
      }
      return insertOnce(outbox, document)
    },
    async find(tenant, key) {
      const doc = await outbox.findOne(keyOf(tenant, key)).lean()
      return doc ? toRow(doc) : undefined
    },
    async pending(tenant, person) {
      const docs = await rows.find({ tenant, person, wakeAt: ANY_TIME }, { sort: { seq: 1 } })
      return Promise.all(docs.map(async doc => ({ ...(await toRow(doc)), wakeAt: doc.wakeAt ?? doc.notBefore })))
    },
    tenantsDue: now => outbox.distinct('tenant', { wakeAt: { ...ANY_TIME, $lte: now } }).exec(),
    whoWaits: (tenant, now, limit) =>
      peopleInOrder(limit, (skip, many) =>
        outbox
          .find({ tenant, wakeAt: { ...ANY_TIME, $lte: now } }, { person: 1 })
          .sort({ wakeAt: 1 })
          .skip(skip)
          .limit(many)
          .lean(),
      ),
    async attempt(tenant, key, at, until) {
      const { matchedCount } = await rows.updateOne(pendingAt(tenant, key), {
        $set: { state: 'sending', wakeAt: until },
        $inc: { attempts: 1 },
        // Sets it where it is missing; a clock that was set back moves it, if at all, to the earlier moment.
        $min: { firstTriedAt: at },
      })
      return matchedCount === 1
    },
    async retry(tenant, key, wakeAt, why) {
      await outbox.updateOne(pendingAt(tenant, key), { $set: { state: 'due', wakeAt, why } })
    },
    async sent(tenant, key, receipt, at) {
      // Over an ending too: a sender that was slow to report did send it, and the record should say what happened.
      await rows.updateOne(
        { ...keyOf(tenant, key), state: { $ne: 'sent' } },
        { $set: { state: 'sent', receipt, endedAt: at }, $unset: { wakeAt: 1, sealed: 1, why: 1 } },
      )
    },
    async end(tenant, key, state, why, at) {
      await outbox.updateOne(pendingAt(tenant, key), {
        $set: { state, why, endedAt: at },
        $unset: state === 'dead' ? { wakeAt: 1 } : { wakeAt: 1, sealed: 1 },
      })
    },
    async next(tenant) {
      const doc = await outbox.findOne({ tenant, wakeAt: ANY_TIME }, { wakeAt: 1 }).sort({ wakeAt: 1 }).lean()
      return doc?.wakeAt
    },
    async depth() {
      const pending = (state: OutboxState) => outbox.countDocuments({ wakeAt: ANY_TIME, state })
      const ended = (state: OutboxState) => outbox.countDocuments({ wakeAt: null, state })
      return {
        due: await pending('due'),
        sending: await pending('sending'),
        sent: await ended('sent'),
        dropped: await ended('dropped'),
        dead: await ended('dead'),
      }
    },
    async prune(before, limit) {
      let pruned = 0
      for (const state of ENDED) {
        pruned += await prune(outbox, { wakeAt: null, state, endedAt: { ...ANY_TIME, $lt: before } }, limit - pruned)
      }
      return pruned
    },
  }
}

const keyOf = (tenant: TenantId, key: string) => ({ _id: documentId(tenant, key), tenant })

const pendingAt = (tenant: TenantId, key: string) => ({ ...keyOf(tenant, key), state: { $in: PENDING } })

const placeOf = (tenant: TenantId, person: PersonId, key: string) => ({
  tenant,
  person,
  kind: 'outbox',
  id: documentId(tenant, key),
  purpose: 'content',
})
