import { expect, it } from 'vitest'
import { closePeriod } from '../../../src/usecases/close-period.ts'
import { openWorld } from '../../fakes/world.ts'
import { ACME, acceptedClient, ana, HELEN, helen, tom } from '../../fakes/world-people.ts'

const people = (count: number) =>
  // As the platform's ids: one each.
  Array.from({ length: count }, (_, index) => ({ ...ana(acceptedClient()), id: `p${index}` as typeof HELEN }))

it('a month is reported once it is over, of those who were there when it began, and never changes', async () => {
  const world = await openWorld({ people: [tom(), helen(), ...people(12)], at: Date.UTC(2026, 1, 1, 6) })
  const { reports } = world.store
  await closePeriod(world.core, ACME, '2026-02-01')
  expect(await reports.published(ACME, 5)).toEqual([])
  expect((await reports.cohort(ACME, '2026-02-01'))?.members).toHaveLength(12)

  await world.store.people.insert({ ...ana(acceptedClient()), id: HELEN.replace('helen', 'late') as typeof HELEN })
  for (const { id } of people(12).slice(0, 6))
    await reports.observe(ACME, '2026-02-01', { person: id, question: 'took-part', value: 'yes' }, 1)
  world.clock.wall = Date.UTC(2026, 2, 1, 6)
  await closePeriod(world.core, ACME, '2026-03-01')
  const published = await reports.published(ACME, 5)
  expect(published.map(({ period }) => period)).toEqual(['2026-02-01'])
  expect(JSON.stringify(published)).toContain('took-part')
  expect((await reports.cohort(ACME, '2026-03-01'))?.members).toHaveLength(13)

  await reports.observe(
    ACME,
    '2026-02-01',
    { person: people(12)[7]?.id ?? HELEN, question: 'took-part', value: 'yes' },
    1,
  )
  await closePeriod(world.core, ACME, '2026-03-01')
  expect(await reports.published(ACME, 5)).toEqual(published)
  await world.close()
})

it('a smallest group that HR raised later holds for the months that begin later', async () => {
  const world = await openWorld({ people: [tom(), helen(), ...people(6)], at: Date.UTC(2026, 1, 1, 6) })
  await closePeriod(world.core, ACME, '2026-02-01')
  const tenant = await world.store.tenants.find(ACME)
  if (tenant === undefined) throw new Error('there is a tenant')
  const policy = { ...tenant.policy, smallestGroup: 10 }
  await world.store.tenants.save({ ...tenant, policy, revision: tenant.revision + 1 })
  world.clock.wall = Date.UTC(2026, 2, 1, 6)
  await closePeriod(world.core, ACME, '2026-03-01')
  expect((await world.store.reports.cohort(ACME, '2026-02-01'))?.minimum).toBe(5)
  expect((await world.store.reports.cohort(ACME, '2026-03-01'))?.minimum).toBe(10)
  await world.close()
})

it('a month of a tenant that is unknown closes without a trace', async () => {
  const world = await openWorld({ people: [] })
  await closePeriod(world.core, `${ACME}-gone` as typeof ACME, '2026-02-01')
  expect(await world.store.reports.cohort(ACME, '2026-02-01')).toBeUndefined()
  await world.close()
})
