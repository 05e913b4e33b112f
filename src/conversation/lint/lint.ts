import type { Finding } from '../finding.ts'
import type { PromptFile, Prompts } from '../load.ts'
import type { Pack } from '../pack.ts'
import { whereabouts } from '../whereabouts.ts'
import { type Guideline, nowhereRetired } from './guidelines.ts'
import { lintStructure } from './structure.ts'
import { type Spoken, textsOfHearing, textsOfPack } from './texts.ts'
import { wordLinterFor } from './words.ts'

/** One thing the guidelines advise against: where, what, why and what to write in its place. */
export type LintFinding = Finding & {
  /** `guideline.rule`; structure has `guideline.limit` in its message. */
  readonly rule: string
}

/**
 * Holds loaded prompts to the guidelines: structure first, then words in context. Only prompts that the loader let through
 * are linted. A file's lines are looked up only when something is found in it, so clean prompts are not parsed twice.
 * @param hash the one the packs were loaded with
 */
export const lintPrompts = (
  files: readonly PromptFile[],
  { packs, hearings }: Prompts,
  guidelines: readonly Guideline[],
  hash: (text: string) => string,
): readonly LintFinding[] => {
  const findings: LintFinding[] = []
  const fileOf = new Map(files.map(file => [hash(`${file.locale}\n${file.text}`), file]))
  const places = new Map<PromptFile, ReturnType<typeof whereabouts>>()
  const add = (file: PromptFile, at: Spoken['at'], offset: number, rule: string, message: string): void => {
    const placeOf = places.get(file) ?? whereabouts(file)
    places.set(file, placeOf)
    const finding = { ...placeOf(at, offset), at: at.join('.'), rule, message }
    // A sentence of a variety that is its base's is a mistake once.
    if (!findings.some(one => one.path === finding.path && one.line === finding.line && one.message === message))
      findings.push(finding)
  }
  const fileOfPack = (pack: Pack): PromptFile => {
    const file = fileOf.get(pack.hash)
    if (file === undefined) throw new Error(`the pack "${pack.id}" was loaded from none of these files`)
    return file
  }

  const locales = [...new Set(packs.map(({ locale }) => locale))]
  for (const locale of locales)
    for (const { pack, at, message } of lintStructure(
      packs.filter(one => one.locale === locale),
      guidelines,
    ))
      add(fileOfPack(pack), at, 0, 'structure', message)
  findings.push(...nowhereRetired(guidelines, packs).map(finding => ({ ...finding, rule: 'retired' })))

  for (const locale of locales) {
    const lint = wordLinterFor(guidelines, locale)
    if (lint === undefined) {
      if (guidelines.some(({ words }) => words.length > 0))
        findings.push({
          path: `prompts/${locale}`,
          line: 1,
          at: '',
          rule: 'locale',
          message: `no guideline has phrases for "${locale}", so nobody checked its words`,
        })
      continue
    }
    const spoken = [
      ...packs
        .filter(pack => pack.locale === locale)
        .map(pack => ({ id: pack.id, file: fileOfPack(pack), texts: textsOfPack(pack) })),
      ...hearings
        .filter(hearing => hearing.locale === locale)
        .flatMap(hearing => {
          const file = files.find(one => one.locale === locale && one.path.endsWith('hearing.yaml'))
          return file === undefined ? [] : [{ id: 'hearing', file, texts: textsOfHearing(hearing) }]
        }),
    ]
    for (const { id, file, texts } of spoken)
      for (const text of texts)
        for (const { guideline, rule, found, offset, reason, instead } of lint(text, id))
          add(
            file,
            text.at,
            offset,
            `${guideline}.${rule}`,
            `“${found}”: ${reason}${instead === undefined ? '' : ` Instead: ${instead}`} (${guideline}: ${rule})`,
          )
  }
  return findings
}
