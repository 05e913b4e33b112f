import { describe, expect, it } from 'vitest'
import type { InboundEvent } from '../../../src/ports/chat.ts'
import { receiveEvent } from '../../../src/usecases/receive-event.ts'
import { runDue } from '../../../src/usecases/run-due.ts'
import { openWorld, replyOf, type World } from '../../fakes/world.ts'
import { type Death, type Mortal, mortal } from '../../fakes/world-crash.ts'
import { ACME, ANA, HELEN, MINUTE, MORNING, TOM } from '../../fakes/world-people.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'

const PEOPLE = [ANA, TOM, HELEN]

/** Everything that a scenario leaves behind, its moments to ten minutes: a restart takes time. */
const outcomeOf = async ({ store, chat }: World): Promise<unknown> => {
  const people = await Promise.all(PEOPLE.map(person => store.people.find(ACME, person)))
  const perPerson = await Promise.all(
    PEOPLE.map(async person => ({
      commitments: await store.records.commitments(ACME, person, 100),
      goals: await store.records.goals(ACME, person),
      ratings: await store.records.ratings(ACME, person, 100),
      shared: await store.records.shared(ACME, TOM, person, 0, Number.MAX_SAFE_INTEGER),
      standing: await store.appointments.standing(ACME, person),
      pending: await store.outbox.pending(ACME, person),
      waiting: await store.inbox.waiting(ACME, person, 100),
    })),
  )
  const found = {
    // How often it was written, and what is known to be relayed already, is the way and not the outcome.
    people: people.map(
      person => person && { ...person, revision: 0, effects: [], applied: [...person.applied].sort() },
    ),
    perPerson,
    tenant: await store.tenants.find(ACME),
    observed: await store.reports.observations(ACME, '2026-01-01'),
    published: await store.reports.published(ACME, 12),
    depth: await store.outbox.depth(),
    delivered: chat.delivered.map(({ person, key, message }) => ({ person, key, message })).sort(byKey),
  }
  return JSON.parse(JSON.stringify(found, (_, value) => coarse(value)))
}
const byKey = (a: { key: string }, b: { key: string }): number => a.key.localeCompare(b.key)
const coarse = (value: unknown): unknown =>
  typeof value === 'number' && value >= MORNING ? Math.floor(value / (10 * MINUTE)) * 10 * MINUTE : value

/** Plays a scenario; the process that dies is followed by one that starts as every start does, and the story goes on. */
const play = async (scenario: Scenario, death?: Death): Promise<{ world: World; process: Mortal }> => {
  const world = await openWorld(scenario.options)
  await scenario.prepare?.(world)
  const process = mortal({ store: world.store, keyring: world.keyring, chat: world.chat.adapter }, death)
  world.core = world.makeCore(process)
  let unacknowledged: InboundEvent[] = []
  const rest = async (): Promise<void> => {
    await world.core.lanes.idle()
    if (!process.isDead || world.core.store !== process.store) return
    world.core = world.makeCore()
    await world.store.leases.releaseAll()
    for (const event of unacknowledged) await receiveEvent(world.core, event)
    unacknowledged = []
    await world.core.lanes.idle()
    await runDue(world.core, { alone: true })
    await world.core.lanes.idle()
  }
  for (const [index, [person, reply]] of scenario.gestures.entries()) {
    const event = replyOf(person, reply, MORNING, `gesture/${index}`)
    await receiveEvent(world.core, event).catch(() => unacknowledged.push(event))
    await rest()
  }
  await runDue(world.core).catch(() => undefined)
  await rest()
  // What was claimed shows up again after a minute.
  world.pass(MINUTE + 1)
  await world.settle().catch(() => undefined)
  await rest()
  world.pass(MINUTE + 1)
  await world.settle()
  return { world, process }
}

describe.each(SCENARIOS)('a process that dies while $name', scenario => {
  it('leaves the same behind, wherever it dies', { timeout: 120_000 }, async () => {
    const whole = await play(scenario)
    const expected = await outcomeOf(whole.world)
    const { writes } = whole.process
    await whole.world.close()
    expect(writes.length).toBeGreaterThan(4)
    expect(whole.world.chat.delivered.length).toBe(scenario.messages)
    for (const [write, name] of writes.entries())
      for (const when of ['before', 'after'] as const) {
        const { world, process } = await play(scenario, { write, when })
        expect(process.isDead, `${name} never came`).toBe(true)
        expect(await outcomeOf(world), `died ${when} write ${write}, ${name}`).toEqual(expected)
        await world.close()
      }
  })
})
