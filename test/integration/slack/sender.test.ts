import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kindOf } from '../../../adapters/slack/errors.ts'
import { opaqueId } from '../../../adapters/slack/opaque-id.ts'
import { personId, tenantId } from '../../../src/domain/ids.ts'
import type { Message } from '../../../src/domain/message.ts'
import { DeliveryError, type DeliveryKind } from '../../../src/ports/chat.ts'
import { saying } from '../../contract/chat-adapter-samples.ts'
import { type ServedSlack, serveAdapter } from '../../fakes/slack/served.ts'
import { type FakeSlack, openFakeSlack } from '../../fakes/slack/slack.ts'
import type { Fault } from '../../fakes/slack/state.ts'

const NOW = Date.UTC(2026, 0, 14, 9)
const ANA = { tenant: tenantId('T1'), person: personId('UANA'), route: 'T1/DUANA' }

describe('sending to Slack', () => {
  let fake: FakeSlack
  let served: ServedSlack
  let now: number
  beforeEach(async () => {
    now = NOW
    fake = await openFakeSlack(() => now)
    fake.addWorkspace('T1')
    fake.addUser('UANA')
    const token = fake.install({ team: 'T1' })
    served = await serveAdapter(fake, { botToken: async () => token, isReachable: async () => true, timeout: 1_500 })
  })
  afterEach(async () => {
    await served.server.stop(1_000)
    await fake.close()
  })
  const failing = (fault: Fault, method = 'chat.postMessage'): void => {
    fake.state.fault = call => (call.method === method ? fault : undefined)
  }
  const send = (message: Message = saying('Hello'), key = 'T1/UANA/1') => served.slack.send(ANA, message, key)
  const errorOf = (sent: Promise<unknown>): Promise<unknown> =>
    sent.then(
      () => undefined,
      (error: unknown) => error,
    )

  it.each<[DeliveryKind, readonly string[]]>([
    ['stop-tenant', ['account_inactive', 'token_revoked', 'missing_scope', 'messages_tab_disabled', 'invalid_auth']],
    [
      'stop-person',
      ['user_disabled', 'user_not_found', 'user_not_visible', 'app_access_restricted', 'channel_not_found'],
    ],
    [
      'policy',
      [
        'is_archived',
        'not_in_channel',
        'restricted_action',
        'restricted_action_read_only_channel',
        'ekm_access_denied',
      ],
    ],
    ['retry', ['ratelimited', 'internal_error', 'service_unavailable', 'request_timeout']],
    ['bug', ['invalid_blocks', 'msg_too_long', 'no_text', 'something_that_nobody_knows']],
  ])('ends in “%s” where Slack says so', async (kind, errors) => {
    for (const error of errors) {
      failing({ kind: 'error', error })
      const told = await errorOf(send())
      expect({ error, told }).toMatchObject({ error, told: { name: 'DeliveryError', kind } })
    }
  })

  it('refreshes where the token has expired and nobody has a newer one', async () => {
    failing({ kind: 'error', error: 'token_expired' })
    expect(await errorOf(send())).toMatchObject({ kind: 'refresh' })
    expect(kindOf('token_expired')).toBe('refresh')
  })

  it('waits as long as Slack asks', async () => {
    failing({ kind: 'ratelimited', retryAfter: 7 })
    expect(await errorOf(send())).toMatchObject({ kind: 'retry', retryAfter: 7_000 })
    expect(fake.state.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })

  it.each<[string, Fault]>([
    ['the answer is lost', { kind: 'answer-lost' }],
    ['nothing is answered in time', { kind: 'silence' }],
  ])('says that it does not know where %s', async (_, fault) => {
    failing(fault)
    const told = await errorOf(send())
    expect(told).toBeInstanceOf(Error)
    expect(told).not.toBeInstanceOf(DeliveryError)
    expect(fake.state.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })

  it('is sure that nothing arrived where Slack cannot be reached at all', async () => {
    await fake.close()
    expect(await errorOf(send())).toMatchObject({ kind: 'retry' })
    fake = await openFakeSlack(() => now)
  })

  it('puts an opaque id with each message, and nothing that other apps could read', async () => {
    await send()
    const [posted] = fake.posts('UANA')
    const id = opaqueId('T1/UANA/1')
    expect(posted?.metadata).toEqual({ event_type: 'lighthand_message', event_payload: { id } })
    expect(posted?.clientMsgId).toBe(id)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(opaqueId('T1/UANA/2')).not.toBe(id)
  })

  it('does not say the beginning of a long message twice when its end is tried again', async () => {
    const long = 'so it went on and on '.repeat(500)
    const message: Message = { text: long, blocks: [{ kind: 'paragraph', text: long }] }
    let posts = 0
    fake.state.fault = ({ method }) => {
      if (method !== 'chat.postMessage') return undefined
      posts += 1
      return posts === 2 ? { kind: 'ratelimited', retryAfter: 1 } : undefined
    }
    expect(await errorOf(send(message))).toMatchObject({ kind: 'retry' })
    expect(fake.posts('UANA')).toHaveLength(1)
    expect(await served.slack.find(ANA, 'T1/UANA/1', NOW)).toBeUndefined()
    const receipt = await send(message)
    expect(fake.reads('UANA').join('').replaceAll(/\s/g, '')).toBe(long.replaceAll(/\s/g, ''))
    expect(await served.slack.find(ANA, 'T1/UANA/1', NOW)).toEqual(receipt)
  })

  it('does not look again before Slack allows it, and does not say “not there” meanwhile', async () => {
    const receipt = await send()
    failing({ kind: 'ratelimited', retryAfter: 60 }, 'conversations.history')
    expect(await errorOf(served.slack.find(ANA, 'T1/UANA/1', NOW))).toMatchObject({ kind: 'retry', retryAfter: 60_000 })
    fake.state.fault = () => undefined
    const looks = () => fake.state.calls.filter(({ method }) => method === 'conversations.history').length
    expect(await errorOf(served.slack.find(ANA, 'T1/UANA/1', NOW))).toMatchObject({ kind: 'retry' })
    expect(looks()).toBe(1)
    now += 61_000
    expect(await served.slack.find(ANA, 'T1/UANA/1', NOW)).toEqual(receipt)
  })

  it('finds people by their addresses, leaves out whoever has none or is gone, and waits when Slack asks for it', async () => {
    fake.addUser('UBEN', { name: 'Ben' })
    fake.addUser('UEVE', { name: 'Eve', deleted: true })
    const all = ['ben@example.com', 'eve@example.com', 'nobody@example.com'] as const
    expect(await served.slack.lookUp?.(ANA.tenant, all)).toEqual(new Map([['ben@example.com', 'UBEN']]))
    failing({ kind: 'ratelimited', retryAfter: 20 }, 'users.lookupByEmail')
    const refused = served.slack.lookUp?.(ANA.tenant, all) ?? Promise.resolve()
    expect(await errorOf(refused)).toMatchObject({ kind: 'retry', retryAfter: 20_000 })
  })
})
