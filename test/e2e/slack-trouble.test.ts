import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tenantId } from '../../src/domain/ids.ts'
import { elementsIn } from '../fakes/slack/slack.ts'
import type { Call, Fault } from '../fakes/slack/state.ts'
import { openSlackWorld, type SlackWorld } from '../fakes/slack/world.ts'
import { lineOf } from '../unit/conversation/dialogue.ts'

/** A Wednesday, 10:00 in Madrid. */
const MORNING = Date.UTC(2026, 0, 14, 9)
const MINUTE = 60_000

/** Faults for the next calls of one method, in order. */
const once = (world: SlackWorld, method: string, ...faults: readonly Fault[]): void => {
  const left = [...faults]
  world.fake.state.fault = call => (call.method === method ? left.shift() : undefined)
}
const calls = (world: SlackWorld, method: string): readonly Call[] =>
  world.fake.state.calls.filter(call => call.method === method)

/** A workspace with Helen, who installs, and Ana, whom nobody has invited: whatever she writes is answered. */
const begin = async (world: SlackWorld, team = 'T1', more: { enterprise?: string } = {}): Promise<void> => {
  world.fake.addWorkspace(team, more)
  world.fake.addUser(`H${team}`, { name: 'Helen', team, is_admin: true })
  world.fake.addUser(`A${team}`, { name: 'Ana', team })
  if (more.enterprise === undefined) expect((await world.install({ team, user: `H${team}` })).status).toBe(200)
}

describe('Slack, on a bad day', () => {
  let world: SlackWorld
  beforeEach(async () => {
    world = await openSlackWorld(MORNING)
  })
  afterEach(() => world.close())

  it('brings a message again at once, after a minute and after five: it is answered once', async () => {
    await begin(world)
    const first = await world.fake.type('AT1', 'hello')
    await world.settle()
    for (const [retry, later] of [
      [1, 0],
      [2, MINUTE],
      [3, 5 * MINUTE],
    ] as const) {
      world.clock.wall += later
      expect((await first.again(retry)).status).toBe(200)
      await world.settle()
    }
    expect(world.fake.posts('AT1')).toHaveLength(1)
  })

  it('tells one gesture as two events: it is answered once', async () => {
    await begin(world)
    await world.done(world.fake.type('AT1', 'hello'))
    const [typed] = world.fake.state.channels.get('DAT1')?.messages ?? []
    const before = world.fake.posts('AT1').length
    await world.done(world.fake.type('AT1', 'hello', { client_msg_id: typed?.clientMsgId }))
    expect(world.fake.posts('AT1')).toHaveLength(before)
  })

  it('is installed for an organisation and reaches two of its workspaces, each person in their own', async () => {
    await begin(world, 'T1', { enterprise: 'E1' })
    await begin(world, 'T2', { enterprise: 'E1' })
    expect((await world.install({ enterprise: 'E1', user: 'HT1' })).status).toBe(200)
    for (const user of ['AT1', 'AT2']) await world.say(user, 'hello')
    for (const [user, team] of [
      ['AT1', 'T1'],
      ['AT2', 'T2'],
    ] as const) {
      expect(world.fake.posts(user)).toHaveLength(1)
      expect((await world.find('E1', user))?.route).toBe(`${team}/D${user}`)
    }
    // The command says in words what everything else says as a fact.
    await world.done(world.fake.command('AT2', 'help'))
    expect(world.fake.posts('AT2')).toHaveLength(2)
    expect(await world.find('T2', 'AT2')).toBeUndefined()
  })

  it('is installed for an organisation, and not yet added to a workspace: nothing arrives there, and the rest goes on', async () => {
    await begin(world, 'T1', { enterprise: 'E1' })
    await begin(world, 'T2', { enterprise: 'E1' })
    await world.install({ enterprise: 'E1', user: 'HT1' })
    await world.say('AT2', 'hello')
    const there = world.fake.state.workspaces.get('T2')
    if (there !== undefined) there.added = false
    await world.say('AT2', 'hello again')
    await world.say('AT1', 'hello')
    expect(world.fake.posts('AT2')).toHaveLength(1)
    expect(world.fake.posts('AT1')).toHaveLength(1)
  })

  it('is taken away in mid-conversation: nothing is sent any more, the data stays, and installing it again goes on from there', async () => {
    await begin(world)
    await world.choose('HT1', 'setup')
    const posts = world.fake.posts('HT1').length
    await world.done(world.fake.uninstall('HT1'))
    const sent = calls(world, 'chat.postMessage').length
    expect(await world.store.installations.active('slack')).toEqual([])
    // A message that was on its way still comes in.
    await world.fake.type('HT1', 'Spring')
    await world.settle()
    expect(calls(world, 'chat.postMessage')).toHaveLength(sent)
    expect((await world.find('T1', 'HT1'))?.name).toBe('Helen')
    await world.until(MORNING + 10 * MINUTE)
    expect((await world.install({ team: 'T1', user: 'HT1' })).status).toBe(200)
    await world.say('HT1', 'menu')
    expect(world.fake.posts('HT1').length).toBeGreaterThan(posts)
  })

  it('ends a token between a claim and its send: it is renewed once, and the message arrives once', async () => {
    await begin(world)
    for (const token of world.fake.state.tokens.values()) token.state = 'expired'
    await world.say('AT1', 'hello')
    expect(world.fake.posts('AT1')).toHaveLength(1)
    expect(calls(world, 'oauth.v2.access').filter(({ args }) => args.grant_type === 'refresh_token')).toHaveLength(1)
    const [kept] = await world.store.installations.active('slack')
    expect(world.fake.state.tokens.get(kept?.tokens?.bot ?? '')?.state).toBe('good')
  })

  it('takes a refresh token no more: the tenant stops, and nobody is written to', async () => {
    await begin(world)
    for (const token of world.fake.state.tokens.values()) {
      token.state = 'expired'
      token.refresh = 'used-up'
    }
    await world.fake.type('AT1', 'hello')
    await world.settle()
    expect(world.fake.posts('AT1')).toEqual([])
    expect(await world.store.installations.active('slack')).toEqual([])
  })

  it('has a zone under another name: what the person lives by stays the same', async () => {
    await begin(world)
    world.fake.user('AT1').tz = 'Europe/Kiev'
    await world.say('AT1', 'hello')
    await world.done(world.fake.change('AT1', { tz: 'Europe/Kyiv', name: 'Anna' }))
    expect(await world.find('T1', 'AT1')).toMatchObject({ zone: 'Europe/Kyiv', name: 'Anna' })
    await world.done(world.fake.change('AT1', { tz: 'Mars/Olympus' }))
    expect((await world.find('T1', 'AT1'))?.zone).toBe('Europe/Kyiv')
    // A user of the workspace whom the core has never met is no business of it.
    world.fake.addUser('USTRANGER')
    await world.done(world.fake.change('USTRANGER', { tz: 'Europe/Kyiv' }))
    expect(await world.find('T1', 'USTRANGER')).toBeUndefined()
  })

  it('deactivates somebody: nothing is sent to them, and when they are back they are met again', async () => {
    await begin(world)
    await world.say('AT1', 'hello')
    await world.done(world.fake.change('AT1', { deleted: true }))
    expect((await world.find('T1', 'AT1'))?.route).toBeUndefined()
    const before = world.fake.posts('AT1').length
    await world.done(world.fake.change('AT1', { deleted: false }))
    expect(world.fake.posts('AT1')).toHaveLength(before)
    await world.say('AT1', 'hello, I am back')
    expect(world.fake.posts('AT1')).toHaveLength(before + 1)
  })

  it('asks one workspace to wait: its message comes later, and another’s at once', async () => {
    await begin(world, 'T1')
    await begin(world, 'T2')
    const ofT1 = [...world.fake.state.tokens.values()].find(({ team }) => team === 'T1')?.token
    let waits = 1
    world.fake.state.fault = ({ method, token }) => {
      if (method !== 'chat.postMessage' || token !== ofT1 || waits === 0) return undefined
      waits -= 1
      return { kind: 'ratelimited', retryAfter: 30 }
    }
    await world.fake.type('AT1', 'hello')
    await world.fake.type('AT2', 'hello')
    await world.settle()
    expect(world.fake.posts('AT1')).toEqual([])
    expect(world.fake.posts('AT2')).toHaveLength(1)
    await world.until(MORNING + 29_000)
    expect(world.fake.posts('AT1')).toEqual([])
    await world.until(MORNING + 31_000)
    expect(world.fake.posts('AT1')).toHaveLength(1)
  })

  it.each<[string, Fault]>([
    ['loses the connection after it has accepted', { kind: 'answer-lost' }],
    ['says nothing for longer than anybody waits', { kind: 'silence' }],
    ['cuts the connection before it has done anything', { kind: 'cut' }],
    ['answers 503', { kind: 'http', status: 503 }],
    ['has an internal error', { kind: 'error', error: 'internal_error' }],
  ])('%s: the message stands there once in the end', async (_, fault) => {
    await begin(world)
    await world.say('AT1', 'hello')
    once(world, 'chat.postMessage', fault)
    const before = calls(world, 'chat.postMessage').length
    await world.fake.type('AT1', 'hello again')
    await world.settle()
    await world.until(MORNING + 20 * MINUTE)
    expect(world.fake.posts('AT1')).toHaveLength(2)
    // What Slack had accepted was found: nobody tried again, and it is not Slack that hides the second one.
    expect(calls(world, 'chat.postMessage').length - before).toBe(fault.kind === 'answer-lost' ? 1 : 2)
    // It was looked for by the opaque id that it carries, before anything was sent again.
    expect(calls(world, 'conversations.history').length).toBeGreaterThan(0)
  })

  it('answers with something that is no JSON: none of it is in the log', async () => {
    await begin(world)
    await world.say('AT1', 'hello')
    once(world, 'chat.postMessage', { kind: 'no-json' })
    await world.fake.type('AT1', 'hello again')
    await world.settle()
    expect(world.lines.length).toBeGreaterThan(0)
    expect(world.lines.join()).not.toContain('client words')
  })
})

describe('in Slack', () => {
  let world: SlackWorld
  beforeEach(async () => {
    world = await openSlackWorld(MORNING)
    await begin(world)
  })
  afterEach(() => world.close())
  const reads = (user: string): string => world.fake.reads(user).at(-1) ?? ''

  it('a reply in a thread is understood as any other', async () => {
    const [greeting] = world.fake.posts('HT1')
    await world.choose('HT1', 'setup')
    await world.done(world.fake.type('HT1', 'Spring', { thread_ts: greeting?.ts }))
    expect(reads('HT1')).toContain('hope')
  })

  it('a click on an old message gets a kind word, and its buttons go as well', async () => {
    await world.choose('HT1', 'setup')
    await world.say('HT1', 'Spring')
    // The way out of the question before: it has been answered since.
    const old = world.fake.posts('HT1').findIndex(({ text }) => text.includes('called'))
    const [button] = elementsIn(world.fake.posts('HT1')[old]?.blocks ?? [])
    await world.done(world.fake.use('HT1', ({ value }) => value === button?.value))
    expect(lineOf('moved-on').some(line => reads('HT1').startsWith(line))).toBe(true)
    expect(elementsIn(world.fake.posts('HT1')[old]?.blocks ?? [])).toEqual([])
    // And the question at hand is asked once more.
    expect(reads('HT1')).toContain('hope')
  })

  it('a choice that is pressed twice counts once', async () => {
    const [greeting] = world.fake.posts('HT1')
    const press = () => world.fake.use('HT1', ({ value }) => String(value).includes('"setup"'))
    const both = await Promise.all([press(), press()])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await world.settle()
    expect(greeting).toBeDefined()
    expect(world.fake.posts('HT1')).toHaveLength(2)
  })

  it('what was typed and is edited afterwards is offered as a correction, and used only then', async () => {
    await world.choose('HT1', 'setup')
    await world.say('HT1', 'Sprig')
    const typed = world.fake.state.channels.get('DHT1')?.messages.findLast(({ user }) => user === 'HT1')
    await world.done(world.fake.edit('HT1', typed?.ts ?? '', 'Spring'))
    expect(reads('HT1')).toContain('Now it reads')
    await world.choose('HT1', 'yes')
    await world.say('HT1', 'More time for what matters')
    await world.pick('HT1', ['AT1'])
    expect(reads('HT1')).toContain('Spring')
    await world.choose('HT1', 'enable')
    expect((await world.store.tenants.find(tenantId('T1')))?.programme?.name).toBe('Spring')
    expect(world.logged.filter(({ facts }) => 'err' in facts)).toEqual([])
  })

  it('guests, bots and apps are not spoken to', async () => {
    world.fake.addUser('UGUEST', { is_restricted: true })
    world.fake.addUser('UBOT2', { is_bot: true })
    for (const user of ['UGUEST', 'UBOT2']) await world.done(world.fake.type(user, 'hello'))
    await world.done(world.fake.type('AT1', 'I am an app', { bot_id: 'B1' }))
    await world.done(world.fake.type('AT1', 'joined', { subtype: 'channel_join' }))
    for (const user of ['UGUEST', 'UBOT2', 'AT1']) expect(world.fake.posts(user)).toEqual([])
  })

  it('an emoji and a colleague’s name are read as they were meant', async () => {
    const blocks = [{ type: 'rich_text', elements: [{ elements: [{ type: 'emoji', name: '+1', unicode: '1f44d' }] }] }]
    await world.done(world.fake.type('HT1', 'x', { text: ':+1:', blocks }))
    // A thumb up is a yes: it is what “Set it up” hears.
    expect(reads('HT1')).toContain('called')
    await world.done(world.fake.type('HT1', 'x', { text: 'Spring with <@AT1>' }))
    await world.say('HT1', 'skip')
    expect(world.fake.reads('HT1').join()).not.toContain('@AT1')
  })
})
