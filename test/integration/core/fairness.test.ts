import { describe, expect, it } from 'vitest'
import { personId, type TenantId, tenantId } from '../../../src/domain/ids.ts'
import { runDue } from '../../../src/usecases/run-due.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ANA, ana, MORNING, theTenant } from '../../fakes/world-people.ts'

const [SLOW, WELL] = [tenantId('slow'), tenantId('well')]
const SECOND = 1_000

/** So many clients, each with a check-in at `at`. */
const fill = async (world: World, tenant: TenantId, count: number, at: number): Promise<void> => {
  await world.store.tenants.insert(theTenant({ id: tenant }))
  for (let index = 0; index < count; index += 1) {
    const id = personId(`${tenant}-${index}`)
    const key = 'check-in:2026-01-14'
    const appointment = { kind: 'check-in' as const, at, date: '2026-01-14' }
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
const deliveredTo = (world: World, tenant: TenantId): number =>
  world.chat.delivered.filter(one => one.tenant === tenant).length

describe('a tenant whose platform says 429 to everything', () => {
  it('delays no other, is asked again only when it said, and then one message at a time', async () => {
    const world = await openWorld({ people: [] })
    await fill(world, SLOW, 30, MORNING)
    await fill(world, WELL, 30, MORNING)
    world.chat.otherwise = (_, tenant) =>
      tenant === SLOW ? { kind: 'refused', as: 'retry', retryAfter: 30 * SECOND } : undefined
    await world.settle()
    expect(deliveredTo(world, WELL)).toBe(30)
    const atOnce = world.chat.tried.length - 30
    expect(atOnce).toBeLessThanOrEqual(8)
    world.pass(29 * SECOND)
    await world.settle()
    expect(world.chat.tried).toHaveLength(30 + atOnce)
    world.pass(SECOND)
    await world.settle()
    expect(world.chat.tried).toHaveLength(30 + atOnce + 1)
    // Nothing was begun for whom nothing could be sent: it stays due, and is dropped as stale should it last.
    const waiting = (await world.store.outbox.depth()).due
    expect(waiting).toBeLessThanOrEqual(atOnce + 1)
    world.chat.otherwise = () => undefined
    for (let seconds = 0; seconds < 60; seconds += 1) {
      world.pass(SECOND)
      await world.settle()
    }
    expect(deliveredTo(world, SLOW)).toBe(30)
    await world.close()
  })

  it('keeps none of the places that others need while its sends take for ever', async () => {
    const world = await openWorld({ people: [] })
    await fill(world, SLOW, 40, MORNING)
    await fill(world, WELL, 10, MORNING)
    let release = (): void => undefined
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    world.chat.otherwise = (_, tenant) => (tenant === SLOW ? { kind: 'slow', until } : undefined)
    const first = runDue(world.core)
    while (deliveredTo(world, WELL) < 10) await new Promise(resolve => setImmediate(resolve))
    // Also for what comes due meanwhile: another look does not wait for the first to end.
    await world.store.people.insert({ ...ana(), tenant: WELL, route: 'dm-ana' })
    await world.store.inbox.put(
      {
        tenant: WELL,
        person: ANA,
        key: 'k',
        at: MORNING,
        event: { kind: 'reply', reply: { kind: 'text', text: 'help' } },
      },
      MORNING,
    )
    await runDue(world.core)
    expect(deliveredTo(world, WELL)).toBe(11)
    expect(deliveredTo(world, SLOW)).toBe(0)
    release()
    await first
    await world.core.lanes.idle()
    expect(deliveredTo(world, SLOW)).toBe(40)
    await world.close()
  })
})

describe('a backlog', () => {
  it('drains as fast as the platform takes it and no faster, and answers go between', async () => {
    const world = await openWorld({ people: [] })
    await fill(world, WELL, 60, MORNING)
    await world.store.people.insert({ ...ana(), tenant: WELL, route: 'dm-ana' })
    world.chat.limits = { tenant: [{ sends: 10, per: 10 * SECOND }], route: [{ sends: 1, per: SECOND }] }
    const wakes: number[] = []
    world.core = world.makeCore({ wake: ms => wakes.push(ms) })
    await world.settle()
    expect(world.chat.delivered).toHaveLength(8)
    expect(Math.max(...wakes)).toBe(10 * SECOND)
    // What waits has not been begun: at most what was under way as the pace ran out.
    expect((await world.store.outbox.depth()).due).toBeLessThanOrEqual(8)
    const event = { kind: 'reply', reply: { kind: 'text', text: 'help' } } as const
    await world.store.inbox.put({ tenant: WELL, person: ANA, key: 'k', at: MORNING, event }, MORNING)
    await world.settle()
    expect(world.chat.delivered.at(-1)?.person).toBe(ANA)
    for (let seconds = 0; seconds < 90; seconds += 1) {
      world.pass(SECOND)
      await world.settle()
    }
    expect(world.chat.delivered).toHaveLength(61)
    const moments = world.chat.delivered.map(({ at }) => at)
    for (const at of moments)
      expect(moments.filter(other => other > at - 10 * SECOND && other <= at).length).toBeLessThanOrEqual(10)
    await world.close()
  })
})
