import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BROWSER, launch, violationsOn } from './browser.ts'
import { type Served, serve } from './served.ts'

describe.skipIf(BROWSER === undefined)('a coaching week in the playground', () => {
  const home = mkdtempSync(join(tmpdir(), 'lighthand-week-'))
  let served: Served
  let browser: Browser
  let page: Page

  const chat = (who: string, role: string) => page.getByRole('region', { name: `Chat with ${who} (${role})` })
  const press = async (who: string, role: string, label: string): Promise<void> => {
    await chat(who, role).getByRole('button', { name: label, exact: true }).last().click()
  }
  const write = async (who: string, role: string, words: string): Promise<void> => {
    const box = chat(who, role).getByRole('textbox', { name: `Message as ${who}` })
    await box.fill(words)
    await box.press('Enter')
  }
  const reads = (who: string, role: string, words: string | RegExp): Promise<void> =>
    chat(who, role).getByText(words).last().waitFor()
  const toNextEvent = async (): Promise<void> => {
    const answered = page.waitForResponse(response => response.url().endsWith('/api/clock'))
    await page.getByRole('button', { name: /^To the next event/ }).click()
    await answered
  }
  const violations = () => violationsOn(page)

  beforeAll(async () => {
    served = await serve(home)
    browser = await launch()
    // The page's strict policy lets no script in; axe is one, and only a tester may put it there.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1400, height: 1000 } })
    page = await context.newPage()
    page.setDefaultTimeout(8_000)
    await page.goto(served.url)
  })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it('begins with HR, the coach, and a client who decides for herself', async () => {
    await press('Helen', 'hr', 'Set it up')
    await reads('Helen', 'hr', 'What is the coaching programme called?')
    await write('Helen', 'hr', 'Spring')
    await reads('Helen', 'hr', /what does the company hope for/)
    await write('Helen', 'hr', 'More time for what matters')
    await press('Helen', 'hr', 'Tom')
    await press('Helen', 'hr', 'Switch it on')
    await press('Tom', 'coach', 'Invite a client')
    await press('Tom', 'coach', 'Ana')
    await press('Ana', 'client', 'A bit of both')
    await reads('Ana', 'client', 'More time for what matters')
    await press('Ana', 'client', "Yes, let's begin")
    await reads('Ana', 'client', /what will be different at work/)
    await write('Ana', 'client', 'I leave on time twice a week')
    await reads('Ana', 'client', /How would you notice it/)
    expect(await violations()).toEqual([])
  })

  it('loses nothing when the server restarts in mid-conversation', async () => {
    expect(await served.stop()).toBe(0)
    served = await serve(home)
    await page.goto(served.url)
    await reads('Ana', 'client', /How would you notice it/)
    await write('Ana', 'client', 'My evenings are mine')
    await reads('Ana', 'client', /I'll check in on/)
  })

  it('keeps a commitment with its plan and brings it up on the day, once', async () => {
    await write('Ana', 'client', 'commit')
    await reads('Ana', 'client', 'What would you like to do? If it has a day, put that in too.')
    await write('Ana', 'client', 'send Maria the draft by Friday')
    await press('Ana', 'client', 'For Tom too')
    await reads('Ana', 'client', /Would you like such a plan/)
    await write('Ana', 'client', 'If it is Friday at nine, I open the file')
    await reads('Ana', 'client', /Kept, for Friday/)
    await toNextEvent()
    await reads('Ana', 'client', /How is it with this one|What would you like to say about it/)
    expect(await chat('Ana', 'client').getByText('If it is Friday at nine, I open the file').count()).toBeGreaterThan(1)
    await press('Ana', 'client', 'Part of it')
    await press('Ana', 'client', 'That was enough')
    await reads('Ana', 'client', /that part stands/)
  })

  it('checks in, shares only the lines she approves, and shows HR nothing of so few', async () => {
    for (
      let steps = 0;
      steps < 4 &&
      (await chat('Ana', 'client')
        .getByText(/part is worth something|Part of “/)
        .count()) === 0;
      steps += 1
    )
      await toNextEvent()
    await write('Ana', 'client', 'Two calm mornings')
    await press('Ana', 'client', '7')
    await press('Ana', 'client', 'Not this time')
    await press('Ana', 'client', 'Nothing for now')
    await press('Ana', 'client', 'Look and choose')
    const form = chat('Ana', 'client')
    const groups = form.getByRole('radio', { name: 'Share this' })
    expect(await groups.count()).toBeGreaterThan(1)
    await form.getByRole('radio', { name: 'Leave it out' }).first().check()
    for (let index = 1; index < (await groups.count()); index += 1) await groups.nth(index).check()
    await form.getByRole('button', { name: 'Share these lines' }).click()
    await reads('Ana', 'client', /settled as you chose|Done as you chose|Noted, exactly as/)
    for (
      let steps = 0;
      steps < 4 &&
      (await chat('Tom', 'coach')
        .getByText(/What your clients chose/)
        .count()) === 0;
      steps += 1
    )
      await toNextEvent()
    await reads('Tom', 'coach', /What your clients chose to share/)
    expect(await chat('Tom', 'coach').getByText('Two calm mornings').count()).toBe(0)
    await write('Helen', 'hr', 'hello')
    await press('Helen', 'hr', 'See the figures')
    await reads('Helen', 'hr', /only for groups of at least 5 people/)
    expect(await violations()).toEqual([])
  })
})
