import type { types } from '@slack/bolt'
import { z } from 'zod'
import { plain, type SlackBlock } from './elements.ts'
import { type Bare, type BareField, FORM_ACTION, numberOf, readForm } from './form.ts'
import { LIMITS } from './limits.ts'

/** Where the message stands that a form was opened from; goes with the modal and comes back with it. */
export type FormPlace = { readonly channel: string; readonly ts: string }

/** The modal of the form behind a pressed button; none if the button is of no form that is known here. */
export const modalOf = (
  value: string,
  blockId: string,
  message: readonly unknown[],
  place: FormPlace,
): types.ModalView | undefined => {
  const form = readForm(value)
  if (form === undefined) return undefined
  const n = numberOf(blockId)
  const blocks = form.fields.flatMap((field, index) => inputsOf(field, index, wordsIn(message, n, index)))
  return {
    type: 'modal',
    callback_id: FORM_ACTION,
    title: plain(form.title.trim() === '' ? '…' : form.title, LIMITS.viewTitle),
    submit: plain(form.submit.trim() === '' ? '✓' : form.submit, LIMITS.viewTitle),
    private_metadata: metadataOf(form, n, place),
    blocks,
  }
}

const metadata = z.object({
  a: z.string(),
  c: z.string(),
  t: z.string(),
  n: z.number(),
  f: z.array(z.tuple([z.enum(['t', 'c', 'd', 'l']), z.string(), z.array(z.string())])),
})

const metadataOf = ({ ask, fields }: Bare, n: number, { channel, ts }: FormPlace): string =>
  JSON.stringify({
    a: ask,
    c: channel,
    t: ts,
    n,
    f: fields.map(field => [field.k, field.id, field.k === 'c' ? field.c.map(([id]) => id) : []]),
  } satisfies z.output<typeof metadata>)

/** What stands in the message under a field. */
const wordsIn = (message: readonly unknown[], n: number, field: number): string =>
  message
    .flatMap(block => {
      const parsed = quoteBlock.safeParse(block)
      return parsed.success && parsed.data.block_id.startsWith(`v.${n}.${field}.`) ? [parsed.data] : []
    })
    .map(({ elements }) => elements.flatMap(one => one.elements.map(({ text }) => text)).join(''))
    .join('')

const quoteBlock = z.object({
  block_id: z.string(),
  elements: z.array(
    z.object({ type: z.literal('rich_text_quote'), elements: z.array(z.object({ text: z.string().default('') })) }),
  ),
})

const INPUT = 'value'
const INCLUDE = 'include'

const inputsOf = (field: BareField, index: number, words: string): readonly SlackBlock[] => {
  const label = plain(field.l.trim() === '' ? '…' : field.l, LIMITS.inputLabel)
  const block_id = `field.${index}`
  switch (field.k) {
    case 't':
    case 'l':
      return [
        {
          type: 'input',
          block_id,
          label,
          // A line that is emptied is a line withheld; a text may be left out if the form says so.
          optional: field.k === 'l' || field.o,
          element: {
            type: 'plain_text_input',
            action_id: INPUT,
            multiline: field.k === 'l' || field.m,
            max_length: LIMITS.inputText,
            ...(words === '' ? {} : { initial_value: words.slice(0, LIMITS.inputText) }),
          },
        },
        ...(field.k === 'l' ? [includeBlock(field, index)] : []),
      ]
    case 'c': {
      const options = field.c.slice(0, LIMITS.selectOptions).map(([, name], n) => optionOf(name, n))
      const initial = options[field.c.findIndex(([id]) => id === field.v)]
      if (options.length === 0) return []
      return [
        {
          type: 'input',
          block_id,
          label,
          element: {
            type: options.length <= LIMITS.radio ? 'radio_buttons' : 'static_select',
            action_id: INPUT,
            options,
            ...(initial === undefined ? {} : { initial_option: initial }),
          },
        },
      ]
    }
    case 'd':
      return [
        {
          type: 'input',
          block_id,
          label,
          optional: field.o,
          element: {
            type: 'datepicker',
            action_id: INPUT,
            ...(/^\d{4}-\d{2}-\d{2}$/.test(field.v) ? { initial_date: field.v } : {}),
          },
        },
      ]
  }
}

const includeBlock = (field: Extract<BareField, { k: 'l' }>, index: number): SlackBlock => {
  const yes = { ...optionOf(field.y, 0), value: 'yes' }
  const no = { ...optionOf(field.n, 1), value: 'no' }
  return {
    type: 'actions',
    block_id: `field.${index}.${INCLUDE}`,
    elements: [{ type: 'radio_buttons', action_id: INCLUDE, options: [yes, no], initial_option: field.i ? yes : no }],
  }
}

const optionOf = (label: string, n: number): types.PlainTextOption => ({
  text: plain(label.trim() === '' ? `${n + 1}` : label, LIMITS.optionText),
  value: String(n),
})

/** What a submitted form says, and the message it was opened from. */
export type Submitted = {
  readonly ask: string
  readonly fields: Readonly<Record<string, string>>
  readonly place: FormPlace
  readonly n: number
}

const state = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        value: z.string().nullish(),
        selected_date: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    ),
  ),
})

/** Reads what a modal brought back; undefined if it is none of this app's forms. */
export const readSubmitted = (view: {
  readonly private_metadata: string
  readonly state: unknown
}): Submitted | undefined => {
  const known = metadataIn(view.private_metadata)
  const filled = state.safeParse(view.state)
  if (known === undefined || !filled.success) return undefined
  const { values } = filled.data
  const fields = known.f.flatMap((field, index) => filledIn(field, index, values))
  return { ask: known.a, fields: Object.fromEntries(fields), place: { channel: known.c, ts: known.t }, n: known.n }
}

type Values = z.output<typeof state>['values']

const filledIn = (
  [kind, id, choices]: z.output<typeof metadata>['f'][number],
  index: number,
  values: Values,
): readonly (readonly [string, string])[] => {
  const given = values[`field.${index}`]?.[INPUT]
  switch (kind) {
    case 't':
      return [[id, given?.value ?? '']]
    case 'd':
      return [[id, given?.selected_date ?? '']]
    case 'c':
      return [[id, choices[Number(given?.selected_option?.value ?? -1)] ?? '']]
    case 'l':
      return [
        [id, given?.value ?? ''],
        [`${id}.${INCLUDE}`, values[`field.${index}.${INCLUDE}`]?.[INCLUDE]?.selected_option?.value ?? 'no'],
      ]
  }
}

const metadataIn = (written: string): z.output<typeof metadata> | undefined => {
  try {
    return metadata.parse(JSON.parse(written))
  } catch {
    return undefined
  }
}
