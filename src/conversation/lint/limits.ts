import { type Limits, MOST } from '../../domain/pressure.ts'
import { ceilingOf, type Guideline, type LimitName } from './guidelines.ts'

/** What all guidelines together leave room for. */
export type GuidelineLimits = {
  /** Rule 6: words a message may have before its question; the contract and safety are exempt. */
  readonly wordsBeforeQuestion: number
  readonly questionsInMessage: number
  readonly formFields: number
  /** Rule 2: the budget of seven days, never above the core's own. */
  readonly most: Limits
  /** Wordings nobody is to read again, as `chooseWording` takes them. */
  readonly retired: readonly string[]
}

/** The tightest of what each guideline says, and the core's own where none says anything. */
export const limitsOf = (guidelines: readonly Pick<Guideline, 'limits' | 'retired'>[]): GuidelineLimits => {
  const least = (name: LimitName): number =>
    Math.min(
      ceilingOf(name),
      ...guidelines.flatMap(({ limits }) => limits.filter(({ limit }) => limit === name).map(({ most }) => most)),
    )
  return {
    wordsBeforeQuestion: least('words-before-question'),
    questionsInMessage: least('questions-in-message'),
    formFields: least('form-fields'),
    most: {
      asks: Math.min(MOST.asks, least('asks-a-week')),
      messages: Math.min(MOST.messages, least('messages-a-week')),
    },
    retired: [...new Set(guidelines.flatMap(({ retired }) => retired.map(({ wording }) => wording)))],
  }
}
