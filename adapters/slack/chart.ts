import type { ChartBlock } from '../../src/domain/message.ts'
import type { SlackBlock } from './elements.ts'
import { plain } from './elements.ts'
import { shorten } from './fit.ts'
import { LIMITS } from './limits.ts'

/** Characters of a whole bar, and days of one line: a phone shows no more without wrapping. */
const WIDTH = 10
const DAYS = 12
const LABEL = 120

/**
 * A chart in characters: a bar a day. A picture would need a file upload, a right this app does without, or an address that
 * anybody could open; what it shows stays within the message this way (docs/decisions/0021).
 */
export const chartBlocks = ({ title, series, from, to, low, high }: ChartBlock): readonly SlackBlock[] => {
  const span = Math.max(1, to - from + 1)
  const filled = (value: number): string => '█'.repeat(Math.round((Math.max(1, value - from + 1) / span) * WIDTH) || 1)
  const heading: readonly SlackBlock[] =
    title.trim() === '' ? [] : [{ type: 'header', text: plain(title, LIMITS.header) }]
  const ends = `${from}: ${low} · ${to}: ${high}`
  return [
    ...heading,
    ...series.flatMap(({ label, points }): readonly SlackBlock[] => {
      const days = points.slice(-DAYS)
      if (days.length === 0) return []
      const widest = Math.max(...days.map(({ day }) => day.length))
      const lines = days.map(({ day, value }) => `${day.padEnd(widest)}  ${filled(value).padEnd(WIDTH)} ${value}`)
      const name = label.trim() === '' ? [] : [{ type: 'text' as const, text: shorten(label, LABEL) }]
      return [
        {
          type: 'rich_text',
          elements: [
            ...(name.length === 0 ? [] : [{ type: 'rich_text_section' as const, elements: name }]),
            {
              type: 'rich_text_preformatted',
              elements: [{ type: 'text', text: shorten(lines.join('\n'), LIMITS.section) }],
            },
          ],
        },
      ]
    }),
    { type: 'context', elements: [plain(ends, LIMITS.contextText)] },
  ]
}
