import { z } from 'zod'
import type { FormBlock, FormField } from '../../src/domain/message.ts'
import { button, labelled, quotes, type SlackBlock } from './elements.ts'
import { shorten } from './fit.ts'
import { LIMITS } from './limits.ts'

/**
 * A form travels in the message that offers it: what may be long (a line to share) stands there to be read, the rest is in
 * the button's value. So it opens within a trigger's three seconds, after any restart, and nothing is kept for it.
 */

/** All that a form shows of what it holds, in characters, so that it and its message stay one message. */
const SHOWN = 2_800
const NAME = 255

const shape = z.object({
  ask: z.string(),
  title: z.string(),
  submit: z.string(),
  fields: z.array(
    z.discriminatedUnion('k', [
      z.object({ k: z.literal('t'), id: z.string(), l: z.string(), o: z.boolean(), m: z.boolean() }),
      z.object({
        k: z.literal('c'),
        id: z.string(),
        l: z.string(),
        v: z.string(),
        c: z.array(z.tuple([z.string(), z.string()])),
      }),
      z.object({ k: z.literal('d'), id: z.string(), l: z.string(), v: z.string(), o: z.boolean() }),
      z.object({
        k: z.literal('l'),
        id: z.string(),
        l: z.string(),
        i: z.boolean(),
        y: z.string(),
        n: z.string(),
      }),
    ]),
  ),
})
/** A form without the values of its texts. */
export type Bare = z.output<typeof shape>
export type BareField = Bare['fields'][number]

export const FORM_ACTION = 'form'
const formBlockId = (n: number): string => `q.form.${n}`
const valueBlockId = (n: number, field: number, piece: number): string => `v.${n}.${field}.${piece}`

/** `n` is the block's number in its message: several forms do not mix. */
export const formBlocks = (form: FormBlock, n: number): readonly SlackBlock[] => {
  const bare = bareForm(form)
  const shownOf = shownValues(form.fields)
  const shown = form.fields.flatMap((field, index): readonly SlackBlock[] => {
    const value = shownOf(field)
    if (value.trim() === '') return []
    return [
      ...labelled([{ label: field.label, value: '' }]).map(block => ({ ...block, block_id: `v.${n}.${index}.label` })),
      ...quotes(value, piece => valueBlockId(n, index, piece)),
    ]
  })
  // Only where labels are beyond all bounds: the words stand there, and typed answers are as welcome.
  if (bare === undefined) return shown
  return [
    ...shown,
    {
      type: 'actions',
      block_id: formBlockId(n),
      elements: [button(FORM_ACTION, form.open, bare)],
    },
  ]
}

const shownValues = (fields: readonly FormField[]): ((field: FormField) => string) => {
  const most = Math.min(LIMITS.inputText, Math.floor(SHOWN / Math.max(1, fields.filter(hasWords).length)))
  return field => (hasWords(field) ? shorten(field.value, most) : '')
}

const hasWords = (field: FormField): boolean =>
  (field.kind === 'text' || field.kind === 'line') && field.value.trim() !== ''

/** As JSON, labels shortened until it fits; none if it never does. */
const bareForm = ({ ask, title, submit, fields }: FormBlock): string | undefined => {
  for (const most of [NAME, LIMITS.optionText, 24, 8]) {
    const value = JSON.stringify({
      ask,
      title: shorten(title, LIMITS.viewTitle),
      submit: shorten(submit, LIMITS.viewTitle),
      fields: fields.map(field => bareField(field, most)),
    } satisfies Bare)
    if (value.length <= LIMITS.buttonValue) return value
  }
  return undefined
}

const bareField = (field: FormField, most: number): BareField => {
  const l = shorten(field.label, most)
  const { id } = field
  switch (field.kind) {
    case 'text':
      return { k: 't', id, l, o: field.optional, m: field.long }
    case 'choice':
      return { k: 'c', id, l, v: field.value, c: field.choices.map(choice => [choice.id, shorten(choice.label, most)]) }
    case 'date':
      return { k: 'd', id, l, v: field.value, o: field.optional }
    case 'line':
      return {
        k: 'l',
        id,
        l,
        i: field.include,
        y: shorten(field.includeLabel, most),
        n: shorten(field.withholdLabel, most),
      }
  }
}

/** The form behind a pressed button; undefined if it is none of this app's. */
export const readForm = (value: string): Bare | undefined => {
  try {
    return shape.parse(JSON.parse(value))
  } catch {
    return undefined
  }
}

/** Which of its message's forms a button belongs to. */
export const numberOf = (blockId: string): number => Number(blockId.slice(formBlockId(0).length - 1))
