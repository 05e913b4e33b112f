import type { Cell } from './database.ts'
import type { Index } from './indexes.ts'
import { isOperators } from './match.ts'
import { bracketOf, compare, type Key, keyOf, NULL_KEY } from './order.ts'
import type { SortField } from './sort.ts'
import { type Doc, isDoc, type Value } from './value.ts'

/** A condition on one field that an index can answer. */
type Term = { path: string; key: Key[] } | { path: string; op: '>' | '>=' | '<' | '<='; bound: Key }

/**
 * How SQLite fetches candidates: `from` and `args` select rows that include every match. `exact`: nothing but matches.
 * `sorted`: already in the order asked for. `single`: one candidate at most, since the filter names one _id.
 */
export type Plan = {
  index: string | undefined
  from: string
  order: string
  args: Cell[]
  sorted: boolean
  exact: boolean
  single: boolean
}

/** A string with a lone surrogate changes on its way to UTF-8, so its key may be shared with another string. */
const lossy = (value: Value) =>
  typeof value === 'string' && /[\ud800-\udfff]/.test(value) && Buffer.from(value).toString() !== value

function rangeTerms(path: string, operator: string, operand: Value): Term[] | undefined {
  const bracket = bracketOf(operand)
  if (!bracket) {
    // Ordered comparison with null holds for equality alone; arrays and objects are left to the matcher.
    return operand === null && operator.endsWith('e') ? [{ path, key: [NULL_KEY] }] : undefined
  }
  const bound = keyOf(operand)
  switch (operator) {
    case '$gt':
      return [
        { path, op: '>', bound },
        { path, op: '<', bound: bracket.to },
      ]
    case '$gte':
      return [
        { path, op: '>=', bound },
        { path, op: '<', bound: bracket.to },
      ]
    case '$lt':
      return [
        { path, op: '<', bound },
        { path, op: '>=', bound: bracket.from },
      ]
    default:
      return [
        { path, op: '<=', bound },
        { path, op: '>=', bound: bracket.from },
      ]
  }
}

const pattern = (value: Value) => value instanceof RegExp

function fieldTerms(path: string, operator: string, operand: Value): Term[] | undefined {
  if (operator === '$eq') return pattern(operand) ? undefined : [{ path, key: [keyOf(operand)] }]
  if (operator === '$in' && Array.isArray(operand) && operand.length > 0 && operand.length <= 1000) {
    return operand.some(item => pattern(item) || Array.isArray(item)) ? undefined : [{ path, key: operand.map(keyOf) }]
  }
  return ['$gt', '$gte', '$lt', '$lte'].includes(operator) ? rangeTerms(path, operator, operand) : undefined
}

/** The index-answerable part of a filter, and whether that is all of it. */
function termsOf(filter: Doc): { terms: Term[]; complete: boolean } {
  const terms: Term[] = []
  let complete = true
  const collect = (part: Doc) => {
    for (const [key, condition] of Object.entries(part)) {
      if (key === '$and' && Array.isArray(condition)) {
        for (const inner of condition) if (isDoc(inner)) collect(inner)
      } else if (key.startsWith('$')) complete = false
      else {
        for (const [operator, operand] of Object.entries(isOperators(condition) ? condition : { $eq: condition })) {
          const found = fieldTerms(key, operator, operand)
          if (found) terms.push(...found)
          if (!found || lossy(operand) || (Array.isArray(operand) && operand.some(lossy))) complete = false
        }
      }
    }
  }
  collect(filter)
  return { terms, complete }
}

type Range = Extract<Term, { op: string }>

/** SQLite's order of values: numbers, text by its UTF-8 bytes, blobs. */
function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1
  if (typeof b === 'number') return 1
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  if (typeof a === 'string') return -1
  return typeof b === 'string' ? 1 : Buffer.compare(a, b)
}

/**
 * Of several bounds on one side the tightest alone: SQLite seeks by one bound a side, and with a loose one it would read
 * the index from there to its end.
 */
function tightest(terms: Term[]): Term[] {
  const side = (first: '>' | '<') =>
    terms
      .filter((term): term is Range => 'op' in term && term.op.startsWith(first))
      .toSorted((a, b) => compareKeys(a.bound, b.bound) * (first === '<' ? 1 : -1) || a.op.length - b.op.length)
      .slice(0, 1)
  return [...terms.filter(term => 'key' in term), ...side('>'), ...side('<')]
}

type Columns = { index: Index | undefined; fields: { path: string; column: string; multi: boolean }[] }

const columnsOf = (index: Index): Columns => ({
  index,
  fields: index.fields.map((field, i) => ({ path: field.path, column: `i.k${i}`, multi: index.multi[i] ?? true })),
})

const ID: Columns = { index: undefined, fields: [{ path: '_id', column: 'c.id', multi: false }] }

const namesOneId = (term: Term) => term.path === '_id' && 'key' in term && term.key.length === 1

const notNull = (term: Term) => ('key' in term ? !term.key.includes(NULL_KEY) : true)

/** Whether a sparse or partial index holds every document the filter can match. */
function holdsAll(index: Index, filter: Doc, terms: Term[]): boolean {
  const present = (path: string) => terms.some(term => term.path === path && notNull(term))
  if (index.sparse && !index.fields.some(field => present(field.path))) return false
  return Object.entries(index.partial ?? {}).every(([path, condition]) => {
    if (isDoc(condition) && Object.keys(condition).length === 1 && condition.$exists === true) return present(path)
    const given = filter[path]
    return given !== undefined && compare(given, condition) === 0
  })
}

/** In MongoDB two bounds on an array may be met by two elements, so one condition a field is all an index may use. */
function usable(terms: Term[], multi: boolean): Term[] {
  if (!multi) return terms
  const best = terms.find(term => 'key' in term) ?? terms[0]
  return best ? [best] : []
}

function score(columns: Columns, terms: Term[], sort: SortField[]): number {
  let points = 0
  let at = 0
  for (const field of columns.fields) {
    const own = terms.filter(term => term.path === field.path)
    const equal = own.find(term => 'key' in term)
    if (!equal && own.length > 0) points += 5
    if (!equal) break
    points += 'key' in equal && equal.key.length === 1 ? 10 : 8
    at++
  }
  const full = at === columns.fields.length && (columns.index === undefined || columns.index.unique)
  const ordered =
    sort.length > 0 &&
    sort.every((field, i) => {
      const column = columns.fields[at + i] ?? columns.fields.find(c => c.path === field.path)
      return column?.path === field.path && !column.multi
    })
  return points + (full ? 50 : 0) + (ordered ? 2 : 0)
}

/** Padded to a power of two, so that lists of many lengths share few statements. */
function padded(keys: Key[]): Key[] {
  const size = 2 ** Math.ceil(Math.log2(keys.length))
  return [...keys, ...Array.from({ length: size - keys.length }, () => keys[0] ?? NULL_KEY)]
}

function condition(column: string, term: Term, args: Cell[]): string {
  if (!('key' in term)) {
    args.push(term.bound)
    return `${column} ${term.op} ?`
  }
  const keys = padded(term.key)
  args.push(...keys)
  return keys.length === 1 ? `${column} = ?` : `${column} IN (${keys.map(() => '?').join(',')})`
}

function planOn(table: string, columns: Columns, terms: Term[], complete: boolean, sort: SortField[]): Plan {
  const args: Cell[] = []
  let used = 0
  const conditions = columns.fields.flatMap(field => {
    const chosen = usable(
      terms.filter(term => term.path === field.path),
      field.multi,
    )
    used += chosen.length
    return tightest(chosen).map(term => condition(field.column, term, args))
  })
  const where = conditions.length ? ` WHERE ${conditions.join(' AND ')}` : ''
  const multi = columns.fields.some(field => field.multi)
  const exact = complete && !multi && used === terms.length
  const index = columns.index?.name ?? '_id_'
  if (columns.index && multi) {
    const rows = `SELECT i.rid FROM ${columns.index.table} AS i${where}`
    return {
      index,
      from: `${table} AS c WHERE c.rid IN (${rows})`,
      order: '',
      args,
      sorted: sort.length === 0,
      exact,
      single: false,
    }
  }
  const sortColumns = sort.map(field => ({ ...field, column: columns.fields.find(c => c.path === field.path)?.column }))
  const sorted = sortColumns.every(field => field.column !== undefined)
  const order =
    sorted && sort.length > 0
      ? ` ORDER BY ${sortColumns.map(f => `${f.column} ${f.direction === 1 ? 'ASC' : 'DESC'}`).join(', ')}`
      : ''
  const from = columns.index
    ? `${columns.index.table} AS i CROSS JOIN ${table} AS c ON c.rid = i.rid${where}`
    : `${table} AS c${where}`
  return { index, from, order, args, sorted, exact, single: columns === ID && terms.some(namesOneId) }
}

/**
 * Chooses the index that narrows a filter most (equality on its leading fields, then a range, then the sort) and says
 * in SQL what to read from it; a scan in insertion order when none helps.
 */
export function planFor(table: string, indexes: Index[], filter: Doc, sort: SortField[]): Plan {
  const { terms, complete } = termsOf(filter)
  if (terms.some(namesOneId)) return planOn(table, ID, terms, complete, sort)
  let best: { columns: Columns; points: number } | undefined
  for (const columns of [ID, ...indexes.filter(index => holdsAll(index, filter, terms)).map(columnsOf)]) {
    const points = score(columns, terms, sort)
    if (points > 0 && (best === undefined || points > best.points)) best = { columns, points }
  }
  if (best) return planOn(table, best.columns, terms, complete, sort)
  const exact = complete && terms.length === 0
  return {
    index: undefined,
    from: `${table} AS c`,
    order: ' ORDER BY c.rid',
    args: [],
    sorted: sort.length === 0,
    exact,
    single: false,
  }
}
