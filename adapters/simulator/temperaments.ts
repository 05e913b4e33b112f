/** How somebody lives with a bot: chances and delays, invented to be varied rather than typical. */
export type Temperament = {
  readonly name: string
  /** How many of them there are, in relation to the others. */
  readonly weight: number
  /** Takes up the invitation at all; then says yes to the contract. */
  readonly opensDoor: number
  readonly accepts: number
  /** Answers what Lighthand brings up by itself; goes on once in a conversation. */
  readonly answers: number
  readonly goesOn: number
  /** Minutes until they answer what came by itself. */
  readonly delay: readonly [number, number]
  /** Takes the last button, which is mostly the way out. */
  readonly waysOut: number
  /** Approves a line for the coach; changes its words first. */
  readonly shares: number
  readonly edits: number
  /** Types the words of a button instead of pressing it; writes beside the question. */
  readonly types: number
  readonly strays: number
  /** Gives a command in the midst of things; presses a button of an earlier message. */
  readonly commands: number
  readonly old: number
  /** Comes back, the next time they think of it, after a pause, a hold or a stop. */
  readonly comesBack: number
  /** Days from one thing of their own accord to the next. */
  readonly every: readonly [number, number]
  /** After so many answers under the contract they never write again. */
  readonly fallsSilentAfter: number | undefined
  /** Days between changes of zone. */
  readonly travels: readonly [number, number] | undefined
  /** Chance that what they write by themselves is about danger to themselves. */
  readonly distress: number
}

const ORDINARY: Temperament = {
  name: 'ordinary',
  weight: 4,
  opensDoor: 0.95,
  accepts: 0.9,
  answers: 0.7,
  goesOn: 0.96,
  delay: [2, 600],
  waysOut: 0.25,
  shares: 0.6,
  edits: 0.2,
  types: 0.15,
  strays: 0.05,
  commands: 0.03,
  old: 0.015,
  comesBack: 0.5,
  every: [8, 30],
  fallsSilentAfter: undefined,
  travels: undefined,
  distress: 0.004,
}

export const TEMPERAMENTS: readonly Temperament[] = [
  ORDINARY,
  {
    ...ORDINARY,
    name: 'open',
    weight: 3,
    opensDoor: 1,
    accepts: 1,
    answers: 0.96,
    goesOn: 0.99,
    delay: [1, 90],
    waysOut: 0.08,
    shares: 0.9,
    comesBack: 0.8,
    every: [4, 11],
  },
  {
    ...ORDINARY,
    name: 'slow opener',
    weight: 3,
    answers: 0.55,
    delay: [60, 3_600],
    waysOut: 0.6,
    shares: 0.12,
    every: [15, 40],
    commands: 0.06,
    comesBack: 0.4,
  },
  {
    ...ORDINARY,
    name: 'silent',
    weight: 2,
    opensDoor: 0.7,
    accepts: 0.8,
    answers: 0.06,
    goesOn: 0.8,
    delay: [300, 4_000],
    every: [60, 200],
    comesBack: 0.2,
  },
  {
    ...ORDINARY,
    name: 'mandated, hostile',
    weight: 2,
    accepts: 0.8,
    waysOut: 0.5,
    shares: 0,
    strays: 0.15,
    every: [1_000, 2_000],
    fallsSilentAfter: 1,
  },
  {
    ...ORDINARY,
    name: 'overloaded',
    weight: 3,
    answers: 0.4,
    goesOn: 0.85,
    delay: [30, 2_500],
    waysOut: 0.4,
    commands: 0.15,
    comesBack: 0.6,
    every: [8, 25],
    distress: 0.03,
  },
  { ...ORDINARY, name: 'traveller', weight: 2, every: [8, 20], travels: [3, 25] },
]
