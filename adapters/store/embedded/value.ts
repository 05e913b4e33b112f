import mongoose, { type mongo } from 'mongoose'
import { EmbeddedUnsupported } from './errors.ts'

export type Binary = mongo.Binary
export const Binary = mongoose.mongo.Binary

/** What a stored document may hold. Binary is the driver's own class, as a MongoDB server would hand it back. */
export type Value = string | number | boolean | null | Date | Binary | Value[] | Doc
export type Doc = { [key: string]: Value }

export const isBinary = (value: unknown): value is Binary =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Binary'

/** A nested document: an object that is none of the scalar classes and no array. */
export const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !isBinary(value)

/** The property of a document, or undefined when it is missing; never one inherited from Object.prototype. */
export const own = (doc: Doc, key: string): Value | undefined => (Object.hasOwn(doc, key) ? doc[key] : undefined)

type Where = 'document' | 'filter'

function plainObject(entries: Iterable<[string, unknown]>, where: Where): Doc {
  const out: Doc = {}
  for (const [key, value] of entries) {
    if (key === '__proto__') throw new EmbeddedUnsupported("a field named '__proto__'")
    if (where === 'document' && (key.startsWith('$') || key.includes('.') || key === '')) {
      throw new EmbeddedUnsupported(`a stored field named '${key}' (empty, beginning with $ or holding a dot)`)
    }
    out[key] = plain(value, where)
  }
  return out
}

function plainInstance(value: object, where: Where): Value {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new EmbeddedUnsupported('an invalid Date')
    return new Date(value.getTime())
  }
  if (isBinary(value)) return new Binary(Uint8Array.from(value.value()), value.sub_type)
  if (Array.isArray(value)) return Array.from(value, item => plain(item, where))
  if ('toBSON' in value && typeof value.toBSON === 'function') return plain(value.toBSON(), where)
  if (value instanceof Uint8Array) return new Binary(Uint8Array.from(value))
  if (value instanceof Map) return plainObject(value.entries(), where)
  // A filter may carry a pattern; the matcher alone looks at it, so it travels as if it were a value.
  if (value instanceof RegExp && where === 'filter') return value as unknown as Value
  if ('_bsontype' in value) throw new EmbeddedUnsupported(`the BSON type ${String(value._bsontype)}`)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) {
    throw new EmbeddedUnsupported(`a value of class ${value.constructor?.name ?? 'unknown'}`)
  }
  return plainObject(Object.entries(value), where)
}

/**
 * A deep copy of what mongoose hands over, in plain values only: undefined becomes null as BSON makes it, buffers
 * become Binary. Throws EmbeddedUnsupported naming any type the engine would not give back as it was.
 */
function plain(value: unknown, where: Where): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw new EmbeddedUnsupported(`the number ${value}`)
      return value
    case 'undefined':
      return null
    case 'object':
      return value === null ? null : plainInstance(value, where)
    default:
      throw new EmbeddedUnsupported(`a value of type ${typeof value}`)
  }
}

/** Like plain, for what must be an object: a document, a filter or an update. */
export function plainDoc(value: unknown, where: Where, what: string): Doc {
  const out = plain(value ?? {}, where)
  if (!isDoc(out)) throw new EmbeddedUnsupported(`${what} that is no object`)
  return out
}
