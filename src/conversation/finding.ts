import type { PromptFile } from './load.ts'

/** One mistake in a file: where, and what to do. */
export type Finding = { readonly path: string; readonly line: number; readonly at: string; readonly message: string }

export type Loaded<Value> = {
  readonly file: PromptFile
  readonly value: Value
  readonly lineOf: (at: readonly PropertyKey[]) => number
}

/** Notes a mistake at a place within the file. */
export type Report = (at: readonly PropertyKey[], message: string) => void

export const reporter =
  ({ file, lineOf }: Loaded<unknown>, findings: Finding[]): Report =>
  (at, message) =>
    findings.push({ path: file.path, line: lineOf(at), at: at.join('.'), message })
