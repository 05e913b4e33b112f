import { type Question, report as reportOf } from '../domain/aggregate.ts'
import type { TenantId } from '../domain/ids.ts'
import { addDays, type LocalDate, localDate } from '../domain/schedule.ts'
import type { Core } from './core.ts'

/** What HR's report counts. Nobody can rate a measure without taking part, so the second requires the first (rule 13). */
const QUESTIONS: readonly Question[] = [
  { id: 'took-part', values: ['yes'] },
  { id: 'self-rating', values: ['1-3', '4-6', '7-8', '9-10'], requires: 'took-part' },
]

/** A rating of 1 to 10 as the band that the report counts. */
const bandOf = (rating: string): string => {
  const value = Number(rating)
  return value <= 3 ? '1-3' : value <= 6 ? '4-6' : value <= 8 ? '7-8' : '9-10'
}

/**
 * As a month begins (`next`, its first local date): publishes the report on the one before, once and for good, and writes
 * down who is in the cohort of the new one. The first report therefore covers the first whole month.
 */
export const closePeriod = async (core: Core, tenant: TenantId, next: LocalDate): Promise<void> => {
  const { reports, people, tenants } = core.store
  const found = await tenants.find(tenant)
  if (found === undefined) return
  const over = `${addDays(next, -1).slice(0, 7)}-01`
  const cohort = await reports.cohort(tenant, over)
  if (cohort !== undefined) {
    const rows = await reports.observations(tenant, over)
    const observations = rows.map(({ person, question, value }) => ({
      person,
      question,
      value: question === 'self-rating' ? bandOf(value) : value,
    }))
    const { members, until, minimum } = cohort
    const policy = { minimum, detail: 'whole' as const, questions: QUESTIONS }
    const today = localDate(core.clock.now(), found.zone)
    const { groups } = reportOf({ period: over, ends: until, members, groups: {}, policy }, observations, today)
    await reports.publish(tenant, over, JSON.stringify(groups))
  }
  const roster = await people.roster(tenant)
  const clients = roster.filter(({ coach }) => coach !== undefined).map(({ id }) => id)
  const until = addDays(`${addDays(next, 31).slice(0, 7)}-01`, -1)
  await reports.openCohort({ tenant, period: next, until, members: clients, minimum: found.policy.smallestGroup })
}
