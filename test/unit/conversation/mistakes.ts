import { createHash } from 'node:crypto'
import { loadPrompts, PromptError, type PromptFile } from '../../../src/conversation/load.ts'
import { PROMPT_FILES } from './dialogue.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What the loader says about these files, one a line; nothing, if it takes them. Whatever else is thrown comes through. */
export const findingsIn = (files: readonly PromptFile[]): readonly string[] => {
  try {
    loadPrompts(files, hash)
    return []
  } catch (error) {
    if (!(error instanceof PromptError)) throw error
    return error.findings.map(({ path, line, at, message }) => `${path}:${line} ${at}: ${message}`)
  }
}

/** The real prompts with one file changed. */
export const changed = (name: string, change: (text: string) => string): readonly PromptFile[] =>
  PROMPT_FILES.map(file => {
    if (!file.path.endsWith(`en/${name}`)) return file
    const text = change(file.text)
    if (text === file.text) throw new Error(`the change of ${name} changed nothing`)
    return { ...file, text }
  })
/** The same, by one replacement. */
export const replaced = (name: string, from: string, to: string) => changed(name, text => text.replace(from, to))

/** A small pack that is as it should be. */
export const PROBE = `id: probe
version: 1
class: reply
about: A pack for a test.
start: ask
steps:
  ask:
    ask:
      kind: choice
      question: Which one?
      options:
        - { id: one, label: The one }
        - { id: none, label: Neither, way-out: true }
    next: { one: end, none: end }
`
/** The real prompts with the small pack beside them, changed in one place. */
export const withProbe = (from: string, to: string): readonly PromptFile[] => {
  if (!PROBE.includes(from)) throw new Error(`the probe has no "${from}"`)
  return [...PROMPT_FILES, { path: 'prompts/en/probe.yaml', locale: 'en', text: PROBE.replace(from, to) }]
}
