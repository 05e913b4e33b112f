import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { machine, progress, rounded } from './figures.ts'

/**
 * How soon Slack is acknowledged at a steady rate: signed message events over HTTP, sent when they are due whether or not the
 * ones before were answered, and timed from when they were due. Lighthand whole (every event is a turn with its answer posted)
 * beside a bare Bolt app that acknowledges and writes one document; each in a process of its own, this one being Slack.
 */

const RATE = 200
const SECONDS = 20
const WARM_UP = 5
const PEOPLE = 1_000
/** Slack takes a few hundred posts a minute in each, and the core keeps to that. */
const WORKSPACES = 100
const GOAL_MS = 200
const SECRET = randomBytes(16).toString('hex')
const SAID = [
  'I left on time twice, and nobody minded.',
  'help',
  'The Monday meeting was shorter, too.',
  'what do they see',
]

type Figures = {
  readonly sent: number
  readonly refused: number
  readonly p50_ms: number
  readonly p99_ms: number
  readonly max_ms: number
  /** Answers posted by the time the last event was acknowledged, and how long the rest took. */
  readonly posted_meanwhile?: number
  readonly posted_in_all?: number
  readonly rest_ms?: number
}

let posted = 0
const api = createServer((incoming, response) => {
  incoming.resume()
  incoming.on('end', () => {
    if (incoming.url?.endsWith('chat.postMessage') === true) posted += 1
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, ts: `1.${String(posted).padStart(6, '0')}`, channel: 'D', messages: [] }))
  })
})

const start = async (which: string, apiUrl: string): Promise<{ readonly app: ChildProcess; readonly url: string }> => {
  const script = join(import.meta.dirname, 'slack-app.js')
  const app = spawn(process.execPath, [script, which, SECRET, apiUrl, String(PEOPLE), String(WORKSPACES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (app.stdout === null) throw new Error('the app has no stdout')
  const [first]: unknown[] = await once(app.stdout, 'data')
  return { app, url: String(first).trim() }
}

let events = 0
const bodyOf = (): string => {
  events += 1
  const user = `U${events % PEOPLE}`
  const team = `T${(events % PEOPLE) % WORKSPACES}`
  return JSON.stringify({
    token: 'x',
    type: 'event_callback',
    team_id: team,
    api_app_id: 'A1',
    event_id: `Ev${events}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [
      { team_id: team, enterprise_id: null, user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
    ],
    event: {
      type: 'message',
      channel: `D${user}`,
      channel_type: 'im',
      user,
      text: SAID[Math.floor(events / PEOPLE) % SAID.length],
      ts: `${(Date.now() / 1_000).toFixed(3)}${String(events % 1_000).padStart(3, '0')}`,
      client_msg_id: `c-${events}`,
    },
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
/** The status; timed by whoever asks. */
const post = (url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const seconds = Math.floor(Date.now() / 1_000)
    const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${seconds}:${body}`).digest('hex')}`
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': signature,
    }
    const going = request(url, { method: 'POST', agent, headers }, response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    going.on('error', reject)
    going.end(body)
  })

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const load = async (url: string, seconds: number): Promise<{ readonly times: number[]; readonly refused: number }> => {
  const times: number[] = []
  let refused = 0
  const going: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < RATE * seconds; n += 1) {
    const due = began + (n * 1_000) / RATE
    const early = due - performance.now()
    if (early > 1) await pause(early)
    going.push(
      post(url, bodyOf()).then(status => {
        times.push(performance.now() - due)
        if (status !== 200) refused += 1
      }),
    )
  }
  await Promise.all(going)
  return { times, refused }
}

const measure = async (which: string, apiUrl: string): Promise<Figures> => {
  const { app, url } = await start(which, apiUrl)
  try {
    await load(url, WARM_UP)
    const before = posted
    const { times, refused } = await load(url, SECONDS)
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number): number =>
      rounded(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN)
    const figures = { sent: times.length, refused, p50_ms: at(0.5), p99_ms: at(0.99), max_ms: at(1) }
    progress(`${which}: p99 ${figures.p99_ms} ms`)
    if (which !== 'lighthand') return figures
    const posted_meanwhile = posted - before
    const ended = performance.now()
    for (let last = -1; last !== posted; ) {
      last = posted
      await pause(1_500)
    }
    return {
      ...figures,
      posted_meanwhile,
      posted_in_all: posted - before,
      rest_ms: Math.max(0, rounded(performance.now() - ended - 1_500)),
    }
  } finally {
    app.kill()
  }
}

api.listen(0, '127.0.0.1')
await once(api, 'listening')
const address = api.address()
const apiUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api/`
/** Of the last minute before it began: what else the machine was doing. */
const load_before = rounded(loadavg()[0] ?? Number.NaN)
const bolt = await measure('bolt', apiUrl)
const lighthand = await measure('lighthand', apiUrl)
console.log(
  JSON.stringify(
    { machine: machine(), load_before, rate: RATE, seconds: SECONDS, people: PEOPLE, bolt, lighthand },
    null,
    2,
  ),
)
progress(
  `${lighthand.p99_ms <= GOAL_MS ? 'kept' : 'MISSED'}: acknowledged within ${GOAL_MS} ms (p99): ${lighthand.p99_ms}`,
)
agent.destroy()
api.close()
api.closeAllConnections()
