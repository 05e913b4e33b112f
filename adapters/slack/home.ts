import type { types } from '@slack/bolt'
import type { Home, HomeBlock, HomeSection } from '../../src/domain/home.ts'
import { chartBlocks } from './chart.ts'
import { button, context, labelled, plain, quotes, type SlackBlock, sections } from './elements.ts'
import { groups } from './fit.ts'
import { LIMITS } from './limits.ts'

export const HOME_ACTION = 'home'

/**
 * A Home as the view of Slack's App Home tab. What is more than a view holds is left out from its end on, with a sign that
 * there is more: a home says nothing that the chat does not say when asked.
 */
export const renderHome = ({ text, sections: parts }: Home): types.HomeView => {
  const all = parts.flatMap(sectionBlocks)
  const blocks = all.length > 0 ? all : sections(text)
  if (blocks.length <= LIMITS.viewBlocks) return { type: 'home', blocks: [...blocks] }
  return { type: 'home', blocks: [...blocks.slice(0, LIMITS.viewBlocks - 1), ...context('…')] }
}

const sectionBlocks = ({ title, blocks }: HomeSection, section: number): readonly SlackBlock[] => [
  ...(title.trim() === '' ? [] : [{ type: 'header' as const, text: plain(title, LIMITS.header) }]),
  ...merged(blocks.flatMap((block, n) => renderBlock(block, `h.${section}.${n}`))),
]

const renderBlock = (block: HomeBlock, id: string): readonly SlackBlock[] => {
  switch (block.kind) {
    case 'paragraph':
      return sections(block.text)
    case 'quote':
      return quotes(block.text)
    case 'context':
      return context(block.text)
    case 'fields':
      return labelled(block.items)
    case 'chart':
      return chartBlocks(block)
    case 'actions':
      return groups(block.actions, LIMITS.actions).map((some, group) => ({
        type: 'actions',
        block_id: `${id}.${group}`,
        elements: some.map((action, n) => button(`${HOME_ACTION}.${n}`, action.label, action.id, action.spoken)),
      }))
  }
}

/** Rich text that follows rich text is one block of it: a view holds a hundred blocks, and a list is long. */
const merged = (blocks: readonly SlackBlock[]): readonly SlackBlock[] => {
  const all: SlackBlock[] = []
  for (const block of blocks) {
    const last = all.at(-1)
    const both =
      last?.type === 'rich_text' && block.type === 'rich_text'
        ? { ...last, elements: [...last.elements, ...block.elements] }
        : undefined
    if (both === undefined || JSON.stringify(both).length > LIMITS.section) all.push(block)
    else all[all.length - 1] = both
  }
  return all
}
