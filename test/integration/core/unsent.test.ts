import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../src/domain/person.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import {
  ACME,
  ANA,
  acceptedClient,
  ana,
  BEN,
  ben,
  DAY,
  HOUR,
  MINUTE,
  MORNING,
  TOM,
  tom,
} from '../../fakes/world-people.ts'
import { checkInDue } from './due.ts'

const change = async (world: World, client: Partial<Client>): Promise<void> => {
  const person = await world.find(ANA)
  if (person.client === undefined) throw new Error('Ana is a client')
  await world.store.people.save({ ...person, client: { ...person.client, ...client }, revision: person.revision + 1 })
}

describe('a check-in that does not leave', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const expectClosed = async (): Promise<void> => {
    const person = await world.find(ANA)
    expect(person.conversation).toBeUndefined()
    expect(person.client?.ledger).toEqual([])
    await expectNothingAsked()
  }
  const expectNothingAsked = async (): Promise<void> => {
    // Nothing was asked, so nothing is answered: a greeting opens the menu.
    await world.say(ANA, 'hi')
    expect(world.read(ANA)).toEqual([expect.stringContaining('What would you like to do?')])
    expect((await world.find(ANA)).client?.offered).toEqual([])
  }

  it.each(['stop-person', 'stop-tenant', 'policy', 'bug'] as const)(
    'on %s closes its step and frees its slot',
    async as => {
      await checkInDue(world, () => world.chat.script.push({ kind: 'refused', as }))
      await expectClosed()
    },
  )

  it('closes when the gate refuses it at a later try, since they paused meanwhile', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: MINUTE }))
    await change(world, { pause: { until: undefined } })
    world.pass(MINUTE)
    await world.settle()
    expect(world.chat.tried).toHaveLength(1)
    await change(world, { pause: undefined })
    await expectClosed()
  })

  it('closes when it is twelve hours late', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: 13 * HOUR }))
    world.pass(13 * HOUR)
    await world.settle()
    expect(world.chat.tried).toHaveLength(1)
    world.pass(5 * HOUR)
    await expectClosed()
  })

  it('makes way for whoever writes before it has left', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'refused', as: 'retry' }))
    await expectNothingAsked()
    world.pass(2 * HOUR)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
  })

  it('stays when it did arrive after all, and then what they write is its answer', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'answer-lost', as: 'retry' }))
    await world.say(ANA, 'Two calm mornings')
    expect((await world.find(ANA)).client?.offered).toMatchObject([{ kind: 'win', text: 'Two calm mornings' }])
    world.pass(HOUR)
    await world.settle()
    expect(new Set(world.read(ANA)).size).toBe(world.read(ANA).length)
  })

  it('waits for the morning when its retry falls into the night, and moves its entry in the ledger', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: 4 * HOUR }))
    const before = (await world.find(ANA)).client?.ledger
    world.pass(4 * HOUR)
    await world.settle()
    expect(world.chat.tried).toHaveLength(1)
    const next = await world.store.outbox.next(ACME)
    expect(next).toBe(MORNING + DAY - 2 * HOUR)
    world.pass(13 * HOUR)
    await world.settle()
    // 08:00 is more than twelve hours after three in the afternoon: by then it is nobody's check-in of today.
    expect(world.read(ANA)).toEqual([])
    expect(before).toHaveLength(1)
    expect((await world.find(ANA)).client?.ledger).toEqual([])
  })

  it('is stamped anew at each try', async () => {
    await checkInDue(world, () => world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: HOUR }))
    expect((await world.find(ANA)).client?.ledger.map(({ at }) => at)).toEqual([MORNING + 5 * HOUR])
    world.pass(HOUR)
    await world.settle()
    expect((await world.find(ANA)).client?.ledger.map(({ at }) => at)).toEqual([MORNING + 6 * HOUR])
    expect(world.read(ANA)).toHaveLength(1)
  })
})

describe('an invitation that waits for the morning', () => {
  const evening = MORNING + 10 * HOUR
  let world: World
  beforeEach(async () => {
    world = await openWorld({ people: [tom(), ben()], at: evening })
    await world.say(TOM, 'hello')
    await world.press(TOM, 'Invite a client')
    await world.press(TOM, 'Ben')
  })
  afterEach(() => world.close())

  it('comes with the first open hour', async () => {
    expect(world.read(BEN)).toEqual([])
    await world.until(MORNING + 22 * HOUR)
    expect(world.read(BEN)).toEqual([expect.stringContaining('a program that Tom uses')])
  })

  it.each(['stop', 'what do they see', 'delete my data'])('holds back no answer to "%s" at night', async words => {
    await world.say(BEN, words)
    expect(world.read(BEN)).toHaveLength(1)
    expect(world.read(BEN)[0]).not.toContain('a program that Tom uses')
    await world.until(MORNING + 4 * DAY)
    expect(world.read(BEN)).toHaveLength(1)
  })
})

it('a turn whose process died before its message was stored is not made good at night, or days later', async () => {
  for (const late of [4 * HOUR, 3 * DAY]) {
    const world = await openWorld({ people: [ana(acceptedClient())] })
    const { outbox } = world.store
    let dies = true
    world.core = world.makeCore({
      store: {
        ...world.store,
        outbox: { ...outbox, put: (row, at) => (dies ? Promise.reject(new Error('died')) : outbox.put(row, at)) },
      },
    })
    await checkInDue(world)
    dies = false
    world.pass(late)
    await world.settle()
    expect(world.chat.tried).toEqual([])
    await world.close()
  }
})
