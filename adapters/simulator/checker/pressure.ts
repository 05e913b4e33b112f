import type { Book } from './book.ts'
import { isHeard, isSaid, type Said, type Story, saysOf, sentencesOf, unquoted } from './story.ts'
import { type Violation, violation } from './violation.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
const MONTH = 28 * DAY

/** What was begun under the contract: it counts, but for the invitation and its reminder. */
export const countedOf = ({ moments }: Story): readonly Said[] =>
  moments.filter(isSaid).filter(one => one.unprompted && one.state.contract !== 'none' && one.kind !== 'invitation')

/** Those that the span of `length` up to and with `at` holds. */
const within = <One extends { readonly at: number }>(all: readonly One[], at: number, length: number): readonly One[] =>
  all.filter(one => one.at <= at && one.at > at - length)

/** Rules 2, 5 and 10: how much, and of what. */
export const judgePressure = (story: Story, until: number, book: Book): readonly Violation[] => {
  const counted = countedOf(story)
  const found: Violation[] = []
  const blame = (rule: number, moment: Said, what: string): void => {
    found.push(violation(story, rule, moment, what))
  }
  for (const one of counted) {
    const week = within(counted, one.at, WEEK)
    const asks = week.filter(({ asks }) => asks).length
    const most = Math.min(2, one.state.asksAWeek)
    if (one.asks && asks > most) blame(2, one, `${asks} asks in seven days, where ${most} are the most`)
    if (week.length > 3) blame(2, one, `${week.length} unprompted messages in seven days, where 3 are the most`)
    if (one.kind === 'note' && week.filter(({ kind }) => kind === 'note').length > 1)
      blame(2, one, 'a second note within seven days')
  }
  judgeInterest(story, counted, until, blame)
  judgeOpenings(story, blame)
  judgeWidening(story, book, blame)
  return found
}

/** Rule 5, over every window of 28 days: a window is worst just as an ask enters it, or just as a quiet message has left. */
const judgeInterest = (
  { moments }: Story,
  counted: readonly Said[],
  until: number,
  blame: (rule: number, moment: Said, what: string) => void,
): void => {
  const asks = counted.filter(({ asks }) => asks)
  const quiet = moments.filter(isSaid).filter(one => !one.asks)
  const ends = [...asks.map(({ at }) => at), ...quiet.map(({ at }) => at + MONTH).filter(at => at < until)]
  for (const end of ends) {
    const [asked, told] = [within(asks, end, MONTH), within(quiet, end, MONTH)]
    const last = asked.at(-1)
    if (last !== undefined && asked.length > 2 + 2 * told.length) {
      blame(5, last, `${asked.length} asks in 28 days, and ${told.length} messages that ask nothing`)
      return
    }
  }
}

/** Rule 5: a check-in opens with what they last did or said, or at least with a greeting; a question that was put off has opened already. */
const judgeOpenings = ({ moments }: Story, blame: (rule: number, moment: Said, what: string) => void): void => {
  let isPutOff = false
  for (const moment of moments.filter(isSaid)) {
    if (moment.unprompted && moment.kind === 'check-in') {
      const [first = ''] = sentencesOf(moment.blocks)
      if (!isPutOff && unquoted(first).includes('?')) blame(5, moment, 'a check-in that opens with its question')
      isPutOff = false
    }
    if (saysOf(moment, 'always-on.snooze-said') !== undefined) isPutOff = true
  }
}

/** Rule 10: offers to widen, wherever they are made. */
const judgeWidening = (
  { moments }: Story,
  book: Book,
  blame: (rule: number, moment: Said, what: string) => void,
): void => {
  const offers: Said[] = []
  let unanswered = 0
  for (const moment of moments) {
    if (isHeard(moment)) {
      unanswered = 0
      continue
    }
    const offers_ = moment.asks && moment.found.some(({ pack }) => book.classOf(pack) === 'widening')
    // What they asked for themselves is no invitation.
    if (offers_ && moment.unprompted) {
      const before = offers.at(-1)
      const least = offers.length === 1 ? 30 : 90
      if (offers.length >= 3) blame(10, moment, 'a fourth invitation to widen')
      else if (before !== undefined && moment.at - before.at < least * DAY)
        blame(10, moment, `an invitation to widen less than ${least} days after the last`)
      if (unanswered >= 2) blame(10, moment, 'an invitation to widen to somebody who is silent')
      offers.push(moment)
    }
    if (moment.unprompted && moment.asks) unanswered += 1
  }
}
