import type { Block, FormField } from '../domain/message.ts'
import { addDays, localDate } from '../domain/schedule.ts'
import { LINES_A_PREVIEW, winsFirst } from '../domain/sharing.ts'
import type { Asking } from './hear.ts'
import type { Ask, Pack } from './pack.ts'
import type { Pick } from './sources.ts'
import { clientOf, need, openCommitments, openGoals, type RosterPerson, type Turn, topFrame } from './turn.ts'
import { valuesOf } from './values.ts'
import { formatText } from './words.ts'

/** The options as a person sees them: those the pack writes, after those picked from data. */
export const optionsOf = (turn: Turn, ask: Ask): Asking['options'] => {
  const written = ask.options.map(option => ({
    ...option,
    label: formatText(option.label, turn.person.locale, valuesOf(turn)),
  }))
  return ask.kind === 'choice' && ask.pick !== undefined ? [...picked(turn, ask.pick), ...written] : written
}

const picked = (turn: Turn, pick: Pick): Asking['options'] => {
  switch (pick) {
    case 'coaches-to-appoint':
      return people(turn, ({ roles }) => roles.includes('coach'))
    case 'clients-to-invite':
      return people(turn, ({ roles, coach }) => roles.includes('client') && coach === undefined)
    case 'my-clients':
      return people(turn, ({ coach }) => coach === turn.person.id)
    case 'dreams':
      return openGoals(turn)
        .filter(({ kind }) => kind === 'dream')
        .slice(-PICKED)
        .map(ownWords)
    case 'goals':
      return openGoals(turn)
        .filter(({ kind }) => kind === 'measure' || clientOf(turn).topics.dreams)
        .slice(-PICKED)
        .map(ownWords)
    case 'open-commitments':
      return openCommitments(turn).slice(-PICKED).map(ownWords)
  }
}

/** Platforms carry 25 buttons at most; the newest are the likeliest. */
const PICKED = 20

const people = (turn: Turn, wanted: (one: RosterPerson) => boolean): Asking['options'] =>
  need(turn, 'roster')
    .filter(wanted)
    .map(({ id, name }) => ({ id, label: name, heard: [] }))

/** What fits on a button, with a sign that there is more. */
const BUTTON = 75

const ownWords = ({ id, text }: { readonly id: string; readonly text: string }) => ({
  id,
  label: text.length > BUTTON ? `${text.slice(0, BUTTON - 1)}…` : text,
  // Typed out in full it is meant as well.
  heard: [text],
})

/** The blocks of a question, under its ask id: the open form of answer first, then the closed ones, all of equal weight. */
export const askBlocks = (turn: Turn, pack: Pack, ask: Ask, id: string): readonly Block[] => {
  const locale = turn.person.locale
  const write = (text: string): string => formatText(text, locale, valuesOf(turn))
  const choices = optionsOf(turn, ask).map(({ id: choice, label }) => ({ id: choice, label }))
  const buttons: readonly Block[] =
    choices.length === 0 ? [] : [{ kind: 'choices', ask: id, style: 'buttons', choices }]
  switch (ask.kind) {
    case 'choice':
    case 'text':
      return buttons
    case 'date': {
      const today = localDate(turn.context.now, turn.person.zone)
      const words = { label: write(ask.label), choose: write(ask.choose) }
      return [{ kind: 'date', ask: id, ...words, min: today, initial: addDays(today, 1) }, ...buttons]
    }
    case 'scale': {
      const numbers = Array.from({ length: ask.to - ask.from + 1 }, (_, index) => String(ask.from + index))
      const scale = numbers.map(number => ({ id: number, label: number }))
      const ends = { low: write(ask.low), high: write(ask.high) }
      return [{ kind: 'choices', ask: id, style: 'scale', choices: scale, ends }, ...buttons]
    }
    case 'form': {
      const { title, open, submit } = ask
      const fields = formFields(turn, pack, ask)
      return [
        { kind: 'form', ask: id, title: write(title), open: write(open), submit: write(submit), fields },
        ...buttons,
      ]
    }
  }
}

const formFields = (turn: Turn, pack: Pack, ask: Extract<Ask, { kind: 'form' }>): readonly FormField[] => {
  if (ask.fields === 'share-preview') return previewFields(turn, pack, ask)
  const { slots } = topFrame(turn)
  return ask.fields.map((field): FormField => {
    const { id } = field
    const label = formatText(field.label, turn.person.locale, valuesOf(turn))
    const value = slots[field.kind === 'text' ? (field.from ?? id) : id] ?? ''
    if (field.kind === 'text') return { kind: 'text', id, label, value, optional: field.optional, long: field.long }
    if (field.kind === 'date') return { kind: 'date', id, label, value, optional: field.optional }
    return { kind: 'choice', id, label, value, choices: field.choices }
  })
}

/** Rule 8: the digest entry exactly as it would read, each line to edit, keep or leave out. */
const previewFields = (turn: Turn, pack: Pack, ask: Extract<Ask, { kind: 'form' }>): readonly FormField[] => {
  const write = (text: string): string => formatText(text, turn.person.locale, valuesOf(turn))
  return linesToPreview(turn).map(line => ({
    kind: 'line',
    id: line.id,
    label: write(pack.labels[line.kind] ?? line.kind),
    value: line.text,
    include: line.preselected,
    includeLabel: write(ask.include ?? ''),
    withholdLabel: write(ask.withhold ?? ''),
  }))
}

/** The next lines for a preview, wins first; the rest comes in a preview of its own. */
export const linesToPreview = (turn: Turn) => winsFirst(clientOf(turn).offered).slice(0, LINES_A_PREVIEW)
