import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { typedEvent } from '../fakes/slack/payloads.ts'
import { type FakeSlack, openFakeSlack, SIGNING_SECRET } from '../fakes/slack/slack.ts'
import { openFakeSocket } from '../fakes/slack/socket.ts'
import { type Served, serve } from './served.ts'

const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`

/** docs/slack.md, step by step, with the program as it is started and a .env as it is copied. */
describe('whoever follows docs/slack.md', () => {
  let home: string
  let fake: FakeSlack
  let served: Served | undefined
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'lighthand-slack-'))
    copyFileSync(join(import.meta.dirname, '../../.env.example'), join(home, '.env'))
    fake = await openFakeSlack(Date.now)
    fake.addWorkspace('T1')
    fake.addUser('UHELEN', { name: 'Helen', is_admin: true })
    fake.addUser('UANA', { name: 'Ana' })
  })
  afterEach(async () => {
    await served?.stop()
    served = undefined
    await fake.close()
    rmSync(home, { recursive: true, force: true })
    expect(fake.state.refused).toEqual([])
  })
  const configure = (lines: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries({ MASTER_KEYS: KEY, ...lines }))
      appendFileSync(join(home, '.env'), `${name}=${value}\n`)
  }
  const isAnswered = (user: string) =>
    vi.waitFor(() => expect(fake.posts(user).length).toBeGreaterThan(0), { timeout: 30_000, interval: 50 })

  it('on a laptop writes “hello”, and is answered', async () => {
    const socket = await openFakeSocket()
    fake.state.socketUrl = socket.url
    fake.addAppToken('xapp-1')
    configure({
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_BOT_TOKEN: fake.install({ team: 'T1' }),
      SLACK_API_URL: `${fake.url}/api/`,
    })
    served = await serve(home, {}, /listens to Slack: over Socket Mode/)
    await socket.connected
    const posted = { ts: fake.state.freshTs(), user: 'UHELEN', text: 'hello', blocks: [], metadata: undefined }
    await socket.send('events_api', typedEvent(fake.state, fake.user('UHELEN'), { ...posted, clientMsgId: 'c1' }), 'e1')
    await isAnswered('UHELEN')
    expect(fake.reads('UHELEN').at(-1)).toContain("I'm Lighthand")
    await served.stop()
    served = undefined
    await socket.close()
  })

  it('in production installs it, is greeted, and whoever writes is answered', async () => {
    configure({
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CLIENT_ID: fake.oauth.clientId,
      SLACK_CLIENT_SECRET: fake.oauth.clientSecret,
      SLACK_API_URL: `${fake.url}/api/`,
      SLACK_AUTHORIZE_URL: `${fake.url}/oauth/v2/authorize`,
    })
    served = await serve(home, {}, /to install it, (\S+)\/slack\/install/)
    const { url } = served
    fake.appUrl = `${url}/slack/events`
    fake.oauth.redirectUri = `${url}/slack/oauth_redirect`
    const page = await fetch(`${url}/slack/install`)
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
    const link = /<a href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? ''
    const as = JSON.stringify({ team: 'T1', user: 'UHELEN' })
    const agreed = await fetch(`${link}&as=${encodeURIComponent(as)}`, { redirect: 'manual' })
    const back = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } })
    expect(back.status).toBe(200)
    await isAnswered('UHELEN')
    expect((await fake.type('UANA', 'hello')).status).toBe(200)
    await isAnswered('UANA')
  })
})
