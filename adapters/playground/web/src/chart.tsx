import type { ChartBlock } from '../../../../src/domain/message.ts'
import type { PlacedLine } from './model.ts'

/** The picture in the page's own light or dark, and the same in words for whoever would rather read. */
export function ChartView({ line, block }: { readonly line: PlacedLine; readonly block: ChartBlock }) {
  const address = (theme: 'light' | 'dark'): string =>
    `/api/chats/${encodeURIComponent(line.person)}/chart?line=${encodeURIComponent(line.id)}&theme=${theme}`
  return (
    <figure class="chart">
      <picture>
        <source media="(prefers-color-scheme: dark)" srcset={address('dark')} />
        <img src={address('light')} alt={block.title} width="360" height="262" loading="lazy" />
      </picture>
      <details>
        <summary>In words</summary>
        <p>{block.text}</p>
      </details>
    </figure>
  )
}
