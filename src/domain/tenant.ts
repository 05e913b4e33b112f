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
}

export const DEFAULT_POLICY: Policy = {
  workdays: [1, 2, 3, 4, 5],
  quiet: { from: '18:30', to: '08:00' },
  country: undefined,
  region: undefined,
  daysOff: [],
  smallestGroup: 5,
  digest: { weekday: 1, at: '08:30' },
}

export type TenantChange = {
  readonly kind: 'enable'
  readonly name: string
  readonly purpose: string | undefined
  readonly coaches: readonly PersonId[]
  readonly by: PersonId
  readonly at: Instant
}
