import { useCorrection } from '../corrections.ts'
import { topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

export const correctionActs: Acts<'use-correction'> = {
  'use-correction': done(turn => {
    const { editedKey = '', oldWords = '', newWords = '' } = topFrame(turn).slots
    if (oldWords !== '' && newWords !== '') useCorrection(turn, editedKey, oldWords, newWords)
  }),
}
