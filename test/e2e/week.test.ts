import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BROWSER, launch, violationsOn } from './browser.ts'
import { type Served, serve } from './served.ts'
import { WEEKS } from './week.words.ts'

/** The accounts of a fresh playground are in this language. */
const FIRST_LOCALE = 'en'
const ANA = ['Ana', 'client'] as const
const TOM = ['Tom', 'coach'] as const
const HELEN = ['Helen', 'hr'] as const
type Who = typeof ANA | typeof TOM | typeof HELEN

describe.skipIf(BROWSER === undefined).each(Object.entries(WEEKS))(
  'a coaching week in the playground, %s',
  (locale, w) => {
    const home = mkdtempSync(join(tmpdir(), 'lighthand-week-'))
    let served: Served
    let browser: Browser
    let page: Page

    const chat = ([name, role]: Who) => page.getByRole('region', { name: `Chat with ${name} (${role})` })
    const press = async (who: Who, label: string): Promise<void> => {
      await chat(who).getByRole('button', { name: label, exact: true }).last().click()
    }
    const write = async (who: Who, words: string): Promise<void> => {
      const box = chat(who).getByRole('textbox', { name: `Message as ${who[0]}` })
      await box.fill(words)
      await box.press('Enter')
    }
    const reads = (who: Who, words: string | RegExp): Promise<void> => chat(who).getByText(words).last().waitFor()
    const toNextEvent = async (): Promise<void> => {
      const answered = page.waitForResponse(response => response.url().endsWith('/api/clock'))
      await page.getByRole('button', { name: /^To the next event/ }).click()
      await answered
    }
    /** Lets time pass, event by event, until somebody reads this. */
    const untilReads = async (who: Who, words: RegExp): Promise<void> => {
      for (let steps = 0; steps < 4 && (await chat(who).getByText(words).count()) === 0; steps += 1) await toNextEvent()
      await reads(who, words)
    }
    const speak = async (who: Who): Promise<void> => {
      const answered = page.waitForResponse(response => response.url().endsWith('/language'))
      await chat(who)
        .getByRole('combobox', { name: `Language of ${who[0]}` })
        .selectOption(locale)
      expect((await answered).status()).toBe(204)
    }

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
      if (locale !== FIRST_LOCALE) {
        for (const who of [HELEN, TOM, ANA]) await speak(who)
        // Lighthand's first words to HR came before the account had its language.
        await write(HELEN, w.hr.hello)
      }
      await press(HELEN, w.hr.setUp)
      await reads(HELEN, w.hr.asksName)
      await write(HELEN, w.hr.name)
      await reads(HELEN, w.hr.asksPurpose)
      await write(HELEN, w.hr.purpose)
      await press(HELEN, 'Tom')
      await press(HELEN, w.hr.switchOn)
      await press(TOM, w.coach.invite)
      await press(TOM, 'Ana')
      await press(ANA, w.welcome.both)
      await reads(ANA, w.hr.purpose)
      await press(ANA, w.welcome.begin)
      await reads(ANA, w.welcome.asksMeasure)
      await write(ANA, w.welcome.measure)
      await reads(ANA, w.welcome.asksSign)
      expect(await violationsOn(page)).toEqual([])
    })

    it('loses nothing when the server restarts in mid-conversation', async () => {
      expect(await served.stop()).toBe(0)
      served = await serve(home)
      await page.goto(served.url)
      await reads(ANA, w.welcome.asksSign)
      await write(ANA, w.welcome.sign)
      await reads(ANA, w.welcome.kept)
    })

    it('keeps a commitment with its plan and brings it up on the day, once', async () => {
      const { commitment, nudge } = w
      await write(ANA, commitment.command)
      await reads(ANA, commitment.asksWhat)
      await write(ANA, commitment.what)
      await press(ANA, commitment.forCoachToo)
      await reads(ANA, commitment.asksPlan)
      await write(ANA, commitment.plan)
      await reads(ANA, commitment.kept)
      await toNextEvent()
      await reads(ANA, nudge.asks)
      expect(await chat(ANA).getByText(commitment.plan).count()).toBeGreaterThan(1)
      await press(ANA, nudge.partOfIt)
      await press(ANA, nudge.enough)
      await reads(ANA, nudge.ends)
    })

    it('checks in, shares only the lines she approves, and shows HR nothing of so few', async () => {
      const { checkIn } = w
      await untilReads(ANA, checkIn.opens)
      await write(ANA, checkIn.win)
      await press(ANA, '7')
      await press(ANA, checkIn.nothingNew)
      await press(ANA, checkIn.nothingToTalkAbout)
      await press(ANA, checkIn.look)
      const lines = chat(ANA).getByRole('radio', { name: checkIn.share })
      expect(await lines.count()).toBeGreaterThan(1)
      await chat(ANA).getByRole('radio', { name: checkIn.withhold }).first().check()
      for (let index = 1; index < (await lines.count()); index += 1) await lines.nth(index).check()
      await chat(ANA).getByRole('button', { name: checkIn.send }).click()
      await reads(ANA, checkIn.ends)
      await untilReads(TOM, w.coach.digest)
      expect(await chat(TOM).getByText(checkIn.win).count()).toBe(0)
      await write(HELEN, w.hr.hello)
      await press(HELEN, w.hr.figures)
      await reads(HELEN, w.hr.tooFew)
      expect(await violationsOn(page)).toEqual([])
    })
  },
)
