import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboundEvent } from '../../../src/ports/chat.ts'
import { type ServedSlack, serveAdapter } from '../../fakes/slack/served.ts'
import { type FakeSlack, openFakeSlack, SIGNING_SECRET } from '../../fakes/slack/slack.ts'

const NOW = Date.UTC(2026, 0, 14, 9)

describe('Slack’s requests', () => {
  let fake: FakeSlack
  let served: ServedSlack
  let received: InboundEvent[]
  beforeEach(async () => {
    fake = await openFakeSlack(() => NOW)
    fake.addWorkspace('T1')
    fake.addUser('UANA')
    const token = fake.install({ team: 'T1' })
    served = await serveAdapter(fake, { botToken: async () => token, isReachable: async () => true })
    received = []
    await served.slack.start(
      async event => {
        received.push(event)
      },
      async () => undefined,
    )
  })
  afterEach(async () => {
    await served.slack.stop()
    await served.server.stop(1_000)
    await fake.close()
  })

  const post = (body: string, headers: Readonly<Record<string, string>>) =>
    fetch(fake.appUrl, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const signed = (body: string, seconds: number, secret = SIGNING_SECRET) => ({
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`,
  })
  const seconds = NOW / 1_000
  const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'c-1' })

  it('are taken when they are signed, a few minutes early or late too', async () => {
    for (const skew of [-299, 0, 299]) {
      const response = await post(CHALLENGE, signed(CHALLENGE, seconds + skew))
      expect({ skew, status: response.status }).toEqual({ skew, status: 200 })
      expect(await response.json()).toEqual({ challenge: 'c-1' })
    }
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['signed with another secret', signed(CHALLENGE, seconds, 'another')],
    ['signed for another body', signed(`${CHALLENGE} `, seconds)],
    ['older than five minutes', signed(CHALLENGE, seconds - 302)],
    ['from the future', signed(CHALLENGE, seconds + 302)],
    ['from no time at all', { ...signed(CHALLENGE, seconds), 'x-slack-request-timestamp': 'soon' }],
    ['without a signature', { 'x-slack-request-timestamp': String(seconds) }],
    ['with half a signature', { ...signed(CHALLENGE, seconds), 'x-slack-signature': 'v0' }],
    ['without any sign', {}],
  ])('are refused when they are %s', async (_, headers) => {
    const response = await post(CHALLENGE, headers)
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
  })

  it('are answered 400 when nobody can read them, and 413 when they are larger than any', async () => {
    for (const body of ['not json', '[]', '"words"']) expect((await post(body, signed(body, seconds))).status).toBe(400)
    const large = JSON.stringify({ type: 'event_callback', filler: 'x'.repeat(1_100_000) })
    expect((await post(large, signed(large, seconds))).status).toBe(413)
  })

  it('that are no business of this app are acknowledged, and nothing comes of them', async () => {
    for (const payload of [
      {
        type: 'event_callback',
        api_app_id: 'A',
        event_id: 'E',
        event_time: 1,
        team_id: 'T1',
        event: { type: 'reaction_added' },
      },
      { type: 'event_callback', event: { type: 'message' } },
      {
        type: 'block_actions',
        user: { id: 'UANA' },
        trigger_id: 't',
        actions: [{ type: 'button', action_id: 'x', block_id: 'y' }],
      },
      { type: 'view_submission', user: { id: 'UANA' }, view: { id: 'V', callback_id: 'other', state: { values: {} } } },
      { type: 'something_new' },
    ]) {
      const body = JSON.stringify(payload)
      expect((await post(body, signed(body, seconds))).status).toBe(200)
    }
    expect(received).toEqual([])
  })

  it('in channels are not read, though somebody invited the bot there', async () => {
    await fake.type('UANA', 'hello', { channel: 'C1', channel_type: 'channel' })
    expect(received).toEqual([])
  })

  it('are refused after a stop, so that Slack brings them again', async () => {
    await served.slack.stop()
    expect((await fake.type('UANA', 'hello')).status).toBe(500)
  })

  it('of a command that Slack checks its certificate with are answered', async () => {
    const body = 'ssl_check=1&token=legacy'
    const headers = { ...signed(body, seconds), 'content-type': 'application/x-www-form-urlencoded' }
    expect((await post(body, headers)).status).toBe(200)
  })
})
