import type { Random } from '../../adapters/simulator/random.ts'
import { type PersonId, personId, type TenantId, tenantId } from '../../src/domain/ids.ts'
import type { Person } from '../../src/domain/person.ts'
import type { LedgerEntry } from '../../src/domain/pressure.ts'
import { type LocalDate, localDate, weekdayOf } from '../../src/domain/schedule.ts'
import { DEFAULT_POLICY, type Tenant } from '../../src/domain/tenant.ts'
import type { Store } from '../../src/ports/store.ts'
import { aClient } from '../bot.ts'
import type { Manner } from './platform.ts'

/** A check-in that comes due while there is chaos. */
export type Due = { readonly tenant: TenantId; readonly person: PersonId; readonly key: string; readonly at: number }

export type Someone = {
  readonly tenant: TenantId
  readonly id: PersonId
  /** Asks of the last days: what they leave of two is all that may come. */
  readonly askedBefore: number
}

export type Setting = {
  readonly people: readonly Someone[]
  readonly dues: readonly Due[]
  /** From when on nothing unprompted may come, by tenant; a tenant that is not here has its quiet hours at another time. */
  readonly quietFrom: Readonly<Record<string, number>>
}

type Kind = Manner & { readonly people: number; readonly quiet: boolean }

/** Five tenants: messages found again or not, a large one, one whose quiet hours begin, one whose platform says 429. */
export const TENANTS: Readonly<Record<string, Kind>> = {
  found: { people: 30, finds: true, refuses: false, quiet: false },
  unfound: { people: 30, finds: false, refuses: false, quiet: false },
  large: { people: 90, finds: true, refuses: false, quiet: false },
  evening: { people: 30, finds: true, refuses: false, quiet: true },
  refused: { people: 30, finds: true, refuses: true, quiet: false },
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Their check-ins come due spread over `seconds`; those of the evening tenant for whom quiet hours begin among them. */
export const settle = async (store: Store, random: Random, seconds: number): Promise<Setting> => {
  const now = Date.now()
  // The first whole minute after a third of the time.
  const evening = Math.ceil((now + (seconds / 3) * 1_000) / MINUTE) * MINUTE
  const people: Someone[] = []
  const dues: Due[] = []
  for (const [name, { people: many, quiet }] of Object.entries(TENANTS)) {
    const tenant = tenantId(name)
    await store.tenants.insert(aTenant(tenant, quiet ? evening : now + 6 * HOUR))
    for (let index = 0; index < many; index += 1) {
      // Every fifth has none left: the gate must hold their check-in back.
      const someone = { tenant, id: personId(`${name}-${index}`), askedBefore: index % 5 === 4 ? 2 : 0 }
      people.push(someone)
      const at = now + random.between(1_000, seconds * 1_000)
      const date = localDate(at, 'UTC')
      const due = { tenant, person: someone.id, key: `check-in:${date}`, at }
      dues.push(due)
      await store.people.insert(aPerson(someone, due, date, now))
      await store.appointments.put({ ...due, kind: 'check-in', date }, 1)
    }
  }
  return { people, dues, quietFrom: { evening } }
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 16)

const aTenant = (id: TenantId, quietFrom: number): Tenant => ({
  id,
  platform: 'chaos',
  workspace: id,
  zone: 'UTC',
  programme: undefined,
  policy: {
    ...DEFAULT_POLICY,
    workdays: [1, 2, 3, 4, 5, 6, 7],
    quiet: { from: timeOf(quietFrom), to: timeOf(quietFrom + 8 * HOUR) },
  },
  revision: 0,
})

/** As if the check-in had been put back from the first minute of its day: then it stands whatever else is planned. */
const aPerson = ({ tenant, id, askedBefore }: Someone, { key, at }: Due, date: LocalDate, now: number): Person => {
  const ledger = Array.from(
    { length: askedBefore },
    (_, nth): LedgerEntry => ({ key: `before/${nth}`, at: now - (nth + 2) * DAY, class: 'check-in', ask: true }),
  )
  const rhythm = { weeks: 1, weekday: weekdayOf(date), at: '00:00', anchor: date, lastDate: undefined } as const
  return {
    ...aClient,
    tenant,
    id,
    zone: 'UTC',
    route: `dm-${id}`,
    client: aClient.client && { ...aClient.client, rhythm, ledger },
    scheduled: { [key]: { kind: 'check-in', at, date } },
    seq: 1,
  }
}
