import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Glass, PlaygroundState } from '../../../adapters/playground/protocol.ts'
import { DAY, HOUR, MORNING } from '../../fakes/world-people.ts'
import { type ServedPlayground, servePlayground } from '../../fakes/world-playground.ts'

let served: ServedPlayground
beforeEach(async () => {
  served = await servePlayground()
})
afterEach(() => served.close())

const text = (words: string) => ({ kind: 'text', text: words }) as const
// The answers are typed by the protocol that the page shares.
const state = async () => (await served.get('/api/state')).body as PlaygroundState
const glass = async (person: string) => (await served.get(`/api/glass/${person}`)).body as Glass

const begin = async (): Promise<void> => {
  await served.press('helen', 'Set it up')
  await served.reply('helen', text('Spring'))
  await served.press('helen', 'Leave that out')
  await served.press('helen', 'Tom')
  await served.press('helen', 'Switch it on')
  await served.press('tom', 'Invite a client')
  await served.press('tom', 'Ana')
  await served.press('ana', 'My idea')
  await served.press('ana', "Yes, let's begin")
  await served.press('ana', "I don't know yet")
}

describe('the state', () => {
  it('names the three of the beginning, its own present, and nothing to come', async () => {
    expect(await state()).toEqual({
      epoch: '1',
      now: new Date(MORNING).toISOString(),
      zone: 'Europe/Madrid',
      moving: false,
      next: null,
      people: [
        { id: 'ana', name: 'Ana', role: 'client', zone: 'Europe/Madrid', locale: 'en' },
        { id: 'tom', name: 'Tom', role: 'coach', zone: 'Europe/Madrid', locale: 'en' },
        { id: 'helen', name: 'Helen', role: 'hr', zone: 'Europe/Madrid', locale: 'en' },
      ],
      languages: expect.arrayContaining(['en']),
    })
  })

  it('tells what comes next, once something does', async () => {
    await begin()
    const { next } = await state()
    expect(next?.what).toBe('The coach’s digest (Tom)')
    expect(Date.parse(next?.at ?? '')).toBeGreaterThan(MORNING)
  })
})

describe('a chat', () => {
  it('takes what is written, and holds the answer under a later number', async () => {
    const before = served.lines('tom').length
    const { status, body } = await served.reply('tom', text('hello'))
    expect([status, body]).toEqual([202, {}])
    const { body: answer } = await served.get('/api/chats/tom/lines?after=0')
    const { lines } = answer as { lines: { seq: number; from: string }[] }
    expect(lines.slice(before).map(({ from }) => from)).toEqual(['person', 'lighthand'])
    const last = lines.at(-1)?.seq ?? 0
    expect((await served.get(`/api/chats/tom/lines?after=${last - 1}`)).body).toMatchObject({ lines: [{ seq: last }] })
    expect((await served.get(`/api/chats/tom/lines?after=${last}`)).body).toEqual({ lines: [] })
    expect((await served.get('/api/chats/tom/lines?after=nonsense')).status).toBe(200)
  })

  it('counts a repeated request once', async () => {
    const once = { key: 'the-same-key', reply: text('hello') }
    await Promise.all([served.post('/api/chats/tom/replies', once), served.post('/api/chats/tom/replies', once)])
    await served.post('/api/chats/tom/replies', once)
    await served.world.core.lanes.idle()
    expect(served.lines('tom').map(({ from }) => from)).toEqual(['person', 'lighthand'])
  })

  it('shows what two people wrote under one key to both', async () => {
    await served.post('/api/chats/tom/replies', { key: 'the-same-key', reply: text('hello') })
    await served.post('/api/chats/ana/replies', { key: 'the-same-key', reply: text('hello') })
    await served.world.core.lanes.idle()
    expect(served.lines('ana').map(({ from }) => from)).toEqual(['person', 'lighthand'])
  })

  it('shows a choice in place of its buttons', async () => {
    await served.press('helen', 'Set it up')
    expect(served.lines('helen').find(({ answered }) => answered !== undefined)?.answered).toBe('Set it up')
  })

  it('is not there for somebody unknown', async () => {
    const { status, body } = await served.reply('nobody', text('hello'))
    expect(status).toBe(404)
    expect(body).toMatchObject({ error: { code: 'NO_SUCH_PERSON', message: expect.stringContaining('reload') } })
  })
})

describe('another client', () => {
  it('joins under an id of their own, and a coach can invite them', async () => {
    const { status, body } = await served.post('/api/people', { name: '  Ben  ', zone: 'America/New_York' })
    expect(status).toBe(201)
    expect(body).toEqual({ id: 'client-4', name: 'Ben', role: 'client', zone: 'America/New_York', locale: 'en' })
    const second = await served.post('/api/people', { name: 'Ben', zone: 'Asia/Tokyo' })
    expect(second.body).toMatchObject({ id: 'client-5' })
    await served.world.core.lanes.idle()
    expect((await state()).people.map(({ id }) => id)).toEqual(['ana', 'tom', 'helen', 'client-4', 'client-5'])
    await served.reply('client-4', text('hello'))
    expect(served.read('client-4')[0]).toContain('No coach has invited you yet')
  })
})

describe('the clock', () => {
  const move = (body: object) => served.post('/api/clock', body)

  it('goes on by hours and by days, and its time is everyone’s', async () => {
    expect((await move({ hours: 2.5 })).body).toMatchObject({ now: new Date(MORNING + 2.5 * HOUR).toISOString() })
    expect((await move({ days: 3 })).body).toMatchObject({
      now: new Date(MORNING + 3 * DAY + 2.5 * HOUR).toISOString(),
    })
    expect(served.world.core.clock.now()).toBe(MORNING + 3 * DAY + 2.5 * HOUR)
  })

  it('stays where it is when nothing is to come', async () => {
    expect((await move({ to: 'next' })).body).toMatchObject({ now: new Date(MORNING).toISOString(), next: null })
  })

  it('goes to the next thing that somebody sees, to the minute', async () => {
    await begin()
    const { next } = await state()
    const { body } = await move({ to: 'next' })
    expect((body as PlaygroundState).now).toBe(next?.at)
    expect((body as PlaygroundState).next?.at).not.toBe(next?.at)
  })

  it('stops at each event on the way: a week of days does what days one by one do', async () => {
    await begin()
    await served.reply('ana', text('commit'))
    await served.reply('ana', text('send the draft by Friday'))
    await served.press('ana', 'Just for me')
    await served.press('ana', 'No plan needed')
    const before = served.read('ana').length
    await move({ days: 9 })
    const after = served
      .lines('ana')
      .filter(({ from }) => from === 'lighthand')
      .slice(before)
    // The nudge at nine on Friday, then the check-in of the next Wednesday at ten, each at its own time.
    expect(after.map(({ at }) => at)).toEqual(['2026-01-16T08:00:00.000Z', '2026-01-21T09:00:00.000Z'])
  })

  it('is moved by one at a time', async () => {
    await begin()
    const [one, other] = await Promise.all([move({ days: 30 }), move({ days: 30 })])
    const refused = [one, other].find(({ status }) => status === 409)
    expect([one.status, other.status].sort()).toEqual([200, 409])
    expect(refused?.body).toMatchObject({ error: { code: 'CLOCK_MOVING' } })
    expect((await state()).moving).toBe(false)
  })
})

describe('the glass', () => {
  it('shows nothing of whom nothing is known', async () => {
    for (const person of ['ana', 'nobody', 'tom'])
      expect(await served.get(`/api/glass/${person}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'NOTHING_KNOWN' } },
      })
  })

  it('shows consent, rhythm, what is to come and what the coach would see', async () => {
    await begin()
    expect(await glass('ana')).toMatchObject({
      person: 'ana',
      consent: expect.stringMatching(/^Accepted on .*14.*welcome-\d/),
      rhythm: 'Every week',
      topics: [
        { topic: 'work', open: true },
        { topic: 'self', open: false },
        { topic: 'dreams', open: false },
      ],
      pressure: { asks: { used: 0, limit: 2 }, messages: { used: 0, limit: 3 } },
      scheduled: expect.arrayContaining([expect.objectContaining({ what: 'Check-in' })]),
      seen: { coach: [], hr: [] },
    })
    await served.post('/api/clock', { days: 8 })
    expect((await glass('ana')).pressure.asks).toEqual({ used: 1, limit: 2 })
  })
})

it('starting over leaves nobody and nothing of before', async () => {
  await begin()
  await served.post('/api/people', { name: 'Ben', zone: 'Asia/Tokyo' })
  const { status, body } = await served.post('/api/start-over', {})
  expect(status).toBe(200)
  expect(body).toMatchObject({ epoch: '2', next: null, now: new Date(MORNING).toISOString() })
  expect((await state()).people).toHaveLength(3)
  expect(served.read('ana')).toEqual([])
  await served.world.core.lanes.idle()
  expect(served.read('helen')).toEqual([expect.stringContaining("It isn't switched on")])
  expect(await served.get('/api/glass/ana')).toMatchObject({ status: 404 })
})

describe('the language of an account', () => {
  const speak = (person: string, locale: string) => served.post(`/api/people/${person}/language`, { locale })

  it('is one that Lighthand speaks, of somebody who is there', async () => {
    expect(await speak('ana', 'tlh')).toMatchObject({ status: 400, body: { error: { code: 'NO_SUCH_LANGUAGE' } } })
    expect(await speak('nobody', 'en')).toMatchObject({ status: 404, body: { error: { code: 'NO_SUCH_PERSON' } } })
    expect((await speak('ana', 'en')).status).toBe(204)
  })

  it('goes with each line that is sent to it', async () => {
    expect(served.lines('helen').map(({ lang }) => lang)).toEqual(['en'])
    await served.reply('helen', text('hello'))
    expect(served.lines('helen').map(({ from, lang }) => [from, lang])).toContainEqual(['person', undefined])
  })
})

it('shows a home once it was looked at, and answers in the chat what is pressed in it', async () => {
  const home = async (person: string) => JSON.stringify((await served.get(`/api/chats/${person}/home`)).body)
  expect(await home('helen')).toBe('{"home":null}')
  expect((await served.post('/api/chats/helen/home', { key: 'look-at-it-1' })).status).toBe(202)
  await served.world.core.lanes.idle()
  expect(await home('helen')).toContain('The programme')
  const before = served.read('helen').length
  await served.post('/api/chats/helen/home', { key: 'press-it-1', action: 'staff/setup' })
  await served.world.core.lanes.idle()
  expect(served.read('helen')).toHaveLength(before + 1)
  expect((await served.post('/api/chats/nobody/home', { key: 'look-at-it-2' })).status).toBe(404)
  expect((await served.post('/api/chats/helen/home', { key: 'x' })).status).toBe(400)
})
