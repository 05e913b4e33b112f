import { createHash } from 'node:crypto'
import { App, type AppOptions, HTTPReceiver, LogLevel } from '@slack/bolt'
import { Schema } from 'mongoose'
import { createLogger } from '../adapters/http/logger.ts'
import { createHttpServer } from '../adapters/http/server.ts'
import { makeSlack } from '../adapters/slack/slack.ts'
import { personId, tenantId } from '../src/domain/ids.ts'
import { makeFairShare } from '../src/usecases/fair-share.ts'
import { receiveEvent } from '../src/usecases/receive-event.ts'
import { runDue } from '../src/usecases/run-due.ts'
import { aClient, aTenant, clock, makeCore, readShippedPacks } from './bot.ts'
import { openEmbeddedEngine } from './engines.ts'

/**
 * One of the two apps that are measured, in a process of its own: `lighthand`, whole, or `bolt`, which acknowledges and writes
 * one document. Both listen on a free port, write to an embedded store on disk, and say on stdout where they are.
 * argv: which, the signing secret, the address of the Web API, how many people, in how many workspaces.
 */
const [, , which = '', signingSecret = '', apiUrl = '', people = '0', tenants = '1'] = process.argv

/** As many as the program has on the embedded engine. */
const PLACES = 16

const lighthand = async (): Promise<string> => {
  const engine = await openEmbeddedEngine()
  const log = createLogger('warn', process.stderr)
  // Slack's clock is the machine's; the bench's own begins on a working morning.
  const now = Date.now
  const slack = makeSlack({
    botToken: async () => 'xoxb-bench',
    isReachable: async (tenant, person) => (await engine.store.people.find(tenant, person))?.route !== undefined,
    signingSecret,
    appToken: undefined,
    apiUrl,
    defaultZone: 'UTC',
    now,
    monotonic: clock.monotonic,
    log,
  })
  const core = {
    ...makeCore(engine.store, engine.keyring, readShippedPacks()),
    chat: () => slack,
    shares: makeFairShare(PLACES),
  }
  for (let n = 0; n < Number(tenants); n += 1)
    await engine.store.tenants.insert({ ...aTenant, id: tenantId(`T${n}`), platform: 'slack' })
  for (let n = 0; n < Number(people); n += 1) {
    const tenant = tenantId(`T${n % Number(tenants)}`)
    await engine.store.people.insert({ ...aClient, tenant, id: personId(`U${n}`), route: `${tenant}/DU${n}` })
  }
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    logger: log,
    mounts: [{ path: '/slack', router: slack.router, body: 'own' }],
    ready: async () => ({ ready: true, checks: {} }),
    metrics: undefined,
  })
  await slack.start(
    event => receiveEvent(core, event),
    async () => undefined,
  )
  const { url } = await server.start()
  setInterval(() => runDue(core), 1_000).unref()
  return url
}

const bolt = async (): Promise<string> => {
  const engine = await openEmbeddedEngine()
  const plain = engine.connection.model<{ _id: string; text: string }>(
    'plain',
    new Schema({ _id: String, text: String }, { versionKey: false, autoIndex: false }),
    'plain',
  )
  const options: AppOptions = {
    receiver: new HTTPReceiver({ signingSecret, processBeforeResponse: true, port: 0, logLevel: LogLevel.ERROR }),
    authorize: async () => ({ botToken: 'xoxb-bench' }),
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: LogLevel.ERROR,
  }
  const app = new App(options)
  app.event('message', async ({ body, event }) => {
    const text = 'text' in event ? String(event.text) : ''
    const _id = createHash('sha256').update(`${body.api_app_id}/${body.event_id}`).digest('base64url')
    await plain.updateOne({ _id }, { $set: { text } }, { upsert: true })
  })
  const server = await app.start(0)
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

const url = await (which === 'lighthand' ? lighthand() : bolt())
process.stdout.write(`${url}/slack/events\n`)
process.once('SIGTERM', () => process.exit(0))
