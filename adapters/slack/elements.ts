import type { types } from '@slack/bolt'
import { pieces, shorten } from './fit.ts'
import { LIMITS } from './limits.ts'

export type SlackBlock = types.KnownBlock

/** Plain text: nothing in it is markup, whatever somebody wrote. */
export const plain = (text: string, most: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: shorten(text, most),
  emoji: true,
})

export const sections = (text: string): readonly SlackBlock[] =>
  pieces(text, LIMITS.section).map(piece => ({ type: 'section', text: plain(piece, LIMITS.section) }))

export const context = (text: string): readonly SlackBlock[] =>
  pieces(text, LIMITS.contextText).map(piece => ({ type: 'context', elements: [plain(piece, LIMITS.contextText)] }))

/** Somebody's words in rich text, which shows them as a quotation and takes nothing in them for markup. */
export const quotes = (text: string, blockId?: (piece: number) => string): readonly SlackBlock[] =>
  pieces(text, LIMITS.section).map((piece, index) => ({
    type: 'rich_text',
    ...(blockId === undefined ? {} : { block_id: blockId(index) }),
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: piece }] }],
  }))

/** Longer than this a value stands below its label, not beside it. */
const BESIDE = 80

/** A list of labels, in bold, and values. */
export const labelled = (items: readonly { readonly label: string; readonly value: string }[]): readonly SlackBlock[] =>
  items.flatMap(({ label, value }): readonly SlackBlock[] => {
    const bold = label.trim() === '' ? [] : [boldText(shorten(label, LIMITS.section))]
    const [first, ...rest] = pieces(value, LIMITS.section)
    const between = label.length + value.length <= BESIDE && !value.includes('\n') ? after(label) : '\n'
    const below =
      first === undefined ? [] : [{ type: 'text' as const, text: bold.length === 0 ? first : `${between}${first}` }]
    if (bold.length + below.length === 0) return []
    return [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [...bold, ...below] }] },
      ...rest.map(
        (text): SlackBlock => ({
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
        }),
      ),
    ]
  })

const after = (label: string): string => (/[\p{L}\p{N})]\s*$/u.test(label) ? ': ' : ' ')

const boldText = (text: string) => ({ type: 'text' as const, text, style: { bold: true } })

export const button = (
  actionId: string,
  label: string,
  value: string,
  spoken?: string,
): Extract<types.ActionsBlockElement, { type: 'button' }> => ({
  type: 'button',
  action_id: actionId,
  text: plain(label.trim() === '' ? '–' : label, LIMITS.buttonText),
  value,
  ...(spoken === undefined || spoken.trim() === ''
    ? {}
    : { accessibility_label: shorten(spoken, LIMITS.accessibility) }),
})

/**
 * Everything that can be read in rendered blocks, in order, lines apart; buttons by their labels. What a message says in
 * words when it is too long for one.
 */
export const readable = (blocks: readonly unknown[]): string =>
  blocks
    .map(block => textsIn(block).join(''))
    .filter(text => text.trim() !== '')
    .join('\n\n')

const textsIn = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(textsIn)
  if (typeof node !== 'object' || node === null) return []
  if ('text' in node && typeof node.text === 'string') return [node.text]
  const inner = Object.values(node).flatMap(textsIn)
  return 'type' in node && node.type === 'actions' ? [inner.join(' · ')] : inner
}
