import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { serve } from '../../e2e/served.ts'
import { eventStream } from './event-stream.ts'

const home = mkdtempSync(join(tmpdir(), 'lighthand-stop-'))
const running: { stop(): Promise<number | null>; kill(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.map(served => served.kill()))
  rmSync(home, { recursive: true, force: true })
})

/** A request whose headers the server has, and whose body is still to come. */
const begun = (url: string, body: string) => {
  const sent = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), expect: '100-continue' },
  })
  const answered = new Promise<number>((resolve, reject) => {
    sent.once('response', response => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', reject)
  })
  const underWay = new Promise<void>(resolve => sent.once('continue', () => resolve()))
  sent.flushHeaders()
  return { underWay, answered, finish: () => sent.end(body) }
}

it('a stop ends the live pages, answers the request under way, keeps its line, and exits with 0', async () => {
  const served = await serve(home)
  running.push(served)
  const page = await eventStream(served.url)
  await page.next('state')
  const body = JSON.stringify({ key: 'the-last-gesture', reply: { kind: 'text', text: 'one more thing' } })
  const last = begun(`${served.url}/api/chats/tom/replies`, body)
  await last.underWay
  const exit = served.stop()
  await page.ended()
  last.finish()
  expect(await last.answered).toBe(202)
  // A bound for a server that hangs, so that the test ends and says so; nothing is measured.
  const guard = setTimeout(() => void served.kill(), 10_000)
  expect(await exit).toBe(0)
  clearTimeout(guard)

  const again = await serve(home)
  running.push(again)
  const lines = await (await fetch(`${again.url}/api/chats/tom/lines`)).json()
  // It stands in the chat, and was heard.
  expect(lines).toMatchObject({ lines: [{ message: { text: 'one more thing' } }, { from: 'lighthand' }] })
  expect(await again.stop()).toBe(0)
})
