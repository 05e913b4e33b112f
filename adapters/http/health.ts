import { type RequestHandler, Router } from 'express'
import type { Metrics } from './metrics.ts'

/** Each check by name; `detail` says in plain words what is wrong, for the operator. */
export type ReadyReport = {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>
}

/** /livez: the process answers. /readyz: it should get traffic (200 or 503, with the checks). /metrics: Prometheus text. */
export const health = (
  ready: () => Promise<ReadyReport>,
  stopping: () => boolean,
  metrics: Metrics | undefined,
): Router => {
  const router = Router()
  router.get('/livez', fresh, (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', fresh, async (_request, response) => {
    const report = stopping() ? STOPPING : await ready().catch(() => UNCHECKED)
    response.status(report.ready ? 200 : 503).json(report)
  })
  if (metrics !== undefined)
    router.get('/metrics', fresh, async (_request, response) => {
      const { contentType, text } = await metrics.read()
      response.type(contentType).send(text)
    })
  return router
}

const STOPPING: ReadyReport = { ready: false, checks: { process: { ok: false, detail: 'stopping' } } }
const UNCHECKED: ReadyReport = {
  ready: false,
  checks: { process: { ok: false, detail: 'the checks themselves failed' } },
}

const fresh: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}
