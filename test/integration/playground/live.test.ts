import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ServedPlayground, servePlayground } from '../../fakes/world-playground.ts'
import { eventStream } from './event-stream.ts'

let served: ServedPlayground
beforeEach(async () => {
  served = await servePlayground()
})
afterEach(() => served.close())

it('begins with the state', async () => {
  const stream = await eventStream(served.url)
  expect(await stream.next('state')).toEqual((await served.get('/api/state')).body)
  await stream.close()
})

it('tells each page of every new line, of the state after it, and whose glass to look through again', async () => {
  const pages = [await eventStream(served.url), await eventStream(served.url)]
  await served.reply('tom', { kind: 'text', text: 'hello' })
  for (const page of pages) {
    expect(await page.next('line')).toMatchObject({ person: 'tom', from: 'person', message: { text: 'hello' } })
    expect(await page.next('line')).toMatchObject({ person: 'tom', from: 'lighthand' })
    expect(await page.next('glass')).toEqual({ person: 'ana' })
    await page.close()
  }
})

it('tells of a chosen answer by the same line again, under a later number', async () => {
  const stream = await eventStream(served.url)
  const asked = served.lines('helen')[0]
  await served.press('helen', 'Set it up')
  const told = await stream.next('line')
  expect(told).toMatchObject({ id: asked?.id, answered: expect.any(String) })
  expect((told as { seq: number }).seq).toBeGreaterThan(asked?.seq ?? 0)
  await stream.close()
})

it('goes on for the others when one page goes away', async () => {
  const [gone, stays] = [await eventStream(served.url), await eventStream(served.url)]
  await gone.close()
  await served.reply('tom', { kind: 'text', text: 'hello' })
  expect(await stays.next('line')).toMatchObject({ from: 'person' })
  await stays.close()
})
