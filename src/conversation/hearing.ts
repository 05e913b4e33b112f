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
  'limits',
  'days-off',
  'check-in',
  'menu',
  'topics',
  'decision',
  'change-map',
  'dreams',
  'link',
  'progress',
  'hard-week',
  'ill',
  'loss',
  'safety',
  'harassment',
  'legal',
  'medical',
  'language',
  'goodbye',
] as const
export type Command = (typeof COMMANDS)[number]

const text = z.string().trim().min(1)
const phrases = z.array(text).min(1)
/** One wording, or several to take in turn: nobody is to read the same line twice running. */
const line = z.union([text, phrases])

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
  /** Words around an answer that do not change it: "done, I guess", "well, half of it". Stripped only if the rest is then known. */
  fillers: z.strictObject({ before: phrases, after: phrases }).default({ before: [], after: [] }),
  /** How people shorten words in a chat ("q" for "que", "u" for "you"), and what is meant. Read so only where it is then known. */
  spellings: z.record(z.string(), text).default({}),
  /** Letters written with others where a keyboard lacks them ("ae" for "ä"), and the letter meant. */
  letters: z.record(z.string(), text).default({}),
  /** The numbers from nothing on, as words: "seven" on a scale is a 7. */
  numbers: z.array(text).default([]),
  /** Words that join two things in one sentence. */
  joins: phrases.default(['&']),
  /** Words that begin a condition: what follows them is part of one thing ("when Ana is back on Monday, call her on Tuesday"). */
  conditions: z.array(text).default([]),
  /** Phrases in which such a word joins nothing ("a las cuatro y media"). */
  unparted: z.array(text).default([]),
  /** How a language is asked for: its tag, and what people write. Also of languages that are not spoken here, to say so. */
  languages: z.record(z.string(), phrases).default({}),
  /** Common words of this language that are none of another's: two of them tell which one somebody writes in. */
  tells: phrases.optional(),
  lines: z.strictObject({
    /** A button of an earlier question was pressed. */
    'moved-on': line,
    /** Not one of the answers: kept, and the choices offered. */
    kept: line,
    /** The same again: kept, and the question is left alone. */
    'kept-and-on': line,
    'date-past': line,
    'date-unclear': line,
    'number-unclear': line,
    'nothing-to-skip': line,
    'nothing-to-edit': line,
    edit: line,
    skipped: line,
    /** An answer after which nothing more is to be said. */
    noted: line,
    /** To thanks, where nothing is being asked; else the same as to any other word. */
    thanked: z.union([text, z.array(text)]).default([]),
    /** To someone who had their data deleted, and writes again. */
    erased: text,
  }),
})

export type LineId = keyof z.infer<typeof hearingSchema>['lines']

export type Hearing = z.infer<typeof hearingSchema> & { readonly locale: string }

/** Accents over and under letters, which many leave out as they type: "si" is "sí". Other scripts' marks are letters of theirs. */
const ACCENTS = /[\u{300}-\u{36F}]/gu

/**
 * Small, bare words: case, accents, punctuation, apostrophes and emoji do not change what a person means. A message of nothing
 * else (a single emoji, a question mark) stays as it is.
 */
export const bare = (typed: string): string => {
  // Variation selectors and skin tones change a picture's looks, not what it says.
  const plain = typed
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .replace(/[\u{FE0E}\u{FE0F}\u{1F3FB}-\u{1F3FF}]/gu, '')
  const small = plain.toLowerCase().replace(/['’`]/g, '').replaceAll('ß', 'ss')
  return small.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim() || small.trim() || typed.trim()
}

type Heard = {
  readonly commands: ReadonlyMap<string, Command>
  readonly answers: ReadonlyMap<string, string>
  readonly languages: ReadonlyMap<string, string>
  readonly spellings: ReadonlyMap<string, string>
  readonly letters: ReadonlyMap<string, string>
  readonly numbers: ReadonlyMap<string, number>
  readonly before: readonly string[]
  readonly after: readonly string[]
}
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
  const languages = new Map(
    Object.entries(hearing.languages).flatMap(([tag, heard]) => heard.map(phrase => [bare(phrase), tag] as const)),
  )
  const spellings = new Map(Object.entries(hearing.spellings).map(([short, word]) => [bare(short), bare(word)]))
  const letters = new Map(Object.entries(hearing.letters).map(([written, letter]) => [bare(written), bare(letter)]))
  const numbers = new Map(hearing.numbers.map((word, number) => [bare(word), number]))
  const longestFirst = (fillers: readonly string[]) => fillers.map(bare).toSorted((a, b) => b.length - a.length)
  const { before, after } = hearing.fillers
  const made = {
    commands,
    answers,
    languages,
    spellings,
    letters,
    numbers,
    before: longestFirst(before),
    after: longestFirst(after),
  }
  heardBy.set(hearing, made)
  return made
}

/** More fillers than anybody puts around one answer. */
const MOST_FILLERS = 4

/** As a dictionary would have it: drawn-out letters once ("siiii"), and what is short for a word as that word. */
const spelt = (said: string, spellings: ReadonlyMap<string, string>): string =>
  said
    .split(' ')
    .map(word => {
      const once = word.replace(/(\p{L})\1{2,}/gu, '$1')
      return spellings.get(word) ?? spellings.get(once) ?? once
    })
    .join(' ')

/**
 * What somebody may have meant, bare, the fullest first: as typed, as it is usually spelt, then with fewer and fewer of the fillers
 * around it ("well, half of it I guess": "half of it I guess", "well half of it", "half of it"). Never empty: a message of
 * fillers alone stays one.
 */
export const readings = (typed: string, hearing: Hearing): readonly string[] => {
  const { before, after, spellings, letters } = heardOf(hearing)
  const said = bare(typed)
  const whole = [said, [...letters].reduce((text, [written, letter]) => text.replaceAll(written, letter), said)]
  const found = new Set([...whole, ...whole.map(one => spelt(one, spellings))])
  let last = [...found]
  for (let count = 0; count < MOST_FILLERS && last.length > 0; count += 1) {
    last = last.flatMap(said => [
      ...before.filter(filler => said.startsWith(`${filler} `)).map(filler => said.slice(filler.length + 1)),
      ...after.filter(filler => said.endsWith(` ${filler}`)).map(filler => said.slice(0, -filler.length - 1)),
    ])
    for (const said of last) found.add(said)
  }
  return [...found].toSorted((a, b) => b.length - a.length)
}

const firstOf = <Meant>(known: ReadonlyMap<string, Meant>, said: readonly string[]): Meant | undefined => {
  const hit = said.find(one => known.has(one))
  return hit === undefined ? undefined : known.get(hit)
}

/** The command that a whole message is, if it is one. */
export const commandIn = (typed: string, hearing: Hearing): Command | undefined =>
  firstOf(heardOf(hearing).commands, readings(typed, hearing))

/** The common answer a whole message stands for ('yes', 'no', 'later', ...), if any. */
export const answerIn = (typed: string, hearing: Hearing): string | undefined =>
  firstOf(heardOf(hearing).answers, readings(typed, hearing))

/** The common answer that a pack's phrase stands for, as it is: of "no longer" nothing is left out. */
export const answerOf = (phrase: string, hearing: Hearing): string | undefined =>
  heardOf(hearing).answers.get(bare(phrase))

/** The number that a whole message is, where it is a word. */
export const numberIn = (typed: string, hearing: Hearing): number | undefined =>
  firstOf(heardOf(hearing).numbers, readings(typed, hearing))

/** The language that a whole message asks for, by its tag. */
export const languageIn = (typed: string, hearing: Hearing): string | undefined =>
  firstOf(heardOf(hearing).languages, readings(typed, hearing))
