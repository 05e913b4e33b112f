const REDACTED = '[redacted]'
const DEEPEST = 6

/** Names under which a person's words or a credential travel, in lower case without signs, wherever they stand. */
const PRIVATE = new Set([
  ...['text', 'texts', 'words', 'message', 'messages', 'blocks', 'line', 'lines', 'note', 'notes', 'dream', 'dreams'],
  ...['field', 'fields', 'value', 'values', 'answer', 'answers', 'reply', 'quote', 'title', 'label', 'name', 'email'],
  ...['body', 'rawbody', 'payload', 'query', 'url', 'originalurl', 'headers', 'authorization', 'cookie', 'setcookie'],
  ...['uri', 'mongodburi', 'keyringuri', 'masterkeys', 'xslacksignature'],
])
const isPrivate = (name: string) => {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '')
  return PRIVATE.has(plain) || /(token|secret|password)$/.test(plain)
}

/**
 * A copy fit for a log: private names become `[redacted]` at any depth, errors keep type, code, frames and causes but
 * not their message (a JSON or driver error quotes its input there), and what lies deeper than six levels is left out.
 */
export const scrub = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => scrubObject(fields, 1)

const scrubObject = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isPrivate(name) ? REDACTED : scrubValue(value, depth)]),
  )

const scrubValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= DEEPEST) return '[deeper]'
  if (value instanceof Error) return scrubError(value, depth + 1)
  if (Array.isArray(value)) return value.map(item => scrubValue(item, depth + 1))
  if ('toJSON' in value && typeof value.toJSON === 'function') return scrubValue(value.toJSON(), depth + 1)
  return scrubObject(value, depth + 1)
}

const scrubError = (error: Error, depth: number): Record<string, unknown> => ({
  type: error.name,
  ...('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
    ? { code: error.code }
    : {}),
  frames: framesOf(error),
  ...(error.cause === undefined ? {} : { cause: scrubValue(error.cause, depth) }),
})

/** Where it was thrown. The stack begins with the message, which may itself hold lines that look like frames. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 12)
    .map(line => line.trim())
