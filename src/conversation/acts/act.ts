import type { ActName } from '../act-names.ts'
import type { Turn } from '../turn.ts'

/** Does one thing to the turn and names what came of it: one of the outcomes in act-names.ts. */
export type Act = (turn: Turn, argument: string | undefined) => string
export type Acts<Name extends ActName> = Readonly<Record<Name, Act>>

/** An act that always ends well. */
export const done =
  (change: (turn: Turn, argument: string | undefined) => void): Act =>
  (turn, argument) => {
    change(turn, argument)
    return 'done'
  }
