import type { Block, Message } from '../../src/domain/message.ts'
import { chartBlocks } from './chart.ts'
import { context, labelled, quotes, readable, type SlackBlock, sections } from './elements.ts'
import { pieces, shorten } from './fit.ts'
import { formBlocks } from './form.ts'
import { LIMITS } from './limits.ts'
import { CHOICE_ACTION, choicesBlocks, dateBlocks, peopleBlocks } from './question.ts'
import { escapeText } from './words.ts'

/** One post. `text` is escaped; it says what the blocks say. No blocks: there was nothing but words. */
export type SlackPost = { readonly text: string; readonly blocks: readonly SlackBlock[] }

/**
 * A Message in Block Kit: one post, or where Slack's limits are less than it has to say, several in a row. Never none, and
 * nothing in it is refused for its size.
 */
export const renderMessage = (message: Message): readonly [SlackPost, ...SlackPost[]] => {
  const rendered = inRows(message.blocks.map(renderBlock).filter(blocks => blocks.length > 0))
  const parts = inParts(rendered)
  const [only] = parts
  const text = escapeText(message.text)
  if (parts.length <= 1 && text.length <= LIMITS.text) return [{ text, blocks: only ?? [] }]
  // More than one post, or words beyond what one post's text takes: each says in words what its own blocks do.
  const posts = (parts.length === 0 ? wordsAlone(message.text) : parts).map(
    (blocks): SlackPost => ({ text: fitted(readable(blocks)), blocks }),
  )
  const [first, ...rest] = posts
  return first === undefined ? [{ text: fitted(message.text), blocks: [] }] : [first, ...rest]
}

/** What a form, a date or people can be left with stands in one row with it: all ways on are of equal weight. */
const inRows = (rendered: readonly (readonly SlackBlock[])[]): readonly (readonly SlackBlock[])[] => {
  const rows: (readonly SlackBlock[])[] = []
  for (const blocks of rendered) {
    const [way] = blocks
    const before = rows.at(-1)
    const asked = before?.at(-1)
    const isRow =
      blocks.length === 1 &&
      way?.type === 'actions' &&
      way.block_id?.startsWith('q.choices.') === true &&
      asked?.type === 'actions' &&
      /^q\.(form|date|send)\./.test(asked.block_id ?? '') &&
      // Once only: each row's buttons are numbered from nought.
      !asked.elements.some(({ action_id: id }) => id?.startsWith(`${CHOICE_ACTION}.`) === true) &&
      asked.elements.length + way.elements.length <= LIMITS.actions
    if (before === undefined || !isRow) rows.push(blocks)
    else rows[rows.length - 1] = [...before.slice(0, -1), { ...asked, elements: [...asked.elements, ...way.elements] }]
  }
  return rows
}

const wordsAlone = (text: string): readonly (readonly SlackBlock[])[] =>
  inParts(pieces(text, LIMITS.section).map(sections))

/** Words as a post's `text`: escaped, and shortened so that they fit, never within an escape. */
export const fitted = (text: string): string => {
  for (let most: number = LIMITS.text; ; most -= 200) {
    const escaped = escapeText(shorten(text, most))
    if (escaped.length <= LIMITS.text) return escaped
  }
}

const renderBlock = (block: Block, n: number): readonly SlackBlock[] => {
  switch (block.kind) {
    case 'paragraph':
      return sections(block.text)
    case 'quote':
      return quotes(block.text)
    case 'context':
      return context(block.text)
    case 'fields':
      return labelled(block.items)
    case 'choices':
      return choicesBlocks(block, n)
    case 'date':
      return dateBlocks(block, n)
    case 'people':
      return peopleBlocks(block, n)
    case 'form':
      return formBlocks(block, n)
    case 'chart':
      return chartBlocks(block)
  }
}

/** Fills post after post. What belongs to one question stays together where it fits at all. */
const inParts = (rendered: readonly (readonly SlackBlock[])[]): readonly (readonly SlackBlock[])[] => {
  const parts: { readonly blocks: SlackBlock[]; size: Size }[] = []
  const put = (blocks: readonly SlackBlock[], size: Size): void => {
    const last = parts.at(-1)
    const together = last === undefined ? undefined : sum(last.size, size)
    if (last === undefined || together === undefined || !fits(together)) {
      parts.push({ blocks: [...blocks], size })
      return
    }
    last.blocks.push(...blocks)
    last.size = together
  }
  for (const blocks of rendered) {
    const size = sizeOf(blocks)
    if (fits(size)) put(blocks, size)
    else for (const block of blocks) put([block], sizeOf([block]))
  }
  return parts.map(({ blocks }) => blocks)
}

type Size = { readonly blocks: number; readonly json: number; readonly words: number }

const sizeOf = (blocks: readonly SlackBlock[]): Size => ({
  blocks: blocks.length,
  json: JSON.stringify(blocks).length,
  words: escapeText(readable(blocks)).length,
})

/** The words are parted by an empty line, the blocks by a comma. */
const sum = (a: Size, b: Size): Size => ({
  blocks: a.blocks + b.blocks,
  json: a.json + b.json + 1,
  words: a.words + b.words + 2,
})

const fits = ({ blocks, json, words }: Size): boolean =>
  blocks <= LIMITS.messageBlocks && json <= LIMITS.messageJson && words <= LIMITS.text
