import { readingsOf } from '../conversation/lint/branches.ts'
import type { Ask, Pack, Step, Words } from '../conversation/pack.ts'
import type { Topic } from '../domain/topics.ts'
import { fillIn, shownBy } from './samples.ts'
import { paintFor, type Terminal, wrap } from './terminal.ts'

type Place = { readonly pack: Pack; readonly id: string; readonly step: Step }

/**
 * A pack as a dialogue, in lines for a terminal: each step once and numbered, with what the bot says, the buttons, and by
 * each the step it leads to. Steps of other packs that are called follow after the pack's own.
 * @param open the topics the client has opened: a step of another is passed over, or says its words for `closed`
 */
export const previewPack = (
  pack: Pack,
  packs: readonly Pack[],
  open: ReadonlySet<Topic>,
  terminal: Terminal,
): readonly string[] => {
  const paint = paintFor(terminal)
  const places = placesFrom(pack, packs)
  const numbers = new Map(places.map((place, index) => [nameOf(place), index + 1]))
  const goesTo = (from: Place, target: string): string => {
    if (target === 'end') return 'the end, or back'
    const name = target.includes('.') ? target : `${from.pack.id}.${target}`
    const { after } = from.step
    const back =
      target.includes('.') && after !== undefined ? `, then ${goesTo({ ...from, step: { next: 'end' } }, after)}` : ''
    return `${numbers.get(name) ?? '?'} ${name}${back}`
  }
  const topics = open.size === 0 ? 'none' : [...open].join(', ')
  return [
    paint('bold', `${pack.id} (${pack.locale}), version ${pack.version}; topics open: ${topics}`),
    ...wrap(pack.about, terminal.columns, ''),
    ...places.flatMap(place => [
      '',
      ...linesOf(place, open, terminal, numbers.get(nameOf(place)) ?? 0, target => goesTo(place, target)),
    ]),
  ]
}

const nameOf = ({ pack, id }: Pick<Place, 'pack' | 'id'>): string => `${pack.id}.${id}`

/** The pack's own steps, in the order a client meets them, then those of packs it calls. Each once, so loops end. */
const placesFrom = (pack: Pack, packs: readonly Pack[]): readonly Place[] => {
  const found = new Map<string, Place>()
  const called: (readonly [Pack, string])[] = []
  const visit = (within: Pack, id: string): void => {
    const step = within.steps[id]
    const place = `${within.id}.${id}`
    if (step === undefined || found.has(place)) return
    found.set(place, { pack: within, id, step })
    for (const target of [...targetsOf(step), ...(step.after === undefined ? [] : [step.after])]) {
      const [first = '', second] = target.split('.')
      const other = packs.find(one => one.id === first && one.locale === pack.locale)
      if (target === 'end') continue
      if (second === undefined) visit(within, first)
      else if (other !== undefined) called.push([other, second])
    }
  }
  for (const id of [pack.start, ...Object.keys(pack.steps)]) visit(pack, id)
  for (let next = called.shift(); next !== undefined; next = called.shift()) visit(...next)
  return [...found.values()]
}

const targetsOf = ({ next }: Step): readonly string[] => (typeof next === 'string' ? [next] : Object.values(next))

const linesOf = (
  { pack, id, step }: Place,
  open: ReadonlySet<Topic>,
  terminal: Terminal,
  number: number,
  goesTo: (target: string) => string,
): readonly string[] => {
  const paint = paintFor(terminal)
  const { columns } = terminal
  const isOpen = step.topic === undefined || open.has(step.topic)
  const head = paint('bold', `${number} ${pack.id}.${id}`)
  const note = (text: string): readonly string[] => wrap(text, columns, '    ').map(line => paint('dim', line))
  if (!isOpen && !hasClosedWords(step))
    return [head, ...note(`(passed over while the topic "${step.topic}" is closed) → ${goesTo(wayOut(step))}`)]
  const asked = step.ask
  return [
    head,
    ...(step.say === undefined ? [] : spoken(step.say, isOpen, pack, columns)),
    ...(step.show === undefined ? [] : shownBy(step.show, pack).flatMap(text => said(text, columns))),
    ...(asked === undefined
      ? waysOn(step).flatMap(([outcome, target]) => note(`${outcome === '' ? '' : `(${outcome}) `}→ ${goesTo(target)}`))
      : [
          ...spoken(asked.question, isOpen, pack, columns),
          ...answersOf(asked).flatMap(({ key, text, isButton }) => {
            const target = typeof step.next === 'string' ? step.next : (step.next[key] ?? step.next.answer ?? 'end')
            const lines = wrap(`${fillIn(text)} → ${goesTo(target)}`, columns, '        ', '    ')
            return isButton ? lines.map(line => paint('cyan', line)) : lines
          }),
        ]),
  ]
}

const waysOn = ({ next }: Step): readonly (readonly [string, string])[] =>
  typeof next === 'string' ? [['', next]] : Object.entries(next)

const hasClosedWords = ({ say, ask }: Step): boolean =>
  [say, ask?.question].some(words => words !== undefined && typeof words === 'object' && 'closed' in words)

/** Where the engine goes on when a step is passed over. */
const wayOut = ({ next, ask }: Step): string => {
  if (typeof next === 'string') return next
  const free = ask?.options.find(option => option['way-out'])?.id
  return (free === undefined ? undefined : next[free]) ?? next.answer ?? Object.values(next)[0] ?? 'end'
}

/** Each wording, and each branch within it, one after the other. */
const spoken = (words: Words, isOpen: boolean, pack: Pack, columns: number): readonly string[] => {
  const chosen = typeof words === 'object' && 'open' in words ? (isOpen ? words.open : words.closed) : words
  const texts = (typeof chosen === 'string' ? [chosen] : chosen).flatMap(text => [
    ...new Set(readingsOf(text, pack.locale).map(reading => fillIn(reading.text).trim())),
  ])
  return texts.filter(text => text !== '').flatMap((text, index) => said(text, columns, index === 0 ? '' : 'or: '))
}

const said = (text: string, columns: number, before = ''): readonly string[] =>
  text
    .split(/¶+/)
    .flatMap((paragraph, index) => wrap(fillIn(paragraph), columns, '  │ ', `  │ ${index === 0 ? before : ''}`))

type Answer = { readonly key: string; readonly text: string; readonly isButton: boolean }

const answersOf = (ask: Ask): readonly Answer[] => {
  const free = (text: string): readonly Answer[] => [{ key: 'answer', text, isButton: false }]
  const buttons = ask.options.map(
    (option): Answer => ({
      key: option.id,
      text: `[${option.label}]${option['way-out'] ? ' (way out)' : ''}`,
      isButton: true,
    }),
  )
  switch (ask.kind) {
    case 'text':
      return [...free('(they write)'), ...buttons]
    case 'date':
      return [...free(`(they choose a day: ${ask.label} [${ask.choose}])`), ...buttons]
    case 'people':
      return [...free(`(they pick people: ${ask.label}) [${ask.submit}]`), ...buttons]
    case 'scale':
      return [...free(`[${ask.from} ${ask.low} … ${ask.to} ${ask.high}]`), ...buttons]
    case 'form':
      return [...free(`[${ask.open}] “${ask.title}”: ${fieldsOf(ask)} [${ask.submit}]`), ...buttons]
    case 'choice':
      return [...(ask.pick === undefined ? [] : free(`(one of: ${ask.pick})`)), ...buttons]
  }
}

const fieldsOf = ({ fields, include, withhold }: Extract<Ask, { kind: 'form' }>): string =>
  fields === 'share-preview'
    ? `for each line to share (${include ?? '?'} | ${withhold ?? '?'})`
    : fields
        .map(field =>
          field.kind === 'choice'
            ? `${field.label} (${field.choices.map(({ label }) => label).join(' | ')})`
            : field.label,
        )
        .join('; ')
