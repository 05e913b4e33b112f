import type { Reports } from '../../src/ports/store.ts'
import { documentId } from './document-id.ts'
import { insertOnce, putLater } from './guards.ts'
import type { Models } from './models.ts'

/**
 * Cohorts and published reports are inserted once and never changed. Observations stay clear: each is one of a closed set
 * of answers, read in bulk when a period closes, and goes with its person.
 */
export const createReports = ({
  cohorts,
  observations,
  reports,
}: Pick<Models, 'cohorts' | 'observations' | 'reports'>): Reports => ({
  async openCohort({ tenant, period, until, members, minimum }) {
    await insertOnce(cohorts, { _id: documentId(tenant, period), tenant, period, until, members, minimum })
  },
  async cohort(tenant, period) {
    const doc = await cohorts.findOne({ _id: documentId(tenant, period), tenant }).lean()
    return doc ? { tenant, period, until: doc.until, members: doc.members, minimum: doc.minimum } : undefined
  },
  async observe(tenant, period, { person, question, value }, seq) {
    const key = { _id: documentId(tenant, period, person, question), tenant, period, person, question }
    await putLater(observations, key, seq, { $set: { value } })
  },
  async observations(tenant, period) {
    const docs = await observations.find({ tenant, period }).sort({ _id: 1 }).lean()
    return docs.map(({ person, question, value }) => ({ person, question, value }))
  },
  async publish(tenant, period, report) {
    await insertOnce(reports, { _id: documentId(tenant, period), tenant, period, report })
  },
  async published(tenant, limit) {
    if (limit <= 0) return []
    const docs = await reports.find({ tenant }).sort({ period: -1 }).limit(limit).lean()
    return docs.map(({ period, report }) => ({ period, report }))
  },
})
