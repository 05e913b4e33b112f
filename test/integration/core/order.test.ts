import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runDue } from '../../../src/usecases/run-due.ts'
import { openWorld, replyOf, type World } from '../../fakes/world.ts'
import { ACME, ANA, acceptedClient, ana, DAY, MORNING, TOM, tom } from '../../fakes/world-people.ts'

const SECOND = 1_000
const WORDS = ['commit', 'write the plan by Friday', 'just for me', 'no plan', 'commitments', 'help']

describe('what one person does', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('counts once, however often the platform delivers it', async () => {
    const event = replyOf(ANA, { kind: 'text', text: 'commit' }, MORNING, 'the-same')
    await Promise.all([world.chat.receive(event), world.chat.receive(event)])
    await world.settle()
    await world.chat.receive(event)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })

  it('counts once also long after it was done, while its key is kept', async () => {
    const event = replyOf(ANA, { kind: 'text', text: 'help' }, MORNING, 'the-same')
    await world.chat.receive(event)
    await world.settle()
    for (let index = 0; index < 70; index += 1) await world.say(ANA, 'help')
    await world.chat.receive(event)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(71)
  })

  it('is acknowledged only once it is stored', async () => {
    const failing = world.makeCore({
      store: { ...world.store, inbox: { ...world.store.inbox, put: () => Promise.reject(new Error('no disk')) } },
    })
    world.core = failing
    await expect(world.gesture(ANA, { kind: 'text', text: 'help' }, MORNING, 'k')).rejects.toThrow('no disk')
    world.core = world.makeCore()
    await world.gesture(ANA, { kind: 'text', text: 'help' }, MORNING, 'k')
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })

  it('is taken in the order in which they did it, however it arrives while a process is away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...WORDS.keys()], { minLength: WORDS.length }), async arrival => {
        const away = await openWorld()
        // Stored by a process that does nothing more: its lanes never start anything.
        away.core = { ...away.makeCore(), lanes: { ...away.makeCore().lanes, start: () => undefined } }
        for (const index of arrival)
          await away.gesture(ANA, { kind: 'text', text: WORDS[index] ?? '' }, MORNING + index * SECOND)
        away.pass(WORDS.length * SECOND)
        away.core = away.makeCore()
        await away.settle()
        const read = away.read(ANA)
        expect(read).toHaveLength(WORDS.length)
        expect(read[3]).toContain('Kept, for')
        expect(read[4]).toContain('write the plan')
        expect(read[5]).toContain('These words work')
        await away.close()
      }),
      { numRuns: 12 },
    )
  })

  it('keeps its order of arrival within one second of the platform', async () => {
    world.core = { ...world.makeCore(), lanes: { ...world.makeCore().lanes, start: () => undefined } }
    for (const text of WORDS) await world.gesture(ANA, { kind: 'text', text }, MORNING)
    world.core = world.makeCore()
    await world.settle()
    expect(world.read(ANA)[4]).toContain('write the plan')
  })
})

describe('many people', () => {
  it('are all seen to in one run, more of them than one batch holds', async () => {
    const names = Array.from({ length: 230 }, (_, index) => `client-${index}`)
    const people = names.map(name => ({ ...ana(acceptedClient()), id: ana().id, name }))
    const world = await openWorld({ people: [tom()] })
    for (const [index, person] of people.entries()) {
      // As the platform's ids: one each.
      const id = `p${index}` as typeof person.id
      await world.store.people.insert({ ...person, id, route: `dm-${index}` })
      const event = { kind: 'reply', reply: { kind: 'text', text: 'help' } } as const
      await world.store.inbox.put({ tenant: ACME, person: id, key: `k${index}`, at: MORNING, event }, MORNING)
    }
    const { people: count } = await runDue(world.core)
    await world.core.lanes.idle()
    expect(count).toBe(people.length)
    expect(new Set(world.chat.delivered.map(({ person }) => person)).size).toBe(people.length)
    await world.close()
  })

  it('do not wait for more than a batch of others whose work fails', async () => {
    const world = await openWorld({ people: [tom()] })
    const failing = 130
    for (let index = 0; index < failing; index += 1) {
      const event = { kind: 'reply', reply: { kind: 'text', text: 'help' } } as const
      // As the platform's ids: one each.
      const id = `p${index}` as typeof ANA
      await world.store.inbox.put({ tenant: ACME, person: id, key: `k${index}`, at: MORNING - DAY, event }, MORNING)
    }
    const { inbox } = world.store
    world.core = world.makeCore({
      store: {
        ...world.store,
        inbox: {
          ...inbox,
          waiting: (tenant, id, limit) =>
            id === TOM ? inbox.waiting(tenant, id, limit) : Promise.reject(new Error('damaged')),
        },
      },
    })
    const event = { kind: 'reply', reply: { kind: 'text', text: 'hello' } } as const
    await inbox.put({ tenant: ACME, person: TOM, key: 'tom', at: MORNING, event }, MORNING)
    await world.settle()
    expect(world.read(TOM)).toHaveLength(1)
    expect(world.logged.filter(({ code }) => code === 'WORK_FAILED')).toHaveLength(failing)
    await world.close()
  })

  it('do not wait for the one whose work fails, however often it does', async () => {
    const world = await openWorld({ people: [ana(), tom()] })
    const broken = {
      ...world.store,
      people: {
        ...world.store.people,
        find: (tenant: typeof ACME, id: typeof ANA) =>
          id === ANA ? Promise.reject(new Error('her document is damaged')) : world.store.people.find(tenant, id),
      },
    }
    world.core = world.makeCore({ store: broken })
    await world.gesture(ANA, { kind: 'text', text: 'help' })
    await world.gesture(TOM, { kind: 'text', text: 'hello' })
    await world.settle()
    await world.settle()
    expect(world.read(TOM)).toHaveLength(1)
    expect(world.logged).toContainEqual({ code: 'WORK_FAILED', error: 'her document is damaged' })
    world.core = world.makeCore()
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    await world.close()
  })
})
