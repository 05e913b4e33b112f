import { request } from 'node:http'
import { makeCharts } from '../../adapters/charts/charts.ts'
import { createLogger } from '../../adapters/http/logger.ts'
import { createHttpServer } from '../../adapters/http/server.ts'
import type { PlatformFile, PlatformState } from '../../adapters/playground/platform.ts'
import { openPlayground, type Playground } from '../../adapters/playground/playground.ts'
import type { ChatLine } from '../../adapters/playground/protocol.ts'
import { playgroundRoutes } from '../../adapters/playground/routes.ts'
import { personId, type TenantId, tenantId } from '../../src/domain/ids.ts'
import type { Reply } from '../../src/domain/message.ts'
import { receiveEvent } from '../../src/usecases/receive-event.ts'
import { receiveTenantEvent } from '../../src/usecases/receive-tenant-event.ts'
import { buttonIn, openWorld, type World } from './world.ts'
import { MORNING, theTenant, ZONE } from './world-people.ts'

export type Answer = { readonly status: number; readonly body: unknown; readonly text: string }

export type ServedPlayground = {
  readonly url: string
  readonly world: World
  readonly playground: Playground
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Text as it stands, for bodies that are no JSON. */
  postRaw(path: string, body: string, type: string): Promise<Answer>
  reply(person: string, reply: Reply): Promise<Answer>
  press(person: string, label: string): Promise<Answer>
  /** What stands in that chat from the bot. */
  read(person: string): readonly string[]
  lines(person: string): readonly ChatLine[]
  close(): Promise<void>
}

const memoryFile = (): PlatformFile => {
  let kept: PlatformState | undefined
  return {
    load: async () => kept,
    save: async state => {
      kept = state
    },
  }
}

/** The playground's routes on a real server of 127.0.0.1, over the real core in memory. Its clock stands still by itself. */
export const servePlayground = async (): Promise<ServedPlayground> => {
  const world = await openWorld({ tenant: theTenant({ id: tenantId('local'), programme: undefined }), people: [] })
  const playground = await openPlayground({
    file: memoryFile(),
    tenantOf: epoch => tenantId(epoch === 1 ? 'local' : `local-${epoch}`),
    personOf: personId,
    now: ahead => MORNING + ahead,
    zone: ZONE,
    firstAhead: 0,
  })
  const clock = { now: () => MORNING + playground.ahead(), monotonic: () => playground.ahead() }
  const core = world.makeCore({ chat: playground, clock })
  world.core = core
  await playground.start(
    event => receiveEvent(core, event),
    event => receiveTenantEvent(core, event),
  )
  await core.lanes.idle()
  const makeTenant = async (id: TenantId): Promise<void> => {
    await world.store.tenants.insert(theTenant({ id, programme: undefined }))
  }
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    logger: createLogger('silent'),
    mounts: [
      {
        path: '/',
        loopbackOnly: true,
        router: playgroundRoutes({
          core,
          playground,
          zone: ZONE,
          charts: makeCharts(),
          page: import.meta.dirname,
          makeTenant,
        }),
      },
    ],
    ready: async () => ({ ready: true, checks: {} }),
    metrics: undefined,
  })
  const { url } = await server.start()
  const call = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      // Not fetch: it does not let a test say another Host.
      const sent = request(`${url}${path}`, { method, headers }, response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', chunk => {
          text += chunk
        })
        response.once('end', () => {
          const json = String(response.headers['content-type'] ?? '').includes('json')
          resolve({ status: response.statusCode ?? 0, text, body: json ? JSON.parse(text) : undefined })
        })
      })
      sent.once('error', reject)
      sent.end(body)
    })
  const post: ServedPlayground['post'] = (path, body, headers = {}) =>
    call('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body))
  let keys = 0
  const lines = (person: string): readonly ChatLine[] => playground.lines(person, 0).toSorted((a, b) => a.seq - b.seq)
  const said = (person: string) => lines(person).filter(({ from }) => from === 'lighthand')
  const reply: ServedPlayground['reply'] = async (person, what) => {
    keys += 1
    const answer = await post(`/api/chats/${person}/replies`, { key: `gesture-${keys}`, reply: what })
    await core.lanes.idle()
    return answer
  }
  return {
    url,
    world,
    playground,
    get: (path, headers = {}) => call('GET', path, headers),
    post,
    postRaw: (path, body, type) => call('POST', path, { 'content-type': type }, body),
    reply,
    press: (person, label) => {
      const messages = said(person).map(({ message }) => message)
      return reply(person, buttonIn(messages, label))
    },
    read: person => said(person).map(({ message }) => message.text),
    lines,
    close: async () => {
      await server.stop(1_000)
      await core.lanes.idle()
      await playground.stop()
      await world.close()
    },
  }
}
