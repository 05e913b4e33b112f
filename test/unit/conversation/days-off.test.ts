import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../src/domain/schedule.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue } from './dialogue.ts'

const ana = (daysOff: readonly string[] = []): Dialogue => new Dialogue(aPerson(aClient({ daysOff })), MONDAY).plan()
const daysOf = (dialogue: Dialogue) => dialogue.person.client?.daysOff

describe('a client’s days off', () => {
  it('are written down from the first to the last, typed or picked', () => {
    const dialogue = ana()
    dialogue.say('days off')
    expect(dialogue.last.text).toContain('You have none written down.')
    dialogue.press('Add days')
    dialogue.say('next Thursday')
    dialogue.say('19 January')
    expect(daysOf(dialogue)).toEqual(['2026-01-15', '2026-01-16', '2026-01-17', '2026-01-18', '2026-01-19'])
    expect(dialogue.last.text).toContain('Thursday 15 January to Monday 19 January')
  })

  it('are one day where only one is meant, in either order where two are, and each once', () => {
    const dialogue = ana(['2026-01-16'])
    dialogue.say('days off')
    dialogue.press('Add days')
    dialogue.say('16 January')
    dialogue.press('Only that one day')
    expect(daysOf(dialogue)).toEqual(['2026-01-16'])
    dialogue.say('holiday')
    dialogue.press('Add days')
    dialogue.say('21 January')
    dialogue.say('20 January')
    expect(daysOf(dialogue)).toEqual(['2026-01-16', '2026-01-20', '2026-01-21'])
  })

  it('can be taken out again, and those that are past are forgotten', () => {
    const dialogue = ana(['2025-12-24', '2026-01-16'])
    dialogue.say('days off')
    expect(dialogue.last.text).not.toContain('December')
    dialogue.press('Add days')
    dialogue.say('20 January')
    dialogue.press('Only that one day')
    expect(daysOf(dialogue)).toEqual(['2026-01-16', '2026-01-20'])
    dialogue.say('days off')
    dialogue.press('Take them all out')
    expect(daysOf(dialogue)).toEqual([])
  })

  it('of more than a month are better a pause, and nothing is written down', () => {
    const dialogue = ana()
    dialogue.say('days off')
    dialogue.press('Add days')
    dialogue.say('7 January')
    dialogue.say('20 February')
    expect(dialogue.last.text).toContain('“Pause” suits a longer time away')
    expect(daysOf(dialogue)).toEqual([])
  })

  it('never hold a day twice, one that is past, or more than ninety', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), ranges => {
        const dialogue = ana()
        for (const [from, length] of ranges) {
          dialogue.say('days off')
          dialogue.press('Add days')
          for (const days of [from, from + length])
            dialogue.reply({
              kind: 'date',
              ask: dialogue.last.blocks.flatMap(block => ('ask' in block ? [block.ask] : []))[0] ?? '',
              date: addDays('2026-01-05', days),
            })
        }
        const days = daysOf(dialogue) ?? []
        expect(days).toEqual([...new Set(days)].toSorted())
        expect(days.length).toBeLessThanOrEqual(90)
        expect(days.every(day => day >= '2026-01-05')).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})
