import type { ChartBlock } from '../domain/message.ts'

export type Theme = 'light' | 'dark'

/** Draws a chart for a platform that shows pictures. The same chart and theme give the same picture, byte for byte. */
export type Charts = {
  /** For pages: scales, and its text is text. */
  svg(chart: ChartBlock, theme: Theme): Promise<string>
  /** For chats: 1200 px wide. */
  png(chart: ChartBlock, theme: Theme): Promise<Uint8Array>
}
