import { join } from 'node:path'
import { readGuidelines } from '../../../adapters/prompts/files.ts'
import { wordLinterFor } from '../../../src/conversation/lint/words.ts'

export const PROMPTS = join(import.meta.dirname, '../../../prompts')

/** The guidelines as shipped. */
export const GUIDELINES = readGuidelines(PROMPTS)

/** The rules that a text of a pack breaks, in the order found. */
export const rulesBroken = (locale: string): ((text: string) => readonly string[]) => {
  const lint = wordLinterFor(GUIDELINES, locale)
  if (lint === undefined) throw new Error(`no phrases for ${locale}`)
  return text => lint({ at: ['steps', 'a', 'say'], part: 'say', text }, 'check-in').map(({ rule }) => rule)
}
