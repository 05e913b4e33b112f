import { EmbeddedUnsupported } from './errors.ts'

export type Options = Record<string, unknown>

/**
 * Options that cannot change an answer here: where to read, how surely to write (always durable), how to batch, and
 * mongoose's own, which it has acted on before the driver is called.
 */
const HARMLESS = new Set([
  'readPreference', 'readConcern', 'writeConcern', 'w', 'j', 'wtimeout', 'journal', 'batchSize', 'comment', 'maxTimeMS', 'noCursorTimeout',
  'allowDiskUse', 'retryWrites', 'bypassDocumentValidation', 'serializeFunctions', 'timeoutMS',
  'lean', 'strict', 'strictQuery', 'runValidators', 'setDefaultsOnInsert', 'timestamps', 'validateBeforeSave', 'checkKeys', 'safe',
  'multi', 'overwrite', 'omitUndefined', 'sanitizeFilter', 'rawResult', 'populate', 'middleware', 'cloneUpdate', 'updatePipeline', 'requireFilter',
]) // biome-ignore format: one list

const unset = (value: unknown) => value === undefined || value === null || value === false

/**
 * Refuses by name every option that is set and neither harmless nor among those the operation acts on, so that none is
 * passed over in silence. Names that begin with _ are mongoose's notes to itself.
 */
export function checkOptions(operation: string, options: Options | undefined, acted: readonly string[] = []): Options {
  const given = options ?? {}
  for (const [name, value] of Object.entries(given)) {
    if (unset(value) || HARMLESS.has(name) || name.startsWith('_') || acted.includes(name)) continue
    if (name === 'arrayFilters' && Array.isArray(value) && value.length === 0) continue
    throw new EmbeddedUnsupported(`the option ${name} of ${operation}`)
  }
  return given
}

/** A whole number from an option, 0 if unset. */
export function wholeOption(options: Options, name: string): number {
  const value = options[name] ?? 0
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new EmbeddedUnsupported(`the value ${JSON.stringify(value)} of option ${name}`)
  }
  return value
}
