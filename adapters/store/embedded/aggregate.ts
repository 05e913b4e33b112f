import { createRequire } from 'node:module'
import { EmbeddedUnsupported } from './errors.ts'
import { compileFilter } from './match.ts'
import { compileProjection } from './projection.ts'
import { sorted, sortFields } from './sort.ts'
import { type Store, search } from './store.ts'
import { type Doc, isBinary, isDoc, plainDoc, type Value } from './value.ts'

type Mingo = typeof import('mingo')

/** Loaded at the first pipeline that needs it, and in the same turn: it is slow to load, and no start waits for a report. */
const require = createRequire(import.meta.url)
let loaded: Mingo | undefined
const mingo = (): Mingo => {
  // What `require` loads is what the types of that package say.
  loaded ??= require('mingo') as Mingo
  return loaded
}

/** Expressions and accumulators that mingo answers as MongoDB does; all others are refused by name. */
const EXPRESSIONS = new Set([
  '$sum', '$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet', '$count', '$literal',
  '$add', '$subtract', '$multiply', '$divide', '$abs', '$ceil', '$floor', '$trunc',
  '$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$cmp', '$and', '$or', '$not', '$cond', '$ifNull', '$switch',
  '$concat', '$toLower', '$toUpper', '$size', '$in', '$arrayElemAt', '$filter', '$map', '$concatArrays', '$isArray',
  '$mergeObjects', '$objectToArray', '$arrayToObject',
]) // biome-ignore format: one list

/** Clauses inside expressions that begin with no operator of their own are plain keys; these stages run in mingo. */
const MINGO_STAGES = new Set([
  '$group',
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$unwind',
  '$replaceRoot',
  '$replaceWith',
])

function checkExpressions(value: Value, stage: string) {
  if (Array.isArray(value)) {
    for (const item of value) checkExpressions(item, stage)
  } else if (isBinary(value)) {
    throw new EmbeddedUnsupported(`a binary constant in ${stage}`)
  } else if (typeof value === 'string') {
    if (/^\$\$(NOW|CLUSTER_TIME|USER_ROLES|SEARCH_META)/.test(value))
      throw new EmbeddedUnsupported(`the variable ${value}`)
  } else if (isDoc(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith('$') && !EXPRESSIONS.has(key))
        throw new EmbeddedUnsupported(`the expression ${key} in ${stage}`)
      if (key !== '$literal') checkExpressions(inner, stage)
    }
  }
}

const whole = (stage: string, value: Value, least: number): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    throw new EmbeddedUnsupported(`the value ${JSON.stringify(value)} of ${stage}`)
  }
  return value
}

type Stage = (docs: Doc[]) => Doc[]

function stageOf(name: string, operand: Value): Stage {
  switch (name) {
    case '$match': {
      const matches = compileFilter(plainDoc(operand, 'filter', 'a $match'))
      return docs => docs.filter(matches)
    }
    case '$sort': {
      const fields = sortFields(operand)
      return docs => sorted(docs, doc => doc, fields)
    }
    case '$limit': {
      const limit = whole(name, operand, 1)
      return docs => docs.slice(0, limit)
    }
    case '$skip': {
      const skip = whole(name, operand, 0)
      return docs => docs.slice(skip)
    }
    case '$count': {
      if (typeof operand !== 'string' || operand === '') throw new EmbeddedUnsupported('a $count without a name')
      return docs => (docs.length > 0 ? [{ [operand]: docs.length }] : [])
    }
  }
  if (!MINGO_STAGES.has(name)) throw new EmbeddedUnsupported(`the aggregation stage ${name}`)
  const flags =
    isDoc(operand) && Object.values(operand).every(value => typeof value === 'number' || typeof value === 'boolean')
  if (name === '$project' && flags) {
    const project = compileProjection(plainDoc(operand, 'filter', 'a $project'))
    return docs => docs.map(project)
  }
  checkExpressions(operand, name)
  return docs => new (mingo().Aggregator)([{ [name]: operand }], {}).run<Doc>(docs)
}

/**
 * Runs a pipeline. A leading $match uses the indexes; matching, sorting and counting are the engine's own, grouping
 * and reshaping are mingo's. Throws EmbeddedUnsupported naming a stage or expression it does not know.
 */
export function prepareAggregate(store: Store, name: string, pipeline: readonly unknown[]): () => Doc[] {
  const stages = pipeline.map((stage): [string, Value] => {
    const entries = Object.entries(plainDoc(stage, 'filter', 'an aggregation stage'))
    const [entry] = entries
    if (!entry || entries.length !== 1)
      throw new EmbeddedUnsupported('an aggregation stage without exactly one operator')
    return entry
  })
  const first = stages[0]?.[0] === '$match' ? stages[0][1] : undefined
  const filter = first === undefined ? {} : plainDoc(first, 'filter', 'a $match')
  const rest = (first === undefined ? stages : stages.slice(1)).map(([stage, operand]) => stageOf(stage, operand))
  compileFilter(filter)
  return () =>
    rest.reduce<Doc[]>(
      (docs, stage) => stage(docs),
      search(store, name, { filter }).map(row => row.doc),
    )
}
