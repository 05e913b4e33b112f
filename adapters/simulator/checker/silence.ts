import { isHeard, type Moment, type Said, type Story } from './story.ts'
import { type Violation, violation } from './violation.ts'

const DAY = 86_400_000
/** A check-in can be answered for so long; after that it has found none. */
const OPEN_FOR = 3 * DAY
/** Holidays may move the one before to the end of a long weekend, and so bring the next one nearer. */
const SHIFT = 6

/** Rule 4: silence lengthens the rhythm, then ends it. */
export const judgeSilence = (story: Story): readonly Violation[] => {
  const found: Violation[] = []
  const blame = (moment: Moment, what: string): void => {
    found.push(violation(story, 4, moment, what))
  }
  let unanswered: readonly Said[] = []
  let closed = false
  for (const moment of story.moments) {
    if (isHeard(moment)) {
      unanswered = []
      closed = false
      continue
    }
    if (!moment.unprompted || moment.state.contract !== 'accepted') continue
    const before = unanswered.at(-1)
    const isCheckIn = moment.kind === 'check-in'
    if (unanswered.length >= 4 && before !== undefined) {
      if (isCheckIn) blame(moment, 'a check-in after four that found no answer')
      else if (closed) blame(moment, 'something after the closing line, and before they wrote')
      else if (moment.at - before.at > OPEN_FOR) {
        if (moment.asks) blame(moment, 'the last line after four unanswered check-ins asks something')
        closed = true
      }
      continue
    }
    if (!isCheckIn) continue
    const least = 14 * moment.state.weeks - SHIFT
    if (unanswered.length >= 2 && before !== undefined && moment.at - before.at < least * DAY)
      blame(
        moment,
        `a check-in ${Math.round((moment.at - before.at) / DAY)} days after the last of ${unanswered.length} without an answer`,
      )
    unanswered = [...unanswered, moment]
  }
  return found
}
