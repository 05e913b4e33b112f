import { EmbeddedUnsupported, writeError } from './errors.ts'
import { compare, Rank, rankOf } from './order.ts'
import { visitPath } from './path.ts'
import { type Doc, isDoc, type Value } from './value.ts'

export type Matches = (doc: Doc) => boolean
type Found = Value | undefined
/** Judges what stands at the end of a path, arrays not yet opened. */
type Test = (found: Found) => boolean

const badValue = (message: string) => writeError(2, message)

/** Whether an object is a set of operators ({$gt: 1}) rather than a value to compare with. */
export function isOperators(value: unknown): value is Doc {
  if (!isDoc(value)) return false
  const keys = Object.keys(value)
  if (!keys[0]?.startsWith('$')) return false
  const plainField = keys.find(key => !key.startsWith('$'))
  if (plainField !== undefined) throw badValue(`unknown operator: ${plainField}`)
  return true
}

/** A predicate on one value holds for an array if it holds for the array itself or any element. */
const opened =
  (test: Test): Test =>
  found =>
    test(found) || (Array.isArray(found) && found.some(test))

const equals =
  (operand: Value): Test =>
  found =>
    compare(found, operand) === 0

function ranged(operand: Value, holds: (order: number) => boolean): Test {
  const rank = rankOf(operand)
  return found => rankOf(found) === rank && holds(compare(found, operand))
}

function pattern(source: unknown, options: unknown): Test {
  if (!(source instanceof RegExp) && typeof source !== 'string') throw badValue('$regex has to be a string')
  const given = source instanceof RegExp ? source.flags.replace(/[gyd]/g, '') : ''
  const flags = options === undefined ? given : String(options)
  if (/[^imsu]/.test(flags)) throw new EmbeddedUnsupported(`the $regex option '${flags}'`)
  const regex = new RegExp(source instanceof RegExp ? source.source : source, flags)
  return found => typeof found === 'string' && regex.test(found)
}

const list = (operator: string, operand: Value): Value[] => {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`)
  return operand
}

/** Equality with each listed value; a pattern in the list matches as a pattern. */
function oneOf(operand: Value[]): Test {
  const tests = operand.map(item => {
    if (isOperators(item)) throw badValue('cannot nest $ under $in')
    return item instanceof RegExp ? pattern(item, undefined) : equals(item)
  })
  return found => tests.some(test => test(found))
}

const TYPES: Record<string, Rank> = { ...Rank, binData: Rank.binary, bool: Rank.boolean }
delete TYPES.binary
delete TYPES.boolean
const TYPE_NUMBERS: Record<number, string> = {
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  8: 'bool',
  9: 'date',
  10: 'null',
}

function typed(operand: Value): Test {
  const ranks = (Array.isArray(operand) ? operand : [operand]).map(type => {
    const rank = TYPES[typeof type === 'number' ? (TYPE_NUMBERS[type] ?? '') : String(type)]
    if (rank === undefined) throw new EmbeddedUnsupported(`$type ${JSON.stringify(type)}`)
    return rank
  })
  return found => found !== undefined && ranks.includes(rankOf(found))
}

function modulo(operand: Value): Test {
  const [divisor, remainder] = list('$mod', operand).map(part => (typeof part === 'number' ? Math.trunc(part) : NaN))
  if (!divisor || remainder === undefined || Number.isNaN(remainder)) throw badValue('malformed $mod')
  return found => typeof found === 'number' && Math.trunc(found) % divisor === remainder
}

function elementMatch(operand: Value): Test {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object')
  const first = Object.keys(operand)[0]
  const onValue = first?.startsWith('$') && !['$and', '$or', '$nor'].includes(first)
  if (onValue) {
    const test = valueTest(operand, t => t)
    return found => Array.isArray(found) && found.some(item => test(item))
  }
  const matches = compileFilter(operand)
  return found => Array.isArray(found) && found.some(item => isDoc(item) && matches(item))
}

function allOf(operand: Value): Test {
  const items = list('$all', operand)
  if (items.length === 0) return () => false
  const tests = items.map(item => {
    if (isOperators(item)) {
      if (!('$elemMatch' in item)) throw badValue('no $ expressions in $all')
      return elementMatch(item.$elemMatch ?? null)
    }
    return opened(item instanceof RegExp ? pattern(item, undefined) : equals(item))
  })
  return found => tests.every(test => test(found))
}

/** Tests that need every value of the path at once, since their negation is "none does", not "one does not". */
type Judge = { negated: boolean; test: Test }

function judge(operator: string, operand: Value, siblings: Doc, open: (test: Test) => Test): Judge | undefined {
  const yes = (test: Test): Judge => ({ negated: false, test: open(test) })
  const no = (test: Test): Judge => ({ negated: true, test: open(test) })
  const range = (holds: (order: number) => boolean) => yes(ranged(operand, holds))
  switch (operator) {
    case '$eq':
      return yes(operand instanceof RegExp ? pattern(operand, undefined) : equals(operand))
    case '$ne':
      if (operand instanceof RegExp) throw badValue("Can't have regex as arg to $ne.")
      return no(equals(operand))
    case '$gt':
      return range(order => order > 0)
    case '$gte':
      return range(order => order >= 0)
    case '$lt':
      return range(order => order < 0)
    case '$lte':
      return range(order => order <= 0)
    case '$in':
      return yes(oneOf(list('$in', operand)))
    case '$nin':
      return no(oneOf(list('$nin', operand)))
    case '$exists':
      return { negated: !operand, test: found => found !== undefined }
    case '$type':
      return yes(typed(operand))
    case '$mod':
      return yes(modulo(operand))
    case '$regex':
      return yes(pattern(operand, siblings.$options))
    case '$options':
      if (!('$regex' in siblings)) throw badValue('$options needs a $regex')
      return undefined
    case '$size':
      if (typeof operand !== 'number') throw badValue('$size must be a whole number')
      return { negated: false, test: found => Array.isArray(found) && found.length === operand }
    case '$elemMatch':
      return { negated: false, test: elementMatch(operand) }
    case '$all':
      return { negated: false, test: allOf(operand) }
    default:
      throw new EmbeddedUnsupported(`the query operator ${operator}`)
  }
}

/** Operators on one value that is no path: an element under $elemMatch or $pull. */
export function valueTest(operators: Doc, open: (test: Test) => Test = opened): Test {
  const tests = Object.entries(operators).flatMap(([operator, operand]): Test[] => {
    if (operator === '$not') {
      const inner = valueTest(negatable(operand), open)
      return [found => !inner(found)]
    }
    const judged = judge(operator, operand, operators, open)
    return judged ? [found => judged.test(found) !== judged.negated] : []
  })
  return found => tests.every(test => test(found))
}

function negatable(operand: Value): Doc {
  if (operand instanceof RegExp) return { $regex: operand }
  if (!isOperators(operand)) throw badValue('$not needs a regex or a document')
  return operand
}

function fieldMatches(field: string, condition: Value): Matches {
  const path = field.split('.')
  const operators = isOperators(condition) ? condition : { $eq: condition }
  const tests = Object.entries(operators).flatMap(([operator, operand]): Matches[] => {
    if (operator === '$not') {
      const inner = fieldMatches(field, negatable(operand))
      return [doc => !inner(doc)]
    }
    const judged = judge(operator, operand, operators, opened)
    if (!judged) return []
    return [
      doc => {
        let any = false
        visitPath(doc, path, found => {
          any ||= judged.test(found)
        })
        return any !== judged.negated
      },
    ]
  })
  return doc => tests.every(test => test(doc))
}

const clauses = (operator: string, operand: Value): Matches[] => {
  const filters = list(operator, operand)
  if (filters.length === 0) throw badValue(`${operator} argument must be a non-empty array`)
  return filters.map(filter => {
    if (!isDoc(filter)) throw badValue(`${operator} argument's entries must be objects`)
    return compileFilter(filter)
  })
}

/**
 * A filter as a predicate with MongoDB's meaning: null equals missing, arrays match by element, ranges stay within
 * their type. Throws EmbeddedUnsupported naming an operator it does not know, and the server's error for bad operands.
 */
export function compileFilter(filter: Doc): Matches {
  const all = Object.entries(filter).flatMap(([key, condition]): Matches[] => {
    if (key === '$comment') return []
    if (key === '$and') return clauses(key, condition)
    if (key === '$or' || key === '$nor') {
      const tests = clauses(key, condition)
      return [doc => tests.some(test => test(doc)) === (key === '$or')]
    }
    if (key.startsWith('$')) throw new EmbeddedUnsupported(`the query operator ${key}`)
    return [fieldMatches(key, condition)]
  })
  return doc => all.every(test => test(doc))
}
