import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Guideline, type GuidelineFile, loadGuidelines } from '../../src/conversation/lint/guidelines.ts'
import { loadPrompts, type PromptFile, type Prompts } from '../../src/conversation/load.ts'
import { loadSafety, type SafetyRules } from '../../src/conversation/safety/rules.ts'
import { filledUp } from '../../src/conversation/varieties.ts'

/** SHA-256 in hex: names a pack's exact content. */
export const contentHash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Every YAML file of `prompts/{locale}/`, English first: it is the one that other locales are compared with. Varieties are filled up. */
export const readPromptFiles = (root: string): readonly PromptFile[] => {
  const locales = readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && /^[a-z]{2}(-x)?(-[A-Za-z]+)?$/.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b))
  return filledUp(
    locales.flatMap(locale =>
      readdirSync(join(root, locale))
        .filter(name => name.endsWith('.yaml'))
        .sort()
        .map(name => {
          const file = join(root, locale, name)
          return { path: join('prompts', relative(root, file)), locale, text: readFileSync(file, 'utf8') }
        }),
    ),
  )
}

/** @throws PromptError with every mistake of every file */
export const readPrompts = (root: string): Prompts => loadPrompts(readPromptFiles(root), contentHash)

/** Every file of one folder of `prompts/`, in the order of their names; none if there is no such folder. */
const readFolder = (root: string, folder: 'guidelines' | 'safety'): readonly GuidelineFile[] => {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => ({ path: join('prompts', folder, name), text: readFileSync(join(path, name), 'utf8') }))
}

/** @throws PromptError with every mistake of every guideline */
export const readGuidelines = (root: string): readonly Guideline[] => loadGuidelines(readFolder(root, 'guidelines'))

/** What `prompts/safety/` knows of each language. @throws PromptError with every mistake of every file */
export const readSafety = (root: string): readonly SafetyRules[] => loadSafety(readFolder(root, 'safety'))
