import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHttpServer, type HttpServer } from '../../adapters/http/server.ts'
import { type Installed, slackInstall } from '../../adapters/slack/install.ts'
import { SCOPES } from '../../adapters/slack/listeners.ts'
import { quietLogger } from '../../adapters/slack/quiet-log.ts'
import { makeSlack, type Slack } from '../../adapters/slack/slack.ts'
import { personId } from '../../src/domain/ids.ts'
import type { Address, InboundEvent } from '../../src/ports/chat.ts'
import { CHOICE, DATE, FORM, HOME, PEOPLE, RICH } from '../contract/chat-adapter-samples.ts'
import { deliver, interactionDelivery } from '../fakes/slack/deliver.ts'
import { SILENT } from '../fakes/slack/served.ts'
import { elementsIn, SIGNING_SECRET } from '../fakes/slack/slack.ts'
import type { Json } from '../fakes/slack/state.ts'

/** A second opinion: Slack as somebody else has written it down (`emulate`, on npm), with its scopes enforced. */
describe('Slack as another emulator has it', () => {
  let emulator: Emulator
  let slack: Slack
  let server: HttpServer
  let url: string
  let installed: Installed | undefined
  let address: Address
  const received: InboundEvent[] = []
  const api = async (method: string, args: Json): Promise<Json> => {
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${installed?.installation.tokens?.bot}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify(args),
    })
    const answer: unknown = await response.json()
    return typeof answer === 'object' && answer !== null ? { ...answer } : {}
  }

  beforeAll(async () => {
    const free = await freePort()
    const client = { client_id: '12345.67890', client_secret: 'example_client_secret' }
    emulator = await createEmulator({
      service: 'slack',
      port: free,
      seed: {
        slack: {
          strict_scopes: true,
          team: { name: 'Acme', domain: 'acme' },
          users: [{ name: 'ana', real_name: 'Ana', email: 'ana@example.com' }],
          oauth_apps: [
            {
              ...client,
              app_id: 'A000000001',
              name: 'Lighthand',
              redirect_uris: ['http://127.0.0.1/slack/oauth_redirect'],
              scopes: [...SCOPES],
            },
          ],
        },
      },
    })
    const common = {
      apiUrl: `${emulator.url}/api/`,
      defaultZone: 'UTC',
      now: Date.now,
      logger: quietLogger(SILENT),
      log: SILENT,
    }
    slack = makeSlack({
      ...common,
      botToken: async () => installed?.installation.tokens?.bot ?? '',
      isReachable: async () => true,
      signingSecret: SIGNING_SECRET,
      appToken: undefined,
      monotonic: () => performance.now(),
    })
    const install = slackInstall({
      ...common,
      clientId: client.client_id,
      clientSecret: client.client_secret,
      authorizationUrl: `${emulator.url}/oauth/v2/authorize`,
      onInstalled: async one => {
        installed = one
      },
    })
    server = createHttpServer({
      host: '127.0.0.1',
      port: 0,
      logger: { ...SILENT, debug: () => undefined, fatal: () => undefined },
      mounts: [slack.router, install].map(router => ({ path: '/slack', router, body: 'own' as const })),
      ready: async () => ({ ready: true, checks: {} }),
      metrics: undefined,
    })
    url = (await server.start()).url
    await slack.start(
      async event => {
        received.push(event)
      },
      async () => undefined,
    )
  })
  afterAll(async () => {
    await slack.stop()
    await server.stop(1_000)
    await emulator.close()
  })

  it('agrees to the installation, and gives exactly the rights that were asked for', async () => {
    const page = await fetch(`${url}/slack/install`)
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
    const link = new URL(/<a href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '')
    const picker = await (await fetch(link)).text()
    const user = /name="user_id" value="(U[^"]+)"/.exec(picker)?.[1] ?? ''
    const agreed = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        user_id: user,
        redirect_uri: `${url}/slack/oauth_redirect`,
        scope: link.searchParams.get('scope') ?? '',
        state: link.searchParams.get('state') ?? '',
        client_id: link.searchParams.get('client_id') ?? '',
      }),
    })
    const back = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } })
    expect(back.status).toBe(200)
    expect(installed?.workspace).toBe('Acme')
    expect(installed?.installation.scopes.toSorted()).toEqual([...SCOPES].toSorted())
  })

  it('knows the people of the workspace, and where to write to them', async () => {
    const tenant = installed?.installation.tenant
    if (tenant === undefined) throw new Error('it was not installed')
    const found = await slack.lookUp?.(tenant, ['ana@example.com', 'nobody@example.com'])
    expect([...(found?.keys() ?? [])]).toEqual(['ana@example.com'])
    const person = found?.get('ana@example.com') ?? personId('UNOBODY')
    const profile = await slack.profile({ tenant, person })
    expect(profile).toMatchObject({ name: expect.stringMatching(/ana/i), standing: 'member', roles: ['client'] })
    expect(await slack.profile({ tenant, person: personId('UNOBODY') })).toBeUndefined()
    address = { tenant, person, route: profile?.route ?? '' }
  })

  it('takes every kind of message, and finds each again by its opaque id', async () => {
    const since = Date.now()
    for (const [n, message] of [CHOICE, DATE, FORM, PEOPLE, RICH].entries()) {
      const receipt = await slack.send(address, message, `m/${n}`)
      expect(await slack.find(address, `m/${n}`, since)).toEqual(receipt)
    }
    expect(await slack.find(address, 'm/9', since)).toBeUndefined()
    await expect(slack.send({ ...address, route: 'T1/DNONE' }, CHOICE, 'm/8')).rejects.toMatchObject({
      kind: 'stop-person',
    })
  })

  it('publishes a home, opens the form behind a button, and has buttons make way for the choice', async () => {
    await slack.publish(address, HOME)
    const channel = address.route.split('/')[1] ?? ''
    const history = await api('conversations.history', { channel })
    const { messages } = z.object({ messages: z.array(z.record(z.string(), z.unknown())) }).parse(history)
    const press = async (is: (element: Json) => boolean): Promise<number> => {
      const { trigger_id: trigger } = await api('views.generateTriggerId', {})
      for (const message of messages) {
        const blocks = Array.isArray(message.blocks) ? message.blocks : []
        const element = elementsIn(blocks).find(is)
        if (element === undefined) continue
        const payload = {
          type: 'block_actions',
          team: { id: address.tenant },
          user: { id: address.person },
          trigger_id: trigger,
          channel: { id: channel },
          message,
          actions: [{ ...element, action_ts: message.ts }],
        }
        const signing = { secret: SIGNING_SECRET, now: Date.now() }
        return (await deliver(`${url}/slack/events`, interactionDelivery(payload), signing)).status
      }
      throw new Error('nothing in the history has it')
    }
    expect(await press(({ action_id: id }) => id === 'form')).toBe(200)
    expect(await press(({ value }) => value === '["c1.1","let-go"]')).toBe(200)
    await slack.idle()
    expect(received.at(-1)?.body).toEqual({
      kind: 'reply',
      reply: { kind: 'choice', ask: 'c1.1', choice: 'let-go' },
    })
    const after = JSON.stringify(await api('conversations.history', { channel }))
    expect(after).toContain('✓ Let it go')
    // What it shows on its own page for a person to look at: the modal and the home are there.
    const inspected = await (await fetch(`${emulator.url}/?tab=views`)).text()
    expect(inspected).toContain('modal')
    expect(inspected).toContain('home')
  })
})

const freePort = async (): Promise<number> => {
  const { createServer } = await import('node:net')
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
