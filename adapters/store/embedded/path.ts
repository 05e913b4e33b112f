import { compare } from './order.ts'
import { type Doc, isDoc, own, type Value } from './value.ts'

export type Path = readonly string[]

export const isIndex = (part: string) => /^(0|[1-9]\d*)$/.test(part)

/**
 * Calls `visit` with each value that a dotted path reaches, as MongoDB's matcher walks: an array on the way opens into
 * its documents (and into the element a numeric part names); a path that ends early visits undefined. The value at
 * the end is handed over as it is; whether an array there opens too is the operator's affair.
 */
export function visitPath(value: Value | undefined, path: Path, visit: (found: Value | undefined) => void, at = 0) {
  const part = path[at]
  if (part === undefined) return visit(value)
  if (isDoc(value)) return visitPath(own(value, part), path, visit, at + 1)
  if (!Array.isArray(value)) return visit(undefined)
  for (const item of value) if (isDoc(item)) visitPath(item, path, visit, at)
  if (isIndex(part)) {
    const item = value[Number(part)]
    if (item !== undefined) visitPath(item, path, visit, at + 1)
  }
}

/** The values at a path, unopened. */
export function valuesAt(doc: Doc, path: Path): (Value | undefined)[] {
  const found: (Value | undefined)[] = []
  visitPath(doc, path, value => found.push(value))
  return found
}

/**
 * What a document sorts by: the least element for an ascending sort, the greatest for a descending one. An empty array
 * sorts below null, hence the wrapper with `empty`.
 */
export type SortKey = { empty: true } | { empty: false; value: Value | undefined }

export const compareSortKeys = (a: SortKey, b: SortKey): number => {
  if (a.empty || b.empty) return Number(b.empty) - Number(a.empty)
  return compare(a.value, b.value)
}

export function sortKey(doc: Doc, path: Path, direction: 1 | -1): SortKey {
  let best: SortKey | undefined
  const consider = (key: SortKey) => {
    if (best === undefined || compareSortKeys(key, best) * direction < 0) best = key
  }
  visitPath(doc, path, found => {
    if (!Array.isArray(found)) consider({ empty: false, value: found })
    else if (found.length === 0) consider({ empty: true })
    else for (const value of found) consider({ empty: false, value })
  })
  return best ?? { empty: false, value: undefined }
}
