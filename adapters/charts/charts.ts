import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Charts } from '../../src/ports/charts.ts'
import { heightOf, optionOf, WIDTH } from './option.ts'

const require = createRequire(import.meta.url)
/** A font of our own: a bare server has none, and a picture without words would come out of it. */
const FONTS = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const FONT = 'DejaVu Sans'
/** px of a PNG's width. */
const PNG_WIDTH = 1200

/** Charts by echarts, drawn without a browser, and made into PNG by resvg. Both are loaded at the first picture. */
export const makeCharts = (): Charts => {
  const svg: Charts['svg'] = async (chart, theme) => {
    const { init, use } = await import('echarts/core')
    const { LineChart } = await import('echarts/charts')
    const { GridComponent, LegendComponent } = await import('echarts/components')
    const { SVGRenderer } = await import('echarts/renderers')
    use([LineChart, GridComponent, LegendComponent, SVGRenderer])
    const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: heightOf(chart) })
    try {
      drawing.setOption(optionOf(chart, theme))
      // What a page would need to follow the pointer is left out; its names count on from one drawing to the next.
      const drawn = drawing
        .renderToSVGString()
        .replaceAll(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, '')
        .replaceAll(/<style.*?<\/style>/gs, '')
        .replaceAll(/\bzr\d+-/g, 'zr-')
      return withName(drawn, chart.title, chart.text)
    } finally {
      drawing.dispose()
    }
  }
  return {
    svg,
    png: async (chart, theme) => {
      const { Resvg } = await import('@resvg/resvg-js')
      const drawing = new Resvg(await svg(chart, theme), {
        fitTo: { mode: 'width', value: PNG_WIDTH },
        font: { fontDirs: [FONTS], loadSystemFonts: false, defaultFontFamily: FONT },
      })
      return drawing.render().asPng()
    },
  }
}

/** Gives the picture a name and a description of its own, for readers that meet it outside the message. */
const withName = (svg: string, title: string, text: string): string =>
  svg
    .replace(/^<svg /, '<svg role="img" ')
    .replace('>', `><title>${escaped(title)}</title><desc>${escaped(text)}</desc>`)

const escaped = (text: string): string =>
  text.replace(/[<>&]/g, sign => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : '&amp;'))
