import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { checkHearing, checkPacks } from './check.ts'
import type { Finding } from './finding.ts'
import { type Hearing, hearingSchema } from './hearing.ts'
import { type Pack, packSchema } from './pack.ts'
import { type Place, whereabouts } from './whereabouts.ts'

/** One YAML file of prompts: `path` as it reads in errors, `locale` from the folder it is in. */
export type PromptFile = {
  readonly path: string
  readonly locale: string
  readonly text: string
  /** The files that `text` was put together from, if it was (see varieties.ts): mistakes are shown where they were written. */
  readonly written?: readonly { readonly path: string; readonly text: string }[]
}

export type Prompts = { readonly packs: readonly Pack[]; readonly hearings: readonly Hearing[] }

/** All mistakes of all files, one a line: file, line, path within the file, what is wrong. */
export class PromptError extends Error {
  readonly findings: readonly Finding[]
  constructor(findings: readonly Finding[]) {
    const lines = findings.map(
      ({ path, line, at, message }) => `  ${path}:${line}  ${at === '' ? '' : `${at}: `}${message}`,
    )
    super(`${findings.length} mistake(s) in the prompts; nothing was started.\n${lines.join('\n')}`)
    this.name = 'PromptError'
    this.findings = findings
  }
}

type Located<Value> = {
  readonly file: PromptFile
  readonly value: Value
  readonly placeOf: (at: readonly PropertyKey[]) => Place
}

/**
 * Reads every pack and hearing file and checks them, alone and together.
 * @param hash names a content (SHA-256 in hex); passed in because the core makes no cryptography
 * @throws PromptError with all that is wrong
 */
export const loadPrompts = (files: readonly PromptFile[], hash: (text: string) => string): Prompts => {
  const findings: Finding[] = []
  const packs: Located<Pack>[] = []
  const hearings: Located<Hearing>[] = []
  for (const file of files) {
    const { locale, text } = file
    if (file.path.endsWith('hearing.yaml')) {
      const read = readYaml(file, hearingSchema, findings)
      if (read !== undefined) hearings.push({ ...read, value: { ...read.value, locale } })
    } else {
      const read = readYaml(file, packSchema, findings)
      if (read !== undefined)
        packs.push({ ...read, value: { ...read.value, locale, hash: hash(`${locale}\n${text}`) } })
    }
  }
  if (findings.length === 0) findings.push(...checkPacks(packs, doorsOf(hearings)), ...checkHearing(hearings, packs))
  if (findings.length > 0) throw new PromptError(findings)
  return { packs: packs.map(({ value }) => value), hearings: hearings.map(({ value }) => value) }
}

const doorsOf = (hearings: readonly Located<Hearing>[]): readonly string[] =>
  hearings.flatMap(({ value }) => Object.values(value.commands).flatMap(({ run }) => run ?? []))

/** Reads one pack again from what a store kept under its hash. @throws PromptError */
export const readPack = (file: PromptFile, hash: string): Pack => {
  const findings: Finding[] = []
  const read = readYaml(file, packSchema, findings)
  if (read === undefined) throw new PromptError(findings)
  return { ...read.value, locale: file.locale, hash }
}

const readYaml = <Schema extends z.ZodType>(
  file: PromptFile,
  schema: Schema,
  findings: Finding[],
): Located<z.infer<Schema>> | undefined => {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    for (const error of document.errors)
      findings.push({
        path: file.path,
        line: lines.linePos(error.pos[0]).line,
        at: '',
        message: `this is not YAML: ${error.message}`,
      })
    return undefined
  }
  // Looked up only when something is to be reported.
  let look: ReturnType<typeof whereabouts> | undefined
  const placeOf = (at: readonly PropertyKey[]): Place => {
    look ??= whereabouts(file)
    return look(at)
  }
  const content = contentOf(document)
  if (content.kind === 'unreadable') {
    findings.push({ path: file.path, line: 1, at: '', message: `this cannot be read: ${content.why}` })
    return undefined
  }
  const parsed = schema.safeParse(content.value)
  if (parsed.success) return { file, value: parsed.data, placeOf }
  for (const issue of deepest(parsed.error.issues))
    findings.push({ ...placeOf(issue.path), at: issue.path.join('.'), message: issue.message })
  return undefined
}

type Content =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly why: string }

/** Aliases are resolved only here: one that names nothing, or too many of them, is a mistake like any other. */
const contentOf = (document: { toJS(): unknown }): Content => {
  try {
    return { kind: 'value', value: document.toJS() }
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) }
  }
}

type Issue = {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly errors?: readonly (readonly Issue[])[]
}

/** Of a union's alternatives, those that came furthest say what is really wrong. */
const deepest = (issues: readonly z.core.$ZodIssue[]): readonly Issue[] => (issues as readonly Issue[]).flatMap(unfold)

const unfold = (issue: Issue): readonly Issue[] => {
  const alternatives = issue.errors?.map(errors =>
    errors.flatMap(unfold).map(one => ({ ...one, path: [...issue.path, ...one.path] })),
  )
  const depth = (errors: readonly Issue[]): number => Math.max(0, ...errors.map(({ path }) => path.length))
  const best = alternatives?.filter(errors => errors.length > 0).toSorted((a, b) => depth(b) - depth(a))[0]
  return best !== undefined && depth(best) > issue.path.length ? best : [issue]
}
