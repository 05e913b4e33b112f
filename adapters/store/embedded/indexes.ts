import { EmbeddedUnsupported, writeError } from './errors.ts'
import { compileFilter, type Matches } from './match.ts'
import { type Key, keyOf } from './order.ts'
import { isIndex, type Path, valuesAt } from './path.ts'
import { sortFields } from './sort.ts'
import { type Doc, plainDoc, type Value } from './value.ts'

/** An index as declared; what the file keeps of it. */
export type IndexSpec = {
  name: string
  fields: { path: string; direction: 1 | -1 }[]
  unique: boolean
  sparse: boolean
  partial?: Doc
}

/** A declared index at work: one SQLite table, ordered by its keys. `multi[i]`: field i has held an array. */
export type Index = IndexSpec & {
  n: number
  table: string
  paths: readonly Path[]
  multi: boolean[]
  covers: Matches
}

/** Options that say nothing about what an index means. */
const HARMLESS = new Set(['background', 'session', 'writeConcern', 'w', 'comment', 'maxTimeMS'])
const MEANT = new Set(['name', 'unique', 'sparse', 'partialFilterExpression'])

const defaultName = (fields: IndexSpec['fields']) => fields.map(f => `${f.path}_${f.direction}`).join('_')

/** Reads createIndex's arguments. Throws EmbeddedUnsupported naming the kind or option it cannot keep. */
export function readIndexSpec(keys: unknown, options: Record<string, unknown>): IndexSpec {
  for (const [option, value] of Object.entries(options)) {
    if (option === 'expireAfterSeconds') throw new EmbeddedUnsupported('TTL indexes (expireAfterSeconds)')
    const absent = value === undefined || value === null || value === false
    if (!MEANT.has(option) && !HARMLESS.has(option) && !absent)
      throw new EmbeddedUnsupported(`the index option ${option}`)
  }
  const object: unknown = keys instanceof Map ? Object.fromEntries(keys) : keys
  for (const [path, kind] of Object.entries(object ?? {})) {
    if (kind !== 1 && kind !== -1) throw new EmbeddedUnsupported(`the index type ${JSON.stringify(kind)} on '${path}'`)
    if (path.split('.').some(part => isIndex(part) || part.startsWith('$') || part === '')) {
      throw new EmbeddedUnsupported(`an index on the path '${path}'`)
    }
  }
  const fields = sortFields(object)
  if (fields.length === 0) throw writeError(67, 'Index keys cannot be an empty object')
  const { name, unique, sparse, partialFilterExpression } = options
  const partial = partialFilterExpression ? plainDoc(partialFilterExpression, 'filter', 'a partial filter') : undefined
  if (partial) refusePatterns(partial)
  if (partial) compileFilter(partial)
  return {
    name: typeof name === 'string' ? name : defaultName(fields),
    fields,
    unique: Boolean(unique),
    sparse: Boolean(sparse),
    ...(partial && { partial }),
  }
}

function refusePatterns(value: Value) {
  if (value instanceof RegExp) throw new EmbeddedUnsupported('a pattern in a partial index')
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    Object.values(value).forEach(refusePatterns)
}

/** An index as listIndexes reports it. */
export const describeIndex = (spec: IndexSpec) => ({
  v: 2,
  key: Object.fromEntries(spec.fields.map(field => [field.path, field.direction])),
  name: spec.name,
  ...(spec.unique && { unique: true }),
  ...(spec.sparse && { sparse: true }),
  ...(spec.partial && { partialFilterExpression: spec.partial }),
})

export function buildIndex(n: number, spec: IndexSpec, multi: boolean[]): Index {
  const partial = spec.partial ? compileFilter(spec.partial) : undefined
  const paths = spec.fields.map(field => field.path.split('.'))
  const sparse: Matches = doc => paths.some(path => valuesAt(doc, path).some(value => value !== undefined))
  const covers: Matches = doc => (partial ? partial(doc) : true) && (spec.sparse ? sparse(doc) : true)
  return { ...spec, n, table: `x${n}`, paths, multi, covers }
}

const identity = (key: Key) => (Buffer.isBuffer(key) ? `b${key.toString('latin1')}` : `${typeof key} ${key}`)

function distinct(keys: Key[]): Key[] {
  if (keys.length === 1) return keys
  return [...new Map(keys.map(key => [identity(key), key])).values()]
}

export type Entries = { keys: Key[][]; arrays: boolean[] }

/**
 * The rows a document has in an index: one, or one per array element (and one for the array itself, for equality with
 * it). `arrays[i]` says that field i met an array. At most one field may, as on a MongoDB server (code 171).
 */
export function entriesOf(doc: Doc, index: Index): Entries {
  if (!index.covers(doc)) return { keys: [], arrays: index.multi }
  const found = index.paths.map(path => valuesAt(doc, path))
  const arrays = found.map(values => values.length !== 1 || Array.isArray(values[0]))
  const opened = arrays.flatMap((is, i) => (is ? [i] : []))
  const [first, second] = opened
  if (first !== undefined && second !== undefined) {
    if (index.paths[first]?.[0] === index.paths[second]?.[0]) {
      throw new EmbeddedUnsupported(`index ${index.name} over two fields of one array`)
    }
    const names = `[${index.fields[second]?.path}] [${index.fields[first]?.path}]`
    throw writeError(171, `cannot index parallel arrays ${names}`)
  }
  const nested = found.flat().some(value => Array.isArray(value) && value.some(Array.isArray))
  if (index.unique && nested) throw new EmbeddedUnsupported(`arrays within arrays in the unique index ${index.name}`)
  let keys: Key[][] = [[]]
  for (const [i, values] of found.entries()) {
    const all = arrays[i] ? values.flatMap(v => (Array.isArray(v) ? [...v, v] : [v])) : values
    const column = distinct((all.length ? all : [undefined]).map(value => keyOf(value)))
    keys = keys.flatMap(prefix => column.map(key => [...prefix, key]))
  }
  return { keys, arrays }
}

export const sameKeys = (a: readonly Key[], b: readonly Key[]) =>
  a.every((key, i) => identity(key) === identity(b[i] ?? ''))
