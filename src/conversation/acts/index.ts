import type { ActName } from '../act-names.ts'
import { changeFrame, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'
import { commitmentActs } from './commitments.ts'
import { contractActs } from './contract.ts'
import { correctionActs } from './corrections.ts'
import { decisionActs } from './decisions.ts'
import { goalActs } from './goals.ts'
import { languageActs } from './language.ts'
import { noteActs } from './notes.ts'
import { rhythmActs } from './rhythm.ts'
import { rolloutActs } from './rollout.ts'
import { safetyActs } from './safety.ts'
import { sharingActs } from './sharing.ts'
import { staffActs } from './staff.ts'
import { wideningActs } from './widening.ts'

const flowActs: Acts<'branch' | 'has-said' | 'use-said' | 'drop-rest' | 'erase'> = {
  /** The answer kept earlier under the argument's name is the outcome; 'other' where the table does not have it. */
  branch: (turn, slot) => topFrame(turn).slots[slot ?? ''] ?? 'other',
  'has-said': turn => (topFrame(turn).slots.said ? 'yes' : 'no'),
  /** What they wrote out of the blue is the answer to what it turned out to be. */
  'use-said': done(turn => {
    const { slots } = topFrame(turn)
    const { said = '' } = slots
    changeFrame(turn, { slots: { ...slots, what: said, win: said, talk: said } })
  }),
  /** Whatever was being asked below is over. */
  'drop-rest': done(turn => {
    turn.frames = turn.frames.slice(-1).map(frame => ({ ...frame, between: false }))
  }),
  erase: done(turn => {
    turn.erased = true
  }),
}

export const ACTS_BY_NAME: Acts<ActName> = {
  ...contractActs,
  ...goalActs,
  ...commitmentActs,
  ...sharingActs,
  ...rhythmActs,
  ...staffActs,
  ...rolloutActs,
  ...decisionActs,
  ...noteActs,
  ...wideningActs,
  ...safetyActs,
  ...languageActs,
  ...correctionActs,
  ...flowActs,
}
