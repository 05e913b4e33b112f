import { FULFILMENT } from '../domain/fulfilment.ts'
import type { Rating } from '../domain/goal.ts'
import type { Block, ChartBlock } from '../domain/message.ts'
import { localDate } from '../domain/schedule.ts'
import type { Labels } from './labels.ts'
import { need, type Turn } from './turn.ts'

/** Lines in one picture: more cannot be told apart. Those rated last come first. */
const MOST_LINES = 4

/** The client's own ratings over time, as a picture and in words; a day rated twice counts as it was rated last. */
export const progressBlocks = (turn: Turn, label: Labels): readonly Block[] => {
  const ratings = need(turn, 'ratings')
  const goals = need(turn, 'goals')
  const named = [...new Set(ratings.map(({ about }) => about))].flatMap(about => {
    const words = about === FULFILMENT ? label('progress-fulfilment') : goals.find(({ id }) => id === about)?.text
    return words === undefined ? [] : [{ about, words }]
  })
  const series = named.slice(0, MOST_LINES).map(({ about, words }) => ({
    label: words,
    points: pointsOf(turn, ratings.filter(one => one.about === about).toReversed()),
  }))
  if (series.length === 0) return [{ kind: 'paragraph', text: label('progress-none') }]
  const lines = series.map(({ label: what, points }) =>
    label('progress-line', { what, ratings: points.map(({ day, value }) => `${day}: ${value}`).join(', ') }),
  )
  const chart: ChartBlock = {
    kind: 'chart',
    title: label('progress-title'),
    text: [label('progress-title'), ...lines].join('\n'),
    from: 1,
    to: 10,
    low: label('progress-low'),
    high: label('progress-high'),
    series,
  }
  return [chart]
}

const pointsOf = (turn: Turn, ratings: readonly Rating[]): ChartBlock['series'][number]['points'] => {
  const { zone, locale } = turn.person
  const byDate = new Map(ratings.map(({ at, value }) => [localDate(at, zone), value]))
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  return [...byDate].map(([date, value]) => ({ date, value, day: format.format(Date.parse(`${date}T00:00:00Z`)) }))
}
