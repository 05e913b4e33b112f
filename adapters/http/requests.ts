import type { Server } from 'node:http'
import type { RequestHandler, Response } from 'express'

/** Knows which requests are under way, so that a stop can let them finish and end the streams that never would. */
export const trackRequests = (): {
  readonly track: RequestHandler
  readonly stopping: () => boolean
  readonly drain: (server: Server, deadlineMs: number) => Promise<void>
} => {
  const open = new Set<Response>()
  let drained: Promise<void> | undefined

  const track: RequestHandler = (_request, response, next) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    if (drained !== undefined) response.set('Connection', 'close')
    next()
  }

  const drain = (server: Server, deadlineMs: number): Promise<void> => {
    drained ??= new Promise<void>(resolve => {
      // Not listening is as good as closed: a stop before or after a failed start is no error.
      const cut = setTimeout(() => server.closeAllConnections(), deadlineMs)
      server.close(() => {
        clearTimeout(cut)
        resolve()
      })
      for (const response of open) {
        if (isStream(response)) response.end()
        else if (!response.headersSent) response.set('Connection', 'close')
        // Node closes idle connections at close() only; one that falls idle later would wait for its keep-alive to run out.
        response.once('close', () => server.closeIdleConnections())
      }
    })
    return drained
  }

  return { track, stopping: () => drained !== undefined, drain }
}

/** Server-sent events stay open for ever. */
const isStream = (response: Response): boolean =>
  String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream')
