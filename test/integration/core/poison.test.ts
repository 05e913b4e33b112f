import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listDead, requeueDead } from '../../../src/usecases/dead-letters.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, DAY, HOUR, MORNING } from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

describe('an event that no turn can be made of', () => {
  let world: World
  let broken = true
  beforeEach(async () => {
    world = await openWorld()
    broken = true
    const { packs } = world.core
    // A pack that a deploy left out: whatever needs it fails, each time.
    world.core = {
      ...world.core,
      packs: {
        ...packs,
        get current() {
          if (!broken) return packs.current
          return {
            ...packs.current,
            hearing: () => {
              throw new Error('no such locale')
            },
          }
        },
      },
    }
  })
  afterEach(() => world.close())

  it('is set aside with its reason, and the person goes on being heard', async () => {
    await world.say(ANA, 'help')
    expect(await world.store.inbox.tenantsWaiting()).toEqual([])
    expect(world.logged.map(({ code }) => code)).toContain('EVENT_DEAD')
    broken = false
    await world.say(ANA, 'commitments')
    expect(world.read(ANA)).toEqual([expect.stringContaining('What you took on')])
    expect(await listDead(world.core, 9)).toMatchObject([{ box: 'inbox', person: ANA, why: 'fault' }])
  })

  it('is taken up again when the fault is mended, and then takes effect once', async () => {
    await world.say(ANA, 'help')
    const [letter] = await listDead(world.core, 9)
    broken = false
    expect(await requeueDead(world.core, 'inbox', ACME, letter?.key ?? '')).toBe('requeued')
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    expect(await requeueDead(world.core, 'inbox', ACME, letter?.key ?? '')).toBe('not there')
  })

  it('of an appointment neither comes back each minute nor is lost', async () => {
    await planCheckIn(world, MORNING)
    const { packs } = world.core
    const current: typeof packs.current = {
      ...packs.current,
      get guided(): never {
        throw new Error('no guidelines')
      },
    }
    world.core = { ...world.core, packs: { ...packs, current } }
    await world.settle()
    world.pass(HOUR)
    await world.settle()
    expect(await world.store.appointments.standing(ACME, ANA)).toEqual([])
    expect(await listDead(world.core, 9)).toMatchObject([{ box: 'inbox', key: 'due/check-in:2026-01-14@1' }])
  })
})

describe('a message that is refused as malformed', () => {
  it('is a dead letter that can be sent again, its words kept sealed meanwhile', async () => {
    const world = await openWorld()
    world.chat.script.push({ kind: 'refused', as: 'bug' })
    await world.say(ANA, 'help')
    const [letter] = await listDead(world.core, 9)
    expect(letter).toMatchObject({ box: 'outbox', person: ANA, why: 'bug', attempts: 1, class: 'reply' })
    world.pass(3 * DAY)
    expect(await requeueDead(world.core, 'outbox', ACME, letter?.key ?? '')).toBe('requeued')
    await world.settle()
    expect(world.read(ANA)).toEqual([expect.stringContaining('These')])
    await world.close()
  })

  it('is not sent again if Lighthand began it: its question is closed', async () => {
    const world = await openWorld()
    await planCheckIn(world, MORNING)
    world.chat.script.push({ kind: 'refused', as: 'bug' })
    await world.settle()
    const [letter] = await listDead(world.core, 9)
    expect(await requeueDead(world.core, 'outbox', ACME, letter?.key ?? '')).toBe('closed')
    await world.settle()
    expect(world.read(ANA)).toEqual([])
    await world.close()
  })
})
