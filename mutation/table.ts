import type { Catch } from './catch.ts'
import type { Mutation } from './mutation.ts'

export type Outcome = { readonly mutation: Mutation; readonly caught: Catch | undefined; readonly seconds: number }

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')

/** One row a mutation, as Markdown. */
export const tableOf = (outcomes: readonly Outcome[]): string =>
  [
    '| Rule | Without | Caught by | What it said | s |',
    '| ---: | --- | --- | --- | ---: |',
    ...outcomes.map(
      ({ mutation: { rule, without }, caught, seconds }) =>
        `| ${rule} | ${cell(without)} | ${caught === undefined ? '**nothing**' : `\`${caught.by}\``} | ${cell(caught?.line ?? '')} | ${seconds.toFixed(1)} |`,
    ),
  ].join('\n')
