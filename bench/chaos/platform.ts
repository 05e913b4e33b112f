import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Random } from '../../adapters/simulator/random.ts'

/** One message that reached its reader; the same key twice is a duplicate that the reader saw. */
export type Acceptance = {
  readonly key: string
  readonly tenant: string
  readonly person: string
  /** The process that sent it. */
  readonly worker: string
  /** ms: the last sign of life that the sender had given of the person's lease. */
  readonly heldSince: number
  /** ms: when the sender had last looked at the person's calendar, if it had since what it sent them before. */
  readonly checkedAt: number | undefined
  /** ms: when its request came, and when it was shown. */
  readonly cameAt: number
  readonly at: number
}

/** What a tenant's platform is like. */
export type Manner = {
  /** Messages can be found again by their key. */
  readonly finds: boolean
  /** It says 429 to everything, until it is made well. */
  readonly refuses: boolean
}

export type ChaosPlatform = {
  readonly url: string
  readonly accepted: readonly Acceptance[]
  /** How often each fault struck. */
  readonly faults: Readonly<Record<string, number>>
  /** No faults any more, and nobody is refused. */
  makeWell(): void
  stop(): Promise<void>
}

export type Post = Omit<Acceptance, 'cameAt' | 'at'>

const FAULTS = ['broken', 'dropped-after', 'silent-after', 'silent-before', 'slow'] as const
/** Of a hundred sends, so many meet each fault; the rest goes well. */
const OF_A_HUNDRED = { broken: 5, 'dropped-after': 4, 'silent-after': 3, 'silent-before': 3, slow: 10 }
const RETRY_AFTER_S = 2
/** ms from one stretch of 429 to the next, of each tenant: a platform counts by time, and a large tenant is refused no oftener. */
const BETWEEN_REFUSALS = { from: 20_000, to: 60_000 }

/**
 * A chat platform over real HTTP that misbehaves as a seed decides: 429, 503, connections dropped after the message was
 * taken, no answer at all (with or without having taken it), slow answers. It shows every message that it takes.
 */
export const startPlatform = async (
  random: Random,
  manners: Readonly<Record<string, Manner>>,
): Promise<ChaosPlatform> => {
  const accepted: Acceptance[] = []
  const faults: Record<string, number> = {}
  let well = false
  const refusals = new Map<string, number>()
  const isRefused = (tenant: string): boolean => {
    const now = Date.now()
    const later = (from: number): number => from + random.between(BETWEEN_REFUSALS.from, BETWEEN_REFUSALS.to)
    const from = refusals.get(tenant) ?? later(now)
    const until = from + RETRY_AFTER_S * 1_000
    refusals.set(tenant, now > until ? later(now) : from)
    return now >= from && now <= until
  }
  const strike = (tenant: string): 'refused' | (typeof FAULTS)[number] | undefined => {
    if (well) return undefined
    if (manners[tenant]?.refuses || isRefused(tenant)) return 'refused'
    let dice = random.between(0, 99)
    return FAULTS.find(fault => {
      dice -= OF_A_HUNDRED[fault]
      return dice < 0
    })
  }
  const send = async (post: Post, response: ServerResponse): Promise<void> => {
    const cameAt = Date.now()
    const fault = strike(post.tenant)
    if (fault !== undefined) faults[fault] = (faults[fault] ?? 0) + 1
    const take = (): void => {
      accepted.push({ ...post, cameAt, at: Date.now() })
    }
    switch (fault) {
      case 'refused':
        response.writeHead(429, { 'retry-after': String(RETRY_AFTER_S) }).end()
        return
      case 'broken':
        response.writeHead(503).end()
        return
      case 'dropped-after':
        take()
        response.destroy()
        return
      case 'silent-after':
        take()
        return
      case 'silent-before':
        return
      case 'slow':
        await new Promise(resolve => setTimeout(resolve, random.between(100, 700)))
    }
    take()
    answer(response, { id: `${accepted.length}` })
  }
  const find = (url: URL, response: ServerResponse): void => {
    const { key, tenant } = Object.fromEntries(url.searchParams)
    if (!well && random.chance(0.05)) {
      response.writeHead(503).end()
      return
    }
    const found = accepted.findIndex(one => one.key === key && one.tenant === tenant)
    const finds = tenant !== undefined && manners[tenant]?.finds === true
    answer(response, finds && found !== -1 ? { id: `${found + 1}` } : {})
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'GET') return find(url, response)
    bodyOf(request).then(
      // The workers alone send this.
      body => send(JSON.parse(body) as Post, response),
      () => response.destroy(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the platform has no address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    accepted,
    faults,
    makeWell: () => {
      well = true
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const answer = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
