import type { Processes } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import type { Models } from './models.ts'

/** One small document a process; all of them are read with each beat, and there are few. */
export const createProcesses = ({ processes }: Pick<Models, 'processes'>): Processes => {
  const rows = direct(processes)
  return {
    async beat(id, beat, at) {
      await rows.updateOne({ _id: id }, { $set: { beat, at } }, { upsert: true })
      const all = await rows.find({}, { sort: { _id: 1 } })
      return all.map(row => ({ id: row._id, beat: row.beat, at: row.at }))
    },
    async leave(id) {
      await processes.deleteOne({ _id: id })
    },
  }
}
