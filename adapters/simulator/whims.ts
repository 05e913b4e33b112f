import type { Random } from './random.ts'

/** Something they mean to do: a command, and what they then choose, if they have made up their mind. */
export type Whim = { readonly command: string; readonly choice?: string }

/** How often each command is thought of; one that is not listed here is thought of a little. */
const FANCY: Readonly<Record<string, number>> = {
  commit: 9,
  decision: 4,
  commitments: 2,
  seen: 2,
  dreams: 1.5,
  'change-map': 1,
  limits: 1,
  rhythm: 1,
  'check-in': 1,
  progress: 1,
  topics: 1,
  help: 0.6,
  link: 0.6,
  'hard-week': 0.5,
  pause: 0.5,
  language: 0.3,
  goodbye: 0.12,
  stop: 0.12,
  delete: 0.08,
  skip: 0,
  edit: 0,
  snooze: 0,
}
const A_LITTLE = 0.25

/** Between the lines of a running conversation. */
const IN_BETWEEN: Readonly<Record<string, number>> = {
  snooze: 1,
  skip: 1.5,
  edit: 1.5,
  'too-personal': 0.7,
  'landed-badly': 1,
  seen: 1,
  help: 1,
  pause: 0.3,
  limits: 0.7,
  rhythm: 0.5,
  commit: 1,
}

/** After one of these they hear nothing, until they come back. */
export const LEAVING: readonly string[] = ['pause', 'hard-week', 'ill', 'loss', 'stop', 'goodbye']

const weighted = (random: Random, weights: readonly (readonly [string, number])[]): string | undefined => {
  let left = random.next() * weights.reduce((sum, [, weight]) => sum + weight, 0)
  return weights.find(([, weight]) => {
    left -= weight
    return left < 0
  })?.[0]
}

/** What comes to their mind out of the blue, of the commands that there are. */
export const fancy = (random: Random, commands: readonly string[]): string | undefined =>
  weighted(
    random,
    commands.map(name => [name, FANCY[name] ?? A_LITTLE]),
  )

export const interruption = (random: Random): string | undefined => weighted(random, Object.entries(IN_BETWEEN))

/** What some set up for themselves early on: a slower rhythm, fewer questions, or none and later more again. */
export const aimsOf = (random: Random): Whim[] => {
  const aims: Whim[] = []
  const rhythm = random.next()
  if (rhythm < 0.3) aims.push({ command: 'rhythm', choice: 'fortnightly' })
  else if (rhythm < 0.45) aims.push({ command: 'rhythm', choice: 'monthly' })
  else if (rhythm < 0.53) aims.push({ command: 'rhythm', choice: 'none' })
  const limit = random.next()
  if (limit < 0.12) aims.push({ command: 'limits', choice: '1' })
  else if (limit < 0.17) aims.push({ command: 'limits', choice: '0' }, { command: 'limits', choice: '2' })
  if (random.chance(0.4)) aims.push({ command: 'decision', choice: 'large' })
  return aims
}
