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

/**
 * Searches every history of a cohort. For each report and each conduct of the reader it notes what every other person may have
 * done; the first thing that the report rules out is returned, in words, or undefined if it rules out nothing.
 */
const ruledOut = (mechanism: Mechanism, cohort: Cohort, readers: readonly number[]): string | undefined => {
  const { questions } = cohort.policy
  const all = conducts(questions)
  const n = cohort.members.length
  const histories = all.length ** n
  const possible = new Map<string, Uint32Array>()
  const history = new Array<number>(n).fill(0)
  const told: Observation[][][] = cohort.members.map(person =>
    all.map(conduct =>
      conduct.flatMap((value, q) => {
        const question = questions[q]?.id
        return value === undefined || question === undefined ? [] : [{ person, question, value }]
      }),
    ),
  )
  for (let code = 0; code < histories; code++) {
    for (let rest = code, i = 0; i < n; i++, rest = Math.floor(rest / all.length)) history[i] = rest % all.length
    const observations = history.flatMap((choice, i) => told[i]?.[choice] ?? [])
    const bytes = JSON.stringify(reportBy(mechanism, cohort, observations))
    for (const reader of readers) {
      const key = `${reader}:${history[reader]}:${bytes}`
      let masks = possible.get(key)
      if (!masks) {
        masks = new Uint32Array(n)
        possible.set(key, masks)
      }
      for (let i = 0; i < n; i++) masks[i] = (masks[i] ?? 0) | (1 << (history[i] ?? 0))
    }
  }
  const anything = 2 ** all.length - 1
  for (const [key, masks] of possible) {
    const reader = Number(key.split(':', 1)[0])
    const person = masks.findIndex((mask, i) => i !== reader && mask !== anything)
    if (person >= 0) return `person ${person} is known, to some extent, from ${key}`
  }
  return undefined
}

const accepted: Question = { id: 'accepted', values: ['yes'] }
const binary: Question = { id: 'useful', values: ['yes', 'no'] }
const three: Question = { id: 'self-rating', values: ['low', 'middle', 'high'] }

describe('nobody is known from a report', () => {
  it.each([5, 6, 7, 8, 10, 12])('who of %i accepted', n => {
    expect(ruledOut(rule13, cohortOf(n, [accepted]), [0])).toBeUndefined()
  })
  it.each([5, 6, 7, 8])('who of %i said yes, no or nothing', n => {
    expect(ruledOut(rule13, cohortOf(n, [binary]), [0])).toBeUndefined()
  })
  it.each([5, 6, 7, 8])('who of %i gave one of three answers or none', n => {
    expect(ruledOut(rule13, cohortOf(n, [three]), [0])).toBeUndefined()
  })
  it.each([5, 6, 7, 8])('who of %i accepted, where only they can answer', n => {
    expect(ruledOut(rule13, cohortOf(n, [accepted, { ...binary, requires: 'accepted' }]), [0])).toBeUndefined()
  })
  it('nor over a chain of three questions', () => {
    const checkedIn: Question = { id: 'checked-in', values: ['yes'], requires: 'accepted' }
    const rating: Question = { ...binary, requires: 'checked-in' }
    for (const n of [5, 6]) expect(ruledOut(rule13, cohortOf(n, [accepted, checkedIn, rating]), [0])).toBeUndefined()
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
  it('nor from the reports on several periods, where who accepted stays so', () => {
    // Two periods of one cohort as two questions: to have accepted by the first is needed for "still" in the second.
    const later: Question = { id: 'next period', values: ['yes'] }
    for (const n of [5, 6, 8]) {
      const cohort = cohortOf(n, [accepted, later])
      expect(ruledOut(rule13, cohort, [0])).toBeUndefined()
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
  it('without regard to who could answer, those who did not accept are known', () => {
    const cohort = cohortOf(8, [accepted, { ...three, values: ['low', 'high'], requires: 'accepted' }])
    const apart = { ...rule13, nested: false }
    expect(ruledOut(rule13, cohort, [0])).toBeUndefined()
    // Found at nine: five accepted-figures reach to seven, two answer-figures need six and leave no two people undecided.
    const nine = cohortOf(9, cohort.policy.questions)
    expect(ruledOut(apart, nine, [0]) ?? ruledOut(apart, cohort, [0])).toBeDefined()
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
