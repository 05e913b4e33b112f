import type { Mutation } from './mutation.ts'
import { ELEVEN_TO_FIFTEEN } from './rules/eleven-to-fifteen.ts'
import { ONE_TO_FIVE } from './rules/one-to-five.ts'
import { SIX_TO_TEN } from './rules/six-to-ten.ts'

/** Every rule switched off in turn, by its clauses, in the order of the rules. */
export const MUTATIONS: readonly Mutation[] = [...ONE_TO_FIVE, ...SIX_TO_TEN, ...ELEVEN_TO_FIFTEEN]
