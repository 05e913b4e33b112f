/** Where a choice may take its options from, besides those a pack writes out. */
export const PICKS = [
  'coaches-to-appoint',
  'programme-coaches',
  'clients-to-invite',
  'my-clients',
  'dreams',
  'goals',
  'open-commitments',
] as const
export type Pick = (typeof PICKS)[number]

/** Whom a question for people offers. */
export const PEOPLE = ['anybody', 'my-clients'] as const

/** Lists that a step may show below its words: each is built from data, in the words of the pack's labels. */
export const VIEWS = [
  'focus',
  'due',
  'seen',
  'ledger',
  'commitments',
  'report',
  'setup',
  'terms',
  'lines',
  'dreams',
  'topics',
  'several',
  'progress',
  'days-off',
  'policy',
  'rollout',
  'help',
] as const
export type View = (typeof VIEWS)[number]

/**
 * What a text may name in braces besides the answers its own pack keeps (`as`). Each is text; absent ones are the empty
 * string, so that `{purpose, select, none {} other {...}}`-like forms are written with the `has...` facts.
 */
export const FACTS = [
  'name',
  'coach',
  'programme',
  'purpose',
  'hasPurpose',
  'workspace',
  'commitment',
  'plan',
  'hasPlan',
  'due',
  'hasDue',
  'forWhom',
  'goal',
  'hasGoal',
  'count',
  'last',
  'lastTitle',
  'checkInDay',
  'nextCheckIn',
  'hasNextCheckIn',
  'until',
  'rhythm',
  'original',
  'serves',
  'hasServes',
  'emergency',
  'hasEmergency',
  'hasLines',
] as const
export type Fact = (typeof FACTS)[number]
