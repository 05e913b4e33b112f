import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../src/conversation/hearing.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { Block } from '../../../src/domain/message.ts'
import { aPerson, DAY, HOUR, MONDAY } from '../domain/people.ts'
import { askOf, Dialogue, PACKS, type Shown } from './dialogue.ts'

/** Whatever a person may do next. */
type Move =
  | { readonly kind: 'press'; readonly which: number }
  | { readonly kind: 'old'; readonly back: number; readonly which: number }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'fill'; readonly text: string; readonly share: boolean }
  | { readonly kind: 'due' }
  | { readonly kind: 'wait'; readonly hours: number }

const PHRASES = COMMANDS.flatMap(command => PACKS.hearing('en').commands[command].heard.slice(0, 2)).concat(
  ['yes', 'no', 'later', 'half of it', 'done!!', '7', '11/10', 'end of next week', 'yesterday', '👍', '🤷', '?', '…'],
  [
    'send Maria the draft by Friday',
    '{coach}',
    '> quoted',
    '# not a heading',
    '<b>&amp;',
    'a\n\nb',
    '{',
    "it's {x, plural",
  ],
)
const words = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PHRASES) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.nat(9_000).map(length => 'so '.repeat(length / 3 + 1)) },
)
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('press' as const), which: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('old' as const), back: fc.nat(20), which: fc.nat(30) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), text: words }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('date' as const), days: fc.integer({ min: -3, max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fill' as const), text: words, share: fc.boolean() }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'due' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.nat(200) }) },
)

const invited = (): Dialogue => {
  const dialogue = new Dialogue(aPerson(undefined), MONDAY)
  dialogue.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
  return dialogue
}

const pressable = ({ blocks }: Shown) =>
  blocks.flatMap(block =>
    block.kind === 'choices' ? block.choices.map(({ id }) => ({ ask: block.ask, choice: id })) : [],
  )
const answerable = (blocks: readonly Block[], kind: 'date' | 'form') => blocks.find(block => block.kind === kind)

/** Does one move as far as what is on screen allows it; a move that cannot be made is no move. */
const make = (dialogue: Dialogue, move: Move): readonly Shown[] => {
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
    case 'wait':
      dialogue.now += move.hours * HOUR
      return []
  }
}

describe('a client who does whatever comes to mind, for weeks', () => {
  it('is never met with silence, a blank message, two questions or a question without a way out', {
    timeout: 120_000,
  }, () => {
    let asked = 0
    fc.assert(
      fc.property(fc.array(moves, { minLength: 30, maxLength: 120 }), all => {
        const dialogue = invited()
        for (const move of all) {
          const said = make(dialogue, move)
          // What is typed is always answered, until they have gone.
          if (move.kind === 'type') expect({ move, answers: said.length }).toEqual({ move, answers: 1 })
          for (const shown of said) {
            expect(shown.text.trim()).not.toBe('')
            for (const block of shown.blocks) if ('text' in block) expect(block.text.trim()).not.toBe('')
            const asks = new Set(shown.blocks.flatMap(block => ('ask' in block ? [block.ask] : [])))
            expect(asks.size).toBeLessThanOrEqual(1)
            if (asks.size === 1) {
              asked += 1
              // Buttons that answer, and none of them empty.
              expect(pressable(shown).length).toBeGreaterThan(0)
            }
          }
          if (dialogue.erased) return
        }
      }),
      { numRuns: 120 },
    )
    expect(asked).toBeGreaterThan(500)
  })

  it('leaves a document that stays small, whose effects have each their own sequence and messages each their own key', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(fc.array(moves, { minLength: 30, maxLength: 120 }), all => {
        const dialogue = invited()
        for (const move of all) {
          const { seq, revision } = dialogue.person
          const effects = dialogue.effects.length
          const said = make(dialogue, move)
          const took = dialogue.person.revision - revision
          expect(took).toBeLessThanOrEqual(1)
          expect(dialogue.person.seq - seq).toBe(dialogue.effects.length - effects)
          expect(dialogue.effects.slice(effects).map(one => one.seq - seq)).toEqual(
            dialogue.effects.slice(effects).map((_, index) => index + 1),
          )
          for (const { blocks } of said) expect(askOf({ text: '', key: '', blocks })).not.toBe('')
          const { client, conversation, scheduled } = dialogue.person
          const piled = conversation?.frames.map(({ pack, step }) => `${pack}.${step}`) ?? []
          expect({ piled, n: piled.length <= 4 }).toEqual({ piled, n: true })
          // What is overdue stands until its turn comes; of what is to come there is one of a kind.
          const toCome = Object.values(scheduled).filter(({ at }) => at > dialogue.now)
          const kinds = toCome.map(({ kind }) => kind)
          const single = kinds.filter(kind => kind !== 'nudge' && kind !== 'follow-up')
          expect(single).toEqual([...new Set(single)])
          expect(kinds.length - single.length).toBeLessThanOrEqual(dialogue.commitments.size)
          expect(client?.offered.length ?? 0).toBeLessThanOrEqual(12)
          expect(client?.heldBack.length ?? 0).toBeLessThanOrEqual(20)
          expect(client?.ledger.length ?? 0).toBeLessThanOrEqual(60)
          if (dialogue.erased) return
        }
        const keys = dialogue.shown.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        const lines = dialogue.person.client?.offered.map(({ id }) => id) ?? []
        expect(new Set(lines).size).toBe(lines.length)
      }),
      { numRuns: 120 },
    )
  })

  it('finds the same answer when the same turn is taken again', () => {
    fc.assert(
      fc.property(fc.array(moves, { minLength: 5, maxLength: 40 }), words, (all, text) => {
        const dialogue = invited()
        for (const move of all) {
          make(dialogue, move)
          if (dialogue.erased) return
        }
        const event = { kind: 'reply', reply: { kind: 'text', text } } as const
        expect(dialogue.advanced(event, 'again')).toEqual(dialogue.advanced(event, 'again'))
      }),
      { numRuns: 60 },
    )
  })
})
