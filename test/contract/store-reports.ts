import { describe, expect, it } from 'vitest'
import type { Bench } from './store.ts'
import { ACME, ANA, BEN, CARLA, GLOBEX } from './store-samples.ts'

const PERIOD = '2026-10-01'
const cohort = { tenant: ACME, period: PERIOD, until: '2026-12-31', members: [ANA, BEN], minimum: 5 }

export const reportsContract = ({ opened }: Bench): void => {
  describe('cohorts and reports', () => {
    it('fix a cohort at the start of its period', async () => {
      const { reports } = opened().store
      await reports.openCohort(cohort)
      await reports.openCohort({ ...cohort, members: [CARLA] })
      expect(await reports.cohort(ACME, PERIOD)).toEqual(cohort)
      expect(await reports.cohort(ACME, '2027-01-01')).toBeUndefined()
      expect(await reports.cohort(GLOBEX, PERIOD)).toBeUndefined()
    })

    it('keep one answer a person, question and period: that of the greatest sequence', async () => {
      const { reports } = opened().store
      await reports.observe(ACME, PERIOD, { person: ANA, question: 'self-rating', value: '7' }, 3)
      await reports.observe(ACME, PERIOD, { person: ANA, question: 'self-rating', value: '2' }, 2)
      await reports.observe(ACME, PERIOD, { person: ANA, question: 'took-part', value: 'yes' }, 1)
      await reports.observe(ACME, PERIOD, { person: BEN, question: 'self-rating', value: '4' }, 1)
      await reports.observe(ACME, '2027-01-01', { person: BEN, question: 'self-rating', value: '5' }, 2)
      expect(await reports.observations(ACME, PERIOD)).toEqual([
        { person: ANA, question: 'self-rating', value: '7' },
        { person: ANA, question: 'took-part', value: 'yes' },
        { person: BEN, question: 'self-rating', value: '4' },
      ])
      expect(await reports.observations(GLOBEX, PERIOD)).toEqual([])
    })

    it('never change a report once it is published, and give the newest first', async () => {
      const { reports } = opened().store
      await reports.publish(ACME, PERIOD, '{"n":1}')
      await reports.publish(ACME, PERIOD, '{"n":2}')
      await reports.publish(ACME, '2027-01-01', '{"n":3}')
      expect(await reports.published(ACME, 9)).toEqual([
        { period: '2027-01-01', report: '{"n":3}' },
        { period: PERIOD, report: '{"n":1}' },
      ])
      expect(await reports.published(ACME, 1)).toHaveLength(1)
      expect(await reports.published(ACME, 0)).toEqual([])
      expect(await reports.published(GLOBEX, 9)).toEqual([])
    })
  })

  describe('packs', () => {
    it('are kept by the hash of their content', async () => {
      const { packs } = opened().store
      expect(await packs.get('h1')).toBeUndefined()
      await Promise.all([packs.put('h1', 'id: check-in'), packs.put('h1', 'id: check-in')])
      expect(await packs.get('h1')).toBe('id: check-in')
    })
  })
}
