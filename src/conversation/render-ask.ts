import type { Block, Choice, FormField } from '../domain/message.ts'
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
  if (ask.kind !== 'choice' || ask.pick === undefined || picksPeople(turn, ask)) return written
  return [...picked(turn, ask.pick), ...written]
}

const picked = (turn: Turn, pick: Pick): Asking['options'] => {
  switch (pick) {
    case 'coaches-to-appoint':
      return people(turn, ({ roles }) => roles.includes('coach'))
    case 'programme-coaches':
      return people(
        turn,
        ({ id }) =>
          turn.context.tenant.programme?.coaches.some(coach => coach === id && id !== turn.person.id) === true,
      )
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

/** More than anybody reads through; where the platform has a picker of its own it shows everybody. */
const LISTED = 100

/** Whom a choice of people may be about, for those choices that can also be made of a list. */
const FROM: Partial<Record<Pick, (turn: Turn, one: RosterPerson) => boolean>> = {
  'coaches-to-appoint': (turn, { id }) => id !== turn.person.id,
  'clients-to-invite': (turn, { id, coach, roles }) =>
    id !== turn.person.id && coach === undefined && !roles.includes('hr'),
  'my-clients': (turn, { coach }) => coach === turn.person.id,
}

/**
 * A list instead of buttons: where there are more than buttons can carry; and for whom to appoint or invite where the platform has
 * a picker of everybody, or the roster has nobody.
 */
const picksPeople = (turn: Turn, ask: Ask): ask is Extract<Ask, { kind: 'choice' }> & { pick: Pick } => {
  if (ask.kind !== 'choice' || ask.pick === undefined || FROM[ask.pick] === undefined) return false
  const many = picked(turn, ask.pick).length
  if (many > PICKED) return true
  return (
    ask.pick !== 'my-clients' && (turn.context.directory === true || (many === 0 && ask.pick === 'coaches-to-appoint'))
  )
}

/** The coach whom HR picked, by the roster or else by the platform's directory. */
export const coachPicked = (turn: Turn): { readonly id: string; readonly name: string } | undefined => {
  const { coachId } = topFrame(turn).slots
  if (coachId === undefined || coachId === turn.person.id) return undefined
  const isThem = ({ id }: { readonly id: string }): boolean => id === coachId
  return need(turn, 'roster').find(isThem) ?? need(turn, 'picked').find(isThem)
}

/** Whom a question for people offers, by name; undefined: it is none. */
export const peopleOf = (turn: Turn, ask: Ask): readonly Choice[] | undefined => {
  const fits =
    ask.kind === 'people'
      ? ask.from === 'my-clients'
        ? FROM['my-clients']
        : FROM['coaches-to-appoint']
      : picksPeople(turn, ask)
        ? FROM[ask.pick]
        : undefined
  if (fits === undefined) return undefined
  return need(turn, 'roster')
    .filter(one => fits(turn, one))
    .toSorted((a, b) => a.name.localeCompare(b.name, turn.person.locale))
    .slice(0, LISTED)
    .map(({ id, name }) => ({ id, label: name.slice(0, BUTTON) }))
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
    case 'choice': {
      if (!picksPeople(turn, ask)) return buttons
      const { labels } = turn.context.packs.current('rollout', locale)
      const [label = '', submit = ''] = [labels['pick-person'], labels['pick-this']]
      return [{ kind: 'people', ask: id, label, submit, most: 1, known: peopleOf(turn, ask) ?? [] }, ...buttons]
    }
    case 'text':
      return buttons
    case 'date': {
      const today = localDate(turn.context.now, turn.person.zone)
      const words = { label: write(ask.label), choose: write(ask.choose) }
      return [{ kind: 'date', ask: id, ...words, min: today, initial: addDays(today, 1) }, ...buttons]
    }
    case 'people': {
      const { label, submit, most } = ask
      return [
        {
          kind: 'people',
          ask: id,
          label: write(label),
          submit: write(submit),
          most,
          known: peopleOf(turn, ask) ?? [],
        },
        ...buttons,
      ]
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

/** The fields of a form as it stands; none of any other question. */
export const fieldsOf = (turn: Turn, pack: Pack, ask: Ask): readonly FormField[] =>
  ask.kind === 'form' ? formFields(turn, pack, ask) : []

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
