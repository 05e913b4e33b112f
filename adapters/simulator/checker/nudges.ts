import { localAt, plusDays, workdayFrom } from './civil.ts'
import { keepLedger, type Taken } from './commitments.ts'
import { isSaid, type Said, type Story } from './story.ts'
import { type Violation, violation } from './violation.ts'

const HOUR = 3_600_000
/** What was taken on within the last day could not share a message that was sent before. */
const DAY = 24 * HOUR
const FOLLOW_UP_AFTER = 48 * HOUR

/** Rule 3: once on the day, once more at most, in their words; everything of one day in one message. */
export const judgeNudges = (story: Story): readonly Violation[] => {
  const found: Violation[] = []
  const ledger = keepLedger()
  const sent: { readonly due: string | undefined; readonly day: string }[] = []
  for (const moment of story.moments) {
    if (isSaid(moment) && moment.unprompted && (moment.kind === 'nudge' || moment.kind === 'follow-up')) {
      const blame = (what: string): void => {
        found.push(violation(story, 3, moment, what))
      }
      const about = ledger.quotedIn(moment)
      if (about.length === 0) blame('a nudge about nothing that is open in their chat')
      for (const one of about) judgeOne(story, moment, one, blame)
      const day = localAt(moment.at, moment.zone).date
      const first = about[0]
      const earlier = sent.find(one => one.day === day && first?.due !== undefined && one.due === first.due)
      if (
        earlier !== undefined &&
        about.every(({ nudges, dueSince }) => nudges.length === 0 && dueSince < moment.at - DAY)
      )
        blame('two messages for commitments that are due the same day')
      sent.push({ due: first?.due, day })
      for (const one of about) ledger.nudged(one, moment)
    }
    ledger.follow(moment)
  }
  return found
}

const judgeOne = ({ house }: Story, moment: Said, taken: Taken, blame: (what: string) => void): void => {
  const { nudges, due, plan, left } = taken
  const { date } = localAt(moment.at, moment.zone)
  const [nudge] = nudges
  if (nudges.length >= 2) blame('a third mention of one commitment')
  else if (nudge !== undefined && moment.at - nudge.at < FOLLOW_UP_AFTER)
    blame('a follow-up less than 48 hours after the nudge')
  if (left) blame('a nudge about what they left for the next check-in')
  const words = moment.quotes
  if (plan !== undefined && !words.some(quote => quote === plan || quote.endsWith(`\n${plan}`)))
    blame('a nudge without the plan that they wrote for it')
  if (nudge !== undefined) return
  if (due === undefined) return blame('a nudge about what has no day')
  if (date < due) return blame(`a nudge on ${date} of what is due on ${due}`)
  // One working day more: quiet hours of a traveller, a message that waits for its slot.
  const latest = workdayFrom(plusDays(workdayFrom(due, house), 1), house)
  if (date > latest) blame(`a nudge on ${date} of what was due on ${due}`)
}
