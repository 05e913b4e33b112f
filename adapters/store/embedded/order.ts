import { isBinary, isDoc, type Value } from './value.ts'

/**
 * MongoDB's order across types: null, numbers, strings, objects, arrays, binaries, booleans, dates. A missing field
 * sorts as null. https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export const Rank = { null: 2, number: 4, string: 6, object: 8, array: 10, binary: 12, boolean: 14, date: 16 } as const
export type Rank = (typeof Rank)[keyof typeof Rank]

export function rankOf(value: Value | undefined): Rank {
  switch (typeof value) {
    case 'number':
      return Rank.number
    case 'string':
      return Rank.string
    case 'boolean':
      return Rank.boolean
    case 'undefined':
      return Rank.null
  }
  if (value === null) return Rank.null
  if (value instanceof Date) return Rank.date
  if (Array.isArray(value)) return Rank.array
  return isBinary(value) ? Rank.binary : Rank.object
}

/** Moves surrogates above the other code units, so that UTF-16 strings compare as their UTF-8 bytes do. */
const unitOrder = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

function compareStrings(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return unitOrder(left) - unitOrder(right)
  }
  return a.length - b.length
}

function compareObjects(a: { [key: string]: Value }, b: { [key: string]: Value }): number {
  const left = Object.keys(a)
  const right = Object.keys(b)
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [leftKey, rightKey] = [left[i] ?? '', right[i] ?? '']
    const [leftValue, rightValue] = [a[leftKey], b[rightKey]]
    const by =
      rankOf(leftValue) - rankOf(rightValue) || compareStrings(leftKey, rightKey) || compare(leftValue, rightValue)
    if (by !== 0) return by
  }
  return left.length - right.length
}

function compareArrays(a: Value[], b: Value[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const by = compare(a[i], b[i])
    if (by !== 0) return by
  }
  return a.length - b.length
}

/** Total order of values as MongoDB sorts them; 0 is MongoDB's equality (a missing field equals null). */
export function compare(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0
  const by = rankOf(a) - rankOf(b)
  if (by !== 0) return by
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime()
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
  if (isBinary(a) && isBinary(b)) {
    return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value())
  }
  return isDoc(a) && isDoc(b) ? compareObjects(a, b) : 0
}

/** What SQLite stores in an index column; its own order (REAL, TEXT, BLOB) is then MongoDB's order. */
export type Key = number | string | Buffer

/** Null and missing. Below every number, because a stored number is finite. */
export const NULL_KEY = Number.NEGATIVE_INFINITY

function float64(value: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeDoubleBE(value === 0 ? 0 : value)
  // The usual order-preserving turn: flip the sign bit of positives, every bit of negatives.
  if ((out[0] ?? 0) & 0x80) for (let i = 0; i < 8; i++) out[i] = ~(out[i] ?? 0)
  else out[0] = (out[0] ?? 0) ^ 0x80
  return out
}

// SQLite's TEXT ends at NUL in this binding, so NUL and the escape itself are spelled with U+0001, which keeps the order.
const textKey = (value: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these two control characters are the ones to escape.
  /[\0\u0001]/.test(value) ? value.replace(/[\0\u0001]/g, c => (c === '\0' ? '\u0001\u0001' : '\u0001\u0002')) : value

const nested = (value: Value): Buffer => {
  const key = keyOf(value)
  if (Buffer.isBuffer(key)) return key
  if (typeof key === 'string') return Buffer.concat([Buffer.of(Rank.string), Buffer.from(`${textKey(key)}\0`)])
  if (key === NULL_KEY) return Buffer.of(Rank.null)
  return Buffer.concat([Buffer.of(Rank.number), float64(key)])
}

/** The order-preserving key of one value: compare(a, b) and SQLite's comparison of the keys agree in sign. */
export function keyOf(value: Value | undefined): Key {
  if (value === null || value === undefined) return NULL_KEY
  if (typeof value === 'number') return value
  if (typeof value === 'string') return textKey(value)
  if (typeof value === 'boolean') return Buffer.of(Rank.boolean, value ? 1 : 0)
  if (value instanceof Date) return Buffer.concat([Buffer.of(Rank.date), float64(value.getTime())])
  if (isBinary(value)) {
    const head = Buffer.alloc(6)
    head.writeUInt8(Rank.binary, 0)
    head.writeUInt32BE(value.length(), 1)
    head.writeUInt8(value.sub_type, 5)
    return Buffer.concat([head, value.value()])
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.of(Rank.array), ...value.map(nested), Buffer.of(0)])
  const fields = Object.keys(value).map(key => {
    const inner = nested(value[key] ?? null)
    return Buffer.concat([inner.subarray(0, 1), Buffer.from(`${textKey(key)}\0`), inner.subarray(1)])
  })
  return Buffer.concat([Buffer.of(Rank.object), ...fields, Buffer.of(0)])
}

/** The keys a range comparison with `value` may reach: from (inclusive) to (exclusive). MongoDB brackets by type. */
export function bracketOf(value: Value): { from: Key; to: Key } | undefined {
  const rank = rankOf(value)
  if (rank === Rank.number) return { from: -Number.MAX_VALUE, to: '' }
  if (rank === Rank.string) return { from: '', to: Buffer.alloc(0) }
  if (rank === Rank.boolean || rank === Rank.date || rank === Rank.binary) {
    return { from: Buffer.of(rank), to: Buffer.of(rank + 1) }
  }
  return undefined
}
