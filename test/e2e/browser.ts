import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

/** Where Chromium is, if it is. @throws at once where REQUIRE_BROWSER=1 and there is none */
export const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (BROWSER === undefined && process.env.REQUIRE_BROWSER === '1') throw new Error('the browser tests need Chromium')
if (BROWSER === undefined) console.warn('\n*** No Chromium here: the browser tests are skipped. ***\n')

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** A browser with a profile of its own, which goes with it. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: BROWSER ?? '', args: ARGS.split(' ') })

/** What axe-core finds against WCAG 2.2 AA on the page as it stands, each with the elements it is about. */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    // axe puts itself on the page's global; its own types are not loaded there.
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations: found } = await axe.run({ runOnly: { type: 'tag', values: tags } })
    return found.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ target }) => target))}`)
  })
}
