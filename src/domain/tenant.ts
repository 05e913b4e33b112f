import type { PersonId, TenantId } from './ids.ts'
import type { Instant, LocalDate, LocalTime, Weekday, Zone } from './schedule.ts'

/** One installation and one programme. */
export type Tenant = {
  readonly id: TenantId
  readonly platform: string
  /** What people call the place the bot lives in, e.g. the Slack workspace's name. */
  readonly workspace: string
  readonly zone: Zone
  readonly programme: Programme | undefined
  readonly policy: Policy
  /** Since when nothing can be sent here: the installation is gone, or lacks a right. Absent: all is well. */
  readonly stopped?: { readonly at: Instant; readonly why: string } | undefined
  /** HR paused the whole programme then: nothing is begun with any client, and nobody is invited. */
  readonly pausedAt?: Instant
  readonly revision: number
}

export type Programme = {
  readonly name: string
  /** What the sponsor hopes for, shown to clients verbatim. */
  readonly purpose: string | undefined
  readonly coaches: readonly PersonId[]
  readonly enabledBy: PersonId
  readonly enabledAt: Instant
}

export type Policy = {
  readonly workdays: readonly Weekday[]
  readonly quiet: { readonly from: LocalTime; readonly to: LocalTime }
  /** ISO 3166 country whose public holidays are kept, and a region of it. */
  readonly country: string | undefined
  readonly region: string | undefined
  readonly daysOff: readonly LocalDate[]
  /** The smallest group HR sees figures of: 5 or more. */
  readonly smallestGroup: number
  /** When coaches get their digest, in their own zone. */
  readonly digest: { readonly weekday: Weekday; readonly at: LocalTime }
  /** Rule 11: whom to turn to in the company, and when they can be reached; in HR's words. */
  readonly safety?: { readonly owner: string; readonly hours: string }
  /** How many are invited a working day. */
  readonly invitationsADay?: number
}

/** Unless HR says otherwise: few enough that a coach can talk with each. */
export const INVITATIONS_A_DAY = 25

export const DEFAULT_POLICY: Policy = {
  workdays: [1, 2, 3, 4, 5],
  quiet: { from: '18:30', to: '08:00' },
  country: undefined,
  region: undefined,
  daysOff: [],
  smallestGroup: 5,
  digest: { weekday: 1, at: '08:30' },
}

/** What HR does to all of it at once. The later `at` counts, so a change that comes twice, or late, changes nothing. */
export type TenantChange =
  | {
      readonly kind: 'enable'
      readonly name: string
      readonly purpose: string | undefined
      readonly coaches: readonly PersonId[]
      readonly by: PersonId
      readonly at: Instant
    }
  | { readonly kind: 'add-coaches'; readonly coaches: readonly PersonId[] }
  /** Undefined stays as it is; an empty purpose is none. */
  | { readonly kind: 'describe'; readonly name: string | undefined; readonly purpose: string | undefined }
  | {
      readonly kind: 'policy'
      readonly change: Partial<Pick<Policy, 'country' | 'safety' | 'invitationsADay' | 'workdays' | 'quiet'>>
    }
  | { readonly kind: 'pause'; readonly at: Instant }
  | { readonly kind: 'resume' }

/** The tenant after a change; the same one if it changes nothing. */
export const changed = (tenant: Tenant, change: TenantChange): Tenant => {
  const { programme, pausedAt, ...rest } = tenant
  switch (change.kind) {
    case 'enable': {
      const { at, by, coaches, name, purpose } = change
      if (programme !== undefined && programme.enabledAt >= at) return tenant
      return { ...tenant, programme: { name, purpose, coaches, enabledBy: by, enabledAt: at } }
    }
    case 'add-coaches': {
      const more = change.coaches.filter(coach => programme?.coaches.includes(coach) === false)
      if (programme === undefined || more.length === 0) return tenant
      return { ...tenant, programme: { ...programme, coaches: [...programme.coaches, ...more] } }
    }
    case 'describe': {
      if (programme === undefined) return tenant
      const { name = programme.name, purpose = programme.purpose } = change
      return { ...tenant, programme: { ...programme, name, purpose: purpose === '' ? undefined : purpose } }
    }
    case 'policy':
      return { ...tenant, policy: { ...tenant.policy, ...change.change } }
    case 'pause':
      return pausedAt === undefined ? { ...tenant, pausedAt: change.at } : tenant
    case 'resume':
      return pausedAt === undefined ? tenant : { ...rest, programme }
  }
}
