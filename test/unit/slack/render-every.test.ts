import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPrompts } from '../../../adapters/prompts/files.ts'
import { readable } from '../../../adapters/slack/elements.ts'
import { FORM_ACTION } from '../../../adapters/slack/form.ts'
import { renderHome } from '../../../adapters/slack/home.ts'
import { renderMessage, type SlackPost } from '../../../adapters/slack/message.ts'
import { modalOf } from '../../../adapters/slack/modal.ts'
import { makePackSet } from '../../../src/conversation/pack-set.ts'
import { everyHome, everyMessage } from '../../fakes/every-message.ts'
import { refusalsOfMessage, refusalsOfView } from '../../fakes/slack/limits.ts'

const { packs, hearings } = readPrompts(join(import.meta.dirname, '../../../prompts'))
const PACKS = makePackSet(packs, hearings)
const LOCALES = [...new Set(packs.map(({ locale }) => locale))]

/** The forms behind a post's buttons, as they open. */
const modalsOf = ({ blocks }: SlackPost) =>
  blocks.flatMap(block =>
    block.type !== 'actions'
      ? []
      : block.elements.flatMap(element =>
          'value' in element && element.action_id === FORM_ACTION && typeof element.value === 'string'
            ? [modalOf(element.value, block.block_id ?? '', blocks, { channel: 'D1', ts: '1.2' })]
            : [],
        ),
  )

const refusalsOfForms = (posts: readonly SlackPost[]): readonly string[] =>
  posts.flatMap(modalsOf).flatMap(modal => refusalsOfView(modal).map(why => `as a form: ${why}`))

describe.each(LOCALES)('every message of every pack in %s, at every stage', locale => {
  const ours = packs.filter(pack => pack.locale === locale)

  it('is taken by Slack as one post that shows every word of it', () => {
    let count = 0
    const refused: string[] = []
    for (const { where, message } of everyMessage(PACKS, ours, 'ordinary')) {
      const posts = renderMessage(message)
      count += 1
      for (const post of posts) refused.push(...refusalsOfMessage(post).map(why => `${where}: ${why}`))
      refused.push(...refusalsOfForms(posts).map(why => `${where}: ${why}`))
      if (posts.length > 1) refused.push(`${where}: ${posts.length} posts`)
      const shown = readable(posts.flatMap(({ blocks }) => blocks))
      for (const block of message.blocks)
        if ('text' in block && block.kind !== 'chart' && !shown.includes(block.text))
          refused.push(`${where}: does not show ${JSON.stringify(block.text)}`)
    }
    expect(refused).toEqual([])
    // Seen from outside: no pack has fewer messages than it has steps that speak.
    const speaking = ours.flatMap(({ steps }) => Object.values(steps).filter(({ say, ask }) => say ?? ask))
    expect(count).toBeGreaterThan(speaking.length * 4)
  })

  it.each(['ordinary', 'as-much-as-there-can-be'] as const)('has its homes taken by Slack, with %s in them', amount => {
    const refused: string[] = []
    for (const { where, home } of everyHome(PACKS, locale, amount)) {
      const view = renderHome(home)
      refused.push(...refusalsOfView(view).map(why => `${where}: ${why}`))
      // Something can be pressed in every home but that of whoever nobody knows.
      const isNobodys = where.endsWith('nobody')
      if (!isNobodys && !view.blocks.some(({ type }) => type === 'actions')) refused.push(`${where}: no action`)
    }
    expect(refused).toEqual([])
  })

  it('is taken by Slack, in as many posts as it needs, however much there is to say', () => {
    const refused: string[] = []
    let split = 0
    let forms = 0
    for (const { where, message } of everyMessage(PACKS, ours, 'as-much-as-there-can-be')) {
      const posts = renderMessage(message)
      if (posts.length > 1) split += 1
      forms += posts.flatMap(modalsOf).length
      refused.push(...refusalsOfForms(posts).map(why => `${where}: ${why}`))
      for (const post of posts) refused.push(...refusalsOfMessage(post).map(why => `${where}: ${why}`))
    }
    expect(refused).toEqual([])
    expect(split).toBeGreaterThan(0)
    expect(forms).toBeGreaterThan(0)
  })
})
