import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Home } from '../../../src/domain/home.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { FoundProfile, InboundEvent } from '../../../src/ports/chat.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, DAY, TOM, ZONE } from '../../fakes/world-people.ts'

const CLEO = personId('cleo')
const cleo: FoundProfile = {
  name: 'Cleo',
  locale: 'en',
  zone: ZONE,
  route: 'dm-cleo',
  roles: ['client'],
  standing: 'member',
}

describe('beside the chat', () => {
  let world: World
  let events = 0
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())
  const happen = async (body: InboundEvent['body'], person = ANA): Promise<void> => {
    events += 1
    await world.chat.receive({ tenant: ACME, person, key: `event-${events}`, at: world.clock.wall, body })
    await world.settle()
  }
  const home = (person = ANA): Home | undefined => world.chat.published.findLast(one => one.person === person)?.home
  const ids = (person = ANA): readonly string[] =>
    home(person)?.sections.flatMap(({ blocks }) =>
      blocks.flatMap(block => (block.kind === 'actions' ? block.actions.map(({ id }) => id) : [])),
    ) ?? []

  it('shows a home when they look, and shows at once what they press in it, and say in the chat', async () => {
    await happen({ kind: 'home-opened' })
    expect(home()?.text).toContain('Nothing is open.')
    expect(world.read(ANA)).toEqual([])
    await world.say(ANA, 'commit')
    await world.say(ANA, 'Send the draft tomorrow')
    await world.press(ANA, 'Just for me')
    await world.say(ANA, 'skip')
    expect(home()?.text).toContain('Send the draft')
    const done = ids().find(id => id.endsWith('/kept'))
    await happen({ kind: 'action', action: done ?? '' })
    expect((await world.store.records.commitments(ACME, ANA, 9))[0]?.state).toBe('kept')
    expect(home()?.text).toContain('Nothing is open.')
    expect(world.read(ANA).at(-1)).toContain('Send the draft')
  })

  it('shows a coach what was approved, and only that', async () => {
    const lines = [{ id: 'l1', kind: 'win', text: 'Two calm mornings' }] as const
    await world.store.records.share(ACME, ANA, TOM, lines, world.clock.wall, 1)
    await happen({ kind: 'home-opened' }, TOM)
    expect(home(TOM)?.text).toContain('Two calm mornings')
    await world.store.records.share(ACME, ANA, personId('dora'), [{ ...lines[0], id: 'l2', text: 'For Dora' }], 1, 2)
    world.pass(29 * DAY)
    await happen({ kind: 'home-opened' }, TOM)
    expect(home(TOM)?.text).not.toMatch(/calm mornings|Dora/)
  })

  it('loses nothing when the platform refuses a home, and is shown the next time', async () => {
    world.chat.publishing.push('retry', 'stop-tenant')
    await happen({ kind: 'home-opened' })
    await world.say(ANA, 'pause')
    await world.press(ANA, 'A week')
    expect(home()?.text).toContain('Quiet until')
    expect((await world.find(ANA)).client?.pause).toBeDefined()
    expect(world.logged.map(({ code }) => code)).not.toContain('WORK_FAILED')
  })

  it('gets to know by the directory whom nobody told of', async () => {
    world.chat.directory.set(CLEO, cleo)
    await happen({ kind: 'reply', reply: { kind: 'text', text: 'hello' } }, CLEO)
    expect(await world.find(CLEO)).toMatchObject({ name: 'Cleo', route: 'dm-cleo' })
    expect(world.read(CLEO)).toHaveLength(1)
    const ghost = personId('ghost')
    world.chat.directory.set(ghost, { ...cleo, standing: 'bot' })
    await happen({ kind: 'reply', reply: { kind: 'text', text: 'hello' } }, ghost)
    expect(await world.store.people.find(ACME, ghost)).toBeUndefined()
  })

  it('sends nothing to somebody who left, and goes on when they are back', async () => {
    await happen({ kind: 'left', why: 'removed' })
    await world.until(world.clock.wall + 3 * DAY)
    expect(world.read(ANA)).toEqual([])
    await happen({
      kind: 'joined',
      profile: { name: 'Ana', locale: 'en', zone: ZONE, route: 'dm-ana', roles: ['client'] },
    })
    await world.until(world.clock.wall + 7 * DAY)
    expect(world.read(ANA).length).toBeGreaterThan(0)
  })
})
