import type { Hearing } from '../hearing.ts'
import type { Ask, Pack, Words } from '../pack.ts'

/** Where in a message a text stands. */
export const PARTS = ['say', 'question', 'button', 'form', 'label', 'line'] as const
export type Part = (typeof PARTS)[number]

/** A text the bot says, and its place in the file. What a client may type (`heard`) is not among them. */
export type Spoken = { readonly at: readonly (string | number)[]; readonly part: Part; readonly text: string }

type Place = readonly (string | number)[]

export const textsOfPack = (pack: Pack): readonly Spoken[] => [
  ...Object.entries(pack.labels).map(([id, text]): Spoken => ({ at: ['labels', id], part: 'label', text })),
  ...Object.entries(pack.steps).flatMap(([id, { say, ask }]) => [
    ...(say === undefined ? [] : wordings(say, ['steps', id, 'say'], 'say')),
    ...(ask === undefined ? [] : textsOfAsk(ask, ['steps', id, 'ask'])),
  ]),
]

export const textsOfHearing = (hearing: Hearing): readonly Spoken[] =>
  Object.entries(hearing.lines).flatMap(([id, words]) => wordings(words, ['lines', id], 'line'))

const wordings = (words: Words, at: Place, part: Part): readonly Spoken[] => {
  if (typeof words === 'string') return [{ at, part, text: words }]
  if (Array.isArray(words)) return words.map((text, index): Spoken => ({ at: [...at, index], part, text }))
  return [...wordings(words.open, [...at, 'open'], part), ...wordings(words.closed, [...at, 'closed'], part)]
}

const textsOfAsk = (ask: Ask, at: Place): readonly Spoken[] => [
  ...wordings(ask.question, [...at, 'question'], 'question'),
  ...ask.options.map(
    ({ label }, index): Spoken => ({ at: [...at, 'options', index, 'label'], part: 'button', text: label }),
  ),
  ...ofKind(ask).map(([key, part, text]): Spoken => ({ at: [...at, ...key], part, text })),
]

/** The small texts that only some kinds of question have. */
const ofKind = (ask: Ask): readonly (readonly [Place, Part, string])[] => {
  switch (ask.kind) {
    case 'choice':
    case 'text':
      return []
    case 'date':
      return [
        [['label'], 'form', ask.label],
        [['choose'], 'button', ask.choose],
      ]
    case 'people':
      return [
        [['label'], 'form', ask.label],
        [['submit'], 'button', ask.submit],
      ]
    case 'scale':
      return [
        [['low'], 'button', ask.low],
        [['high'], 'button', ask.high],
      ]
    case 'form':
      return [
        [['title'], 'form', ask.title],
        [['open'], 'button', ask.open],
        [['submit'], 'button', ask.submit],
        ...(ask.include === undefined ? [] : [[['include'], 'form', ask.include] as const]),
        ...(ask.withhold === undefined ? [] : [[['withhold'], 'form', ask.withhold] as const]),
        ...(ask.fields === 'share-preview'
          ? []
          : ask.fields.flatMap((field, index) => [
              [['fields', index, 'label'], 'form', field.label] as const,
              ...(field.kind === 'choice'
                ? field.choices.map(
                    ({ label }, choice) => [['fields', index, 'choices', choice, 'label'], 'button', label] as const,
                  )
                : []),
            ])),
      ]
  }
}
