import { z } from 'zod'
import type { Detect } from '../../domain/safety.ts'
import { readYamlSource } from '../lint/yaml-source.ts'

/** What a line is: danger said straight or round about, low spirits without danger, or what only sounds like danger. */
export const KINDS = ['acute', 'paraphrased', 'soft', 'idiom', 'sarcasm', 'quotation'] as const
type Kind = (typeof KINDS)[number]

const linesSchema = z.object({ lines: z.array(z.object({ kind: z.enum(KINDS), text: z.string().min(1) })) })

export type Line = { readonly kind: Kind; readonly text: string }

/** Reads a file of lines. Its errors never repeat a line: measured lines are not to be seen. @throws Error */
export const readLines = (path: string, source: string): readonly Line[] => {
  const { value, errors } = readYamlSource(source)
  const parsed = linesSchema.safeParse(value)
  const wrong = errors[0]?.line ?? (parsed.success ? undefined : 0)
  if (wrong !== undefined || !parsed.success) throw new Error(`${path}:${wrong ?? 0} is no file of lines`)
  return parsed.data.lines
}

/** Counts and shares from 0 to 1, rounded down to a thousandth. */
export type Figures = {
  /** Of each kind: how many there are, and how many of them were flagged acute. */
  readonly kinds: Readonly<Record<Kind, { readonly lines: number; readonly acute: number }>>
  /** Of what is acute, straight or paraphrased: the share flagged acute. */
  readonly recall: number
  /** Of idioms: the share not flagged acute. */
  readonly passed: number
  /** Of what is flagged acute: the share that is. */
  readonly precision: number
}

/** What a detector makes of lines in one locale. */
export const measure = (lines: readonly Line[], detect: Detect, locale: string): Figures => {
  const counted = KINDS.map(kind => {
    const own = lines.filter(line => line.kind === kind)
    return [
      kind,
      { lines: own.length, acute: own.filter(({ text }) => detect(text, locale) === 'acute').length },
    ] as const
  })
  // Object.fromEntries loses the keys; KINDS is the source of both.
  const kinds = Object.fromEntries(counted) as Figures['kinds']
  const hits = kinds.acute.acute + kinds.paraphrased.acute
  const flagged = KINDS.reduce((sum, kind) => sum + kinds[kind].acute, 0)
  return {
    kinds,
    recall: share(hits, kinds.acute.lines + kinds.paraphrased.lines),
    passed: share(kinds.idiom.lines - kinds.idiom.acute, kinds.idiom.lines),
    precision: share(hits, flagged),
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : Math.floor((part / whole) * 1000) / 1000)

const figure = z.number().min(0).max(1)
const kept = z.record(z.string(), z.object({ recall: figure, passed: figure, precision: figure }))

/** The best figures so far, by locale. */
export type Kept = z.infer<typeof kept>

/** @throws z.ZodError */
export const readKept = (source: string): Kept => kept.parse(JSON.parse(source))

const NAMES = ['recall', 'passed', 'precision'] as const

/** What fell below the figures kept, in words. */
export const worseThan = (before: Kept, now: Kept): readonly string[] =>
  Object.entries(before).flatMap(([locale, best]) =>
    NAMES.flatMap(name => {
      const its = now[locale]?.[name]
      return its !== undefined && its < best[name] ? [`${locale}: ${name} fell from ${best[name]} to ${its}`] : []
    }),
  )

/** Figures to keep from now on: they may only rise. */
export const better = (before: Kept, now: Kept): Kept => {
  const risen = Object.entries(now).map(([locale, figures]) => {
    const best = before[locale] ?? figures
    const [recall, passed, precision] = NAMES.map(name => Math.max(best[name], figures[name]))
    return [locale, { recall, passed, precision }]
  })
  return kept.parse({ ...before, ...Object.fromEntries(risen) })
}
