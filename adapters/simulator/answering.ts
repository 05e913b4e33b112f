import { DateTime } from 'luxon'
import type { Block, ChoicesBlock, Message, Reply } from '../../src/domain/message.ts'
import type { Random } from './random.ts'
import type { Temperament } from './temperaments.ts'
import type { Question } from './voices/voice.ts'
import type { Writer } from './writer.ts'

/** What somebody sends, and the words that stand for it in the chat. */
export type Gesture = { readonly reply: Reply; readonly text: string }

type Way = Pick<Temperament, 'waysOut' | 'shares' | 'edits' | 'types' | 'strays'>
type Manner = {
  readonly way: Way
  readonly random: Random
  readonly writer: Writer
  readonly today: string
  readonly question: Question
}

export const buttonsOf = (message: Message): ChoicesBlock | undefined =>
  message.blocks.find((block): block is ChoicesBlock => block.kind === 'choices' && block.style === 'buttons')

const blockOf = <Kind extends Block['kind']>(
  message: Message,
  kind: Kind,
): Extract<Block, { kind: Kind }> | undefined =>
  message.blocks.find((block): block is Extract<Block, { kind: Kind }> => block.kind === kind)

export const invitesAnswer = (message: Message): boolean => message.blocks.some(block => 'ask' in block)

/** The contract reads as a list of points with buttons under it. */
export const isContract = (message: Message): boolean =>
  (blockOf(message, 'fields')?.items.length ?? 0) >= 5 && buttonsOf(message) !== undefined

export const write = (text: string): Gesture => ({ reply: { kind: 'text', text }, text })

/** Presses a button, or types what stands on it. */
export const press = (block: ChoicesBlock, index: number, typed: boolean): Gesture => {
  const choice = block.choices.at(index) ?? block.choices[0]
  if (choice === undefined) throw new Error('there is no button to press')
  return typed
    ? write(choice.label)
    : { reply: { kind: 'choice', ask: block.ask, choice: choice.id }, text: choice.label }
}

/** Answers whatever a message offers, by its blocks alone: which pack it comes from, nobody can see. */
export const answerTo = (message: Message, manner: Manner): Gesture => {
  const { way, random, writer, question } = manner
  const buttons = buttonsOf(message)
  if (buttons !== undefined && random.chance(way.waysOut)) return press(buttons, -1, random.chance(way.types))
  if (question !== 'measure' && random.chance(way.strays)) return write(writer.aside())
  const form = blockOf(message, 'form')
  if (form !== undefined) return fillIn(form, manner)
  const date = blockOf(message, 'date')
  if (date !== undefined) return pickDate(date.ask, manner)
  const scale = message.blocks.find(
    (block): block is ChoicesBlock => block.kind === 'choices' && block.style === 'scale',
  )
  if (scale !== undefined) return press(scale, random.between(0, scale.choices.length - 1), random.chance(way.types))
  // One button under a question is the way out of an open one.
  if (buttons === undefined || buttons.choices.length === 1) return write(freely(manner))
  return press(buttons, random.between(0, buttons.choices.length - 2), random.chance(way.types))
}

/** People answer what they were asked; but not always. */
const freely = ({ random, writer, question }: Manner): string =>
  question !== 'doing' && random.chance(0.06) ? writer.doing(random.chance(0.5)) : writer.answer(question)

const pickDate = (ask: string, { random, writer, today, way }: Manner): Gesture => {
  if (random.chance(way.types)) return write(writer.day())
  const day = DateTime.fromISO(today, { zone: 'utc' })
  const date = day.plus({ days: random.between(0, 14) }).toISODate() ?? today
  return { reply: { kind: 'date', ask, date }, text: date }
}

const fillIn = (form: Extract<Block, { kind: 'form' }>, manner: Manner): Gesture => {
  const { way, random, writer, today } = manner
  const fields: Record<string, string> = {}
  for (const field of form.fields) {
    if (field.kind === 'line') {
      fields[field.id] = random.chance(way.edits) ? writer.answer('win') : field.value
      fields[`${field.id}.include`] = random.chance(way.shares) ? 'yes' : 'no'
    } else if (field.kind === 'text')
      fields[field.id] = field.optional && random.chance(0.5) ? '' : writer.answer('other')
    else if (field.kind === 'choice') fields[field.id] = random.pick(field.choices).id
    else fields[field.id] = today
  }
  return { reply: { kind: 'form', ask: form.ask, fields }, text: Object.values(fields).join(' · ') }
}
