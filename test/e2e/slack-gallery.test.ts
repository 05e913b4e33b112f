import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPrompts } from '../../adapters/prompts/files.ts'
import { answeredBlocks } from '../../adapters/slack/answered.ts'
import { FORM_ACTION } from '../../adapters/slack/form.ts'
import { renderHome } from '../../adapters/slack/home.ts'
import { renderMessage } from '../../adapters/slack/message.ts'
import { modalOf } from '../../adapters/slack/modal.ts'
import { makePackSet } from '../../src/conversation/pack-set.ts'
import type { Block } from '../../src/domain/message.ts'
import { everyHome, everyMessage, type Produced } from '../fakes/every-message.ts'
import { homePicture, messagePicture, modalPicture, picturePage } from '../fakes/slack/picture.ts'
import { BROWSER, launch } from './browser.ts'

/** Set to a folder, the pictures of docs/gallery are made anew there. */
const { GALLERY } = process.env
const { packs, hearings } = readPrompts(join(import.meta.dirname, '../../prompts'))
const PACKS = makePackSet(packs, hearings)

/** Steps whose messages, put together, have every kind of block that a message can have. */
const SHOWN = [
  'welcome.invitation',
  'check-in.win',
  'check-in.rate',
  'nudge.today',
  'lapse.when',
  'commitment.plan',
  'check-in.choose',
  'coach-note.note',
  'always-on.progress',
  'always-on.seen',
  'safety.with-coach',
  'coach.menu-ask',
  'rollout.invite',
  'rollout.policy',
  'correction.ask',
]

const messages: readonly Produced[] = [
  ...everyMessage(
    PACKS,
    packs.filter(({ locale }) => locale === 'en'),
    'ordinary',
  ),
]
/** With everything open. */
const messageOf = (step: string): Produced => {
  const found = messages.findLast(({ where }) => where.startsWith(`en/${step} `) && where.endsWith('wording 0)'))
  if (found === undefined) throw new Error(`no message comes of ${step}`)
  return found
}

const pages = (): Readonly<Record<string, string>> => {
  const shown = SHOWN.map(messageOf)
  const kinds: readonly Block['kind'][] = ['choices', 'date', 'form', 'people', 'chart', 'fields', 'quote']
  const missing = kinds.filter(kind => !shown.some(({ message }) => message.blocks.some(block => block.kind === kind)))
  if (missing.length > 0) throw new Error(`no picture has ${missing.join(', ')}`)
  const posts = shown.map(({ where, message }) => ({ of: where, posts: renderMessage(message) }))
  const modals = posts.flatMap(({ of, posts: [{ blocks }] }) =>
    blocks.flatMap(block => {
      if (block.type !== 'actions') return []
      const button = block.elements.find(({ action_id: id }) => id === FORM_ACTION)
      const value = button !== undefined && 'value' in button ? String(button.value) : undefined
      const view = value && modalOf(value, block.block_id ?? '', blocks, { channel: 'D1', ts: '1.2' })
      return view ? [{ of: `${of}, its form`, html: modalPicture({ ...view }) }] : []
    }),
  )
  const [nudge] = posts.filter(({ of }) => of.startsWith('en/nudge'))
  const answered = nudge && {
    of: `${nudge.of}, answered`,
    html: messagePicture({ text: '', blocks: answeredBlocks(nudge.posts[0].blocks, 'Done') }),
  }
  const homes = [...everyHome(PACKS, 'en', 'ordinary')].filter(({ where }) => !/"(work|self)":false/.test(where))
  return {
    messages: picturePage(
      'Messages in Slack',
      posts.map(({ of, posts: all }) => ({ of, html: all.map(messagePicture).join('') })).concat(answered ?? []),
    ),
    forms: picturePage('Forms in Slack', modals),
    homes: picturePage(
      'Homes in Slack',
      homes.map(({ where, home }) => ({ of: where, html: homePicture(renderHome(home)) })),
    ),
  }
}

describe.skipIf(BROWSER === undefined)('pictures of what is seen in Slack', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  for (const [name, html] of Object.entries(pages()))
    it(`of ${name}: nothing runs over its edge, and no button says nothing`, async () => {
      const page = await browser.newPage({ viewport: { width: 1_128, height: 800 } })
      await page.setContent(html)
      const over = await page.evaluate<readonly string[]>(
        `[...document.querySelectorAll('article *')].filter(one => one.getBoundingClientRect().right > one.closest('article').getBoundingClientRect().right + 1).map(one => one.textContent)`,
      )
      expect(over).toEqual([])
      const buttons = await page.locator('.button').allTextContents()
      expect(buttons.length).toBeGreaterThan(0)
      expect(buttons.filter(label => label.trim() === '')).toEqual([])
      if (GALLERY !== undefined) {
        mkdirSync(GALLERY, { recursive: true })
        await page.screenshot({ path: join(GALLERY, `slack-${name}.png`), fullPage: true })
      }
      await page.close()
    })
})
