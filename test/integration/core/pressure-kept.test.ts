import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stamp } from '../../../src/domain/pressure.ts'
import type { Mishap } from '../../fakes/chat.ts'
import { openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, acceptedClient, ana, DAY, HOUR, MINUTE, MORNING } from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

const DAYS = 16

/** However often and late the platform takes a message, or seems not to. */
const anyMishap: fc.Arbitrary<Mishap | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  fc.record({
    kind: fc.constant('refused' as const),
    as: fc.constant('retry' as const),
    retryAfter: fc.integer({ min: MINUTE, max: 14 * HOUR }),
  }),
  fc.record({ kind: fc.constant('refused' as const), as: fc.constantFrom('policy' as const, 'bug' as const) }),
  fc.record({ kind: fc.constant('answer-lost' as const), as: fc.constantFrom('unknown' as const, 'retry' as const) }),
  fc.constant({ kind: 'lost' as const }),
)

/** Something due on many days, all of it wanting to be brought up. */
const dueDates = fc.uniqueArray(fc.integer({ min: 0, max: DAYS - 1 }), { minLength: 3, maxLength: 12 })

const commitmentsDue = async (world: World, days: readonly number[]): Promise<void> => {
  for (const [index, day] of days.entries())
    await world.store.records.putCommitment(
      ACME,
      ANA,
      {
        ...{ id: `k${index}`, text: `deed ${index}`, plan: undefined, forWhom: 'me', goal: undefined, hour: undefined },
        ...{ state: 'open', moves: 0, nudgedAt: undefined, followedUpAt: undefined, carried: false },
        ...{ madeAt: MORNING, settledAt: undefined, due: new Date(MORNING + day * DAY).toISOString().slice(0, 10) },
      },
      1,
    )
  // Any change of what the agenda follows from works it out anew.
  const { client, ...person } = await world.find(ANA)
  if (client === undefined) throw new Error('Ana is a client')
  const pause = { until: undefined }
  await world.store.people.save({ ...person, client: { ...client, pause }, revision: person.revision + 1 })
  await world.say(ANA, 'resume')
}

/** Days on each of which Ana was told something that asks nothing, so that rule 5 lets the budget be the limit. */
const liveThrough = async (world: World): Promise<void> => {
  for (let day = 1; day <= DAYS; day += 1) {
    await world.until(MORNING + day * DAY - 2 * HOUR)
    const { client, ...person } = await world.find(ANA)
    if (client === undefined) throw new Error('Ana is a client')
    const ledger = stamp(client.ledger, { key: `told/${day}`, at: world.clock.wall, class: 'reply', ask: false })
    await world.store.people.save({ ...person, client: { ...client, ledger }, revision: person.revision + 1 })
  }
}

const begunByItself = async ({ chat, store }: World) => {
  const replies = new Set<string>()
  for (const { key } of chat.delivered)
    if ((await store.outbox.find(ACME, key))?.send.class === 'reply') replies.add(key)
  return chat.delivered.filter(({ key }) => !replies.has(key))
}

/** What a person finds in any seven days: messages that Lighthand began, and how many of them ask. */
const most = (times: readonly number[]): number =>
  Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + 7 * DAY).length))

it('never brings up more than two questions and three messages in seven days, whatever the platform does', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(dueDates, fc.array(anyMishap, { maxLength: 40 }), fc.boolean(), async (days, mishaps, finds) => {
      const world = await openWorld({ people: [ana(acceptedClient())] })
      await planCheckIn(world, MORNING + 5 * HOUR)
      await commitmentsDue(world, days)
      world.chat.otherwise = () => {
        const mishap = mishaps[world.chat.tried.length % Math.max(1, mishaps.length)]
        // To say "try again" of what may have arrived is for a platform that can look it up.
        return !finds && mishap?.kind === 'answer-lost' ? { kind: 'answer-lost', as: 'unknown' } : mishap
      }
      world.chat.finds = finds ? 'yes' : 'no'
      await liveThrough(world)
      const begun = await begunByItself(world)
      const asks = begun.filter(({ message }) => message.blocks.some(block => 'ask' in block))
      if (finds) expect(new Set(begun.map(({ key }) => key)).size).toBe(begun.length)
      // Where nothing can be found again, one that was perhaps read may be read twice within its quarter of an hour.
      const first = (all: typeof begun) => [...new Map(all.toReversed().map(one => [one.key, one.at])).values()]
      expect(most(first(asks))).toBeLessThanOrEqual(2)
      expect(most(first(begun))).toBeLessThanOrEqual(3)
      for (const { at } of begun) {
        const hour = new Date(at).getUTCHours() + 1
        expect(hour).toBeGreaterThanOrEqual(8)
        expect(hour).toBeLessThan(19)
      }
      await world.close()
    }),
    { numRuns: 20 },
  )
})

it('brings up as much as that when the platform takes everything', async () => {
  const world = await openWorld({ people: [ana(acceptedClient())] })
  await planCheckIn(world, MORNING + 5 * HOUR)
  await commitmentsDue(world, [1, 2, 5, 6, 8, 9, 12, 13])
  await liveThrough(world)
  expect(most((await begunByItself(world)).map(({ at }) => at))).toBe(2)
  expect((await world.find(ANA)).client?.heldBack.length).toBeGreaterThan(0)
  await world.close()
})

it('counts a late message from when it left, not from when it was meant to', async () => {
  const rhythm = { ...acceptedClient().rhythm, weeks: 0 as const }
  const world = await openWorld({ people: [ana(acceptedClient({ rhythm }))] })
  // Thursday, Tuesday, and the Thursday after: a week to the minute after the first was due.
  await commitmentsDue(world, [1, 6, 8])
  world.chat.script.push({ kind: 'refused', as: 'retry', retryAfter: 6 * HOUR })
  await liveThrough(world)
  const times = (await begunByItself(world)).map(({ at }) => at)
  expect(times.slice(0, 2)).toEqual([MORNING + DAY + 5 * HOUR, MORNING + 6 * DAY - HOUR])
  expect(most(times)).toBe(2)
  expect((await world.find(ANA)).client?.heldBack).toContainEqual(
    expect.objectContaining({ what: 'nudge', why: 'asks-spent' }),
  )
  await world.close()
})
