import { createHttpServer, type HttpServer } from '../../../adapters/http/server.ts'
import { makeSlack, type Slack, type SlackOptions } from '../../../adapters/slack/slack.ts'
import type { Log } from '../../../src/ports/log.ts'
import { type FakeSlack, SIGNING_SECRET } from './slack.ts'

export const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export type ServedSlack = { readonly slack: Slack; readonly server: HttpServer; readonly url: string }

/** The adapter on the one HTTP server, talking to the fake, which talks to it. */
export const serveAdapter = async (
  fake: FakeSlack,
  options: Pick<SlackOptions, 'botToken' | 'isReachable'> & Partial<SlackOptions>,
): Promise<ServedSlack> => {
  const slack = makeSlack({
    signingSecret: SIGNING_SECRET,
    appToken: undefined,
    apiUrl: `${fake.url}/api/`,
    defaultZone: 'UTC',
    now: fake.state.now,
    monotonic: fake.state.now,
    log: SILENT,
    timeout: 2_000,
    ...options,
  })
  const log = options.log ?? SILENT
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    logger: { ...log, debug: () => undefined, fatal: log.error },
    mounts: [{ path: '/slack', router: slack.router, body: 'own' }],
    ready: async () => ({ ready: true, checks: {} }),
    metrics: undefined,
  })
  const { url } = await server.start()
  fake.appUrl = `${url}/slack/events`
  return { slack, server, url }
}
