import { type DestinationStream, type LevelWithSilent, pino, stdTimeFunctions } from 'pino'
import { scrub } from './scrub.ts'

/** A log line is facts under names, and one fixed sentence. Never put what a person wrote into either. */
type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void
export type Logger = {
  readonly debug: Log
  readonly info: Log
  readonly warn: Log
  readonly error: Log
  readonly fatal: Log
}

/**
 * JSON lines with ISO times in UTC, to `destination` (stdout unless given, written synchronously so that a crash loses
 * none). Fields are scrubbed before pino sees them: pino's own redaction goes by fixed paths, and takes an error's
 * message, which may quote its input, as the line's message.
 */
export const createLogger = (level: LevelWithSilent, destination?: DestinationStream): Logger => {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), bindings: () => ({}) },
  }
  const sink = destination === undefined ? pino(options) : pino(options, destination)
  const at =
    (name: keyof Logger): Log =>
    (fields, message) =>
      sink[name](scrub(fields), message)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') }
}
