import { EmbeddedUnsupported, writeError } from './errors.ts'
import { type Doc, isDoc, type Value } from './value.ts'

/** A projection as a tree: true marks a named path, a map what lies below one. */
type Tree = Map<string, Tree | true>

function grow(paths: string[]): Tree {
  const root: Tree = new Map()
  for (const path of paths) {
    const parts = path.split('.')
    let at = root
    for (const [i, part] of parts.entries()) {
      const there = at.get(part)
      if (there === true || (there && i === parts.length - 1)) throw writeError(31249, `Path collision at ${path}`)
      if (i === parts.length - 1) at.set(part, true)
      else {
        const next: Tree = there ?? new Map()
        at.set(part, next)
        at = next
      }
    }
  }
  return root
}

function keep(value: Doc, tree: Tree): Doc {
  const out: Doc = {}
  for (const [key, inner] of Object.entries(value)) {
    const below = tree.get(key)
    if (below === true) out[key] = inner
    else if (below && isDoc(inner)) out[key] = keep(inner, below)
    else if (below && Array.isArray(inner)) out[key] = keepItems(inner, below)
  }
  return out
}

const keepItems = (items: Value[], tree: Tree): Value[] =>
  items.flatMap((item): Value[] =>
    isDoc(item) ? [keep(item, tree)] : Array.isArray(item) ? [keepItems(item, tree)] : [],
  )

function drop(value: Value, tree: Tree): Value {
  if (Array.isArray(value)) return value.map(item => drop(item, tree))
  if (!isDoc(value)) return value
  const out: Doc = {}
  for (const [key, inner] of Object.entries(value)) {
    const below = tree.get(key)
    if (below !== true) out[key] = below ? drop(inner, below) : inner
  }
  return out
}

/** A projection by inclusion or exclusion of dotted paths; operators ($slice, $elemMatch, expressions) are refused. */
export function compileProjection(projection: Doc | undefined): (doc: Doc) => Doc {
  const entries = Object.entries(projection ?? {})
  if (entries.length === 0) return doc => doc
  const flags = entries.map(([path, value]): [string, boolean] => {
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new EmbeddedUnsupported(`the projection ${JSON.stringify({ [path]: value })}`)
    }
    if (path.split('.').some(part => part.startsWith('$')))
      throw new EmbeddedUnsupported(`the projection path '${path}'`)
    return [path, Boolean(value)]
  })
  const others = flags.filter(([path]) => path !== '_id')
  const id = flags.find(([path]) => path === '_id')?.[1]
  const including = others[0]?.[1] ?? id ?? false
  if (others.some(([, flag]) => flag !== including)) {
    throw writeError(31254, 'Cannot mix inclusion and exclusion in a projection')
  }
  const paths = others.map(([path]) => path)
  if (including) {
    const tree = grow(id === false ? paths : ['_id', ...paths])
    return doc => keep(doc, tree)
  }
  const tree = grow(id === false ? ['_id', ...paths] : paths)
  return doc => drop(doc, tree) as Doc // A document stays one: drop returns an object for an object.
}
