import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Measure } from '../../../src/domain/aggregate.ts'
import type { ShareKind } from '../../../src/domain/sharing.ts'
import { digestOf, seenByCoach, seenByHr } from '../../../src/domain/visibility.ts'

const kinds = fc.constantFrom<ShareKind[]>('win', 'measure', 'commitment', 'talk', 'note')
const people = ['ana', 'ben', 'dee'] as const
const shared = fc.uniqueArray(
  fc.record({
    id: fc.nat(999).map(number => `l${number}`),
    kind: kinds,
    text: fc.string(),
    person: fc.constantFrom(...people),
  }),
  { selector: line => line.id, maxLength: 12 },
)
const nameOf = (person: string): string => `name of ${person}`

describe('what a coach sees', () => {
  it('is the lines that were shared, each once and unchanged, wins first', () => {
    fc.assert(
      fc.property(shared, lines => {
        const seen = seenByCoach(lines)
        expect(new Set(seen)).toEqual(new Set(lines))
        expect(seen).toHaveLength(lines.length)
        const lastWin = seen.findLastIndex(({ kind }) => kind === 'win')
        expect(seen.slice(0, lastWin + 1).every(({ kind }) => kind === 'win')).toBe(true)
      }),
    )
  })
  it('is, in a digest, each client’s own lines under their name, and nothing else about them', () => {
    fc.assert(
      fc.property(shared, lines => {
        const withMore = lines.map(line => ({ ...line, at: 1, mood: 'never' }))
        for (const person of people) {
          const own = lines.filter(line => line.person === person)
          const entries = digestOf(withMore, nameOf).filter(({ client }) => client === nameOf(person))
          const expected = {
            client: nameOf(person),
            lines: seenByCoach(own.map(({ id, kind, text }) => ({ id, kind, text }))),
          }
          expect(entries).toEqual(own.length === 0 ? [] : [expected])
        }
      }),
    )
  })
  it('does not name, count or hint at a client who shared nothing', () => {
    fc.assert(
      fc.property(shared, lines => {
        const named: string[] = []
        const digest = digestOf(
          lines.filter(({ person }) => person !== 'ben'),
          person => {
            named.push(person)
            return nameOf(person)
          },
        )
        expect(named).not.toContain('ben')
        expect(digest.map(({ client }) => client)).not.toContain(nameOf('ben'))
        expect(digest.every(entry => entry.lines.length > 0)).toBe(true)
      }),
    )
  })
  it('keeps two clients of the same name apart', () => {
    const lines = [
      { id: 'l1', kind: 'win', text: 'one', person: 'ana' },
      { id: 'l2', kind: 'win', text: 'two', person: 'ben' },
    ] as const
    expect(digestOf(lines, () => 'Alex').map(entry => entry.lines.map(({ text }) => text))).toEqual([['one'], ['two']])
  })
})

describe('what HR sees', () => {
  const question = fc.constantFrom('took-part', 'self-rating')
  const measure: fc.Arbitrary<Measure> = fc.oneof(
    fc.record({
      question,
      kind: fc.constant('count' as const),
      counts: fc.array(fc.record({ value: fc.constantFrom('yes', 'no', '7'), about: fc.nat(9).map(n => 5 * n) })),
    }),
    fc.record({
      question,
      kind: fc.constant('suppressed' as const),
      why: fc.constantFrom('small-group' as const, 'complementary' as const),
    }),
  )
  const groups = fc.array(
    fc.record({ group: fc.constantFrom('north', undefined), measures: fc.array(measure, { maxLength: 4 }) }),
    { maxLength: 4 },
  )
  it('is the published groups and their measures, unchanged', () => {
    fc.assert(
      fc.property(groups, published => {
        const seen = seenByHr([{ period: '2026-01-31', report: JSON.stringify(published) }])
        expect(seen).toEqual([{ period: '2026-01-31', groups: published }])
      }),
    )
  })
  it('holds no person, even if a stored report did', () => {
    fc.assert(
      fc.property(groups, published => {
        const who = { person: 'zebra-ana', people: ['zebra-ben'] }
        const leaky = published.map(({ group, measures }) => ({
          group,
          measures: measures.map(one => ({
            ...one,
            ...(one.kind === 'count' ? { counts: one.counts.map(count => ({ ...count, ...who })) } : {}),
            ...who,
          })),
          ...who,
        }))
        const row = { period: '2026-01-31', report: JSON.stringify(leaky), ...who }
        const seen = seenByHr([row])
        expect(JSON.stringify(seen)).not.toContain('zebra')
        expect(seen).toEqual([{ period: '2026-01-31', groups: published }])
      }),
    )
  })
})
