import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begin, beginnings, make, movesIn, pressable, wordsIn } from './at-random.ts'
import { askOf, PACKS } from './dialogue.ts'

/** In each language. */
const RUNS = 30

describe.each(PACKS.locales)('a client who does whatever comes to mind, for weeks, in %s', locale => {
  const moves = movesIn(locale)
  const words = wordsIn(locale)

  it('is never met with silence, a blank message, two questions or a question without a way out', {
    timeout: 120_000,
  }, () => {
    let asked = 0
    fc.assert(
      fc.property(beginnings, fc.array(moves, { minLength: 30, maxLength: 120 }), (where, all) => {
        const dialogue = begin(where, locale)
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
      { numRuns: RUNS },
    )
    expect(asked).toBeGreaterThan(300)
  })

  it('leaves a document that stays small, whose effects have each their own sequence and messages each their own key', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(beginnings, fc.array(moves, { minLength: 30, maxLength: 120 }), (where, all) => {
        const dialogue = begin(where, locale)
        for (const move of all) {
          const { seq, revision } = dialogue.person
          const effects = dialogue.effects.length
          const said = make(dialogue, move)
          const took = dialogue.person.revision - revision
          expect(took).toBeLessThanOrEqual(move.kind === 'quiet' ? move.times : 1)
          expect(took).toBeGreaterThanOrEqual(said.length)
          expect(dialogue.person.seq - seq).toBe(dialogue.effects.length - effects)
          expect(dialogue.effects.slice(effects).map(one => one.seq - seq)).toEqual(
            dialogue.effects.slice(effects).map((_, index) => index + 1),
          )
          for (const { blocks } of said) expect(askOf({ text: '', key: '', blocks })).not.toBe('')
          const { client, conversation, scheduled } = dialogue.person
          const piled = conversation?.frames.map(({ pack, step }) => `${pack}.${step}`) ?? []
          expect({ piled, n: piled.length <= 4 }).toEqual({ piled, n: true })
          // What is overdue stands until its turn comes; of what is to come there is one of a kind.
          const toCome = Object.entries(scheduled).filter(([, { at }]) => at > dialogue.now)
          // By key: a look-back, a note and a widening are follow-ups by kind, and belong to no commitment.
          const names = toCome.map(([key]) => key.split(':')[0])
          const open = [...dialogue.commitments.values()].filter(({ state }) => state === 'open').length
          const single = names.filter(name => name !== 'nudge' && name !== 'follow-up' && name !== 'look-back')
          expect(single).toEqual([...new Set(single)])
          expect(names.filter(name => name === 'nudge' || name === 'follow-up').length).toBeLessThanOrEqual(open)
          expect(names.filter(name => name === 'look-back').length).toBeLessThanOrEqual(client?.decisions?.length ?? 0)
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
      { numRuns: RUNS },
    )
  })

  it('finds the same answer when the same turn is taken again', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(beginnings, fc.array(moves, { minLength: 5, maxLength: 40 }), words, (where, all, text) => {
        const dialogue = begin(where, locale)
        for (const move of all) {
          make(dialogue, move)
          if (dialogue.erased) return
        }
        const event = { kind: 'reply', reply: { kind: 'text', text } } as const
        expect(dialogue.advanced(event, 'again')).toEqual(dialogue.advanced(event, 'again'))
      }),
      { numRuns: RUNS },
    )
  })

  it('comes by every question there is', { timeout: 120_000 }, () => {
    const packs = ['welcome', 'success-measures', 'check-in', 'commitment', 'nudge', 'lapse', 'listen', 'always-on']
    const questions = packs.flatMap(id =>
      Object.entries(PACKS.current(id, locale).steps).flatMap(([step, { ask }]) => (ask ? [`${id}.${step}`] : [])),
    )
    const asked = new Set<string>()
    const areLeft = (): boolean => questions.some(question => !asked.has(question))
    // The same walks each time, and as many as it takes, so that whether they come everywhere is no matter of luck.
    for (let seed = 1; areLeft() && seed <= 20; seed += 1)
      fc.assert(
        fc.property(beginnings, fc.array(moves, { minLength: 30, maxLength: 120 }), (where, all) => {
          const dialogue = begin(where, locale)
          for (const move of all) {
            make(dialogue, move)
            const top = dialogue.person.conversation?.frames.at(-1)
            if (top !== undefined) asked.add(`${top.pack}.${top.step}`)
            if (dialogue.erased) return
          }
        }),
        { numRuns: 100, seed },
      )
    expect(questions.filter(question => !asked.has(question))).toEqual([])
  })
})
