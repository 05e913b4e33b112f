import { createServer, type Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { health, type ReadyReport } from './health.ts'
import type { Logger } from './logger.ts'
import { loopbackOnly } from './loopback.ts'
import type { Metrics } from './metrics.ts'
import { answerErrors, notFound } from './refusal.ts'
import { trackRequests } from './requests.ts'

/** One part of the server. Its `router` sees paths relative to `path`. */
export type Mount = {
  readonly path: string
  readonly router: RequestHandler
  /** Answers only this machine's own browser and tools: for pages without sign-in. */
  readonly loopbackOnly?: boolean
  /** `json` (the default) parses JSON of at most 64 kB; `own` leaves the body, and its limit, to the router. */
  readonly body?: 'json' | 'own'
}

export type HttpServerOptions = {
  readonly host: string
  /** 0 takes any free port; `start` tells which. */
  readonly port: number
  readonly logger: Logger
  readonly mounts: readonly Mount[]
  /** Asked at every /readyz; while stopping the server is not ready whatever this says. */
  readonly ready: () => Promise<ReadyReport>
  /** Served at /metrics; without it there is no such page. */
  readonly metrics: Metrics | undefined
}

export type HttpServer = {
  /** Resolves once it listens, with its address. Throws HttpServerError where it cannot listen. */
  readonly start: () => Promise<{ readonly url: string }>
  /** Takes no new connection, ends streams, lets requests finish, and cuts what is left after `deadlineMs`. */
  readonly stop: (deadlineMs: number) => Promise<void>
}

/** The server cannot listen; `message` says what to do, `cause` is what the system said. */
export class HttpServerError extends Error {
  readonly code: string
  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'HttpServerError'
    this.code = code
  }
}

// ms. A request of at most 64 kB that takes longer than this to arrive is an attack or a dead line. Answers may take longer.
const REQUEST_TIMEOUT = 30_000
const HEADERS_TIMEOUT = 10_000
const BODY_LIMIT = '64kb'

/** Everything comes from this server and nothing is inline. No upgrade to https: the playground is plain http. */
const SECURITY_HEADERS = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...{
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
      },
      ...{ connectSrc: ["'self'"], formAction: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
    },
  },
})

/** The one HTTP server: health, metrics and the mounts. Makes nothing listen until `start`. */
export const createHttpServer = (options: HttpServerOptions): HttpServer => {
  const requests = trackRequests()
  const app = buildApp(options, requests.track, requests.stopping)
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: HEADERS_TIMEOUT }, app)
  return {
    start: () => listen(server, options.host, options.port),
    stop: deadlineMs => requests.drain(server, deadlineMs),
  }
}

const buildApp = (options: HttpServerOptions, track: RequestHandler, stopping: () => boolean): Express => {
  const app = express()
  app.use(track, SECURITY_HEADERS)
  app.use(health(options.ready, stopping, options.metrics))
  // The longest path first: a mount at / must not guard or answer what belongs to another.
  for (const mount of options.mounts.toSorted((a, b) => b.path.length - a.path.length)) {
    if (mount.loopbackOnly === true) app.use(mount.path, loopbackOnly)
    if (mount.body !== 'own') app.use(mount.path, express.json({ limit: BODY_LIMIT }))
    app.use(mount.path, mount.router)
  }
  app.use(notFound, answerErrors(options.logger))
  return app
}

const listen = (server: Server, host: string, port: number): Promise<{ readonly url: string }> =>
  new Promise((resolve, reject) => {
    server.once('error', error => reject(listenError(error, host, port)))
    server.listen(port, host, () => {
      const address = server.address()
      const actual = typeof address === 'object' && address !== null ? address.port : port
      resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}` })
    })
  })

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): HttpServerError => {
  if (error.code === 'EADDRINUSE')
    return new HttpServerError(
      'PORT_IN_USE',
      `Port ${port} on ${host} is in use: stop what uses it, or set PORT to another.`,
      error,
    )
  if (error.code === 'EACCES')
    return new HttpServerError(
      'PORT_NOT_ALLOWED',
      `Port ${port} on ${host} needs rights this process does not have: set PORT to 1024 or more.`,
      error,
    )
  return new HttpServerError(
    'CANNOT_LISTEN',
    `Cannot listen on ${host}, port ${port} (${error.code}): set HOST to an address of this machine.`,
    error,
  )
}
