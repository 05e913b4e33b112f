import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BROWSER, launch, violationsOn } from './browser.ts'
import { type Served, serve } from './served.ts'
import { SET_UP, talkOver } from './talk.ts'

/** Set to a folder, the pictures of README are made anew there. */
const { PICTURES } = process.env

describe.skipIf(BROWSER === undefined)('the playground’s page', () => {
  const home = mkdtempSync(join(tmpdir(), 'lighthand-looks-'))
  let served: Served
  let browser: Browser

  beforeAll(async () => {
    served = await serve(home)
    browser = await launch()
    const { play } = talkOver(() => served.url)
    for (const [person, gesture] of SET_UP) await play(person, gesture)
    await play('ana', { say: 'commit' })
    await play('ana', { say: 'send Maria the draft by Friday' })
    await play('ana', { press: 'For Tom too' })
    await play('ana', { say: 'If it is Friday at nine, I open the file' })
    await play('ana', { say: 'check-in' })
    await play('ana', { say: 'Two calm mornings' })
    await play('ana', { press: '6' })
    await play('ana', { press: 'Not this time' })
    await play('ana', { press: 'Nothing for now' })
    await play('ana', { press: 'Share nothing' })
    const moved = await fetch(`${served.url}/api/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: 'next' }),
    })
    expect(moved.status).toBe(200)
  })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it('draws progress, in the page’s own light or dark, and tells it in words too', async () => {
    await talkOver(() => served.url).play('ana', { say: 'progress' })
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        bypassCSP: true,
        colorScheme,
        viewport: { width: 1400, height: 1000 },
      })
      const page = await context.newPage()
      await page.goto(served.url)
      const ana = page.getByRole('region', { name: 'Chat with Ana (client)' })
      const picture = ana.getByRole('img', { name: 'Where you placed yourself, over time' })
      await picture.scrollIntoViewIfNeeded()
      expect(
        await picture.evaluate<number, { decode(): Promise<void>; naturalWidth: number }>(image =>
          image.decode().then(() => image.naturalWidth),
        ),
      ).toBe(360)
      await ana.getByText('In words').click()
      await ana.getByText(/I leave on time twice a week\. .*: 6/).waitFor()
      expect(await violationsOn(page)).toEqual([])
      if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `progress-${colorScheme}.png`) })
      await context.close()
    }
  })

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1400, 768, 360])
      it(`keeps to WCAG 2.2 AA and to its width, ${width} px wide, ${colorScheme}`, async () => {
        // The page's strict policy lets no script in; axe is one, and only a tester may put it there.
        const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 1000 } })
        const page = await context.newPage()
        await page.goto(served.url)
        const ana = page.getByRole('region', { name: 'Chat with Ana (client)' })
        await ana.getByText('send Maria the draft').last().waitFor()
        expect(await violationsOn(page)).toEqual([])
        const spill = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        expect(spill).toBeLessThanOrEqual(0)
        if (PICTURES !== undefined) {
          mkdirSync(PICTURES, { recursive: true })
          const name = width === 1400 ? `playground-${colorScheme}` : `playground-${width}-${colorScheme}`
          await page.screenshot({ path: join(PICTURES, `${name}.png`) })
        }
        await context.close()
      })
})
