import { EmbeddedUnsupported } from './errors.ts'
import { Binary, type Doc, isBinary, type Value } from './value.ts'

/** MongoDB's own limit, kept so that a document that fits here also fits there. */
const MAX_CHARS = 16 * 1024 * 1024

function toJson(value: Value): unknown {
  if (typeof value === 'number') return Object.is(value, -0) ? { $n: '-0' } : value
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return { $d: value.getTime() }
  if (isBinary(value)) return { $b: Buffer.from(value.value()).toString('base64'), $t: value.sub_type }
  if (Array.isArray(value)) return value.map(toJson)
  const out: Record<string, unknown> = {}
  for (const key of Object.keys(value)) out[key] = toJson(value[key] ?? null)
  return out
}

function fromJson(value: unknown): Value {
  if (typeof value !== 'object' || value === null) {
    // JSON.parse yields nothing but these beside objects.
    return value as string | number | boolean | null
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = fromJson(value[i])
    return value
  }
  const object = value as Record<string, unknown>
  if ('$d' in object) return new Date(Number(object.$d))
  if ('$b' in object) return new Binary(Buffer.from(String(object.$b), 'base64'), Number(object.$t))
  if ('$n' in object) return -0
  for (const key in object) object[key] = fromJson(object[key])
  return object as Doc
}

/**
 * A document as JSON text: dates as {$d: ms}, binaries as {$b: base64, $t: subtype}, -0 as {$n}. Field names never
 * begin with $ (see plain), so the marks cannot be mistaken. Lossless: decode(encode(d)) equals d, keys in order.
 */
export function encode(doc: Doc): string {
  const text = JSON.stringify(toJson(doc))
  if (text.length > MAX_CHARS) throw new EmbeddedUnsupported('a document above 16 MB')
  return text
}

export const decode = (text: string): Doc => fromJson(JSON.parse(text)) as Doc
