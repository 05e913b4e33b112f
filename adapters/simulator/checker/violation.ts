import type { Moment, Story } from './story.ts'

/** Something that a person was shown, or was not, against a rule of the fifteen. */
export type Violation = {
  readonly rule: number
  readonly person: string
  readonly temperament: string | undefined
  /** ms. */
  readonly at: number
  readonly what: string
  /** The message's beginning. */
  readonly shown: string
}

export const violation = (
  story: Story,
  rule: number,
  moment: Pick<Moment, 'at' | 'text'>,
  what: string,
): Violation => ({
  rule,
  person: story.member.id,
  temperament: story.member.temperament,
  at: moment.at,
  what,
  shown: moment.text.slice(0, 160),
})
