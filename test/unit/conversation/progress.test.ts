import { describe, expect, it } from 'vitest'
import type { Goal } from '../../../src/domain/goal.ts'
import { aClient, aPerson, DAY, MONDAY } from '../domain/people.ts'
import { Dialogue } from './dialogue.ts'

const goal = (id: string, text: string): Goal => ({
  id,
  kind: 'measure',
  text,
  sign: undefined,
  madeAt: MONDAY,
  closedAt: undefined,
})
const ana = (): Dialogue => {
  const dialogue = new Dialogue(aPerson(aClient()), MONDAY)
  dialogue.goals.set('g1', goal('g1', 'I leave on time'))
  return dialogue
}
const rate = (dialogue: Dialogue, about: string, day: number, value: number): void => {
  dialogue.ratings.push({ id: `r${dialogue.ratings.length}`, about, value, at: MONDAY + day * DAY })
}

describe('progress', () => {
  it('is drawn from the client’s own ratings, in order, and says the same in words', () => {
    const dialogue = ana()
    rate(dialogue, 'g1', 0, 3)
    rate(dialogue, 'g1', 7, 4)
    rate(dialogue, 'g1', 7, 5)
    const [shown] = dialogue.say('how am I doing')
    const chart = shown?.blocks.find(block => block.kind === 'chart')
    expect(chart).toMatchObject({
      from: 1,
      to: 10,
      series: [
        {
          label: 'I leave on time',
          points: [
            { date: '2026-01-05', day: '5 Jan', value: 3 },
            { date: '2026-01-12', day: '12 Jan', value: 5 },
          ],
        },
      ],
    })
    expect(shown?.text).toContain('I leave on time. 5 Jan: 3, 12 Jan: 5')
  })
  it('says when there is nothing to draw, also of goals that are gone', () => {
    const dialogue = ana()
    expect(dialogue.say('progress')[0]?.text).toMatch(/nothing to draw yet/)
    rate(dialogue, 'g9', 0, 3)
    expect(dialogue.say('progress')[0]?.text).toMatch(/nothing to draw yet/)
  })
  it('shows at most four things, those rated last', () => {
    const dialogue = ana()
    for (let n = 1; n <= 6; n += 1) {
      dialogue.goals.set(`g${n}`, goal(`g${n}`, `Measure ${n}`))
      rate(dialogue, `g${n}`, n, n)
    }
    const chart = dialogue.say('progress')[0]?.blocks.find(block => block.kind === 'chart')
    expect(chart?.kind === 'chart' && chart.series.map(({ label }) => label)).toEqual([
      'Measure 6',
      'Measure 5',
      'Measure 4',
      'Measure 3',
    ])
  })
})
