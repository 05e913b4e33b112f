/** A text that stands in a file exactly once, and what takes its place. `file` is relative to the root. */
export type Edit = { readonly file: string; readonly find: string; readonly put: string }

/** What may notice that a rule is off: the tests of a file, the simulator's checker, or the check of the prompts. */
export type Catcher =
  | { readonly kind: 'test'; readonly file: string }
  | { readonly kind: 'simulate'; readonly clients: number; readonly days: number; readonly seed: string }
  | { readonly kind: 'prompts' }

/** One rule, or one clause of it, switched off at its place. */
export type Mutation = {
  readonly rule: number
  /** What is off, so that "without ..." can stand before it. */
  readonly without: string
  readonly edits: readonly Edit[]
  /** The cheapest first; the first that fails is the catch. */
  readonly caughtBy: readonly Catcher[]
}

export const test = (file: string): Catcher => ({ kind: 'test', file: `test/${file}.test.ts` })

/** Few people for a short time: long enough for the rule to be met. */
export const simulate = (clients: number, days: number, seed = '7'): Catcher => ({
  kind: 'simulate',
  clients,
  days,
  seed,
})

export const prompts: Catcher = { kind: 'prompts' }

/** @throws if the text is not there exactly once: the code has moved on, and the edit must follow it */
const edited = (content: string, { file, find, put }: Edit): string => {
  const times = content.split(find).length - 1
  if (times !== 1)
    throw new Error(`An edit no longer applies: in ${file} this stands ${times} times instead of once:\n${find}`)
  return content.replace(find, () => put)
}

/** The files that a mutation changes, as they become. @throws as `edited` */
export const changedBy = (
  { edits }: Mutation,
  read: (file: string) => string,
): ReadonlyMap<string, { readonly before: string; readonly after: string }> => {
  const files = new Map<string, { before: string; after: string }>()
  for (const edit of edits) {
    const before = files.get(edit.file)?.before ?? read(edit.file)
    files.set(edit.file, { before, after: edited(files.get(edit.file)?.after ?? before, edit) })
  }
  return files
}
