import type { KeyRow, KeyRows } from './rows.ts'

/** Rows that last as long as the process: for tests and the simulator. */
export const createMemoryRows = (): KeyRows => {
  const rows = new Map<string, KeyRow>()
  return {
    place: 'in memory',
    find: async id => rows.get(id),
    async insert(id, wrapped) {
      if (rows.has(id)) return false
      rows.set(id, { id, wrapped, erasedAt: undefined })
      return true
    },
    async erase(id, at) {
      rows.set(id, { id, wrapped: undefined, erasedAt: rows.get(id)?.erasedAt ?? at })
    },
    async replace(id, from, to) {
      const row = rows.get(id)
      if (row?.wrapped === from) rows.set(id, { ...row, wrapped: to })
    },
    keys: async (after, limit) =>
      [...rows.values()]
        .flatMap(({ id, wrapped }) => (wrapped !== undefined && id > after ? [{ id, wrapped }] : []))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    close: async () => undefined,
  }
}
