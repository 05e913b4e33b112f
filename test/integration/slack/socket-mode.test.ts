import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboundEvent } from '../../../src/ports/chat.ts'
import { commandOf, typedEvent } from '../../fakes/slack/payloads.ts'
import { type ServedSlack, serveAdapter } from '../../fakes/slack/served.ts'
import { type FakeSlack, openFakeSlack } from '../../fakes/slack/slack.ts'
import { type FakeSocket, openFakeSocket } from '../../fakes/slack/socket.ts'

describe('Socket Mode', () => {
  let fake: FakeSlack
  let socket: FakeSocket
  let served: ServedSlack
  let received: InboundEvent[]
  let receive: (event: InboundEvent) => Promise<void>
  beforeEach(async () => {
    fake = await openFakeSlack(() => Date.UTC(2026, 0, 14, 9))
    fake.addWorkspace('T1')
    fake.addUser('UANA')
    socket = await openFakeSocket()
    fake.state.socketUrl = socket.url
    const token = fake.install({ team: 'T1' })
    fake.addAppToken('xapp-1')
    served = await serveAdapter(fake, {
      botToken: async () => token,
      isReachable: async () => true,
      signingSecret: undefined,
      appToken: 'xapp-1',
    })
    received = []
    receive = async event => {
      received.push(event)
    }
    await served.slack.start(
      event => receive(event),
      async () => undefined,
    )
    await socket.connected
  })
  afterEach(async () => {
    await served.slack.stop()
    await served.server.stop(1_000)
    await socket.close()
    await fake.close()
  })
  const typed = (text: string) =>
    typedEvent(fake.state, fake.user('UANA'), {
      ts: fake.state.freshTs(),
      user: 'UANA',
      text,
      blocks: [],
      metadata: undefined,
      clientMsgId: fake.state.freshId('c'),
    })

  it('takes what comes through the same listeners', async () => {
    await socket.send('events_api', typed('hello'), 'e1')
    await socket.send('slash_commands', commandOf(fake.state, fake.user('UANA'), '/lighthand', 'pause'), 'e2')
    expect(received.map(({ body }) => body)).toEqual([
      { kind: 'reply', reply: { kind: 'text', text: 'hello' } },
      { kind: 'command', text: 'pause' },
    ])
  })

  it('acknowledges only what is stored', async () => {
    let store = (): void => undefined
    const arrived = new Promise<void>(resolve => {
      receive = () => {
        resolve()
        return new Promise(stored => {
          store = stored
        })
      }
    })
    const acknowledged = socket.send('events_api', typed('hello'), 'e1')
    await arrived
    for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
    expect(socket.acknowledged).toEqual([])
    store()
    expect(await acknowledged).toMatchObject({ envelope_id: 'e1' })
  })

  it('leaves what could not be stored for Slack to bring again', async () => {
    const failed = new Promise<void>(resolve => {
      receive = async () => {
        resolve()
        throw new Error('the store is away')
      }
    })
    socket.push('events_api', typed('hello'), 'e1')
    await failed
    receive = async event => {
      received.push(event)
    }
    await socket.send('events_api', typed('hello again'), 'e2')
    expect(socket.acknowledged).toEqual(['e2'])
  })

  it('has no address that anybody could post to', async () => {
    expect((await fetch(fake.appUrl, { method: 'POST', body: '{}' })).status).toBe(404)
  })
})
