import type { PromptFile } from './load.ts'
import type { Place } from './whereabouts.ts'

/** One mistake in a file: where, and what to do. */
export type Finding = { readonly path: string; readonly line: number; readonly at: string; readonly message: string }

export type Loaded<Value> = {
  readonly file: PromptFile
  readonly value: Value
  readonly placeOf: (at: readonly PropertyKey[]) => Place
}

/** Notes a mistake at a place within the file. */
export type Report = (at: readonly PropertyKey[], message: string) => void

export const reporter =
  ({ placeOf }: Loaded<unknown>, findings: Finding[]): Report =>
  (at, message) =>
    findings.push({ ...placeOf(at), at: at.join('.'), message })
