import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { personId } from '../../../src/domain/ids.ts'
import { DeliveryError, type FoundProfile } from '../../../src/ports/chat.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, ana, DAY, HELEN, helen, tom, ZONE } from '../../fakes/world-people.ts'

const found = (name: string, standing: FoundProfile['standing'] = 'member'): FoundProfile => ({
  name,
  locale: 'en',
  zone: ZONE,
  route: `dm-${name}`,
  roles: ['client'],
  standing,
})

describe('inviting by waves', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ people: [ana(), tom(), helen()] })
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']) world.chat.directory.set(name, found(name))
    world.chat.directory.set('bot', found('bot', 'bot'))
    world.chat.directory.set('guest', found('guest', 'guest'))
    world.chat.directory.set('gone', found('gone', 'left'))
  })
  afterEach(() => world.close())
  const list = async (...people: readonly string[]): Promise<void> => {
    await world.say(HELEN, 'menu')
    await world.press(HELEN, 'Invite people')
    const block = world
      .messages(HELEN)
      .at(-1)
      ?.blocks.find(one => one.kind === 'people')
    await world.gesture(HELEN, { kind: 'people', ask: block?.kind === 'people' ? block.ask : '', people })
    await world.settle()
  }
  const invited = (): readonly string[] => [
    ...new Set(world.chat.delivered.filter(({ person }) => person.startsWith('p')).map(({ person }) => String(person))),
  ]

  it('reaches people who never met the bot, a few a day, and tells HR when the list is through', async () => {
    const tenant = await world.store.tenants.find(ACME)
    if (tenant === undefined) throw new Error('the tenant is there')
    const policy = { ...tenant.policy, invitationsADay: 3 }
    await world.store.tenants.save({ ...tenant, policy, revision: tenant.revision + 1 })
    await list('p1', 'p2', 'bot', 'p3', 'guest', 'gone', 'nobody', 'p4')
    await world.settle()
    expect(invited()).toEqual(['p1', 'p2'])
    expect(world.read(HELEN).at(-1)).toContain("They're on the list")
    await world.until(world.clock.wall + DAY)
    expect(invited()).toEqual(['p1', 'p2', 'p3'])
    await world.until(world.clock.wall + DAY)
    expect(invited()).toEqual(['p1', 'p2', 'p3', 'p4'])
    const through = world.read(HELEN).at(-1)
    expect(through).toContain('Invited: 4')
    expect(through).toContain('bots: 1')
    expect(through).toContain('guests: 1')
    expect(through).toContain('they left: 1')
    expect(through).toContain('nobody of that name is here: 1')
    expect(await world.store.people.find(ACME, personId('bot'))).toBeUndefined()
  })

  it('shows HR the same of somebody who was erased, declined or is a client already', async () => {
    const p2 = personId('p2')
    await list('p1', 'p2')
    await world.settle()
    await world.say(p2, 'delete my data')
    const label = world
      .messages(p2)
      .at(-1)
      ?.blocks.flatMap(block => (block.kind === 'choices' ? block.choices : []))
      .find(({ id }) => id === 'yes')?.label
    if (label !== undefined) await world.press(p2, label)
    expect(await world.store.people.find(ACME, p2)).toBeUndefined()
    const before = world.chat.delivered.length
    await list('p1', 'p2', 'ana')
    await world.until(world.clock.wall + DAY)
    world.chat.directory.set('ana', found('ana'))
    const others = world.chat.delivered.slice(before).filter(({ person }) => person !== HELEN)
    expect(others.filter(({ person }) => person === p2)).toEqual([])
    expect(await world.store.rollouts.tally(ACME)).toMatchObject({ invited: 2 })
    await list('ana')
    await world.until(world.clock.wall + 2 * DAY)
    expect(await world.store.rollouts.tally(ACME)).toMatchObject({ waiting: 0, invited: 3 })
    expect((await world.find(ANA)).client?.contract.state).toBe('accepted')
  })

  it('goes on the next day where the directory did not answer', async () => {
    const profile = world.chat.adapter.profile
    let down = true
    Object.assign(world.chat.adapter, {
      profile: async (who: Parameters<typeof profile>[0]) => {
        if (down) throw new DeliveryError('retry', 'ratelimited')
        return profile(who)
      },
    })
    await list('p1')
    await world.settle()
    expect(invited()).toEqual([])
    expect(world.logged.map(({ code }) => code)).toContain('WAVE_CUT_SHORT')
    down = false
    await world.until(world.clock.wall + DAY)
    expect(invited()).toEqual(['p1'])
  })

  it('holds back all that is begun while HR has it rest, and answers whoever writes', async () => {
    await world.say(HELEN, 'menu')
    await world.press(HELEN, 'Give it a rest')
    await world.press(HELEN, 'Let it rest')
    // A word and a way out: now something stands in her agenda.
    await world.say(ANA, 'hello')
    await world.say(ANA, 'nothing')
    const before = world.read(ANA).length
    await world.until(world.clock.wall + 8 * DAY)
    expect(world.read(ANA)).toHaveLength(before)
    await world.say(ANA, 'help')
    expect(world.read(ANA)).toHaveLength(before + 1)
    await world.say(HELEN, 'menu')
    await world.press(HELEN, 'Give it a rest')
    await world.press(HELEN, 'Let it go on')
    await world.until(world.clock.wall + 8 * DAY)
    expect(world.read(ANA).length).toBeGreaterThan(before + 1)
  })
})
