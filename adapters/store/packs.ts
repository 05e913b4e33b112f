import type { Packs } from '../../src/ports/store.ts'
import { unlessTaken } from './guards.ts'
import type { Models } from './models.ts'

/** Packs are the deployment's own texts, the same for every tenant, and named by what is in them: written once. */
export const createPacks = ({ packs }: Pick<Models, 'packs'>): Packs => ({
  async put(hash, source) {
    await unlessTaken(packs.updateOne({ _id: hash }, { $setOnInsert: { source } }, { upsert: true }))
  },
  async get(hash) {
    return (await packs.findById(hash).lean())?.source
  },
})
