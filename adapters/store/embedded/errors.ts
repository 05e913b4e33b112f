import mongoose from 'mongoose'

/** Something MongoDB can do and this engine does not. `feature` names the operation, operator or option. */
export class EmbeddedUnsupported extends Error {
  override readonly name = 'EmbeddedUnsupported'
  readonly code = 'EMBEDDED_UNSUPPORTED'
  readonly feature: string

  constructor(feature: string, advice = 'Rewrite the call without it, or run on MongoDB with MONGODB_URI.') {
    super(`The embedded store does not support ${feature}. ${advice}`)
    this.feature = feature
  }
}

export type StoreFileCode = 'EMBEDDED_LOCKED' | 'EMBEDDED_FOREIGN' | 'EMBEDDED_NEWER' | 'EMBEDDED_CORRUPT'

/** The data file cannot be used as it is; the message names the file and says what to do. The file was not changed. */
export class StoreFileError extends Error {
  override readonly name = 'StoreFileError'
  readonly code: StoreFileCode
  readonly file: string

  constructor(code: StoreFileCode, file: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.file = file
  }
}

type ServerErrorFields = { message: string; code: number } & Record<string, unknown>

const serverError = (fields: ServerErrorFields) => new mongoose.mongo.MongoServerError(fields)

/** The error a MongoDB server answers a write with, so that callers need not know which engine they run on. */
export const writeError = (code: number, message: string) => serverError({ code, message, errmsg: message })

/** E11000, worded and shaped like the server's. `keyValue` holds the clashing values by field path. */
export function duplicateKey(collection: string, index: string, keyValue: Record<string, unknown>) {
  const shown = Object.entries(keyValue)
    .map(([path, value]) => `${path}: ${JSON.stringify(value) ?? 'null'}`)
    .join(', ')
  const message = `E11000 duplicate key error collection: embedded.${collection} index: ${index} dup key: { ${shown} }`
  const keyPattern = Object.fromEntries(Object.keys(keyValue).map(path => [path, 1]))
  return serverError({ code: 11000, message, errmsg: message, keyPattern, keyValue })
}
