import { z } from 'zod'

/** What typed words mean, and the few lines that belong to no pack: `hearing.yaml` of a locale. */

/** The always-on commands of coaching.md, and the doors a person may knock at. */
export const COMMANDS = [
  'help',
  'talk',
  'pause',
  'resume',
  'snooze',
  'edit',
  'skip',
  'stop',
  'seen',
  'delete',
  'landed-badly',
  'too-personal',
  'commit',
  'commitments',
  'progress',
  'limits',
  'check-in',
  'menu',
] as const
export type Command = (typeof COMMANDS)[number]

const text = z.string().trim().min(1)
const phrases = z.array(text).min(1)

export const hearingSchema = z.strictObject({
  about: text,
  commands: z.record(
    z.enum(COMMANDS),
    z.strictObject({
      heard: phrases,
      /** `pack.step` that answers it; `edit` and `skip` have none: they act on the question at hand. */
      run: z
        .string()
        .regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/)
        .optional(),
    }),
  ),
  /** Ways to say an answer that many questions have: an option with that id is meant. */
  answers: z.record(z.string(), phrases),
  lines: z.strictObject({
    /** A button of an earlier question was pressed. */
    'moved-on': text,
    /** Not one of the answers: kept, and the choices offered. */
    kept: text,
    /** The same again: kept, and the question is left alone. */
    'kept-and-on': text,
    'date-past': text,
    'date-unclear': text,
    'number-unclear': text,
    'nothing-to-skip': text,
    'nothing-to-edit': text,
    edit: text,
    skipped: text,
    /** An answer after which nothing more is to be said. */
    noted: text,
    /** To someone who had their data deleted, and writes again. */
    erased: text,
  }),
})

export type Hearing = z.infer<typeof hearingSchema> & { readonly locale: string }

/**
 * Small, bare words: case, punctuation, apostrophes and emoji do not change what a person means. A message of nothing else
 * (a single emoji, a question mark) stays as it is.
 */
export const bare = (typed: string): string => {
  const small = typed.normalize('NFKC').toLowerCase().replace(/['’`]/g, '')
  return small.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim() || small.trim()
}

type Heard = { readonly commands: ReadonlyMap<string, Command>; readonly answers: ReadonlyMap<string, string> }
const heardBy = new WeakMap<Hearing, Heard>()

const heardOf = (hearing: Hearing): Heard => {
  const known = heardBy.get(hearing)
  if (known !== undefined) return known
  const commands = new Map(
    COMMANDS.flatMap(command => hearing.commands[command].heard.map(phrase => [bare(phrase), command] as const)),
  )
  const answers = new Map(
    Object.entries(hearing.answers).flatMap(([answer, heard]) => heard.map(phrase => [bare(phrase), answer] as const)),
  )
  const made = { commands, answers }
  heardBy.set(hearing, made)
  return made
}

/** The command that a whole message is, if it is one. */
export const commandIn = (typed: string, hearing: Hearing): Command | undefined =>
  heardOf(hearing).commands.get(bare(typed))

/** The common answer a whole message stands for ('yes', 'no', 'later', ...), if any. */
export const answerIn = (typed: string, hearing: Hearing): string | undefined =>
  heardOf(hearing).answers.get(bare(typed))
