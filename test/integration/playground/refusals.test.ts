import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedPlayground, servePlayground } from '../../fakes/world-playground.ts'

let served: ServedPlayground
beforeAll(async () => {
  served = await servePlayground()
})
afterAll(() => served.close())

const KEY = 'a-key-of-a-page'

describe('a body that is not understood is refused with what is wrong in it', () => {
  it.each([
    ['no key', '/api/chats/ana/replies', { reply: { kind: 'text', text: 'hi' } }, 'key'],
    ['a short key', '/api/chats/ana/replies', { key: 'k', reply: { kind: 'text', text: 'hi' } }, 'key'],
    ['no reply', '/api/chats/ana/replies', { key: KEY }, 'reply'],
    ['an empty text', '/api/chats/ana/replies', { key: KEY, reply: { kind: 'text', text: '' } }, 'reply.text'],
    [
      'a text too long',
      '/api/chats/ana/replies',
      { key: KEY, reply: { kind: 'text', text: 'x'.repeat(8_001) } },
      'reply.text',
    ],
    ['a kind of its own', '/api/chats/ana/replies', { key: KEY, reply: { kind: 'shout', text: 'hi' } }, 'reply.kind'],
    [
      'no date',
      '/api/chats/ana/replies',
      { key: KEY, reply: { kind: 'date', ask: 'c', date: '2026-02-30' } },
      'reply.date',
    ],
    [
      'a field that is no text',
      '/api/chats/ana/replies',
      { key: KEY, reply: { kind: 'form', ask: 'c', fields: { a: 1 } } },
      'reply.fields.a',
    ],
    [
      'more than is asked for',
      '/api/chats/ana/replies',
      { key: KEY, reply: { kind: 'text', text: 'hi', as: 'ana' } },
      'reply',
    ],
    ['an empty name', '/api/people', { name: '  ', zone: 'Europe/Madrid' }, 'name'],
    ['a zone that is none', '/api/people', { name: 'Ben', zone: 'Middle/Earth' }, 'zone: must be an IANA zone'],
    ['time going back', '/api/clock', { hours: -1 }, ''],
    ['no time at all', '/api/clock', { days: 0 }, ''],
    ['more than a year', '/api/clock', { days: 367 }, ''],
    ['two moves at once', '/api/clock', { hours: 1, days: 1 }, ''],
    ['another goal', '/api/clock', { to: 'yesterday' }, ''],
    ['a list', '/api/clock', [], ''],
  ])('%s', async (_, path, body, where) => {
    const before = (await served.get('/api/state')).text
    const answer = await served.post(path, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ error: { code: 'BAD_REQUEST', message: expect.stringContaining(where) } })
    expect((await served.get('/api/state')).text).toBe(before)
    expect(served.lines('ana')).toEqual([])
  })

  it('what is no JSON', async () => {
    const answer = await served.postRaw('/api/clock', '{"hours": 1', 'application/json')
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'REQUEST_MALFORMED' } } })
    expect(answer.text).not.toContain('"hours"')
  })

  it('what does not say that it is JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await served.postRaw('/api/clock', '{"hours": 1}', type)).status).toBe(400)
  })

  it('what is larger than a message can be', async () => {
    const answer = await served.post('/api/people', { name: 'x'.repeat(70_000), zone: 'UTC' })
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'BODY_TOO_LARGE' } } })
  })

  it('an address that leads nowhere', async () => {
    expect(await served.get('/api/nothing')).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
    expect((await served.get('/api/clock')).status).toBe(404)
    expect((await served.get('/api/glass/%E0%A4%A')).status).toBe(400)
  })
})

describe('whoever is not this machine’s own page is refused', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.0.7:80'])(
    'called by the name of "%s"',
    async host => {
      expect(await served.get('/api/state', { host })).toMatchObject({
        status: 403,
        body: { error: { code: 'HOST_NOT_LOOPBACK' } },
      })
    },
  )

  it.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:9', 'LocalHost'])('but not called %s', async host => {
    expect((await served.get('/api/state', { host })).status).toBe(200)
  })

  it('from another site’s page', async () => {
    const foreign = await served.post('/api/start-over', {}, { origin: 'https://evil.example' })
    expect(foreign).toMatchObject({ status: 403, body: { error: { code: 'ORIGIN_FOREIGN' } } })
    const hidden = await served.post('/api/start-over', {}, { 'sec-fetch-site': 'cross-site' })
    expect(hidden.status).toBe(403)
    expect((await served.get('/api/state')).body).toMatchObject({ epoch: '1' })
  })
})
