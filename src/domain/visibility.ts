import { type SharedLine, winsFirst } from './sharing.ts'

/**
 * What each role may see, in one place: chat, digest, pages, exports and the client's own "what do they see" all go through
 * here, so that they cannot come to differ (rules 8, 9, 13, 14).
 */

/** A coach sees the lines that a client approved, as approved, wins first. */
export const seenByCoach = <Line extends SharedLine>(shared: readonly Line[]): readonly Line[] => winsFirst(shared)

/** HR sees published reports and nothing else: counts in fives, or that something is withheld. */
export type PublishedReport = {
  readonly period: string
  readonly lines: readonly { readonly question: string; readonly value: string; readonly people: number | undefined }[]
}

export const seenByHr = (
  published: readonly { readonly period: string; readonly report: string }[],
): readonly PublishedReport[] =>
  published.map(({ period, report }) => {
    // Written by our own use case from the domain's report; JSON has no undefined, so a missing count is null.
    const lines = JSON.parse(report) as readonly { question: string; value: string; people: number | null }[]
    return {
      period,
      lines: lines.map(({ question, value, people }) => ({ question, value, people: people ?? undefined })),
    }
  })

/** One client's part of a coach's digest. */
export type DigestEntry = { readonly client: string; readonly lines: readonly SharedLine[] }

/** Rule 14: those who shared, each with their lines, wins first; whoever shared nothing simply does not appear. */
export const digestOf = (
  shared: readonly (SharedLine & { readonly person: string })[],
  nameOf: (person: string) => string,
): readonly DigestEntry[] =>
  [...new Set(shared.map(({ person }) => person))].map(person => ({
    client: nameOf(person),
    lines: seenByCoach(shared.filter(line => line.person === person)),
  }))
