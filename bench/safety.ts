import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readSafety } from '../adapters/prompts/files.ts'
import { detectorOf } from '../src/conversation/safety/detect.ts'
import {
  better,
  type Figures,
  KINDS,
  measure,
  readKept,
  readLines,
  worseThan,
} from '../src/conversation/safety/measure.ts'

/**
 * Measures rule 11's detector on lines that nobody who extends it has read, and prints figures, never a line.
 * `--lines <folder>` names other lines, and prints those that are told apart wrongly: they are there to be read.
 * `--only <locale>` leaves out the others; `--keep` writes figures that rose to measured.json.
 */
const HELD_OUT = 'test/data/safety/held-out'
const MEASURED = 'test/data/safety/measured.json'

const lineOf = (locale: string, { kinds, recall, passed, precision }: Figures): string =>
  [
    `${locale}  recall ${recall}  idioms passed ${passed}  precision ${precision}`,
    ...KINDS.map(kind => `    ${kind.padEnd(12)}${kinds[kind].acute} of ${kinds[kind].lines} flagged acute`),
  ].join('\n')

const optionOf = (option: string): string | undefined => {
  const at = process.argv.indexOf(option)
  return at === -1 ? undefined : process.argv[at + 1]
}

const lines = optionOf('--lines')
const folder = lines ?? HELD_OUT
const only = optionOf('--only')
const detect = detectorOf(readSafety('prompts'))
const isDanger = (kind: string): boolean => kind === 'acute' || kind === 'paraphrased'
const isHeldOut = !relative(HELD_OUT, folder).startsWith('..')
const figures = (existsSync(folder) ? readdirSync(folder) : [])
  .filter(name => name.endsWith('.yaml') && (only === undefined || name === `${only}.yaml`))
  .sort()
  .map(name => {
    const locale = name.slice(0, -'.yaml'.length)
    const read = readLines(name, readFileSync(join(folder, name), 'utf8'))
    for (const { kind, text } of isHeldOut ? [] : read)
      if ((detect(text, locale) === 'acute') !== isDanger(kind)) console.log(`${locale}  ${kind}: ${text}`)
    return [locale, measure(read, detect, locale)] as const
  })
if (figures.length === 0) console.log(`no lines in ${folder}: nothing was measured`)
for (const [locale, its] of figures) console.log(lineOf(locale, its))

const now = Object.fromEntries(
  figures.map(([locale, { recall, passed, precision }]) => [locale, { recall, passed, precision }]),
)
const before = !isHeldOut || !existsSync(MEASURED) ? {} : readKept(readFileSync(MEASURED, 'utf8'))
const worse = worseThan(before, now)
for (const one of worse) console.error(one)
if (process.argv.includes('--keep') && isHeldOut && figures.length > 0)
  writeFileSync(MEASURED, `${JSON.stringify(better(before, now), undefined, 2)}\n`)
if (worse.length > 0) process.exitCode = 1
