import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCharts } from '../../adapters/charts/charts.ts'
import type { ChartBlock } from '../../src/domain/message.ts'

const point = fc.record({
  date: fc.integer({ min: 0, max: 900 }).map(days => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)),
  value: fc.integer({ min: 1, max: 10 }),
})
const charts: fc.Arbitrary<ChartBlock> = fc.record({
  kind: fc.constant('chart' as const),
  title: fc.string({ minLength: 1 }),
  text: fc.string({ minLength: 1 }),
  from: fc.constant(1),
  to: fc.constant(10),
  low: fc.constant('just starting'),
  high: fc.constant('there'),
  series: fc.array(
    fc.record({
      label: fc.oneof(
        fc.string({ minLength: 1 }),
        fc.constant('A measure with so many words that no legend could hold all of them'),
      ),
      points: fc
        .uniqueArray(point, { selector: ({ date }) => date, minLength: 1, maxLength: 20 })
        .map(points => points.toSorted((a, b) => a.date.localeCompare(b.date)).map(one => ({ ...one, day: one.date }))),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
const { svg, png } = makeCharts()
const count = (text: string, part: RegExp): number => [...text.matchAll(part)].length

describe('a chart', () => {
  it('has a mark for every value, a name and a description, and no way to run anything', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(charts, fc.constantFrom('light' as const, 'dark' as const), async (chart, theme) => {
        const drawn = await svg(chart, theme)
        const values = chart.series.reduce((sum, { points }) => sum + points.length, 0)
        // Marks of the values and those of the legend.
        expect(count(drawn, /<path d="[^"]*" (?:transform="[^"]*" )?fill="#[0-9a-f]{6}"/g)).toBeGreaterThanOrEqual(
          values,
        )
        expect(drawn).toMatch(/^<svg role="img" /)
        expect(count(drawn, /<title>/g)).toBe(1)
        expect(count(drawn, /<desc>/g)).toBe(1)
        expect(drawn).not.toMatch(/<script|\son\w+=|href="?(?!#)/)
      }),
      { numRuns: 30 },
    )
  })
  it('is the same picture each time', async () => {
    const [chart] = fc.sample(charts, { numRuns: 1, seed: 7 })
    if (chart === undefined) throw new Error('no chart')
    expect(await svg(chart, 'light')).toBe(await svg(chart, 'light'))
    expect(await svg(chart, 'light')).not.toBe(await svg(chart, 'dark'))
  })
  it('is a PNG for chats, 1,200 px wide, with words in it even where the machine has no fonts', async () => {
    const chart: ChartBlock = {
      kind: 'chart',
      title: 'Over time',
      text: 'I leave on time. 5 Jan: 3',
      from: 1,
      to: 10,
      low: 'just starting',
      high: 'there',
      series: [{ label: 'I leave on time', points: [{ date: '2026-01-05', day: '5 Jan', value: 3 }] }],
    }
    const drawn = Buffer.from(await png(chart, 'light'))
    expect(drawn.subarray(1, 4).toString()).toBe('PNG')
    expect(drawn.readUInt32BE(16)).toBe(1_200)
    const silent = Buffer.from(
      await png(
        {
          ...chart,
          low: '',
          high: '',
          series: [{ ...chart.series[0], label: ' ', points: [{ date: '2026-01-05', day: '', value: 3 }] }],
        },
        'light',
      ),
    )
    expect(drawn.length - silent.length).toBeGreaterThan(2_000)
  })
})
