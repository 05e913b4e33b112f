import fc from 'fast-check'
import { COMMANDS, type Command, commandIn } from '../../../src/conversation/hearing.ts'
import type { Commitment } from '../../../src/domain/commitment.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { Block } from '../../../src/domain/message.ts'
import type { Client } from '../../../src/domain/person.ts'
import { aClient, aCommitment, aPerson, DAY, HOUR, MONDAY } from '../domain/people.ts'
import { Dialogue, PACKS, type Shown } from './dialogue.ts'

/** Whatever a person may do next. */
export type Move =
  | { readonly kind: 'press'; readonly which: number }
  | { readonly kind: 'old'; readonly back: number; readonly which: number }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'fill'; readonly text: string; readonly share: boolean }
  | { readonly kind: 'due' }
  /** Not a word, whatever comes. */
  | { readonly kind: 'quiet'; readonly times: number }
  | { readonly kind: 'wait'; readonly hours: number }

/** What people type beside commands, a column a language: answers, days, another language. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  en: [...['yes', 'no', 'later', 'half of it', 'done!!', '11/10', 'end of next week', 'yesterday', 'auf deutsch']],
  es: [
    ...['sí', 'no', 'luego', 'la mitad', '¡hecho!', '11/10', 'a finales de la semana que viene', 'ayer', 'en inglés'],
  ],
  de: [
    ...['ja', 'nö', 'später', 'die Hälfte', 'erledigt!!', '11/10', 'Ende nächster Woche', 'gestern', 'auf Englisch'],
  ],
}
/** Things to do, with their days: one, and several at once. */
const THINGS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'send Maria the draft by Friday',
    'call Ben tomorrow and send Eva the plan on Friday',
    'write to Eva today and book the room on Monday',
    'read the report tomorrow and thank Ana on Friday',
    'ask for the key today and tidy the desk on Thursday',
  ],
  es: ['mandar el borrador a María para el viernes', 'llamar a Ben mañana y mandar el plan a Eva el viernes'],
  de: ['Maria bis Freitag den Entwurf schicken', 'Ben morgen anrufen und Eva am Freitag den Plan schicken'],
}
/** What is odd to a machine in any language. */
const ODD = [
  '7',
  '👍',
  '🤷',
  '?',
  '…',
  '{coach}',
  '> quoted',
  '# not a heading',
  '<b>&amp;',
  'a\n\nb',
  '{',
  "it's {x, plural",
]
/** They end everything, so they are rare. */
const FINAL: readonly Command[] = ['stop', 'delete']

/** Whatever somebody may type who reads this locale. */
export const wordsIn = (locale: string): fc.Arbitrary<string> => {
  const hearing = PACKS.hearing(locale)
  const heard = (command: Command): readonly string[] => hearing.commands[command].heard.slice(0, 2)
  const language = locale.split('-')[0] ?? ''
  const phrases = [...COMMANDS.flatMap(heard), ...(TYPED[language] ?? []), ...ODD]
  const isFinal = (phrase: string): boolean => FINAL.some(command => commandIn(phrase, hearing) === command)
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...phrases.filter(phrase => !isFinal(phrase))) },
    { weight: 3, arbitrary: fc.constantFrom(...(THINGS[language] ?? [])) },
    { weight: 1, arbitrary: fc.constantFrom(...FINAL.flatMap(command => heard(command).slice(0, 1))) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
    { weight: 1, arbitrary: fc.nat(9_000).map(length => 'so '.repeat(length / 3 + 1)) },
  )
}
export const movesIn = (locale: string): fc.Arbitrary<Move> => {
  const words = wordsIn(locale)
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('press' as const), which: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('old' as const), back: fc.nat(20), which: fc.nat(30) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), text: words }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('date' as const), days: fc.integer({ min: -3, max: 60 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('fill' as const), text: words, share: fc.boolean() }) },
    { weight: 4, arbitrary: fc.constant({ kind: 'due' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('quiet' as const), times: fc.nat(12) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.nat(200) }) },
  )
}

/** Somebody who has just been invited, and knows nothing yet. */
const invited = (locale: string): Dialogue => {
  const dialogue = new Dialogue(aPerson(undefined, { locale }), MONDAY)
  dialogue.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
  return dialogue
}

/** Somebody some weeks in: a measure, and commitments of every kind; or two for one day, and long until the check-in. */
const weeksIn = (locale: string, client: Partial<Client>, commitments: readonly Commitment[]): Dialogue => {
  const topics = { work: true, self: true, dreams: true }
  const dialogue = new Dialogue(aPerson(aClient({ topics, ...client }), { seq: 1, locale }), MONDAY)
  const goal = { id: 'g1', kind: 'measure', text: 'I leave on time', sign: undefined, madeAt: MONDAY } as const
  dialogue.goals.set('g1', { ...goal, closedAt: undefined })
  for (const one of commitments) dialogue.commitments.set(one.id, one)
  dialogue.plan().say(PACKS.hearing(locale).commands.seen.heard[0] ?? '')
  return dialogue
}
const busy = (locale: string): Dialogue =>
  weeksIn(locale, { rhythm: { ...aClient().rhythm, weeks: 2 } }, [
    aCommitment({ id: 'k1', due: '2026-01-06', plan: 'If it is nine, I ask' }),
    aCommitment({ id: 'k2', due: '2026-01-08', goal: 'g1', moves: 2 }),
    aCommitment({ id: 'k3', due: '2026-01-08', forWhom: 'coach' }),
    aCommitment({ id: 'k4', due: undefined, carried: true, moves: 2 }),
  ])
const monthly = (locale: string): Dialogue =>
  weeksIn(locale, { rhythm: { ...aClient().rhythm, weeks: 4, lastDate: '2025-12-29' } }, [
    aCommitment({ id: 'k1', due: '2026-01-06' }),
    aCommitment({ id: 'k2', due: '2026-01-06', moves: 2 }),
  ])

/** Where a walk begins. */
const BEGINNINGS = { invited, busy, monthly }
type Beginning = keyof typeof BEGINNINGS
export const beginnings: fc.Arbitrary<Beginning> = fc.constantFrom('invited', 'busy', 'monthly')
export const begin = (where: Beginning, locale = 'en'): Dialogue => BEGINNINGS[where](locale)

/** The buttons of a message. */
export const pressable = ({ blocks }: Shown) =>
  blocks.flatMap(block =>
    block.kind === 'choices' ? block.choices.map(({ id }) => ({ ask: block.ask, choice: id })) : [],
  )
const answerable = (blocks: readonly Block[], kind: 'date' | 'form') => blocks.find(block => block.kind === kind)

/** Does one move as far as what is on screen allows it; a move that cannot be made is no move. */
export const make = (dialogue: Dialogue, move: Move): readonly Shown[] => {
  const shown = move.kind === 'old' ? dialogue.shown.at(-1 - move.back) : dialogue.last
  switch (move.kind) {
    case 'press':
    case 'old': {
      const all = shown === undefined ? [] : pressable(shown)
      const one = all[move.which % Math.max(1, all.length)]
      return one === undefined ? [] : dialogue.reply({ kind: 'choice', ...one })
    }
    case 'type':
      return dialogue.say(move.text)
    case 'date': {
      const block = answerable(dialogue.last.blocks, 'date')
      if (block?.kind !== 'date') return []
      const date = new Date(dialogue.now + move.days * DAY).toISOString().slice(0, 10)
      return dialogue.reply({ kind: 'date', ask: block.ask, date })
    }
    case 'fill': {
      const block = answerable(dialogue.last.blocks, 'form')
      if (block?.kind !== 'form') return []
      const fields = block.fields.flatMap(({ id, kind }) =>
        kind === 'line'
          ? [
              [id, move.text],
              [`${id}.include`, move.share ? 'yes' : 'no'],
            ]
          : [[id, move.text]],
      )
      return dialogue.reply({
        kind: 'form',
        ask: block.ask,
        fields: Object.fromEntries(fields) as Record<string, string>,
      })
    }
    case 'due':
      return Object.keys(dialogue.person.scheduled).length === 0 ? [] : dialogue.next()
    case 'quiet':
      return Array.from({ length: move.times }).flatMap(() => make(dialogue, { kind: 'due' }))
    case 'wait':
      dialogue.now += move.hours * HOUR
      return []
  }
}
