import { z } from 'zod'
import { CLASSES } from '../domain/pressure.ts'
import { TOPICS } from '../domain/topics.ts'
import { ACT_NAMES } from './act-names.ts'
import { PEOPLE, PICKS, VIEWS } from './sources.ts'

/**
 * A pack: one conversation as data. Each step may do something, say something, show something and ask one question; `next`
 * is a closed table from what came of it to another step. prompts/README.md explains it to those who write them.
 */

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case words joined by hyphens, like "look-back"')
/** The name of an answer, as texts write it in braces. */
const slot = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'must be one word like "goalText": texts name it in braces')
/** `step`, `pack.step` (run that, then come back to `after`), or `end`. */
const target = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$/, 'must be a step, "pack.step" to call another pack, or "end"')
const text = z.string().trim().min(1, 'must not be blank: a message is never empty')
const wordings = z.union([text, z.array(text).min(1)])
/** One wording, several to take in turn, or one set for a topic that is open and one for when it is closed. */
const words = z.union([wordings, z.strictObject({ open: wordings, closed: wordings })])

/** Entries by name, and nothing that every object has: a step called "constructor" is there only if it is written. */
const table = <Key extends z.ZodType<string>, Value extends z.ZodType>(key: Key, value: Value) =>
  z.record(key, value).transform(entries => Object.assign<typeof entries, typeof entries>(Object.create(null), entries))

const option = z.strictObject({
  id,
  label: text.max(75, 'must fit on a button: at most 75 characters'),
  /** What a person may type instead of pressing it. */
  heard: z.array(text).default([]),
  /** Costs nothing and is worded as kindly as the others. */
  'way-out': z.boolean().default(false),
})

const asked = {
  /** The question itself; it alone is asked again after an interruption. */
  question: words,
  options: z.array(option).max(25).default([]),
  /** Where the answer is kept, for later steps to quote. */
  as: slot.optional(),
}

const field = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    id: slot,
    label: text,
    optional: z.boolean().default(false),
    long: z.boolean().default(false),
    from: slot.optional(),
  }),
  z.strictObject({ kind: z.literal('date'), id: slot, label: text, optional: z.boolean().default(false) }),
  z.strictObject({
    kind: z.literal('choice'),
    id: slot,
    label: text,
    choices: z
      .array(z.strictObject({ id, label: text }))
      .min(2)
      .max(10),
  }),
])

const ask = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), ...asked, pick: z.enum(PICKS).optional() }),
  z.strictObject({ kind: z.literal('text'), ...asked, as: slot }),
  z.strictObject({ kind: z.literal('date'), ...asked, as: slot, label: text, choose: text }),
  z.strictObject({
    kind: z.literal('people'),
    ...asked,
    as: slot,
    label: text,
    submit: text.max(24),
    most: z.int().min(1).max(100).default(1),
    /** Whom it offers where the platform has no picker of its own. */
    from: z.enum(PEOPLE),
  }),
  z.strictObject({
    kind: z.literal('scale'),
    ...asked,
    as: slot,
    from: z.literal([0, 1]).default(1),
    to: z.int().min(3).max(10),
    low: text,
    high: text,
  }),
  z.strictObject({
    kind: z.literal('form'),
    ...asked,
    title: text.max(24, 'must fit a form’s title: at most 24 characters'),
    open: text.max(75),
    submit: text.max(24),
    /** Four fields at most (rule 6); or the lines of a share preview. */
    fields: z.union([z.array(field).min(1).max(4), z.literal('share-preview')]),
    /** Words of the two sides of a line in a share preview. */
    include: text.optional(),
    withhold: text.optional(),
  }),
])

/** `act`, or `act: argument`. */
const act = z.union([
  z.enum(ACT_NAMES),
  z
    .partialRecord(z.enum(ACT_NAMES), z.union([z.string(), z.number()]))
    .refine(one => Object.keys(one).length === 1, 'must be one act; several are a list, each on its own'),
])

const step = z.strictObject({
  /** The topic it is about. Closed, the step is passed over by its way out, unless it has words for that. */
  topic: z.enum(TOPICS).optional(),
  do: z.union([act, z.array(act).min(1)]).optional(),
  say: words.optional(),
  show: z.enum(VIEWS).optional(),
  ask: ask.optional(),
  next: z.union([target, table(id, target)]),
  /** Where to go when a called pack has ended. */
  after: target.optional(),
  /**
   * Where a question leads that is passed over (skipped, not understood twice, too personal, of a closed topic). Without it,
   * its way out; needed where the way out decides something, for nobody decides by saying nothing.
   */
  passed: target.optional(),
})

export const packSchema = z.strictObject({
  id,
  version: z.int().min(1),
  /** How its first message counts when Lighthand begins it (rule 2); `reply` for packs that only ever answer. */
  class: z.enum([...CLASSES, 'invitation', 'closing', 'reply']),
  /** Hours without a word after which it ends by itself, in silence; without it, it waits. */
  'quiet-after': z.number().positive().optional(),
  /** What this pack is for: for the people who edit it. */
  about: text,
  start: id,
  /** Small texts that steps and views of this pack use. */
  labels: table(id, text).prefault({}),
  steps: table(id, step),
})

export type PackSource = z.infer<typeof packSchema>
export type Step = z.infer<typeof step>
export type Ask = z.infer<typeof ask>
export type Words = z.infer<typeof words>
export type Option = z.infer<typeof option>
export type ActCall = z.infer<typeof act>

/** A pack as loaded: `hash` names its exact content, so that a running conversation finds it again after a deploy. */
export type Pack = PackSource & { readonly locale: string; readonly hash: string }
