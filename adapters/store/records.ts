import type { Commitment } from '../../src/domain/commitment.ts'
import type { Goal, Rating } from '../../src/domain/goal.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { SharedLine } from '../../src/domain/sharing.ts'
import { KeyDestroyed } from '../../src/ports/keyring.ts'
import type { Records, StoredShare } from '../../src/ports/store.ts'
import { documentId } from './document-id.ts'
import { insertOnce, putLater, unlessTaken } from './guards.ts'
import type { Models, SharedDoc } from './models.ts'
import type { SealedPlace, Seals } from './seal.ts'

type RecordModels = Pick<Models, 'commitments' | 'goals' | 'ratings' | 'shared' | 'landedBadly'>

/** What people made: each is sealed whole under their key; only age, and whether it is open, stand beside it. */
export const createRecords = (models: RecordModels, seals: Seals): Records => {
  const { commitments, goals, ratings, shared, landedBadly } = models
  const openAll = <Value>(kind: string, docs: readonly Sealed[]): Promise<readonly Value[]> =>
    Promise.all(docs.map(doc => seals.open<Value>(placeOf(kind, doc), doc.sealed)))

  /** An erased client's lines are gone the moment their key is, even while their rows are still being removed. */
  const linesOf = async (doc: SharedDoc): Promise<readonly StoredShare[]> => {
    try {
      const lines = await seals.open<readonly SharedLine[]>(placeOf('shared', doc), doc.sealed)
      return lines.map(line => ({ ...line, person: doc.person, at: doc.at }))
    } catch (error) {
      if (error instanceof KeyDestroyed) return []
      throw error
    }
  }
  const flatten = async (docs: readonly SharedDoc[]) => (await Promise.all(docs.map(linesOf))).flat()

  return {
    async putCommitment(tenant, person, commitment, seq) {
      const key = keyOf(tenant, person, commitment.id)
      const sealed = await seals.seal(placeOf('commitments', key), commitment)
      const $set = { open: commitment.state === 'open', madeAt: commitment.madeAt, sealed }
      await putLater(commitments, key, seq, { $set })
    },
    async openCommitments(tenant, person) {
      const docs = await commitments.find({ tenant, person, open: true }).sort({ madeAt: 1, _id: 1 }).lean()
      return openAll<Commitment>('commitments', docs)
    },
    async commitments(tenant, person, limit) {
      if (limit <= 0) return []
      const docs = await commitments.find({ tenant, person }).sort({ madeAt: -1, _id: -1 }).limit(limit).lean()
      return openAll<Commitment>('commitments', docs)
    },
    async putGoal(tenant, person, goal, seq) {
      const key = keyOf(tenant, person, goal.id)
      const sealed = await seals.seal(placeOf('goals', key), goal)
      const $set = { open: goal.closedAt === undefined, madeAt: goal.madeAt, sealed }
      await putLater(goals, key, seq, { $set })
    },
    async goals(tenant, person) {
      const docs = await goals.find({ tenant, person, open: true }).sort({ madeAt: 1, _id: 1 }).lean()
      return openAll<Goal>('goals', docs)
    },
    async putRating(tenant, person, rating, seq) {
      const key = keyOf(tenant, person, rating.id)
      const sealed = await seals.seal(placeOf('ratings', key), rating)
      await putLater(ratings, key, seq, { $set: { at: rating.at, sealed } })
    },
    async ratings(tenant, person, limit) {
      if (limit <= 0) return []
      const docs = await ratings.find({ tenant, person }).sort({ at: -1, _id: -1 }).limit(limit).lean()
      return openAll<Rating>('ratings', docs)
    },
    async share(tenant, person, coach, lines, at, seq) {
      // One document for one act of sharing: its lines arrive together or not at all.
      const key = keyOf(tenant, person, seq)
      const sealed = await seals.seal(placeOf('shared', key), lines)
      await insertOnce(shared, { ...key, coach, at, seq, sealed })
    },
    async shared(tenant, coach, person, from, to) {
      const docs = await shared
        .find({ tenant, coach, at: { $gte: from, $lt: to }, person })
        .sort({ at: -1, seq: -1 })
        .lean()
      return flatten(docs)
    },
    async sharedWith(tenant, coach, from, to) {
      const docs = await shared
        .find({ tenant, coach, at: { $gte: from, $lt: to } })
        .sort({ at: 1, _id: 1 })
        .lean()
      return flatten(docs)
    },
    async landedBadly(tenant, wording, person, at) {
      const key = { _id: documentId(tenant, wording), tenant, wording }
      const mark = await seals.mark({ tenant, owner: person }, `landed-badly/${wording}`)
      const uncounted = { ...key, marks: { $ne: mark } }
      const count = { $inc: { times: 1 }, $max: { lastAt: at }, $push: { marks: mark } }
      // Where the upsert meets the `_id`, it was counted, or two first ones raced: a second try, without the insert, tells.
      if (!(await unlessTaken(landedBadly.updateOne(uncounted, count, { upsert: true }).exec())))
        await landedBadly.updateOne(uncounted, count)
    },
    async badWordings(tenant) {
      const docs = await landedBadly.find({ tenant }, { wording: 1, times: 1 }).sort({ times: -1, _id: 1 }).lean()
      return docs.map(({ wording, times }) => ({ wording, times }))
    },
  }
}

type Sealed = { readonly _id: string; readonly tenant: TenantId; readonly person: PersonId; readonly sealed: string }

const keyOf = (tenant: TenantId, person: PersonId, id: string | number) => ({
  _id: documentId(tenant, person, id),
  tenant,
  person,
})

const placeOf = (kind: string, { tenant, person, _id }: Omit<Sealed, 'sealed'>): SealedPlace => ({
  tenant,
  person,
  kind,
  id: _id,
  purpose: 'record',
})
