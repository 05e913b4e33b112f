import type { DeadLetter, DeadLetters } from '../../src/ports/store.ts'
import { documentId } from './document-id.ts'
import { ANY_TIME, type InboxDoc, type Models, type OutboxDoc } from './models.ts'

/** Read by commands alone, so a scan of what has ended is no harm; the sealed words are never opened here. */
export const createDeadLetters = ({ inbox, outbox }: Pick<Models, 'inbox' | 'outbox'>): DeadLetters => ({
  async list(limit) {
    const messages = await outbox.find({ wakeAt: null, state: 'dead' }).sort({ endedAt: -1 }).limit(limit).lean()
    const events = await inbox
      .find({ waitsAt: null, why: { $gte: '' } })
      .sort({ doneAt: -1 })
      .limit(limit)
      .lean()
    const all = [...messages.map(ofOutbox), ...events.map(ofInbox)]
    return all.toSorted((a, b) => b.at - a.at).slice(0, limit)
  },
  async find(box, tenant, key) {
    const _id = documentId(tenant, key)
    if (box === 'outbox') {
      const doc = await outbox.findOne({ _id, tenant, state: 'dead' }).lean()
      return doc ? ofOutbox(doc) : undefined
    }
    const doc = await inbox.findOne({ _id, tenant, waitsAt: null, why: { $gte: '' } }).lean()
    return doc ? ofInbox(doc) : undefined
  },
  async requeue({ box, tenant, key }, at, notAfter) {
    const _id = documentId(tenant, key)
    const sealed = { $gte: '' }
    const { matchedCount } =
      box === 'outbox'
        ? await outbox.updateOne(
            { _id, tenant, state: 'dead', sealed },
            { $set: { state: 'due', wakeAt: at, notAfter }, $unset: { endedAt: 1, why: 1 } },
          )
        : await inbox.updateOne(
            { _id, tenant, waitsAt: null, why: { $gte: '' }, sealed, doneAt: ANY_TIME },
            { $set: { waitsAt: at }, $unset: { doneAt: 1, why: 1 } },
          )
    return matchedCount === 1
  },
})

const ofOutbox = (doc: OutboxDoc): DeadLetter => ({
  box: 'outbox',
  tenant: doc.tenant,
  person: doc.person,
  key: doc.key,
  why: doc.why ?? '',
  at: doc.endedAt ?? 0,
  attempts: doc.attempts,
  class: doc.class,
})

const ofInbox = (doc: InboxDoc): DeadLetter => ({
  box: 'inbox',
  tenant: doc.tenant,
  person: doc.person,
  key: doc.key,
  why: doc.why ?? '',
  at: doc.doneAt ?? 0,
  attempts: undefined,
  class: undefined,
})
