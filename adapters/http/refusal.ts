import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import type { Logger } from './logger.ts'

/** Answers `{error: {code, message}}`; the message says what to do. */
export const refuse = (response: Response, status: number, code: string, message: string): void => {
  response.status(status).set('Cache-Control', 'no-store').json({ error: { code, message } })
}

/** The last handler before errors: nothing is at this address. */
export const notFound: RequestHandler = (_request, response) =>
  refuse(response, 404, 'NOT_FOUND', 'There is nothing at this address: check the path and the method.')

/** What the parsers in front of a handler complain of, by the status they give it. Their own messages quote the body. */
const CLIENT_MISTAKES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['REQUEST_MALFORMED', 'The request cannot be read: send well-formed JSON to a well-formed path.'],
  413: ['BODY_TOO_LARGE', 'The request is too large: send at most 64 kB.'],
  415: ['ENCODING_UNSUPPORTED', 'Send JSON in UTF-8, plain or gzip.'],
}

/**
 * The error handler. A caller's mistake is answered with what to do; anything else is logged once, by route and code
 * and without a word of the request, and answered 500 with a reference that finds the log line.
 */
export const answerErrors =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const status = statusOf(error)
    const mistake = status === undefined ? undefined : CLIENT_MISTAKES[status]
    if (status !== undefined && mistake !== undefined && !response.headersSent) {
      refuse(response, status, ...mistake)
      return
    }
    const reference = randomUUID()
    logger.error(
      { code: 'HTTP_FAILED', reference, method: request.method, route: routeOf(request), err: error },
      'a request failed',
    )
    // Half an answer cannot be taken back: Express's own handler cuts the connection, so that the caller sees it broke.
    if (response.headersSent) next(error)
    else
      refuse(
        response,
        500,
        'INTERNAL',
        `Something went wrong here. Try again; if it stays, tell the operator this reference: ${reference}`,
      )
  }

/** The route's pattern within its mount, never the path, which may carry what someone typed. */
const routeOf = ({ route }: { readonly route?: { readonly path?: unknown } }): string =>
  typeof route?.path === 'string' ? route.path : 'none'

/** The 4xx status that Express and its parsers put on a caller's mistake (`status`, as http-errors names it). */
const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined
