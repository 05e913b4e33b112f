import { type PersonId, personId, type TenantId } from '../../src/domain/ids.ts'
import { type Instant, localDate } from '../../src/domain/schedule.ts'
import type { Store } from '../../src/ports/store.ts'
import { aClient, aTenant, clock, TENANT } from '../bot.ts'

const DAY = 86_400_000
/** Inserted side by side. */
const TOGETHER = 50

/** So many people of one tenant, one nudge for each in the outbox, due at `dueAt`: all of it sealed and stored as by a turn. */
export const fillOutbox = async (store: Store, many: number, dueAt: Instant): Promise<void> => {
  await store.tenants.insert(aTenant)
  await eachOf(many, async person => {
    await store.people.insert({ ...aClient, id: person, route: `dm-${person}` })
    const send = {
      kind: 'send',
      key: `nudge/${person}`,
      class: 'nudge',
      ask: true,
      content: { kind: 'message', message: { text: 'You wanted to call Sam today. How did it go?', blocks: [] } },
      notBefore: dueAt,
      notAfter: dueAt + DAY,
    } as const
    await store.outbox.put(
      { tenant: TENANT, person, seq: 1, send, state: 'due', attempts: 0, firstTriedAt: undefined },
      dueAt,
    )
    await letGo(store, TENANT, person)
  })
}

/** So many people of a tenant, one check-in for each, the nth due at `dueAt`. */
export const fillAppointments = async (
  store: Store,
  many: number,
  dueAt: (nth: number) => Instant,
  tenant: TenantId = TENANT,
): Promise<void> => {
  await store.tenants.insert({ ...aTenant, id: tenant })
  await eachOf(many, async (id, nth) => {
    const at = dueAt(nth)
    const date = localDate(at, aTenant.zone)
    const key = `check-in:${date}`
    const appointment = { kind: 'check-in', at, date } as const
    await store.people.insert({ ...aClient, tenant, id, route: `dm-${id}`, scheduled: { [key]: appointment }, seq: 1 })
    await store.appointments.put({ tenant, person: id, key, ...appointment }, 1)
    await letGo(store, tenant, id)
  })
}

/** As their last turn left them: nobody holds them, and the lease knows the revision. */
const letGo = async ({ leases }: Store, tenant: TenantId, person: PersonId): Promise<void> => {
  const taken = await leases.take(tenant, person, 'fill')
  if ('lease' in taken) await leases.release(taken.lease, 0, { revision: aClient.revision, settled: true })
}

const eachOf = async (many: number, work: (person: PersonId, nth: number) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < many) {
      next += 1
      await work(personId(`person-${next}`), next)
    }
  }
  await Promise.all(Array.from({ length: TOGETHER }, worker))
}

/** Until nothing more arrives: resolves as soon as `count` says so. @throws after `most` ms */
export const until = async (done: () => boolean, most: number): Promise<void> => {
  const from = clock.monotonic()
  while (!done()) {
    if (clock.monotonic() - from > most) throw new Error('the bench waited in vain')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
