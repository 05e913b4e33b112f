import { EmbeddedUnsupported } from './errors.ts'
import { compareSortKeys, type SortKey, sortKey } from './path.ts'
import type { Doc } from './value.ts'

export type SortField = { path: string; direction: 1 | -1 }

const direction = (path: string, value: unknown): 1 | -1 => {
  if (value === 1 || value === 'asc' || value === 'ascending') return 1
  if (value === -1 || value === 'desc' || value === 'descending') return -1
  throw new EmbeddedUnsupported(`the sort order ${JSON.stringify(value)} on '${path}'`)
}

/** A sort as mongoose hands it over (an object or a Map) in order of weight. */
export function sortFields(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return []
  const entries = sort instanceof Map ? [...sort] : typeof sort === 'object' ? Object.entries(sort) : undefined
  if (entries === undefined || Array.isArray(sort)) throw new EmbeddedUnsupported('a sort that is no object')
  return entries.map(([path, value]) => ({ path: String(path), direction: direction(String(path), value) }))
}

/** Sorts in MongoDB's order; equal documents keep the order they came in. */
export function sorted<T>(rows: T[], docOf: (row: T) => Doc, fields: SortField[]): T[] {
  if (fields.length === 0) return rows
  const paths = fields.map(field => field.path.split('.'))
  const keyed = rows.map(row => ({
    row,
    keys: fields.map((field, i): SortKey => sortKey(docOf(row), paths[i] ?? [], field.direction)),
  }))
  keyed.sort((a, b) => {
    for (const [i, field] of fields.entries()) {
      const [left, right] = [a.keys[i], b.keys[i]]
      const by = left && right ? compareSortKeys(left, right) * field.direction : 0
      if (by !== 0) return by
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}
