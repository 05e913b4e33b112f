import type { RequestHandler } from 'express'
import { refuse } from './refusal.ts'

/** What a browser on this machine may call this server. A page elsewhere can point its own name at 127.0.0.1, not these. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/**
 * For pages without sign-in: lets through only requests addressed to this machine by a loopback name (against DNS
 * rebinding) and not sent by another site's page (against cross-site requests). Refuses with 403 and a JSON body.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers
  if (!LOOPBACK_HOST.test(host)) {
    refuse(
      response,
      403,
      'HOST_NOT_LOOPBACK',
      'Open this page as http://localhost or http://127.0.0.1 on the machine it runs on.',
    )
    return
  }
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const foreign = origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`
  // Some requests carry no Origin; every current browser then tells in Sec-Fetch-Site who asked. A link elsewhere may lead here.
  const foreignWrite = !reads && site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreign || foreignWrite) {
    refuse(response, 403, 'ORIGIN_FOREIGN', "Another site's page may not use this server: use its own page.")
    return
  }
  next()
}
