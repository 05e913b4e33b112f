import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
  const line = fc.record({
    question: fc.constantFrom('took-part', 'self-rating'),
    value: fc.string(),
    people: fc.option(fc.nat(50), { nil: null }),
  })
  it('is a question, an answer and a count in each line, whatever else a report might hold', () => {
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('ana', 'ben'), (lines, person) => {
        const plain = { lines, extra: undefined }
        const leaky = lines.map(one => ({ ...one, person, ids: [person] }))
        const clean = seenByHr([{ period: '2026-01', report: JSON.stringify(plain.lines) }])
        const seen = seenByHr([{ period: '2026-01', report: JSON.stringify(leaky), ...{ person } }])
        expect(seen).toEqual(clean)
        for (const report of seen) {
          expect(Object.keys(report).sort()).toEqual(['lines', 'period'])
          for (const one of report.lines) expect(Object.keys(one).sort()).toEqual(['people', 'question', 'value'])
        }
      }),
    )
  })
  it('tells a withheld count from nought', () => {
    const report = JSON.stringify([
      { question: 'took-part', value: 'yes', people: null },
      { question: 'took-part', value: 'no', people: 0 },
    ])
    expect(seenByHr([{ period: '2026-01', report }])[0]?.lines.map(({ people: count }) => count)).toEqual([
      undefined,
      0,
    ])
  })
})
