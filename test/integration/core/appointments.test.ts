import { describe, expect, it } from 'vitest'
import { type TenantId, tenantId } from '../../../src/domain/ids.ts'
import { runDue } from '../../../src/usecases/run-due.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { mortal } from '../../fakes/world-crash.ts'
import { ACME, ANA, ana, DAY, HOUR, MORNING, theTenant } from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

/** So many more clients, each with a check-in at `at`. */
const fill = async (world: World, tenant: TenantId, count: number, at: number): Promise<void> => {
  await world.store.tenants.insert(theTenant({ id: tenant }))
  for (let index = 0; index < count; index += 1) {
    const key = 'check-in:2026-01-14'
    const appointment = { kind: 'check-in' as const, at, date: '2026-01-14' }
    // As the platform's ids: one each.
    const id = `${tenant}-${index}` as typeof ANA
    await world.store.people.insert({
      ...ana(),
      tenant,
      id,
      route: `dm-${id}`,
      seq: 1,
      scheduled: { [key]: appointment },
    })
    await world.store.appointments.put({ tenant, person: id, key, ...appointment }, 1)
  }
}

/** The calls of one run to the store, by name. */
const callsOf = async (world: World, run: (world: World) => Promise<void>): Promise<number> => {
  let calls = 0
  const counting = new Proxy(world.store, {
    get: (target, group) => {
      const part: unknown = Reflect.get(target, group)
      if (typeof part !== 'object' || part === null) return part
      return new Proxy(part, {
        get: (inner, name) => {
          const call: unknown = Reflect.get(inner, name)
          if (typeof call !== 'function') return call
          return (...args: unknown[]) => {
            calls += 1
            return Reflect.apply(call, inner, args)
          }
        },
      })
    },
  })
  world.core = world.makeCore({ store: counting })
  await run(world)
  return calls
}

describe('what is due', () => {
  it('is kept tenant by tenant in turn: a busy one delays no other', async () => {
    const world = await openWorld({ people: [] })
    await fill(world, tenantId('big'), 40, MORNING - HOUR)
    await fill(world, tenantId('small'), 2, MORNING)
    const { appointments } = await runDue(world.core)
    expect(appointments).toBe(42)
    const order = world.chat.delivered.map(({ tenant }) => tenant)
    expect(order.lastIndexOf(tenantId('small'))).toBeLessThan(6)
    await world.close()
  })

  it('costs by how much is due, not by how many clients there are', async () => {
    const costs: number[] = []
    for (const clients of [0, 60]) {
      const world = await openWorld()
      await fill(world, tenantId('later'), clients, MORNING + DAY)
      await planCheckIn(world, MORNING)
      costs.push(await callsOf(world, one => one.settle()))
      expect(world.read(ANA)).toHaveLength(1)
      await world.close()
    }
    expect(costs[0]).toBe(costs[1])
  })

  it('costs next to nothing when nothing is', async () => {
    const world = await openWorld()
    await fill(world, tenantId('later'), 30, MORNING + DAY)
    expect(await callsOf(world, one => one.settle())).toBeLessThanOrEqual(3)
    await world.close()
  })

  it('is caught up after a pause of the process, once', async () => {
    const world = await openWorld()
    await planCheckIn(world, MORNING)
    world.pass(3 * HOUR)
    await world.settle()
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    await world.close()
  })

  it('is dropped with its reason when it is more than a day late', async () => {
    const world = await openWorld()
    await planCheckIn(world, MORNING)
    world.pass(DAY + HOUR)
    await world.settle()
    expect(world.read(ANA)).toEqual([])
    const { client, scheduled } = await world.find(ANA)
    expect(client?.heldBack).toMatchObject([{ what: 'check-in', why: 'stale' }])
    expect(client?.ledger).toEqual([])
    // The rhythm goes on from the one that was missed.
    expect(Object.keys(scheduled).filter(key => key.startsWith('check-in:'))).toEqual(['check-in:2026-01-21'])
    await world.close()
  })

  it('shows up again a minute after the process that claimed it died', async () => {
    const world = await openWorld()
    await planCheckIn(world, MORNING)
    const process = mortal({ store: world.store, keyring: world.keyring, chat: world.chat.adapter })
    const { appointments } = process.store
    await appointments.claim(ACME, MORNING, 'dead', MORNING + 60_000)
    process.kill()
    world.pass(59_999)
    await world.settle()
    expect(world.read(ANA)).toEqual([])
    world.pass(1)
    await world.settle()
    expect(world.read(ANA)).toHaveLength(1)
    await world.close()
  })

  it('of somebody who is gone is over and done with', async () => {
    const world = await openWorld({ people: [] })
    const appointment = { tenant: ACME, person: ANA, key: 'k', kind: 'nudge' as const, at: MORNING, date: '2026-01-14' }
    await world.store.appointments.put(appointment, 1)
    await world.settle()
    expect(await world.store.appointments.next(ACME)).toBeUndefined()
    await world.close()
  })
})
