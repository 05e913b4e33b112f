import type { Measure, Report } from './aggregate.ts'
import type { LocalDate } from './schedule.ts'
import { type SharedLine, winsFirst } from './sharing.ts'

/**
 * What each role may see, in one place: chat, digest, pages, exports and the client's own "what do they see" all go through
 * here, so that they cannot come to differ (rules 8, 9, 13, 14).
 */

/** A coach sees the lines that a client approved, as approved, wins first. */
export const seenByCoach = <Line extends SharedLine>(shared: readonly Line[]): readonly Line[] => winsFirst(shared)

/** HR sees published reports and nothing else: counts in fives, or that something is withheld. */
export type PublishedReport = { readonly period: LocalDate; readonly groups: Report['groups'] }

export const seenByHr = (
  published: readonly { readonly period: LocalDate; readonly report: string }[],
): readonly PublishedReport[] =>
  published.map(({ period, report }) => {
    // Stored by close-period as the report's groups, so the same type comes back.
    const groups = JSON.parse(report) as Report['groups']
    return {
      period,
      groups: groups.map(({ group, measures }) => ({ group, measures: measures.map(seenMeasure) })),
    }
  })

/** Field by field: whatever else a stored report may one day hold does not come through here unseen. */
const seenMeasure = (measure: Measure): Measure => {
  const { question, kind } = measure
  return kind === 'count'
    ? { question, kind, counts: measure.counts.map(({ value, about }) => ({ value, about })) }
    : { question, kind, why: measure.why }
}

/** One client's part of a coach's digest. */
export type DigestEntry = { readonly client: string; readonly lines: readonly SharedLine[] }

/** Rule 14. Those who shared, each with their lines, wins first; whoever shared nothing simply does not appear. */
export const digestOf = (
  shared: readonly (SharedLine & { readonly person: string })[],
  nameOf: (person: string) => string,
): readonly DigestEntry[] =>
  [...new Set(shared.map(({ person }) => person))].map(person => ({
    client: nameOf(person),
    lines: seenByCoach(shared.filter(line => line.person === person)).map(({ id, kind, text }) => ({ id, kind, text })),
  }))
