import type { EChartsCoreOption } from 'echarts/core'
import type { ChartBlock } from '../../src/domain/message.ts'
import type { Theme } from '../../src/ports/charts.ts'

/** px: about the width of a message, so that its letters stay as large as those around it. */
export const WIDTH = 360
const PLOT = 240
const LEGEND_LINE = 22
/** One line of the legend for each of the chart. */
export const heightOf = ({ series }: ChartBlock): number => PLOT + LEGEND_LINE * series.length

const FONT = 'DejaVu Sans, Helvetica, Arial, sans-serif'
/** Longer names are cut in the picture; its text has them in full. */
const NAME_LENGTH = 42

type Ink = { readonly paper: string; readonly ink: string; readonly soft: string; readonly grid: string }
const INK: Readonly<Record<Theme, Ink>> = {
  light: { paper: '#fbfcf9', ink: '#1c2a26', soft: '#4d5f58', grid: '#d8e0da' },
  dark: { paper: '#16211d', ink: '#e8efe9', soft: '#a9bab2', grid: '#33443d' },
}
/** Told apart by shape and dash as well as by colour; each 3:1 or more against its paper. */
const LINES = [
  { light: '#1f6b57', dark: '#7fc4ae', symbol: 'circle', dash: 'solid' },
  { light: '#9a5b00', dark: '#e5a33d', symbol: 'rect', dash: 'dashed' },
  { light: '#3d4f9f', dark: '#a5b2f0', symbol: 'triangle', dash: 'dotted' },
  { light: '#8a2f5f', dark: '#e59bc0', symbol: 'diamond', dash: [10, 4] },
] as const

/** echarts' description of a chart: values over days, at their true distance. */
export const optionOf = (chart: ChartBlock, theme: Theme): EChartsCoreOption => {
  const { paper, ink, soft, grid } = INK[theme]
  const days = [...new Set(chart.series.flatMap(({ points }) => points.map(({ date }) => date)))].sort()
  const words = new Map(chart.series.flatMap(({ points }) => points.map(({ date, day }) => [Date.parse(date), day])))
  const first = days[0] ?? '1970-01-01'
  const last = days.at(-1) ?? first
  return {
    animation: false,
    backgroundColor: paper,
    textStyle: { fontFamily: FONT, color: ink },
    grid: { left: 40, right: 28, top: 44, bottom: 36 + LEGEND_LINE * chart.series.length },
    legend: {
      orient: 'vertical',
      left: 24,
      bottom: 4,
      itemWidth: 30,
      itemGap: 8,
      textStyle: { color: ink, fontFamily: FONT, fontSize: 12 },
      data: chart.series.map(({ label }, index) => nameOf(label, index)),
      selectedMode: false,
    },
    xAxis: {
      type: 'time',
      min: Date.parse(first),
      max: Date.parse(last) === Date.parse(first) ? Date.parse(first) + 86_400_000 : Date.parse(last),
      axisLine: { lineStyle: { color: soft } },
      axisTick: { show: false },
      splitLine: { show: false },
      // Only the days that have a value are named, and only as many as fit.
      axisLabel: {
        color: soft,
        fontFamily: FONT,
        hideOverlap: true,
        customValues: days.map(day => Date.parse(day)),
        formatter: (value: number) => words.get(value) ?? '',
      },
    },
    yAxis: {
      type: 'value',
      min: chart.from,
      max: chart.to,
      interval: 1,
      name: `${chart.to}: ${chart.high}   ${chart.from}: ${chart.low}`,
      nameLocation: 'end',
      nameTextStyle: { color: soft, align: 'left', padding: [0, 0, 4, -24], fontFamily: FONT },
      axisLabel: { color: soft, fontFamily: FONT },
      splitLine: { lineStyle: { color: grid } },
    },
    series: chart.series.map(({ label, points }, index) => {
      const line = LINES[index % LINES.length] ?? LINES[0]
      return {
        type: 'line',
        name: nameOf(label, index),
        symbol: line.symbol,
        symbolSize: 9,
        showAllSymbol: true,
        lineStyle: { color: line[theme], width: 2.5, type: line.dash },
        itemStyle: { color: line[theme] },
        data: points.map(({ date, value }) => [Date.parse(date), value]),
      }
    }),
  }
}

/** Two goals may begin with the same words: their place keeps them apart. */
const nameOf = (label: string, index: number): string =>
  label.length <= NAME_LENGTH
    ? label
    : `${label.slice(0, NAME_LENGTH - 1).trimEnd()}…${index === 0 ? '' : ` (${index + 1})`}`
