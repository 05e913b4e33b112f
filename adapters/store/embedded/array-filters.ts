import { EmbeddedUnsupported, writeError } from './errors.ts'
import { compileFilter, type Matches } from './match.ts'
import { type Doc, isDoc, own, type Value } from './value.ts'

export type ArrayFilters = ReadonlyMap<string, Matches>

/** Arrays named by identifier: the filters that choose which of their elements an update touches. */
export function compileArrayFilters(filters: readonly Doc[]): ArrayFilters {
  const out = new Map<string, Matches>()
  for (const filter of filters) {
    const names = new Set(Object.keys(filter).map(key => key.split('.')[0] ?? ''))
    const [name] = names
    if (names.size !== 1 || name === undefined || !/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw writeError(2, 'An array filter must name exactly one identifier that begins with a lower-case letter')
    }
    if (out.has(name)) throw writeError(2, `Found multiple array filters with the same top-level field name ${name}`)
    out.set(name, compileFilter(filter))
  }
  return out
}

/** Spells `a.$[].b` and `a.$[x].b` out as the concrete paths of one document. */
export function expand(doc: Doc, path: string, filters: ArrayFilters): string[] {
  const parts = path.split('.')
  const wild = parts.findIndex(part => part.startsWith('$'))
  if (wild < 0) return [path]
  const part = parts[wild] ?? ''
  const name = /^\$\[(.*)\]$/.exec(part)?.[1]
  if (name === undefined) throw new EmbeddedUnsupported(`the positional operator in '${path}'`)
  const test = name === '' ? () => true : filters.get(name)
  if (!test) throw writeError(2, `No array filter found for identifier '${name}' in path '${path}'`)
  let at: Value | undefined = doc
  for (const step of parts.slice(0, wild)) {
    at = Array.isArray(at) ? at[Number(step)] : isDoc(at) ? own(at, step) : undefined
  }
  if (!Array.isArray(at)) throw writeError(2, `The path '${path}' must lead through an existing array`)
  return at.flatMap((item, i) => {
    if (!test({ [name]: item })) return []
    return expand(doc, [...parts.slice(0, wild), String(i), ...parts.slice(wild + 1)].join('.'), filters)
  })
}

export const usesFilter = (path: string, name: string) => path.split('.').includes(`$[${name}]`)
