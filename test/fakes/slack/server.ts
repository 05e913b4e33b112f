import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { ApiError, METHODS, replace } from './api.ts'
import { access, type OAuth } from './oauth.ts'
import type { Fault, Json, SlackState, Token } from './state.ts'

/** The fake's servers: the Web API, response URLs and the page on which somebody agrees, over real HTTP. */
export type SlackServer = { readonly url: string; close(): Promise<void> }

export const serveSlack = async (state: SlackState, oauth: OAuth): Promise<SlackServer> => {
  const hanging = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answer(state, oauth, hanging, request, response).catch(error => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        for (const response of hanging) response.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answer = async (
  state: SlackState,
  oauth: OAuth,
  hanging: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://slack')
  const body = await bodyOf(request)
  if (url.pathname === '/oauth/v2/authorize') return authorize(state, oauth, url, response)
  if (url.pathname.startsWith('/response/')) return respond(state, url.pathname, body, response)
  const method = url.pathname.slice('/api/'.length)
  const args = argumentsIn(body)
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const call = { method, args, token: bearer }
  state.calls.push(call)
  const fault = state.fault(call)
  if (fault?.kind === 'cut') return void request.socket.destroy()
  if (fault?.kind === 'silence') return void hanging.add(response)
  if (fault !== undefined && fault.kind !== 'answer-lost') return fail(response, fault)
  const result = run(state, oauth, method, args, bearer)
  if (fault?.kind === 'answer-lost') return void request.socket.destroy()
  json(response, 200, result)
}

const run = (state: SlackState, oauth: OAuth, method: string, args: Json, bearer: string | undefined): Json => {
  try {
    if (method === 'oauth.v2.access') return { ok: true, ...access(state, oauth, args) }
    const perform = METHODS[method]
    if (perform === undefined) return { ok: false, error: 'unknown_method' }
    return { ok: true, ...perform(state, args, tokenIn(state, bearer)) }
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.message, ...error.more }
    throw error
  }
}

const tokenIn = (state: SlackState, bearer: string | undefined): Token => {
  if (bearer === undefined) throw new ApiError('not_authed')
  const token = state.tokens.get(bearer)
  if (token === undefined) throw new ApiError('invalid_auth')
  if (token.state === 'revoked') throw new ApiError('token_revoked')
  if (token.state === 'expired' || (token.expiresAt !== undefined && token.expiresAt <= state.now()))
    throw new ApiError('token_expired')
  return token
}

const fail = (response: ServerResponse, fault: Fault): void => {
  switch (fault.kind) {
    case 'ratelimited':
      response.setHeader('retry-after', String(fault.retryAfter))
      return json(response, 429, { ok: false, error: 'ratelimited' })
    case 'http':
      return void response.writeHead(fault.status).end('upstream says no')
    case 'no-json':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello client words</h1>')
    case 'error':
      return json(response, 200, { ok: false, error: fault.error })
    default:
      throw new Error(`no answer for ${fault.kind}`)
  }
}

/** Somebody agrees at once, and is sent back with a code. */
const authorize = (state: SlackState, oauth: OAuth, url: URL, response: ServerResponse): void => {
  const code = state.freshId('code-')
  const who = url.searchParams.get('as')
  const back = url.searchParams.get('redirect_uri') ?? oauth.redirectUri
  oauth.codes.set(code, JSON.parse(who ?? '{}'))
  const target = new URL(back)
  target.searchParams.set('code', code)
  target.searchParams.set('state', url.searchParams.get('state') ?? '')
  response.writeHead(302, { location: target.href }).end()
}

/** `/response/<channel>/<ts>`: the address that came with a press. */
const respond = (state: SlackState, path: string, body: string, response: ServerResponse): void => {
  const [, , channel = '', ts = ''] = path.split('/')
  const posted = state.channels.get(channel)?.messages.find(one => one.ts === ts)
  const args: unknown = JSON.parse(body)
  if (posted === undefined || typeof args !== 'object' || args === null)
    return void response.writeHead(404).end('expired_url')
  try {
    replace(state, posted, { ...args })
    json(response, 200, { ok: true })
  } catch (error) {
    response.writeHead(400).end(String(error))
  }
}

const json = (response: ServerResponse, status: number, body: Json): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}

/** Form fields; those that hold JSON come out as what they say. */
const argumentsIn = (body: string): Json =>
  Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && name !== 'text' ? JSON.parse(value) : value,
    ]),
  )
