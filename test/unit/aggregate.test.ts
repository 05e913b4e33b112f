import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { least, type Mechanism, rule13 } from '../../src/domain/aggregate/rounding.ts'
import { type Cohort, type Observation, type Question, report, reportBy } from '../../src/domain/aggregate.ts'
import { personId } from '../../src/domain/ids.ts'

const people = (n: number) => Array.from({ length: n }, (_, i) => personId(`p${i}`))

const cohortOf = (
  n: number,
  questions: readonly Question[],
  groups: Record<string, readonly number[]> = {},
  detail: 'whole' | 'groups' = 'whole',
): Cohort => {
  const members = people(n)
  const named = Object.entries(groups).map(([name, list]) => [name, list.map(i => personId(`p${i}`))] as const)
  return {
    period: '2026-Q3',
    ends: '2026-09-30',
    members,
    groups: Object.fromEntries(named),
    policy: { minimum: 5, detail, questions },
  }
}

/** What one person did in the period, as answers to each question (undefined is silence). */
type Conduct = readonly (string | undefined)[]

/** Everything a person can do, given which questions require which. */
const conducts = (questions: readonly Question[]): Conduct[] =>
  questions.reduce<Conduct[]>(
    (all, { values, requires }) =>
      all.flatMap(conduct => {
        const required = questions.findIndex(question => question.id === requires)
        const able = required < 0 || conduct[required] !== undefined
        return [undefined, ...(able ? values : [])].map(value => [...conduct, value])
      }),
    [[]],
  )

/** People whom no report can tell apart before they answer: those in the same groups. The reader is apart. */
const kindsOf = (cohort: Cohort, reader: number): string[] =>
  cohort.members.map((person, i) => {
    if (i === reader) return 'reader'
    return Object.values(cohort.groups)
      .map(group => (group.includes(person) ? 'in' : 'out'))
      .join()
  })

/**
 * Searches every history of a cohort for each reader. For each report and each conduct of the reader it notes what the others
 * may have done; the first thing that a report rules out is returned, in words, or undefined if no report rules out anything.
 * People in the same groups are interchangeable (a test below holds reports to that), so of histories that differ only by
 * an exchange one is searched, and what one of them may have done all may have; `every` searches all the same.
 */
const ruledOut = (
  mechanism: Mechanism,
  cohort: Cohort,
  readers: readonly number[],
  every = false,
): string | undefined => {
  const { questions } = cohort.policy
  const all = conducts(questions)
  const n = cohort.members.length
  const told: Observation[][][] = cohort.members.map(person =>
    all.map(conduct =>
      conduct.flatMap((value, q) => {
        const question = questions[q]?.id
        return value === undefined || question === undefined ? [] : [{ person, question, value }]
      }),
    ),
  )
  for (const reader of readers) {
    const kinds = every ? cohort.members.map((_, i) => (i === reader ? 'reader' : `${i}`)) : kindsOf(cohort, reader)
    const possible = new Map<string, Map<string, Set<number>>>()
    const history = new Array<number>(n).fill(0)
    const search = (i: number): void => {
      if (i === n) {
        const bytes = JSON.stringify(
          reportBy(
            mechanism,
            cohort,
            history.flatMap((choice, person) => told[person]?.[choice] ?? []),
          ),
        )
        const key = `reader ${reader} doing ${history[reader]} and ${bytes}`
        const seen = possible.get(key) ?? new Map<string, Set<number>>()
        possible.set(key, seen)
        kinds.forEach((kind, person) => {
          const done = seen.get(kind) ?? new Set()
          seen.set(kind, done.add(history[person] ?? 0))
        })
        return
      }
      const twin = kinds.lastIndexOf(kinds[i] ?? '', i - 1)
      for (let choice = i > 0 && twin >= 0 ? (history[twin] ?? 0) : 0; choice < all.length; choice++) {
        history[i] = choice
        search(i + 1)
      }
    }
    search(0)
    for (const [key, seen] of possible) {
      for (const [kind, done] of seen) {
        if (kind !== 'reader' && done.size < all.length) return `those of kind "${kind}" are known from ${key}`
      }
    }
  }
  return undefined
}

/**
 * Two periods of one cohort in which whoever has accepted stays so: each person accepts in the first, in the second, or not.
 * Each period has a report of its own, made without knowing the other. What could a reader of both rule out?
 */
const ruledOutWhereConsentLasts = (mechanism: Mechanism, n: number): string | undefined => {
  const cohort = cohortOf(n, [accepted])
  const possible = new Map<string, Set<number>>()
  for (let mine = 0; mine < 3; mine++) {
    for (let first = 0; first < n; first++) {
      for (let second = 0; first + second < n; second++) {
        const others = Array.from({ length: n - 1 }, (_, i) => (i < first ? 0 : i < first + second ? 1 : 2))
        const all = [mine, ...others]
        const reports = [0, 1].map(period =>
          reportBy(
            mechanism,
            cohort,
            all.flatMap((when, i) =>
              when <= period ? [{ person: personId(`p${i}`), question: 'accepted', value: 'yes' }] : [],
            ),
          ),
        )
        const key = `${mine} and ${JSON.stringify(reports)}`
        const seen = possible.get(key) ?? new Set()
        for (const when of others) seen.add(when)
        possible.set(key, seen)
      }
    }
  }
  return [...possible].find(([, seen]) => seen.size < 3)?.[0]
}

const accepted: Question = { id: 'accepted', values: ['yes'] }
const binary: Question = { id: 'useful', values: ['yes', 'no'] }
const three: Question = { id: 'self-rating', values: ['low', 'middle', 'high'] }

describe('nobody is known from a report', () => {
  it.each([5, 6])('searching every history of %i, without taking anyone for another', n => {
    for (const question of [accepted, binary, three]) {
      expect(ruledOut(rule13, cohortOf(n, [question]), [0, 3], true)).toBeUndefined()
    }
    expect(ruledOut(rule13, cohortOf(n, [accepted, { ...binary, requires: 'accepted' }]), [0], true)).toBeUndefined()
  })
  it.each([5, 6, 7, 8, 10, 12, 23])('who of %i accepted', n => {
    expect(ruledOut(rule13, cohortOf(n, [accepted]), [0])).toBeUndefined()
  })
  it.each([5, 6, 7, 8, 9, 10, 15])('who of %i said yes, no or nothing', n => {
    expect(ruledOut(rule13, cohortOf(n, [binary]), [0])).toBeUndefined()
  })
  it.each([5, 6, 7, 8, 9, 13])('who of %i gave one of three answers or none', n => {
    expect(ruledOut(rule13, cohortOf(n, [three]), [0])).toBeUndefined()
  })
  it.each([5, 6, 7, 8, 9, 10, 14])('who of %i accepted, where only they can answer', n => {
    expect(ruledOut(rule13, cohortOf(n, [accepted, { ...binary, requires: 'accepted' }]), [0])).toBeUndefined()
  })
  it('nor over a chain of three questions', () => {
    const checkedIn: Question = { id: 'checked-in', values: ['yes'], requires: 'accepted' }
    const rating: Question = { ...binary, requires: 'checked-in' }
    for (const n of [5, 6, 7, 8, 10, 12])
      expect(ruledOut(rule13, cohortOf(n, [accepted, checkedIn, rating]), [0])).toBeUndefined()
  })
  it('nor from groups beside each other, nor from those and everyone', () => {
    const groups = { a: [0, 1, 2, 3, 4], b: [5, 6, 7, 8, 9], small: [10, 11] }
    for (const detail of ['whole', 'groups'] as const) {
      expect(ruledOut(rule13, cohortOf(12, [accepted], groups, detail), [0, 6, 10])).toBeUndefined()
    }
  })
  it('nor from groups that overlap', () => {
    const groups = { most: [0, 1, 2, 3, 4, 5, 6], few: [2, 3, 4, 5, 6], others: [5, 6, 7, 8, 9] }
    for (const detail of ['whole', 'groups'] as const) {
      expect(ruledOut(rule13, cohortOf(10, [accepted], groups, detail), [0, 5, 9])).toBeUndefined()
    }
  })
  it('nor from the reports on two periods together, free of each other or with consent that lasts', () => {
    // The two reports of one cohort, as one with two questions: what happened in both periods is one history.
    const next: Question = { id: 'accepted, next period', values: ['yes'] }
    for (const n of [5, 6, 8, 10]) expect(ruledOut(rule13, cohortOf(n, [accepted, next]), [0])).toBeUndefined()
    for (const n of [5, 6, 8, 10, 13]) {
      const lasting = (mechanism: Mechanism) => ruledOutWhereConsentLasts(mechanism, n)
      expect(lasting(rule13)).toBeUndefined()
      if (n === 8) expect(lasting({ ...rule13, lowers: false })).toBeDefined()
    }
  })
})

describe('each part of the rule is needed', () => {
  it('without rounding, people are known', () => {
    expect(ruledOut({ ...rule13, step: 1, lowers: false }, cohortOf(6, [accepted]), [0])).toBeDefined()
    expect(ruledOut({ ...rule13, step: 1 }, cohortOf(6, [accepted]), [0])).toBeDefined()
    expect(ruledOut({ ...rule13, step: 3, lowers: false }, cohortOf(5, [accepted]), [0])).toBeDefined()
  })
  it('with rounding alone, eight of eight are known', () => {
    const eight = cohortOf(8, [accepted])
    expect(ruledOut({ ...rule13, lowers: false }, eight, [0])).toMatch(/"about":10/)
  })
  it('with a limit for each figure alone, the silent are known by two figures', () => {
    // Six people, three yes and three no: each figure leaves doubt, the two together leave nobody silent.
    expect(least(5, 5)).toBeLessThanOrEqual(6 - 2)
    expect(ruledOut({ ...rule13, lowers: false }, cohortOf(6, [binary]), [0])).toBeDefined()
  })
  it('without complementary suppression, the one left out of a group is known', () => {
    const cohort = cohortOf(6, [accepted], { most: [0, 1, 2, 3, 4] })
    expect(ruledOut({ ...rule13, complementary: false }, cohort, [0])).toBeDefined()
    expect(ruledOut(rule13, cohort, [0])).toBeUndefined()
  })
  it('without regard to who could answer, it is known that some who accepted did answer', () => {
    // Ten people: "about 5" accepted is seven at most, and two answers given by about five each take six of them.
    const ten = cohortOf(10, [accepted, { ...binary, requires: 'accepted' }])
    expect(ruledOut({ ...rule13, nested: false }, ten, [0])).toBeDefined()
    expect(ruledOut(rule13, ten, [0])).toBeUndefined()
  })
})

describe('a report', () => {
  const yes = (...who: number[]): Observation[] =>
    who.map(i => ({ person: personId(`p${i}`), question: 'accepted', value: 'yes' }))
  const shown = (cohort: Cohort, observations: Observation[]) => report(cohort, observations, '2026-10-01').groups

  it('counts members in fives and lowers what would tell on someone', () => {
    const about = (n: number, count: number) => {
      const measure = shown(cohortOf(n, [accepted]), yes(...Array.from({ length: count }, (_, i) => i)))[0]?.measures[0]
      return measure?.kind === 'count' ? measure.counts[0]?.about : undefined
    }
    expect([0, 1, 2, 3, 7, 8, 12, 13].map(count => about(20, count))).toEqual([0, 0, 0, 5, 5, 10, 10, 15])
    expect(about(8, 8)).toBe(5)
    expect(about(9, 9)).toBe(5)
    expect(about(10, 10)).toBe(10)
  })
  it('says nothing of groups under five, whatever the policy', () => {
    const cohort = cohortOf(4, [accepted])
    const lax = { ...cohort, policy: { ...cohort.policy, minimum: 2 } }
    expect(shown(lax, yes(0, 1))).toEqual([
      { group: undefined, measures: [{ question: 'accepted', kind: 'suppressed', why: 'small-group' }] },
    ])
    const strict = cohortOf(9, [accepted])
    const stricter = { ...strict, policy: { ...strict.policy, minimum: 10 } }
    expect(shown(stricter, yes(0, 1))[0]?.measures[0]?.kind).toBe('suppressed')
    const broken = { ...strict, policy: { ...strict.policy, minimum: Number.NaN } }
    expect(shown(broken, yes(0, 1))[0]?.measures[0]?.kind).toBe('suppressed')
  })
  it('is made only once the period is over', () => {
    expect(() => report(cohortOf(5, [accepted]), [], '2026-09-30')).toThrow(/2026-09-30/)
  })
  it('counts a person once, by their last answer, and nobody from outside the cohort', () => {
    const cohort = cohortOf(6, [binary])
    const said = (i: number, value: string): Observation => ({ person: personId(`p${i}`), question: 'useful', value })
    const changed = [0, 1, 2].flatMap(i => [said(i, 'yes'), said(i, 'no')])
    const measures = shown(cohort, [...changed, ...[7, 8, 9].map(i => said(i, 'yes'))])[0]?.measures
    expect(measures).toEqual([
      {
        question: 'useful',
        kind: 'count',
        counts: [
          { value: 'yes', about: 0 },
          { value: 'no', about: 5 },
        ],
      },
    ])
  })
  it('refuses questions and answers that do not fit', () => {
    expect(() => shown(cohortOf(5, [{ ...binary, requires: 'accepted' }]), [])).toThrow(/earlier question/)
    expect(() => shown(cohortOf(5, [binary, { ...three, requires: 'useful' }]), [])).toThrow(/one value/)
    expect(() => shown(cohortOf(5, [accepted, accepted]), [])).toThrow(/once/)
    expect(() => shown(cohortOf(5, [binary]), yes(0))).toThrow(/no question/)
  })
  it('holds no names, and is the same whatever the order of what it was told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 40 }), fc.array(fc.nat(39)), fc.array(fc.nat(39)), (n, who, order) => {
        const cohort = cohortOf(n, [accepted], { a: who, b: order }, 'groups')
        const told = yes(...new Set(who))
        const shuffled = [...told].sort(
          (a, b) => order.indexOf(Number(a.person.slice(1))) - order.indexOf(Number(b.person.slice(1))),
        )
        const bytes = JSON.stringify(report(cohort, told, '2026-10-01'))
        expect(JSON.stringify(report(cohort, shuffled, '2026-10-01'))).toBe(bytes)
        expect(bytes).not.toMatch(/p\d/)
      }),
    )
  })
  it('does not change when two people of the same groups exchange what they said', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('yes', 'no', undefined), { minLength: 12, maxLength: 12 }),
        fc.nat(4),
        fc.nat(4),
        (said, i, j) => {
          const cohort = cohortOf(12, [binary], { a: [0, 1, 2, 3, 4], b: [5, 6, 7, 8, 9, 10] }, 'groups')
          const bytes = (answers: readonly (string | undefined)[]) => {
            const told = answers.flatMap((value, p) =>
              value ? [{ person: personId(`p${p}`), question: 'useful', value }] : [],
            )
            return JSON.stringify(report(cohort, told, '2026-10-01'))
          }
          const exchanged = said.with(i, said[j]).with(j, said[i])
          expect(bytes(exchanged)).toBe(bytes(said))
        },
      ),
    )
  })
  it('leaves two people undecided by its figures, at any size and number of values', () => {
    const values = ['a', 'b', 'c', 'd', 'e', 'f']
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 200 }),
        fc.array(fc.nat(6), { minLength: 200, maxLength: 200 }),
        (n, said) => {
          const observations = people(n).flatMap((person, i): Observation[] => {
            const value = values[said[i] ?? 6]
            return value === undefined ? [] : [{ person, question: 'q', value }]
          })
          const measure = shown(cohortOf(n, [{ id: 'q', values }]), observations)[0]?.measures[0]
          if (measure?.kind !== 'count') throw new Error('a group of five or more was suppressed')
          expect(measure.counts.every(({ about }) => about % 5 === 0 && about >= 0)).toBe(true)
          expect(measure.counts.reduce((sum, { about }) => sum + least(about, 5), 0)).toBeLessThanOrEqual(n - 2)
        },
      ),
    )
  })
})
