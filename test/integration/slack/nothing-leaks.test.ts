import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementsIn, SIGNING_SECRET } from '../../fakes/slack/slack.ts'
import type { Fault, Json } from '../../fakes/slack/state.ts'
import { openSlackWorld, type SlackWorld } from '../../fakes/slack/world.ts'

const MORNING = Date.UTC(2026, 0, 14, 9)
/** In everything that anybody types; no sentence of ours has it. */
const MARK = 'pelican'

type Deed =
  | { readonly kind: 'say' | 'command' | 'edit' | 'nonsense' | 'unsigned'; readonly words: string }
  | { readonly kind: 'choose' | 'home' | 'wait'; readonly which: number }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly method: string }
  | { readonly kind: 'expire' | 'form' }

const words = fc
  .oneof(
    fc.constantFrom(
      'commit',
      'check-in',
      'ask Ben by Friday',
      'I am so tired of it all',
      'what do they see',
      'xoxb-1-mine',
    ),
    fc.string({ maxLength: 40 }),
  )
  .map(text => `${MARK} ${text}`)
const order = fc.constantFrom(
  'commit',
  'commitments',
  'check-in',
  'pause',
  'what do they see',
  'help',
  'dreams',
  'delete my data',
)
const fault = fc.constantFrom<Fault>(
  { kind: 'answer-lost' },
  { kind: 'cut' },
  { kind: 'http', status: 503 },
  { kind: 'no-json' },
  { kind: 'ratelimited', retryAfter: 1 },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'invalid_blocks' },
)
const method = fc.constantFrom(
  'chat.postMessage',
  'chat.update',
  'users.info',
  'views.publish',
  'views.open',
  'oauth.v2.access',
)
const which = fc.nat({ max: 30 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('say' as const, 'command' as const), words }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('say' as const, 'command' as const), words: order }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('choose' as const, 'home' as const, 'wait' as const), which }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fault' as const), fault, method }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('edit' as const, 'nonsense' as const, 'unsigned' as const), words }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('expire' as const, 'form' as const) }) },
)

/** Ana is a client of Tom's, and has said a few things. */
const begin = async (): Promise<SlackWorld> => {
  const world = await openSlackWorld(MORNING)
  world.fake.addWorkspace('T1')
  world.fake.addUser('UHELEN', { name: 'Helen', is_admin: true })
  world.fake.addUser('UTOM', { name: 'Tom' })
  world.fake.addUser('UANA', { name: 'Ana' })
  await world.install({ team: 'T1', user: 'UHELEN' })
  await world.choose('UHELEN', 'setup')
  await world.say('UHELEN', `${MARK} programme`)
  await world.say('UHELEN', `${MARK} purpose`)
  await world.pick('UHELEN', ['UTOM'])
  await world.choose('UHELEN', 'enable')
  await world.choose('UTOM', 'invite')
  await world.pick('UTOM', ['UANA'])
  await world.choose('UANA', 'both')
  await world.choose('UANA', 'accept')
  await world.say('UANA', `${MARK} I leave on time`)
  return world
}

const perform = async (world: SlackWorld, one: Deed): Promise<void> => {
  const { fake } = world
  switch (one.kind) {
    case 'say':
      await fake.type('UANA', one.words)
      break
    case 'command':
      await fake.command('UANA', one.words)
      break
    case 'edit': {
      const typed = fake.state.channels.get('DUANA')?.messages.findLast(({ user }) => user === 'UANA')
      await fake.edit('UANA', typed?.ts ?? '', one.words)
      break
    }
    case 'nonsense':
      await fake.send({ as: 'json', body: `{"text": "${one.words}` })
      break
    case 'unsigned':
      await fetch(`${world.url}/slack/events?text=${encodeURIComponent(one.words)}`, {
        method: 'POST',
        body: one.words,
      })
      break
    case 'choose': {
      const ids = world.choices('UANA')
      const id = ids[one.which % Math.max(1, ids.length)]
      if (id !== undefined) await world.choose('UANA', id)
      break
    }
    case 'home': {
      await fake.openHome('UANA')
      const buttons = elementsIn(blocksOf(fake.state.homes.get('UANA')))
      const value = buttons[one.which % Math.max(1, buttons.length)]?.value
      if (typeof value === 'string') await fake.pressInHome('UANA', value)
      break
    }
    case 'form':
      if (fake.posts('UANA').some(({ blocks }) => elementsIn(blocks).some(({ action_id: id }) => id === 'form')))
        await fake.use('UANA', ({ action_id: id }) => id === 'form')
      if (fake.state.modals.has('UANA')) await fake.submit('UANA', values => values)
      break
    case 'wait':
      await world.until(world.clock.wall + one.which * 3_600_000)
      break
    case 'expire':
      for (const token of fake.state.tokens.values()) token.state = token.state === 'good' ? 'expired' : token.state
      break
    case 'fault': {
      let left = 1
      fake.state.fault = call => (call.method === one.method && left-- > 0 ? one.fault : undefined)
    }
  }
  await world.settle()
}

const blocksOf = (view: Json | undefined): readonly Json[] => (Array.isArray(view?.blocks) ? view.blocks : [])

/** Values under these names go where people's words are not shown: to other apps, to Slack's logs, to whoever inspects a page. */
const HIDDEN = [
  'block_id',
  'action_id',
  'private_metadata',
  'callback_id',
  'metadata',
  'client_msg_id',
  'event_payload',
]
const hiddenIn = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(hiddenIn)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) =>
    HIDDEN.includes(name) ? [JSON.stringify(value) ?? ''] : hiddenIn(value),
  )
}

describe('whatever happens in Slack', () => {
  it('no payload, log line or figure holds a token, and no log line, figure or hidden field what somebody wrote', async () => {
    let lines = 0
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 18 }), async deeds => {
        const world = await begin()
        const { fake } = world
        try {
          for (const one of deeds) await perform(world, one)
          const tokens = [...fake.state.tokens.values()].flatMap(({ token, refresh }) => [token, refresh ?? token])
          const secrets = [...tokens, SIGNING_SECRET, fake.oauth.clientSecret]
          const figures = await (await fetch(`${world.url}/metrics`)).text()
          expect(figures).toContain('lighthand_')
          for (const text of [...world.lines, figures]) {
            for (const secret of secrets) expect(text).not.toContain(secret)
            expect(text.toLowerCase()).not.toContain(MARK)
          }
          const sent = fake.state.calls.filter(({ method: name }) => name !== 'oauth.v2.access').map(({ args }) => args)
          const shown = [sent, [...fake.state.channels.values()], [...fake.state.homes.values()]]
          for (const secret of secrets) expect(JSON.stringify(shown)).not.toContain(secret)
          for (const hidden of hiddenIn(shown)) expect(hidden.toLowerCase()).not.toContain(MARK)
          lines += world.lines.length
        } finally {
          await world.close()
        }
      }),
      { numRuns: 8, seed: 11 },
    )
    // The faults left lines behind: there was something to find words in.
    expect(lines).toBeGreaterThan(10)
  }, 120_000)
})
