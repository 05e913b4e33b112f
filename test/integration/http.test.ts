import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import express, { type RequestHandler, Router } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReadyReport } from '../../adapters/http/health.ts'
import { createLogger } from '../../adapters/http/logger.ts'
import { makeMetrics } from '../../adapters/http/metrics.ts'
import {
  createHttpServer,
  type HttpServer,
  HttpServerError,
  type HttpServerOptions,
  type Mount,
} from '../../adapters/http/server.ts'

const servers: HttpServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop(1000)))
})

const READY: ReadyReport = { ready: true, checks: { store: { ok: true } } }

/** A server on a free port; `log` collects its lines. */
const serve = async (mounts: readonly Mount[] = [], more: Partial<HttpServerOptions> = {}) => {
  const log: string[] = []
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    logger: createLogger('info', { write: line => log.push(line) }),
    mounts,
    ready: async () => READY,
    metrics: undefined,
    ...more,
  })
  servers.push(server)
  const { url } = await server.start()
  return { server, url, log }
}

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** One request with exactly these headers; fetch would not let a test set Host. */
const ask = (url: string, method = 'GET', headers: Record<string, string> = {}, body?: string, agent?: Agent) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, ...(agent === undefined ? {} : { agent }) }, async response => {
      let text = ''
      try {
        for await (const chunk of response) text += String(chunk)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      } catch (error) {
        reject(error)
      }
    })
    sent.on('error', reject)
    sent.end(body)
  })

const codeOf = (answer: Answer): unknown => JSON.parse(answer.body).error.code

const router = (add: (router: Router) => void): Router => {
  const made = Router()
  add(made)
  return made
}

/** Answers what it was sent. */
const echo: RequestHandler = (request, response) => {
  response.json({ got: request.body ?? null })
}

/** A handler that answers when the test says so. */
const slowHandler = () => {
  let release = () => {}
  let arrived = () => {}
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  const began = new Promise<void>(resolve => {
    arrived = resolve
  })
  const handler: RequestHandler = async (_request, response) => {
    arrived()
    await released
    response.json({ done: true })
  }
  return { handler, began, release }
}

describe('health', () => {
  it('answers that it lives and that it is ready', async () => {
    const { url } = await serve()
    const [live, ready] = await Promise.all([ask(`${url}/livez`), ask(`${url}/readyz`)])
    expect([live.status, JSON.parse(live.body)]).toEqual([200, { status: 'ok' }])
    expect([ready.status, JSON.parse(ready.body)]).toEqual([200, READY])
    expect(ready.headers['cache-control']).toBe('no-store')
  })

  it('is not ready while a check fails, nor when the checks cannot be made, yet lives', async () => {
    const sick: ReadyReport = { ready: false, checks: { store: { ok: false, detail: 'no answer' } } }
    const first = await serve([], { ready: async () => sick })
    const answer = await ask(`${first.url}/readyz`)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([503, sick])
    const second = await serve([], { ready: () => Promise.reject(new Error('down')) })
    expect((await ask(`${second.url}/readyz`)).status).toBe(503)
    expect((await ask(`${second.url}/livez`)).status).toBe(200)
  })

  it('shows metrics where there are some, and no such page otherwise', async () => {
    const { metrics, meters } = makeMetrics({
      outboxDepth: async () => ({ due: 3, dead: 1 }),
      processes: () => 2,
      skew: () => 90_000,
      ready: async () => true,
    })
    meters.dropped('too-late')
    meters.lag('message', 2_000)
    const { url } = await serve([], { metrics })
    const answer = await ask(`${url}/metrics`)
    expect(answer.headers['content-type']).toMatch(/^text\/plain; .*version=0\.0\.4/)
    expect(answer.body).toMatch(/^lighthand_process_resident_memory_bytes [1-9]\d{6,}$/m)
    for (const line of [
      'lighthand_outbox_messages{state="due"} 3',
      'lighthand_processes 2',
      'lighthand_clock_skew_seconds 90',
      'lighthand_ready 1',
      'lighthand_messages_dropped_total{why="too-late"} 1',
      'lighthand_lag_seconds_bucket{le="2.5",what="message"} 1',
    ])
      expect(answer.body.split('\n')).toContain(line)
    // Every figure says what it is.
    const named = (what: string) =>
      [...answer.body.matchAll(new RegExp(`^# ${what} (\\S+)`, 'gm'))].map(([, name]) => name)
    expect(named('HELP')).toEqual(named('TYPE'))
    const without = await serve()
    expect((await ask(`${without.url}/metrics`)).status).toBe(404)
  })
})

describe('every answer', () => {
  it('allows a page nothing but this server, and nothing inline', async () => {
    const { url } = await serve()
    const { headers } = await ask(`${url}/livez`)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|upgrade-insecure/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it('to an unknown path is JSON, whatever the method', async () => {
    const { url } = await serve([{ path: '/', router: router(r => r.get('/', echo)) }])
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await ask(`${url}/api/nothing`, method)
      expect([answer.status, codeOf(answer)]).toEqual([404, 'NOT_FOUND'])
    }
  })
})

describe('bodies', () => {
  const mounts: Mount[] = [{ path: '/api', router: router(r => r.post('/', echo)) }]
  const json = { 'content-type': 'application/json' }

  it('are parsed as JSON, and nothing but JSON', async () => {
    const { url } = await serve(mounts)
    expect(JSON.parse((await ask(`${url}/api`, 'POST', json, '{"a":1}')).body)).toEqual({ got: { a: 1 } })
    const text = await ask(`${url}/api`, 'POST', { 'content-type': 'text/plain' }, '{"a":1}')
    expect(JSON.parse(text.body)).toEqual({ got: null })
  })

  it('may hold 64 kB and not a byte more', async () => {
    const { url } = await serve(mounts)
    const sized = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2))
    const wrapped = (bytes: number) => `[${sized(bytes - 2)}]`
    expect((await ask(`${url}/api`, 'POST', json, wrapped(65_536))).status).toBe(200)
    const refused = await ask(`${url}/api`, 'POST', json, wrapped(65_537))
    expect([refused.status, codeOf(refused)]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  it('that are not JSON are refused without repeating or logging them', async () => {
    const { url, log } = await serve(mounts)
    const refused = await ask(`${url}/api`, 'POST', json, 'my dream is a bakery')
    expect([refused.status, codeOf(refused)]).toEqual([400, 'REQUEST_MALFORMED'])
    expect(refused.body + log.join('')).not.toMatch(/dream|bakery/)
  })

  it('reach a mount of its own ways as they came', async () => {
    const raw = router(r =>
      r.post('/', express.raw({ type: '*/*' }), (request, response) => {
        response.json({ raw: Buffer.isBuffer(request.body) && request.body.toString() })
      }),
    )
    const { url } = await serve([{ path: '/hooks', body: 'own', router: raw }, ...mounts])
    expect(JSON.parse((await ask(`${url}/hooks`, 'POST', json, '{"a": 1}')).body)).toEqual({ raw: '{"a": 1}' })
  })
})

describe('a handler that fails', () => {
  const failing: RequestHandler = async () => {
    throw Object.assign(new Error('cannot save "I want to quit"'), { code: 'STORE_DOWN' })
  }
  const mounts: Mount[] = [{ path: '/api', router: router(r => r.get('/people/:id', failing)) }]

  it('answers with a reference that finds its log line, and no word of the error', async () => {
    const { url, log } = await serve(mounts)
    const answer = await ask(`${url}/api/people/rosa?q=quit`)
    expect([answer.status, codeOf(answer)]).toEqual([500, 'INTERNAL'])
    expect(answer.body).not.toMatch(/quit|STORE_DOWN/)
    expect(log).toHaveLength(1)
    const line = JSON.parse(log[0] ?? '')
    expect(line).toMatchObject({ level: 'error', code: 'HTTP_FAILED', method: 'GET', route: '/people/:id' })
    expect(line.err).toMatchObject({ type: 'Error', code: 'STORE_DOWN' })
    expect(answer.body).toContain(line.reference)
    expect(log[0]).not.toMatch(/quit|rosa/)
  })

  it('is not to blame for a path that cannot be decoded', async () => {
    const { url, log } = await serve(mounts)
    const answer = await ask(`${url}/api/people/%E0%A4%A`)
    expect([answer.status, codeOf(answer), log]).toEqual([400, 'REQUEST_MALFORMED', []])
  })

  it('half-way through its answer cuts the connection', async () => {
    const half: RequestHandler = (_request, response) => {
      response.write('half')
      throw new Error('then nothing')
    }
    const { url, log } = await serve([{ path: '/half', router: half }])
    await expect(ask(`${url}/half`)).rejects.toThrow()
    expect(log).toHaveLength(1)
  })
})

describe('a mount without sign-in', () => {
  const mounts: Mount[] = [
    { path: '/', loopbackOnly: true, router: router(r => r.all('/api/state', echo)) },
    { path: '/slack', router: router(r => r.post('/events', echo)) },
  ]
  const state = async (method: string, headersFor: (port: string) => Record<string, string>) => {
    const { url } = await serve(mounts)
    return ask(`${url}/api/state`, method, headersFor(new URL(url).port))
  }

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('answers to %s', async name => {
    expect((await state('GET', port => ({ host: `${name}:${port}` }))).status).toBe(200)
  })

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:80@localhost',
    '10.0.0.4',
    '[::2]',
  ])('refuses a request addressed to %s', async name => {
    const answer = await state('GET', port => ({ host: `${name}:${port}` }))
    expect([answer.status, codeOf(answer)]).toEqual([403, 'HOST_NOT_LOOPBACK'])
  })

  it.each([
    ['its own page', (port: string) => ({ host: `localhost:${port}`, origin: `http://localhost:${port}` })],
    ['a tool that names no origin', (port: string) => ({ host: `localhost:${port}` })],
    [
      'its own page, by fetch metadata',
      (port: string) => ({ host: `localhost:${port}`, 'sec-fetch-site': 'same-origin' }),
    ],
  ])('takes a write from %s', async (_who, headersFor) => {
    expect((await state('POST', headersFor)).status).toBe(200)
  })

  it.each([
    ['another site', (port: string) => ({ host: `localhost:${port}`, origin: 'https://evil.example' })],
    ['another port of this machine', (port: string) => ({ host: `localhost:${port}`, origin: 'http://localhost:1' })],
    ['a page without an origin', (port: string) => ({ host: `localhost:${port}`, origin: 'null' })],
    [
      'another site, by fetch metadata',
      (port: string) => ({ host: `localhost:${port}`, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'a neighbour, by fetch metadata',
      (port: string) => ({ host: `localhost:${port}`, 'sec-fetch-site': 'same-site' }),
    ],
  ])('refuses a write from %s', async (_who, headersFor) => {
    const answer = await state('POST', headersFor)
    expect([answer.status, codeOf(answer)]).toEqual([403, 'ORIGIN_FOREIGN'])
  })

  it('refuses a read by a script of another site, but not a link from there', async () => {
    const script = await state('GET', port => ({ host: `localhost:${port}`, origin: 'https://evil.example' }))
    expect(script.status).toBe(403)
    const link = await state('GET', port => ({ host: `localhost:${port}`, 'sec-fetch-site': 'cross-site' }))
    expect(link.status).toBe(200)
  })

  it('does not guard the mounts beside it, though it lies at the root', async () => {
    const { url } = await serve(mounts)
    const headers = { host: 'bot.example.com', origin: 'https://slack.com' }
    expect((await ask(`${url}/slack/events`, 'POST', headers)).status).toBe(200)
  })
})

describe('starting', () => {
  it('names a port in use and says what to do', async () => {
    const { url } = await serve()
    const port = Number(new URL(url).port)
    const taken = serve([], { port })
    await expect(taken).rejects.toBeInstanceOf(HttpServerError)
    await expect(taken).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port} on 127.0.0.1 is in use: stop what uses it, or set PORT to another.`,
      cause: { code: 'EADDRINUSE' },
    })
  })

  it("names an address that is not this machine's", async () => {
    await expect(serve([], { host: '192.0.2.1' })).rejects.toMatchObject({ code: 'CANNOT_LISTEN' })
  })
})

describe('stopping', () => {
  it('lets a request finish, and takes no new one', async () => {
    const slow = slowHandler()
    const { server, url } = await serve([{ path: '/slow', router: slow.handler }])
    const agent = new Agent({ keepAlive: true })
    const answer = ask(`${url}/slow`, 'GET', {}, undefined, agent)
    await slow.began
    const stopped = server.stop(20_000)
    await expect(ask(`${url}/livez`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    slow.release()
    expect(await answer).toMatchObject({ status: 200, body: '{"done":true}', headers: { connection: 'close' } })
    await stopped
    agent.destroy()
  })

  it('ends streams and idle connections at once', async () => {
    const stream: RequestHandler = (_request, response) => {
      response.set('Content-Type', 'text/event-stream')
      response.write('data: first\n\n')
    }
    const { server, url } = await serve([{ path: '/events', router: stream }])
    const agent = new Agent({ keepAlive: true })
    await ask(`${url}/livez`, 'GET', {}, undefined, agent)
    const sent = httpRequest(`${url}/events`).end()
    const [response] = await once(sent, 'response')
    await once(response, 'data')
    const ended = once(response, 'end')
    await server.stop(20_000)
    await ended
    agent.destroy()
  })

  it('cuts what is still there at the deadline', async () => {
    const slow = slowHandler()
    const { server, url } = await serve([{ path: '/slow', router: slow.handler }])
    const answer = ask(`${url}/slow`)
    const cut = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })
    await slow.began
    await server.stop(1)
    await cut
    slow.release()
  })

  it('can be asked twice, and before it ever started', async () => {
    const { server } = await serve()
    await Promise.all([server.stop(1000), server.stop(1000)])
    await server.stop(1000)
    const logger = createLogger('silent')
    const never = createHttpServer({
      host: '127.0.0.1',
      port: 0,
      logger,
      mounts: [],
      ready: async () => READY,
      metrics: undefined,
    })
    await never.stop(1000)
  })
})
