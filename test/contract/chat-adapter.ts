import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Home } from '../../src/domain/home.ts'
import type { Reply } from '../../src/domain/message.ts'
import {
  type Address,
  type ChatAdapter,
  DeliveryError,
  type FoundProfile,
  type InboundEvent,
  type TenantEvent,
} from '../../src/ports/chat.ts'
import { CHOICE, DATE, FORM, HOME, PEOPLE, RICH, saying } from './chat-adapter-samples.ts'

/** One platform, real or fake, with an adapter in front of it. */
export type OpenedChat = {
  readonly adapter: ChatAdapter
  /** Somebody who can be written to, and somebody else. */
  readonly address: Address
  readonly other: Address
  /** Nobody's address. */
  readonly unknown: Address
  /** The texts that the platform shows to whoever is at this address, from the bot, in order. */
  shown(address: Address): Promise<readonly string[]>
  /**
   * The person at `address` does this on the platform. Resolves when the platform was acknowledged; rejects when it was
   * refused, as the platform sees it. The same `gesture` name again is the platform delivering the same thing again.
   */
  act(gesture: string, reply: Reply): Promise<void>
  /** The person can be written to for the first time: the platform tells the adapter, if `start` did not. */
  join(): Promise<void>
  /** What the platform's directory has under the person's id becomes this; the platform tells of it where it does so. */
  standing(standing: FoundProfile['standing']): Promise<void>
  /** What stands in the person's home, in words. Needed where the adapter has the capability `home`. */
  home?(address: Address): Promise<string | undefined>
  /** They open their home, and press the action of this id in it. Needed with `home`. */
  openHome?(gesture: string): Promise<void>
  press?(gesture: string, action: string): Promise<void>
  /** They give the platform's command with these words. Needed with `commands`. */
  command?(gesture: string, text: string): Promise<void>
  /** They change the words that they typed as the gesture `of`. Needed with `edits`. */
  edit?(gesture: string, of: string, text: string): Promise<void>
  /** Somebody there takes the whole installation away. Needed where that can happen. */
  uninstall?(gesture: string): Promise<void>
  /** They can no longer be written to. Needed where the platform tells of it. */
  leave?(gesture: string): Promise<void>
  /** They go to live in another zone. Needed where the platform tells of it. */
  move?(gesture: string, zone: string): Promise<void>
  /** The same platform, and an adapter that knows nothing of what the one before it did. */
  restarted(): Promise<ChatAdapter>
  close(): Promise<void>
}

export type ChatPlatform = {
  readonly name: string
  /** A message can be looked up by its key. */
  readonly finds: boolean
  /** A second send under the same key shows nothing new. */
  readonly idempotent: boolean
  open(): Promise<OpenedChat>
}

/** Everything that ChatAdapter promises, on one platform. */
export const chatAdapterContract = (platform: ChatPlatform): void => {
  describe(`the chat adapter of ${platform.name}`, () => {
    let chat: OpenedChat
    let received: InboundEvent[]
    let ofTenant: TenantEvent[]
    let receive: (event: InboundEvent) => Promise<void>
    beforeEach(async () => {
      chat = await platform.open()
      received = []
      ofTenant = []
      receive = async event => {
        received.push(event)
      }
      await chat.adapter.start(
        event => receive(event),
        async event => {
          ofTenant.push(event)
        },
      )
    })
    afterEach(() => chat.close())
    const since = 0
    const replies = () => received.filter(({ body }) => body.kind === 'reply')
    const text = (words: string): Reply => ({ kind: 'text', text: words })

    it('names its platform', () => {
      expect(chat.adapter.platform).toMatch(/^[a-z]+$/)
    })

    describe('sending', () => {
      it('answers with a receipt, and the person reads it', async () => {
        const receipt = await chat.adapter.send(chat.address, saying('Hello Ana'), 'm/1')
        expect(receipt.id).not.toBe('')
        expect(await chat.shown(chat.address)).toEqual(['Hello Ana'])
        expect(await chat.shown(chat.other)).toEqual([])
      })

      it('keeps the order of sending', async () => {
        for (const n of [1, 2, 3, 4, 5]) await chat.adapter.send(chat.address, saying(`line ${n}`), `m/${n}`)
        expect(await chat.shown(chat.address)).toEqual([1, 2, 3, 4, 5].map(n => `line ${n}`))
      })

      it('takes every kind of block, and words that mean something to markup', async () => {
        const awkward = saying('*not bold* <b>nor</b> <@U1> & {this} | that ~ `so` ❤')
        for (const [n, message] of [CHOICE, DATE, FORM, PEOPLE, RICH, awkward].entries())
          await chat.adapter.send(chat.address, message, `m/${n}`)
        const shown = await chat.shown(chat.address)
        expect(shown).toHaveLength(6)
        expect(shown.at(-1)).toBe(awkward.text)
      })

      it('says what to do about an address that is nobody’s: not to try it again', async () => {
        const sent = chat.adapter.send(chat.unknown, saying('Hello'), 'm/1')
        await expect(sent).rejects.toBeInstanceOf(DeliveryError)
        await expect(sent).rejects.toMatchObject({ kind: expect.stringMatching(/^(stop-person|stop-tenant|policy)$/) })
      })

      it.runIf(platform.idempotent)('shows one message under one key, however often it is sent', async () => {
        const first = await chat.adapter.send(chat.address, saying('Hello'), 'm/1')
        const again = await chat.adapter.send(chat.address, saying('Hello'), 'm/1')
        expect(again).toEqual(first)
        expect(await chat.shown(chat.address)).toEqual(['Hello'])
      })
    })

    describe('looking for a message', () => {
      it.runIf(platform.finds)('finds it by its key, with the receipt that its sending had', async () => {
        await chat.adapter.send(chat.address, saying('one'), 'm/1')
        const receipt = await chat.adapter.send(chat.address, saying('two'), 'm/2')
        expect(await chat.adapter.find(chat.address, 'm/2', since)).toEqual(receipt)
      })

      it.runIf(platform.finds)('finds it after a restart', async () => {
        const receipt = await chat.adapter.send(chat.address, saying('one'), 'm/1')
        await chat.adapter.stop()
        expect(await (await chat.restarted()).find(chat.address, 'm/1', since)).toEqual(receipt)
      })

      it('finds nothing under a key that was not sent, nor in somebody else’s chat', async () => {
        await chat.adapter.send(chat.address, saying('one'), 'm/1')
        expect(await chat.adapter.find(chat.address, 'm/2', since)).toBeUndefined()
        expect(await chat.adapter.find(chat.other, 'm/1', since)).toBeUndefined()
      })
    })

    describe('receiving', () => {
      it('tells of somebody who can be written to, with what the core needs to know', async () => {
        await chat.join()
        const joined = received.find(({ person, body }) => person === chat.address.person && body.kind === 'joined')
        expect(joined?.tenant).toBe(chat.address.tenant)
        expect(joined?.body).toMatchObject({
          kind: 'joined',
          profile: {
            name: expect.stringMatching(/./),
            locale: expect.stringMatching(/^[a-z]{2}/),
            zone: expect.stringMatching(/./),
            route: chat.address.route,
            roles: expect.any(Array),
          },
        })
      })

      it('passes words on as they were typed', async () => {
        await chat.act('g1', text('I did it, at last & *well*'))
        expect(replies()).toMatchObject([
          {
            tenant: chat.address.tenant,
            person: chat.address.person,
            body: { reply: text('I did it, at last & *well*') },
          },
        ])
      })

      it.each([
        ['a choice', CHOICE, { kind: 'choice', ask: 'c1.1', choice: 'let-go' }],
        ['a date', DATE, { kind: 'date', ask: 'c1.2', date: '2026-01-16' }],
        ['a form', FORM, { kind: 'form', ask: 'c1.3', fields: { l1: 'One calm morning', 'l1.include': 'no' } }],
        ['people', PEOPLE, { kind: 'people', ask: 'c1.5', people: ['tom'] }],
      ] as const)('passes on %s under the question it answers', async (_, message, reply) => {
        await chat.adapter.send(chat.address, message, 'm/1')
        await chat.act('g1', reply)
        expect(replies().map(({ body }) => body)).toEqual([{ kind: 'reply', reply }])
      })

      it('gives what the platform delivers again the same key, and each gesture its own', async () => {
        await chat.act('g1', text('help'))
        await chat.act('g1', text('help'))
        await chat.act('g2', text('help'))
        const keys = replies().map(({ key }) => key)
        expect(new Set(keys).size).toBe(2)
        expect(keys.at(-1)).not.toBe(keys[0])
      })

      it('tells the order in which things were done', async () => {
        for (const n of [1, 2, 3]) await chat.act(`g${n}`, text(`word ${n}`))
        const times = replies().map(({ at }) => at)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        expect(times.every(Number.isFinite)).toBe(true)
      })

      it('acknowledges only when the event is stored', async () => {
        let store = (): void => undefined
        const stored = new Promise<void>(resolve => {
          store = resolve
        })
        const arrived = new Promise<void>(resolve => {
          receive = () => {
            resolve()
            return stored
          }
        })
        let acknowledged = false
        const acted = chat.act('g1', text('help')).then(() => {
          acknowledged = true
        })
        await arrived
        for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
        expect(acknowledged).toBe(false)
        store()
        await acted
        expect(acknowledged).toBe(true)
      })

      it('refuses what could not be stored, and passes it on when the platform delivers it again', async () => {
        const passedOn: string[] = []
        receive = async ({ key }) => {
          passedOn.push(key)
          throw new Error('the store is away')
        }
        await expect(chat.act('g1', text('help'))).rejects.toThrow()
        receive = async event => {
          received.push(event)
        }
        await chat.act('g1', text('help'))
        expect(replies().map(({ key }) => key)).toEqual([passedOn[0]])
      })

      it('passes nothing on after it was stopped, and may be stopped twice', async () => {
        await chat.adapter.stop()
        await chat.adapter.stop()
        await chat.act('g1', text('help')).catch(() => undefined)
        expect(replies()).toEqual([])
      })
    })

    describe('beside the chat', () => {
      /** Needed by what the adapter says it can do: a platform that leaves it out fails here, not silently. */
      const needed = <Way>(way: Way | undefined, name: string): Way => {
        if (way === undefined) throw new Error(`${platform.name} says that it can, so its test needs "${name}"`)
        return way
      }
      const heard = (kind: InboundEvent['body']['kind']) => received.filter(({ body }) => body.kind === kind)

      it('shows a home in place of the one before, and takes it without a home to show it in', async () => {
        const { home } = chat.adapter.capabilities
        await chat.adapter.publish(chat.address, HOME)
        const later: Home = { text: 'Nothing is open.', sections: [] }
        await chat.adapter.publish(chat.address, later)
        await chat.adapter.publish(chat.address, later)
        if (!home) return
        const shown = needed(chat.home, 'home')
        expect(await shown(chat.address)).not.toContain('Send the draft')
        await chat.adapter.publish(chat.address, HOME)
        expect(await shown(chat.address)).toContain('Send the draft')
        expect(await shown(chat.other)).toBeUndefined()
        expect(await chat.shown(chat.address)).toEqual([])
      })

      it('tells that a home is looked at, and which action was pressed, under keys that a repeat has again', async () => {
        if (!chat.adapter.capabilities.home) return
        await chat.adapter.publish(chat.address, HOME)
        await needed(chat.openHome, 'openHome')('h1')
        const press = needed(chat.press, 'press')
        await press('h2', 'do/k1/kept')
        await press('h2', 'do/k1/kept')
        await press('h3', 'do/k1/kept')
        expect(heard('home-opened')).toHaveLength(1)
        const pressed = heard('action')
        expect(pressed[0]?.body).toEqual({ kind: 'action', action: 'do/k1/kept' })
        expect(pressed[0]?.person).toBe(chat.address.person)
        expect(new Set(pressed.map(({ key }) => key)).size).toBe(2)
      })

      it('passes the words of a command on as they were typed', async () => {
        if (!chat.adapter.capabilities.commands) return
        await needed(chat.command, 'command')('v1', 'what do they see')
        expect(heard('command').map(({ body }) => body)).toEqual([{ kind: 'command', text: 'what do they see' }])
      })

      it('tells of changed words by the key that the first version had', async () => {
        if (!chat.adapter.capabilities.edits) return
        await chat.act('g1', text('I will call Ana'))
        await needed(chat.edit, 'edit')('e1', 'g1', 'I will call Anna')
        const [first] = replies()
        expect(heard('edited').map(({ body }) => body)).toEqual([
          { kind: 'edited', of: first?.key, text: 'I will call Anna' },
        ])
        expect(replies()).toHaveLength(1)
      })

      it('finds whom the directory has, with where to write to them, and nobody under an unknown id', async () => {
        const { tenant, person, route } = chat.address
        expect(await chat.adapter.profile({ tenant, person })).toMatchObject({
          name: expect.stringMatching(/./),
          locale: expect.stringMatching(/^[a-z]{2}/),
          zone: expect.stringMatching(/./),
          route,
          standing: 'member',
        })
        expect(await chat.adapter.profile(chat.unknown)).toBeUndefined()
      })

      it('tells members from guests, bots and those who left, where the directory does', async () => {
        if (!chat.adapter.capabilities.directory) return
        for (const standing of ['guest', 'bot', 'left'] as const) {
          await chat.standing(standing)
          expect(await chat.adapter.profile(chat.address)).toMatchObject({ standing })
        }
      })

      it('tells that somebody left, that somebody moved, and that all of it was taken away', async () => {
        await chat.move?.('p1', 'America/New_York')
        if (chat.move !== undefined)
          expect(heard('profile').at(-1)?.body).toMatchObject({ change: { zone: 'America/New_York' } })
        await chat.leave?.('p2')
        if (chat.leave !== undefined) expect(heard('left').at(-1)?.person).toBe(chat.address.person)
        await chat.uninstall?.('u1')
        await chat.uninstall?.('u1')
        if (chat.uninstall !== undefined) {
          expect(ofTenant.at(-1)).toMatchObject({ tenant: chat.address.tenant, body: { kind: 'stopped' } })
          expect(new Set(ofTenant.map(({ key }) => key)).size).toBe(1)
        }
      })
    })
  })
}
