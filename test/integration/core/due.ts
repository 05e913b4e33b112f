import type { World } from '../../fakes/world.ts'
import { ACME, ANA, HOUR } from '../../fakes/world-people.ts'

/** Puts Ana's check-in of today into the store, as the turn that planned it did. */
export const planCheckIn = async (world: World, at: number, date = '2026-01-14'): Promise<void> => {
  const person = await world.find(ANA)
  const key = `check-in:${date}`
  const scheduled = { ...person.scheduled, [key]: { kind: 'check-in' as const, at, date } }
  await world.store.people.save({ ...person, scheduled, seq: person.seq + 1, revision: person.revision + 1 })
  await world.store.appointments.put({ tenant: ACME, person: ANA, key, kind: 'check-in', at, date }, person.seq + 1)
}

/** Ana's check-in comes due at 15:00, after `before` has set the scene. */
export const checkInDue = async (world: World, before: () => void = () => undefined): Promise<void> => {
  await planCheckIn(world, world.clock.wall + 5 * HOUR)
  world.pass(5 * HOUR)
  before()
  await world.settle()
}
