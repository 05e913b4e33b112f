/** A small seeded generator (mulberry32), so that a failure is repeated by its seed. */
export function seeded(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  const pick = <const T extends readonly [unknown, ...unknown[]]>(items: T): T[number] => items[below(items.length)]
  const chance = (p: number) => next() < p
  return { next, below, pick, chance }
}

export type Random = ReturnType<typeof seeded>
export type Plain = Record<string, unknown>
export type Operation =
  | { kind: 'insertOne'; doc: Plain }
  | { kind: 'find'; filter: Plain; sort: Record<string, 1 | -1>; skip: number; limit: number }
  | { kind: 'count'; filter: Plain }
  | { kind: 'distinct'; field: string; filter: Plain }
  | { kind: 'updateOne' | 'findOneAndUpdate'; filter: Plain; update: Plain; sort: Record<string, 1 | -1> }
  | { kind: 'upsert'; filter: Plain; update: Plain }
  | { kind: 'updateMany'; filter: Plain; update: Plain }
  | { kind: 'replaceOne'; filter: Plain; doc: Plain }
  | { kind: 'deleteOne' | 'deleteMany'; filter: Plain }

/** The indexes under test; `t, w` is the application's own claim index. */
export const INDEXES: [Record<string, 1 | -1>, Plain][] = [
  [{ t: 1, w: 1 }, {}],
  [{ a: 1 }, {}],
  [{ t: 1, tags: 1 }, {}],
  [{ 'o.b': 1, s: -1 }, {}],
  [{ s: 1 }, { sparse: true }],
  [{ n: 1 }, { partialFilterExpression: { t: 'p' } }],
  [{ u: 1 }, { unique: true, sparse: true }],
]

const TEXTS = ['', 'a', 'ab', 'b', 'é', 'Z'] as const
const NUMBERS = [-1.5, 0, 1, 2, 3, 10] as const
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n))

const scalar = (r: Random): unknown =>
  r.pick([() => r.pick(NUMBERS), () => r.pick(TEXTS), () => r.chance(0.5), () => day(r.below(5)), () => null])()

const mixed = (r: Random): unknown =>
  r.pick([
    () => scalar(r),
    () => scalar(r),
    () => Array.from({ length: r.below(4) }, () => scalar(r)),
    () => ({ b: scalar(r) }),
  ])()

function document(r: Random, id: string): Plain {
  const maybe = (p: number, key: string, value: () => unknown): Plain => (r.chance(p) ? { [key]: value() } : {})
  return {
    _id: id,
    t: r.pick(['p', 'q', 'r']),
    ...maybe(0.7, 'w', () => (r.chance(0.15) ? null : day(r.below(6)))),
    ...maybe(0.8, 'a', () => mixed(r)),
    ...maybe(0.8, 's', () => scalar(r)),
    ...maybe(0.7, 'n', () => r.pick(NUMBERS)),
    ...maybe(0.6, 'tags', () => Array.from({ length: r.below(4) }, () => r.pick(TEXTS))),
    ...maybe(0.6, 'o', () => (r.chance(0.8) ? { b: scalar(r) } : {})),
    ...maybe(0.3, 'u', () => `u${r.below(40)}`),
  }
}

const orderable = (r: Random): unknown =>
  r.pick([() => r.pick(NUMBERS), () => r.pick(TEXTS), () => day(r.below(5)), () => r.chance(0.5)])()

function rangeOn(r: Random, value: () => unknown): Plain {
  const one = { [r.pick(['$gt', '$gte'])]: value() }
  const other = { [r.pick(['$lt', '$lte'])]: value() }
  return r.pick([one, other, { ...one, ...other }])
}

function condition(r: Random, field: string): unknown {
  if (field === 'w')
    return r.pick([() => rangeOn(r, () => day(r.below(6))), () => day(r.below(6)), () => null, () => ({ $ne: null })])()
  if (field === 'n')
    return r.pick([
      () => rangeOn(r, () => r.pick(NUMBERS)),
      () => r.pick(NUMBERS),
      () => ({ $mod: [2, 0] }),
      () => ({ $not: { $gt: 1 } }),
    ])()
  if (field === 'tags') {
    return r.pick([
      () => r.pick(TEXTS),
      () => ({ $size: r.below(4) }),
      () => ({ $all: [r.pick(TEXTS), r.pick(TEXTS)] }),
      () => ({ $elemMatch: { $gt: r.pick(TEXTS), $lte: r.pick(TEXTS) } }),
      () => rangeOn(r, () => r.pick(TEXTS)),
      () => /b$/,
    ])()
  }
  return r.pick([
    () => scalar(r),
    () => ({ $in: [scalar(r), scalar(r), scalar(r)] }),
    () => ({ $nin: [scalar(r), scalar(r)] }),
    () => ({ $ne: scalar(r) }),
    () => rangeOn(r, () => orderable(r)),
    () => ({ $exists: r.chance(0.5) }),
    () => ({ $eq: field === 'a' ? { b: scalar(r) } : scalar(r) }),
    () => ({ $not: { $in: [scalar(r)] } }),
  ])()
}

function filter(r: Random, ids: number): Plain {
  const fields = ['w', 'a', 's', 'n', 'tags', 'o.b'] as const
  const clause = (): Plain => {
    const field = r.pick(fields)
    return { [field]: condition(r, field) }
  }
  const parts: Plain = {
    ...(r.chance(0.6) && { t: r.chance(0.8) ? r.pick(['p', 'q', 'r']) : { $in: ['p', 'r'] } }),
    ...clause(),
  }
  if (r.chance(0.15)) parts._id = r.chance(0.5) ? `d${r.below(ids)}` : { $in: [`d${r.below(ids)}`, `d${r.below(ids)}`] }
  if (r.chance(0.3)) Object.assign(parts, clause())
  if (r.chance(0.15)) parts.$or = [clause(), clause()]
  if (r.chance(0.1)) parts.$and = [clause(), clause()]
  if (r.chance(0.05)) parts.$nor = [clause()]
  return parts
}

/** Sorts end with _id, so that the order is total and engines cannot differ where MongoDB leaves it open. */
const sort = (r: Random): Record<string, 1 | -1> => {
  const direction = (): 1 | -1 => (r.chance(0.5) ? 1 : -1)
  const fields = ['w', 's', 'n', 't'] as const
  return {
    ...(r.chance(0.8) && { [r.pick(fields)]: direction() }),
    ...(r.chance(0.3) && { [r.pick(fields)]: direction() }),
    _id: direction(),
  }
}

function update(r: Random, alone: boolean): Plain {
  const parts: (() => Plain)[] = [
    () => ({ $set: { w: r.chance(0.1) ? null : day(r.below(6)) } }),
    () => ({ $set: { s: scalar(r), a: mixed(r) } }),
    () => ({ $unset: { [r.pick(['w', 'a', 's', 'n', 'tags'])]: 1 } }),
    () => ({ $inc: { n: r.pick(NUMBERS) } }),
    () => ({ $min: { n: r.pick(NUMBERS) }, $max: { w: day(r.below(6)) } }),
    () => ({ $push: { tags: r.pick(TEXTS) } }),
    () => ({ $push: { tags: { $each: [r.pick(TEXTS), r.pick(TEXTS)] } } }),
    () => ({ $addToSet: { tags: r.pick(TEXTS) } }),
    () => ({
      $pull: { tags: r.pick([r.pick(TEXTS), { $in: [r.pick(TEXTS), r.pick(TEXTS)] }, { $gte: r.pick(TEXTS) }]) },
    }),
    () => ({ $set: { 'o.b': scalar(r) } }),
    () => ({ $unset: { 'o.b': 1 }, $set: { n: r.pick(NUMBERS) } }),
  ]
  if (alone) parts.push(() => ({ $set: { u: `u${r.below(40)}` } }))
  const [first, ...rest] = parts
  return first ? r.pick([first, ...rest])() : {}
}

/** One random operation over documents d0 ... d(ids-1). */
export function randomOperation(r: Random, ids: number): Operation {
  const id = `d${r.below(ids)}`
  const n = r.below(100)
  if (n < 25) return { kind: 'insertOne', doc: document(r, id) }
  if (n < 55)
    return {
      kind: 'find',
      filter: filter(r, ids),
      sort: sort(r),
      skip: r.chance(0.2) ? r.below(4) : 0,
      limit: r.chance(0.5) ? 1 + r.below(6) : 0,
    }
  if (n < 60) return { kind: 'count', filter: filter(r, ids) }
  if (n < 63) return { kind: 'distinct', field: r.pick(['s', 'tags', 'o.b', 't']), filter: filter(r, ids) }
  if (n < 72) return { kind: 'updateOne', filter: { _id: id }, update: update(r, true), sort: {} }
  if (n < 82) return { kind: 'findOneAndUpdate', filter: filter(r, ids), update: update(r, true), sort: sort(r) }
  if (n < 86)
    return {
      kind: 'upsert',
      filter: { _id: id, t: r.pick(['p', 'q']) },
      update: { ...update(r, true), $setOnInsert: { made: true } },
    }
  if (n < 90) return { kind: 'updateMany', filter: filter(r, ids), update: update(r, false) }
  if (n < 93) return { kind: 'replaceOne', filter: { _id: id }, doc: document(r, id) }
  if (n < 99) return { kind: 'deleteOne', filter: { _id: id } }
  return { kind: 'deleteMany', filter: { ...filter(r, ids), n: { $gt: 3 } } }
}
