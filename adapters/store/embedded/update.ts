import { compileArrayFilters, expand, usesFilter } from './array-filters.ts'
import { EmbeddedUnsupported, writeError } from './errors.ts'
import { compileFilter, isOperators, valueTest } from './match.ts'
import { compare, rankOf } from './order.ts'
import { isIndex } from './path.ts'
import { type SortField, sorted, sortFields } from './sort.ts'
import { type Doc, isDoc, own, type Value } from './value.ts'

type Container = Doc | Value[]
/** One operator on one path. `make`: whether missing parents are built; `apply` gives the new value, undefined removes. */
type Change = { path: string; make: boolean; apply: (found: Value | undefined) => Value | undefined }

const badValue = (message: string) => writeError(2, message)
const copy = (value: Value): Value => structuredCloneValue(value)

function structuredCloneValue(value: Value): Value {
  if (Array.isArray(value)) return value.map(structuredCloneValue)
  if (!isDoc(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCloneValue(inner)]))
}

const needArray = (operator: string, path: string, found: Value | undefined): Value[] => {
  if (found === undefined) return []
  if (!Array.isArray(found))
    throw badValue(`The field '${path}' must be an array but is of another type in ${operator}`)
  return found
}

function increment(path: string, by: Value): Change['apply'] {
  if (typeof by !== 'number') throw writeError(14, `Cannot increment with non-numeric argument: {${path}}`)
  return found => {
    if (found !== undefined && typeof found !== 'number') {
      throw writeError(14, `Cannot apply $inc to a value of non-numeric type at '${path}'`)
    }
    const sum = (found ?? 0) + by
    if (!Number.isFinite(sum)) throw new EmbeddedUnsupported(`the number ${sum}`)
    return sum
  }
}

const whole = (name: string, value: Value | undefined): number | undefined => {
  if (value !== undefined && !Number.isInteger(value)) throw badValue(`The value for ${name} must be an integer value`)
  return typeof value === 'number' ? value : undefined
}

const sortItems = (items: Value[], order: Value): Value[] => {
  if (isDoc(order)) {
    const fields = sortFields(order)
    return sorted(items, item => (isDoc(item) ? item : {}), fields)
  }
  const fields: SortField[] = sortFields({ item: order })
  return sorted(items, item => ({ item: [item] }), fields)
}

function push(path: string, operand: Value): Change['apply'] {
  if (!isDoc(operand) || !('$each' in operand)) return found => [...needArray('$push', path, found), copy(operand)]
  const { $each, $slice, $sort, $position, ...rest } = operand
  const unknown = Object.keys(rest)[0]
  if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`)
  if (!Array.isArray($each)) throw badValue('The argument to $each in $push must be an array')
  const slice = whole('$slice', $slice)
  const position = whole('$position', $position)
  return found => {
    const items = [...needArray('$push', path, found)]
    items.splice(position ?? items.length, 0, ...$each.map(copy))
    const ordered = $sort === undefined ? items : sortItems(items, $sort)
    if (slice === undefined) return ordered
    if (slice === 0) return []
    return slice < 0 ? ordered.slice(slice) : ordered.slice(0, slice)
  }
}

function addToSet(path: string, operand: Value): Change['apply'] {
  const each = isDoc(operand) && '$each' in operand ? operand.$each : [operand]
  if (!Array.isArray(each)) throw badValue('The argument to $each in $addToSet must be an array')
  if (isDoc(operand) && '$each' in operand && Object.keys(operand).length > 1) {
    throw badValue('Found unexpected fields after $each in $addToSet')
  }
  return found => {
    const items = [...needArray('$addToSet', path, found)]
    for (const item of each) if (!items.some(there => compare(there, item) === 0)) items.push(copy(item))
    return items
  }
}

function pull(path: string, operand: Value): Change['apply'] {
  const pulls = pulled(operand)
  return found => (found === undefined ? undefined : needArray('$pull', path, found).filter(item => !pulls(item)))
}

function pullAll(path: string, operand: Value): Change['apply'] {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument')
  const listed = (item: Value) => operand.some(other => compare(item, other) === 0)
  return found => (found === undefined ? undefined : needArray('$pullAll', path, found).filter(item => !listed(item)))
}

function pulled(operand: Value): (item: Value) => boolean {
  if (isOperators(operand)) return valueTest(operand)
  if (operand instanceof RegExp) return valueTest({ $regex: operand })
  if (!isDoc(operand)) return item => compare(item, operand) === 0
  const matches = compileFilter(operand)
  return item => isDoc(item) && matches(item)
}

function extreme(operand: Value, sign: 1 | -1): Change['apply'] {
  return found => (found === undefined || compare(operand, found) * sign > 0 ? copy(operand) : found)
}

type Build = (path: string, operand: Value) => Omit<Change, 'path'>

const OPERATORS: Record<string, Build> = {
  $set: (_, operand) => ({ make: true, apply: () => copy(operand) }),
  $unset: () => ({ make: false, apply: () => undefined }),
  $inc: (path, operand) => ({ make: true, apply: increment(path, operand) }),
  $min: (_, operand) => ({ make: true, apply: extreme(operand, -1) }),
  $max: (_, operand) => ({ make: true, apply: extreme(operand, 1) }),
  $push: (path, operand) => ({ make: true, apply: push(path, operand) }),
  $addToSet: (path, operand) => ({ make: true, apply: addToSet(path, operand) }),
  $pull: (path, operand) => ({ make: false, apply: pull(path, operand) }),
  $pullAll: (path, operand) => ({ make: false, apply: pullAll(path, operand) }),
}

const notViable = (part: string, path: string) =>
  writeError(28, `Cannot create field '${part}' in element of '${path}'`)

function put(container: Container, part: string, value: Value | undefined) {
  if (!Array.isArray(container)) {
    if (value === undefined) delete container[part]
    else container[part] = value
    return
  }
  // Unsetting an element leaves null in its place; setting beyond the end fills the gap with nulls.
  for (let i = container.length; i < Number(part); i++) container.push(null)
  container[Number(part)] = value ?? null
}

function applyAt(doc: Doc, { path, make, apply }: Change) {
  const parts = path.split('.')
  let at: Container = doc
  for (const [i, part] of parts.entries()) {
    if (Array.isArray(at) && !isIndex(part)) {
      if (make) throw notViable(part, path)
      return
    }
    if (Array.isArray(at) && Number(part) > at.length + 1_500_000) throw notViable(part, path)
    const found: Value | undefined = Array.isArray(at) ? at[Number(part)] : own(at, part)
    if (i === parts.length - 1) {
      const next = apply(found)
      if (next === undefined && found === undefined) return
      return put(at, part, next)
    }
    if (found === undefined) {
      if (!make) return
      const made: Doc = {}
      put(at, part, made)
      at = made
    } else if (isDoc(found) || Array.isArray(found)) at = found
    else if (make) throw notViable(parts[i + 1] ?? '', path)
    else return
  }
}

const byPath = (a: { path: string }, b: { path: string }) => {
  const [left, right] = [a.path.split('.'), b.path.split('.')]
  for (const [i, part] of left.entries()) {
    const other = right[i]
    if (other === undefined) return 1
    if (part === other) continue
    if (isIndex(part) && isIndex(other)) return Number(part) - Number(other)
    return part < other ? -1 : 1
  }
  return left.length - right.length
}

function refuseConflicts(paths: string[]) {
  const seen = new Set<string>()
  for (const path of paths) {
    if (seen.has(path)) throw writeError(40, `Updating the path '${path}' would create a conflict at '${path}'`)
    seen.add(path)
  }
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      const parent = path.slice(0, dot)
      if (seen.has(parent)) throw writeError(40, `Updating the path '${path}' would create a conflict at '${parent}'`)
    }
  }
}

/** Changes a document in place. `inserting` says that an upsert makes it, when $setOnInsert counts too. */
export type Update = (doc: Doc, inserting: boolean) => void

/**
 * An update of operators, with MongoDB's meaning and order (paths sorted, conflicts refused with code 40, a parent
 * that is no document with code 28, a changed _id with code 66). Throws EmbeddedUnsupported naming an unknown operator.
 */
export function compileUpdate(update: Doc, arrayFilters: readonly Doc[] = []): Update {
  const filters = compileArrayFilters(arrayFilters)
  const changes: (Change & { onInsert: boolean })[] = []
  for (const [operator, fields] of Object.entries(update)) {
    if (!operator.startsWith('$')) throw badValue(`Unknown modifier: ${operator}. Expected an update operator`)
    const onInsert = operator === '$setOnInsert'
    const build = OPERATORS[onInsert ? '$set' : operator]
    if (!build) throw new EmbeddedUnsupported(`the update operator ${operator}`)
    if (!isDoc(fields)) throw writeError(9, `Modifiers operate on fields but found another type for ${operator}`)
    for (const [path, operand] of Object.entries(fields)) {
      if (path.split('.').some(part => part === '' || part === '__proto__')) throw badValue(`bad path '${path}'`)
      changes.push({ path, onInsert, ...build(path, operand) })
    }
  }
  changes.sort(byPath)
  refuseConflicts(changes.map(change => change.path))
  for (const name of filters.keys()) {
    if (!changes.some(change => usesFilter(change.path, name))) {
      throw writeError(9, `The array filter for identifier '${name}' was not used in the update`)
    }
  }
  const wild = changes.some(change => change.path.includes('$'))
  return (doc, inserting) => {
    const id = own(doc, '_id')
    for (const change of changes) {
      if (change.onInsert && !inserting) continue
      const paths = wild ? expand(doc, change.path, filters) : [change.path]
      for (const path of paths) applyAt(doc, { ...change, path })
    }
    if (id !== undefined && (rankOf(id) !== rankOf(doc._id) || compare(id, doc._id) !== 0)) {
      throw writeError(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
    }
  }
}

/** What an upsert starts from: the fields a filter pins to one value. */
export function seedOf(filter: Doc): Doc {
  const seed: Doc = {}
  const pin = (path: string, value: Value) => applyAt(seed, { path, make: true, apply: () => copy(value) })
  const collect = (part: Doc) => {
    for (const [key, condition] of Object.entries(part)) {
      if (key === '$and' && Array.isArray(condition)) for (const inner of condition) isDoc(inner) && collect(inner)
      else if (key.startsWith('$') || condition instanceof RegExp) continue
      else if (!isOperators(condition)) pin(key, condition)
      else if ('$eq' in condition) pin(key, condition.$eq ?? null)
    }
  }
  collect(filter)
  return seed
}
