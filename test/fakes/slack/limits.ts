/**
 * What Slack refuses in messages, modals and homes: its documented limits, written down a second time, apart from the
 * adapter's own, so that a mistake in one shows against the other.
 *
 * Sources (docs.slack.dev, November 2026): reference/methods/chat.postMessage (text, 50 blocks), reference/block-kit/blocks
 * (each block's own limits), reference/block-kit/block-elements, reference/block-kit/composition-objects, reference/views
 * (100 blocks, title 24, private_metadata 3,000). The sum of a message's blocks is not documented; slackapi/bolt-js issues
 * 2509 and 2867 report refusals from about 11,300 characters of text on, so 11,000 is what is let through here.
 */

type Json = Readonly<Record<string, unknown>>
type Surface = 'message' | 'modal' | 'home'
type Say = (what: string) => void

const MOST_TEXT_OF_MESSAGE = 11_000
const BLOCKS: Readonly<Record<Surface, readonly string[]>> = {
  message: ['section', 'header', 'context', 'actions', 'divider', 'rich_text', 'image', 'input'],
  modal: ['section', 'header', 'context', 'actions', 'divider', 'rich_text', 'image', 'input'],
  home: ['section', 'header', 'context', 'actions', 'divider', 'rich_text', 'image', 'input'],
}
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  actions: ['button', 'datepicker', 'static_select', 'radio_buttons', 'checkboxes', 'users_select'],
  accessory: ['button', 'datepicker', 'static_select', 'users_select', 'multi_users_select', 'radio_buttons'],
  input: ['plain_text_input', 'datepicker', 'static_select', 'radio_buttons', 'checkboxes', 'multi_users_select'],
}

/** Each reason for which chat.postMessage would refuse this, in a line; none: it takes it. */
export const refusalsOfMessage = (message: {
  readonly text: string
  readonly blocks?: readonly unknown[]
}): readonly string[] => {
  const found: string[] = []
  const blocks = message.blocks ?? []
  if (message.text.trim() === '') found.push('no_text: text is empty')
  if (message.text.length > 4_000) found.push(`msg_too_long: text has ${message.text.length} characters`)
  if (blocks.length > 50) found.push(`invalid_blocks: ${blocks.length} blocks`)
  const said = lengthOfTexts(blocks)
  if (said > MOST_TEXT_OF_MESSAGE) found.push(`msg_blocks_too_long: ${said} characters in all`)
  return [...found, ...refusalsOfBlocks(blocks, 'message')]
}

/** As refusalsOfMessage, for views.open, views.update and views.publish. */
export const refusalsOfView = (view: unknown): readonly string[] => {
  const found: string[] = []
  if (!isJson(view)) return ['invalid_arguments: the view is no object']
  const { type, blocks, title, submit, close, private_metadata, callback_id } = view
  if (type !== 'modal' && type !== 'home') return [`invalid_arguments: a view of type ${String(type)}`]
  if (!Array.isArray(blocks)) return ['invalid_arguments: a view without blocks']
  if (blocks.length > 100) found.push(`view_too_large: ${blocks.length} blocks`)
  if (type === 'modal') {
    plainText(title, 24, 'title', what => found.push(what))
    for (const [name, part] of Object.entries({ submit, close }))
      if (part !== undefined) plainText(part, 24, name, what => found.push(what))
    const hasInput = blocks.some(block => isJson(block) && block.type === 'input')
    if (hasInput && submit === undefined) found.push('invalid_arguments: a modal with inputs needs submit')
  }
  if (typeof private_metadata === 'string' && private_metadata.length > 3_000)
    found.push('private_metadata is too long')
  if (typeof callback_id === 'string' && callback_id.length > 255) found.push('callback_id is too long')
  if (JSON.stringify(view).length > 250_000) found.push('view_too_large: 250 kB')
  return [...found, ...refusalsOfBlocks(blocks, type)]
}

const refusalsOfBlocks = (blocks: readonly unknown[], surface: Surface): readonly string[] => {
  const found: string[] = []
  const ids = new Set<string>()
  for (const [n, block] of blocks.entries()) {
    const say: Say = what => found.push(`blocks[${n}]: ${what}`)
    if (!isJson(block)) {
      say('no object')
      continue
    }
    const { block_id: id } = block
    if (id !== undefined) {
      if (typeof id !== 'string' || id === '' || id.length > 255) say('block_id')
      else if (ids.has(id)) say(`block_id ${id} twice`)
      else ids.add(id)
    }
    if (typeof block.type !== 'string' || !BLOCKS[surface].includes(block.type)) say(`a ${String(block.type)} block`)
    else CHECKS[block.type]?.(block, say)
  }
  return found
}

const CHECKS: Readonly<Record<string, (block: Json, say: Say) => void>> = {
  header: ({ text }, say) => plainText(text, 150, 'text', say),
  section: ({ text, fields, accessory }, say) => {
    if (text === undefined && fields === undefined) say('a section without text')
    if (text !== undefined) textObject(text, 3_000, 'text', say)
    if (Array.isArray(fields)) {
      if (fields.length === 0 || fields.length > 10) say(`${fields.length} fields`)
      for (const field of fields) textObject(field, 2_000, 'field', say)
    }
    if (accessory !== undefined) element(accessory, 'accessory', say)
  },
  context: ({ elements }, say) => {
    if (!Array.isArray(elements) || elements.length === 0 || elements.length > 10) return say('1 to 10 elements')
    for (const one of elements) textObject(one, 3_000, 'element', say)
  },
  actions: ({ elements }, say) => {
    if (!Array.isArray(elements) || elements.length === 0 || elements.length > 25) return say('1 to 25 elements')
    const ids = elements.map(one => (isJson(one) ? one.action_id : undefined))
    if (new Set(ids).size < ids.length) say('an action_id twice in one block')
    for (const one of elements) element(one, 'actions', say)
  },
  input: ({ label, element: inner, hint, dispatch_action: dispatch }, say) => {
    plainText(label, 2_000, 'label', say)
    if (hint !== undefined) plainText(hint, 2_000, 'hint', say)
    if (dispatch !== undefined && typeof dispatch !== 'boolean') say('dispatch_action')
    element(inner, 'input', say)
  },
  rich_text: ({ elements }, say) => {
    if (!Array.isArray(elements) || elements.length === 0) return say('rich text without elements')
    for (const one of elements) richText(one, say)
  },
}

const RICH = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']
const richText = (node: unknown, say: Say): void => {
  if (!isJson(node) || typeof node.type !== 'string' || !RICH.includes(node.type)) return say('a rich text element')
  if (!Array.isArray(node.elements) || node.elements.length === 0) return say(`an empty ${node.type}`)
  for (const one of node.elements)
    if (!isJson(one) || one.type !== 'text' || typeof one.text !== 'string' || one.text === '') say('rich text: a text')
}

const element = (node: unknown, where: string, say: Say): void => {
  if (!isJson(node) || typeof node.type !== 'string') return say('no element')
  const { type } = node
  if (!(ELEMENTS[where] ?? []).includes(type)) return say(`a ${type} in ${where}`)
  if (node.action_id !== undefined && (typeof node.action_id !== 'string' || !within(node.action_id, 255)))
    say('action_id')
  if (node.placeholder !== undefined) plainText(node.placeholder, 150, 'placeholder', say)
  switch (type) {
    case 'button':
      plainText(node.text, 75, 'button text', say)
      if (node.value !== undefined && (typeof node.value !== 'string' || node.value.length > 2_000)) say('button value')
      if (node.accessibility_label !== undefined && !within(node.accessibility_label, 75)) say('accessibility_label')
      return
    case 'datepicker':
      if (node.initial_date !== undefined && !isDate(node.initial_date)) say('initial_date')
      return
    case 'static_select':
      return options(node, 100, say)
    case 'radio_buttons':
    case 'checkboxes':
      return options(node, 10, say)
    case 'multi_users_select':
      if (node.max_selected_items !== undefined && Number(node.max_selected_items) < 1) say('max_selected_items')
      return
    case 'plain_text_input': {
      const { max_length: most, initial_value: initial } = node
      if (most !== undefined && (Number(most) < 1 || Number(most) > 3_000)) say('max_length')
      if (initial !== undefined && (typeof initial !== 'string' || initial.length > Number(most ?? 3_000)))
        say('initial_value')
    }
  }
}

const options = (node: Json, most: number, say: Say): void => {
  const { options: all, initial_option: initial } = node
  if (!Array.isArray(all) || all.length === 0 || all.length > most) return say(`1 to ${most} options`)
  for (const option of all) {
    if (!isJson(option)) say('an option')
    else {
      plainText(option.text, 75, 'option text', say)
      if (!within(option.value, 150)) say('option value')
    }
  }
  if (initial !== undefined && !all.some(one => JSON.stringify(one) === JSON.stringify(initial))) say('initial_option')
}

const plainText = (node: unknown, most: number, what: string, say: Say): void => {
  if (!isJson(node) || node.type !== 'plain_text') return say(`${what} is no plain text`)
  if (!within(node.text, most)) say(`${what}: 1 to ${most} characters, not ${String(node.text).length}`)
}
const textObject = (node: unknown, most: number, what: string, say: Say): void => {
  if (!isJson(node) || (node.type !== 'plain_text' && node.type !== 'mrkdwn')) return say(`${what} is no text`)
  if (!within(node.text, most)) say(`${what}: 1 to ${most} characters, not ${String(node.text).length}`)
}
const within = (text: unknown, most: number): boolean =>
  typeof text === 'string' && text.trim() !== '' && text.length <= most
const isDate = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const lengthOfTexts = (node: unknown): number => {
  if (Array.isArray(node)) return node.reduce((sum: number, one) => sum + lengthOfTexts(one), 0)
  if (!isJson(node)) return 0
  return Object.entries(node).reduce(
    (sum, [name, value]) => sum + (name === 'text' && typeof value === 'string' ? value.length : lengthOfTexts(value)),
    0,
  )
}
