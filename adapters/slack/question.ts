import { z } from 'zod'
import type { Choice, ChoicesBlock, DateBlock, PeopleBlock } from '../../src/domain/message.ts'
import { button, context, plain, type SlackBlock } from './elements.ts'
import { groups, shorten } from './fit.ts'
import { LIMITS } from './limits.ts'

/**
 * Questions as Slack's elements, and back. Everything of a question stands in blocks whose id begins with `q.`: they go when
 * it is answered. An element says itself which question it belongs to, so that a click means the same after any restart.
 */

export const CHOICE_ACTION = 'choice'
export const SELECT_ACTION = 'select'
export const DATE_ACTION = 'date:'
export const PEOPLE_ACTION = 'people'
const PICKER_ACTION = 'picker'

const chosen = z.tuple([z.string(), z.string()])

export const choicesBlocks = (block: ChoicesBlock, n: number): readonly SlackBlock[] => {
  const { ask, choices, style, ends } = block
  const low = choices[0]?.label ?? ''
  const high = choices.at(-1)?.label ?? ''
  const scale =
    style === 'scale' && ends !== undefined
      ? context(shorten(`${low}: ${ends.low} · ${high}: ${ends.high}`, LIMITS.contextText)).map(
          (block): SlackBlock => ({ ...block, block_id: `q.ends.${n}` }),
        )
      : []
  if (choices.length > LIMITS.actions && choices.every(choice => packed(ask, choice).length <= LIMITS.optionValue))
    return [...scale, ...selects(block, n)]
  const buttons = choices.map((choice, index) =>
    button(`${CHOICE_ACTION}.${index}`, choice.label, packed(ask, choice), spokenOf(block, choice)),
  )
  return [
    ...scale,
    ...groups(buttons, LIMITS.actions).map(
      (elements, index): SlackBlock => ({
        type: 'actions',
        block_id: `q.choices.${n}.${index}`,
        elements: [...elements],
      }),
    ),
  ]
}

const packed = (ask: string, { id }: Choice): string => JSON.stringify([ask, id])

/** A bare number says little to whoever hears it. */
const spokenOf = ({ style, ends, choices }: ChoicesBlock, choice: Choice): string | undefined => {
  if (style !== 'scale' || ends === undefined) return undefined
  if (choice === choices[0]) return `${choice.label}, ${ends.low}`
  return choice === choices.at(-1) ? `${choice.label}, ${ends.high}` : undefined
}

/** More than a message has room for as buttons: lists of at most a hundred. */
const selects = ({ ask, choices }: ChoicesBlock, n: number): readonly SlackBlock[] =>
  groups(choices, LIMITS.selectOptions).map(
    (some, index): SlackBlock => ({
      type: 'actions',
      block_id: `q.select.${n}.${index}`,
      elements: [
        {
          type: 'static_select',
          action_id: SELECT_ACTION,
          placeholder: plain(`${some[0]?.label ?? ''} …`, LIMITS.placeholder),
          options: some.map(choice => ({
            text: plain(choice.label.trim() === '' ? '–' : choice.label, LIMITS.optionText),
            value: packed(ask, choice),
          })),
        },
      ],
    }),
  )

/** A date already filled in cannot be picked: the picker tells only of changes. So there is none, and the label says what to do. */
export const dateBlocks = ({ ask, label }: DateBlock, n: number): readonly SlackBlock[] => [
  {
    type: 'actions',
    block_id: `q.date.${n}`,
    elements: [
      {
        type: 'datepicker',
        action_id: `${DATE_ACTION}${ask}`,
        ...(label.trim() === '' ? {} : { placeholder: plain(label, LIMITS.placeholder) }),
      },
    ],
  },
]

export const peopleBlocks = ({ ask, label, submit, most }: PeopleBlock, n: number): readonly SlackBlock[] => [
  {
    type: 'section',
    block_id: `q.people.${n}`,
    text: plain(label.trim() === '' ? '…' : label, LIMITS.section),
    accessory: {
      type: 'multi_users_select',
      action_id: PICKER_ACTION,
      // Slack's own words stand in the empty field: the label is beside it.
      max_selected_items: Math.max(1, most),
    },
  },
  {
    type: 'actions',
    block_id: `q.send.${n}`,
    elements: [button(PEOPLE_ACTION, submit, shorten(ask, LIMITS.buttonValue))],
  },
]

/** What a choice's value says; undefined if it is none of this app's. */
export const readChoice = (value: string): { readonly ask: string; readonly choice: string } | undefined => {
  try {
    const [ask, choice] = chosen.parse(JSON.parse(value))
    return { ask, choice }
  } catch {
    return undefined
  }
}

const picked = z.object({
  values: z.record(z.string(), z.record(z.string(), z.object({ selected_users: z.array(z.string()).nullish() }))),
})

/** The users picked in a message when its button was pressed. */
export const readPeople = (state: unknown): readonly string[] => {
  const parsed = picked.safeParse(state)
  if (!parsed.success) return []
  return Object.values(parsed.data.values).flatMap(elements => elements[PICKER_ACTION]?.selected_users ?? [])
}
