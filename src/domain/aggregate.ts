/**
 * What HR may learn (rule 13 of the coaching rules): how many in a group, in fives, for a period that is over; never who.
 * For every person but the reader, and for each answer or silence of theirs, some other history gives the same report, byte for byte;
 * ./aggregate/rounding.ts says why. Three things keep that true and are the caller's to keep:
 * - the cohort, with its groups and policy, is written down when the period starts and not changed after;
 * - a report is made once, when the period is over, and stored: made anew after an erasure or a late answer, the two would differ by one person;
 * - HR sees reports only. A count from elsewhere (licences, a list of users) would undo them.
 */
import { figures, greatest, type Mechanism, rule13 } from './aggregate/rounding.ts'
import type { LocalDate } from './calendar.ts'
import type { PersonId } from './ids.ts'

/** The smallest group that is reported. A policy can ask for more, never for fewer. */
const SMALLEST_GROUP = 5

/** Why no report was made. The message says what to change. */
class AggregateRefusal extends Error {
  readonly code: 'period-open' | 'bad-question' | 'bad-answer'
  constructor(code: AggregateRefusal['code'], message: string) {
    super(message)
    this.name = 'AggregateRefusal'
    this.code = code
  }
}

/**
 * Something each member answers with at most one of `values`; saying nothing is always possible and never a value.
 * `requires` names an earlier question with a single value, without which nobody can answer this one (accepted, then checked-in).
 * Every such dependence must be named: one that is known but not named lets a reader draw conclusions.
 */
export type Question = { id: string; values: readonly string[]; requires?: string }

/** `whole` counts everyone as one group; `groups` counts the groups, and everyone not at all, for the difference would speak. */
export type AggregatePolicy = { minimum: number; detail: 'whole' | 'groups'; questions: readonly Question[] }

/** Fixed when the period starts. `ends` is the period's last day; groups list members, and may overlap. */
export type Cohort = {
  period: string
  ends: LocalDate
  members: readonly PersonId[]
  groups: Readonly<Record<string, readonly PersonId[]>>
  policy: AggregatePolicy
}

/** One person's answer in the period. Of several to one question, the last in the list stands. */
export type Observation = { person: PersonId; question: string; value: string }

/** `about` is a multiple of five. Figures are rounded and sometimes lowered, so they need not add up to anything. */
export type Measure =
  | { question: string; kind: 'count'; counts: readonly { value: string; about: number }[] }
  | { question: string; kind: 'suppressed'; why: 'small-group' | 'complementary' }

/** `group` is undefined for everyone. Groups and questions stand in an order that depends on the cohort alone. */
export type Report = { period: string; groups: readonly { group: string | undefined; measures: readonly Measure[] }[] }

type Group = { name: string | undefined; members: ReadonlySet<PersonId> }

/** Groups that are to be counted come first and the largest of them first: of two that overlap, the larger is published. */
const groupsOf = (cohort: Cohort): Group[] => {
  const all = new Set(cohort.members)
  const whole: Group = { name: undefined, members: all }
  const groups = Object.entries(cohort.groups)
    .map(([name, members]) => ({ name, members: new Set(members.filter(person => all.has(person))) }))
    .sort((a, b) => b.members.size - a.members.size || (a.name < b.name ? -1 : 1))
  return cohort.policy.detail === 'whole' ? [whole, ...groups] : [...groups, whole]
}

const checkQuestions = (questions: readonly Question[]): void => {
  const earlier = new Map<string, Question>()
  for (const question of questions) {
    const required = question.requires === undefined ? undefined : earlier.get(question.requires)
    if (question.requires !== undefined && required?.values.length !== 1) {
      throw new AggregateRefusal(
        'bad-question',
        `"${question.id}" requires "${question.requires}": name an earlier question with one value.`,
      )
    }
    if (
      earlier.has(question.id) ||
      new Set(question.values).size !== question.values.length ||
      question.values.length === 0
    ) {
      throw new AggregateRefusal(
        'bad-question',
        `Question "${question.id}" must be named once, with values that differ.`,
      )
    }
    earlier.set(question.id, question)
  }
}

type Answers = ReadonlyMap<string, ReadonlyMap<PersonId, string>>

const answersOf = (questions: readonly Question[], observations: readonly Observation[]): Answers => {
  const answers = new Map(questions.map(question => [question.id, new Map<PersonId, string>()]))
  for (const { person, question, value } of observations) {
    if (!questions.find(({ id }) => id === question)?.values.includes(value)) {
      throw new AggregateRefusal('bad-answer', `"${value}" answers no question "${question}" of this cohort.`)
    }
    answers.get(question)?.set(person, value)
  }
  return answers
}

/** The counts of one group. A dependent question has only as much room as the figure it depends on. */
const measuresOf = (
  group: Group,
  questions: readonly Question[],
  answers: Answers,
  mechanism: Mechanism,
): Measure[] => {
  const roomAfter = new Map<string, number>()
  return questions.map(({ id, values, requires }) => {
    const room =
      (mechanism.nested && requires !== undefined ? roomAfter.get(requires) : undefined) ?? group.members.size
    const given = [...group.members].map(person => answers.get(id)?.get(person))
    const counts = values.map(value => given.filter(answer => answer === value).length)
    const published = figures(counts, room, mechanism)
    roomAfter.set(id, Math.min(room, greatest(Math.max(...published), mechanism.step)))
    return { question: id, kind: 'count', counts: values.map((value, i) => ({ value, about: published[i] ?? 0 })) }
  })
}

/** As `report`, with the protections given. Only tests give others than rule 13's, to see that each of them is needed. */
export function reportBy(mechanism: Mechanism, cohort: Cohort, observations: readonly Observation[]): Report {
  const { questions, minimum } = cohort.policy
  checkQuestions(questions)
  const answers = answersOf(questions, observations)
  const smallest = Math.max(SMALLEST_GROUP, minimum)
  const published = new Set<PersonId>()
  const groups = groupsOf(cohort).map(group => {
    const suppressed = (why: 'small-group' | 'complementary') => ({
      group: group.name,
      measures: questions.map(({ id }): Measure => ({ question: id, kind: 'suppressed', why })),
    })
    if (!(group.members.size >= smallest)) return suppressed('small-group')
    if (mechanism.complementary && [...group.members].some(person => published.has(person))) {
      return suppressed('complementary')
    }
    for (const person of group.members) published.add(person)
    return { group: group.name, measures: measuresOf(group, questions, answers, mechanism) }
  })
  return { period: cohort.period, groups }
}

/**
 * Rule 13. The report on a period that is over; `today` is a date in the tenant's zone. People who are not in the cohort do not count,
 * whatever they answered. Throws AggregateRefusal 'period-open', 'bad-question' (named twice, without values, or requiring none that fits)
 * or 'bad-answer' (to no question of the cohort).
 */
export function report(cohort: Cohort, observations: readonly Observation[], today: LocalDate): Report {
  if (today <= cohort.ends) {
    throw new AggregateRefusal(
      'period-open',
      `The period ${cohort.period} runs until ${cohort.ends}; report on it after that day.`,
    )
  }
  return reportBy(rule13, cohort, observations)
}
