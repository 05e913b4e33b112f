import { dayInWords, localAt, plusDays } from './civil.ts'
import { asksOf, type Heard, isHeard, quotesOf, type Said, type Story, saysOf } from './story.ts'

/** What somebody took on, as it stands in their chat: their words, their day, their plan, and what was said of it since. */
export type Taken = {
  readonly text: string
  readonly plan: string | undefined
  readonly due: string | undefined
  /** Since when that day has been its day. */
  readonly dueSince: number
  readonly settled: boolean
  /** Left for the next check-in. */
  readonly left: boolean
  readonly nudges: readonly Said[]
}

export type Ledger = {
  /** Follows the story; call it with each moment after it was judged. */
  follow(moment: Said | Heard): void
  /** Those that a message quotes. */
  quotedIn(said: Said): readonly Taken[]
  nudged(taken: Taken, by: Said): void
  all(): readonly Taken[]
}

const CLOSING = ['kept', 'kept-and-change', 'let-go', 'all-kept']
/** Sentences after which a commitment is settled, whichever way it went. */
const SETTLED = ['lapse.let-go', 'lapse.partly-enough', 'lapse.kept', 'lapse.kept-and-change', 'nudge.all-kept']
const MOVED = ['lapse.moved', 'lapse.third-move', 'lapse.smaller-kept']
const LEFT = ['lapse.rest', 'nudge.leave']

/** A quotation shows their words, perhaps without the day at their end, perhaps with the plan on a line of its own. */
const isQuoted = (text: string, quote: string): boolean => {
  const words = quote.split('\n')[0] ?? ''
  return (
    quote === text ||
    words === text ||
    (words !== '' && text.startsWith(words) && !/[\p{L}\d]/u.test(text.charAt(words.length)))
  )
}

export const keepLedger = ({ member }: Story): Ledger => {
  let taken: readonly Taken[] = []
  let focus: readonly string[] = []
  /** In the making, the newest last: one may come in between the questions of another. */
  let making: readonly { readonly words: string; readonly plan: string | undefined }[] = []
  let smaller: string | undefined
  /** What was typed last that was no answer to a button, and the words that a message quoted and asked about since. */
  let typedLast = ''
  let outOfTheBlue: string | undefined
  const change = (texts: readonly string[], how: Partial<Taken>): void => {
    taken = taken.map(one => (texts.includes(one.text) && !one.settled ? { ...one, ...how } : one))
  }
  const quotedIn = (said: Said): readonly Taken[] => {
    const quotes = quotesOf(said.blocks)
    return taken.filter(({ text, settled }) => !settled && quotes.some(quote => isQuoted(text, quote)))
  }
  const dueIn = (said: Said, place: string): string | undefined => {
    const words = said.found.filter(one => one.place === place).map(({ values }) => values.due)
    // A conversation that took days may confirm a day that has passed.
    const date = plusDays(localAt(said.at, said.zone).date, -60)
    return words.flatMap(one => (one === undefined ? [] : [dayInWords(one, member.locale, date)])).find(Boolean)
  }
  const heard = ({ to, chosen, command, text, reply }: Heard): void => {
    if (chosen !== undefined && CLOSING.includes(chosen) && to !== undefined && quotedIn(to).length > 0)
      change(
        quotedIn(to).map(one => one.text),
        { settled: true },
      )
    const isFree = reply.kind === 'text' && chosen === undefined && command === undefined
    // Words that are shown back take the place of those typed: the day is no longer among them.
    if (asksOf(to, 'commitment.what') && isFree) making = [...making, { words: text.trim(), plan: undefined }]
    if (isFree) typedLast = text.trim()
    const isTakenOn =
      (asksOf(to, 'listen.heard') && chosen === 'do') || (asksOf(to, 'change-map.keep') && chosen === 'yes')
    if (isTakenOn && outOfTheBlue !== undefined) making = [...making, { words: outOfTheBlue, plan: undefined }]
    const newest = making.at(-1)
    if (asksOf(to, 'commitment.plan') && newest !== undefined && (isFree || chosen !== undefined))
      making = making.with(-1, { ...newest, plan: isFree ? text.trim() : undefined })
    if (asksOf(to, 'lapse.smaller') && isFree) smaller = text.trim()
  }
  const said = (line: Said): void => {
    // Asked again after an interruption, it may stand under quotations of something else: the first time counts.
    if (asksOf(line, 'listen.heard') || asksOf(line, 'change-map.keep'))
      outOfTheBlue = quotesOf(line.blocks).find(quote => isQuoted(typedLast, quote)) ?? outOfTheBlue
    // Asked again after an interruption, it is the question alone, or stands under quotations of something else.
    const typed = making.at(-1)
    const quotes = quotesOf(line.blocks)
    const words = typed === undefined ? quotes.at(-1) : quotes.find(quote => isQuoted(typed.words, quote))
    if (asksOf(line, 'commitment.for-whom') && words !== undefined)
      making = [...making.filter(one => one !== typed), { words, plan: undefined }]
    const made = making.at(-1)
    if (saysOf(line, 'commitment.record') !== undefined && made !== undefined) {
      const due = dueIn(line, 'commitment.record')
      const { words: text, plan } = made
      taken = [...taken, { text, plan, due, dueSince: line.at, settled: false, left: false, nudges: [] }]
      making = making.slice(0, -1)
    }
    const place = (places: readonly string[]): string | undefined => places.find(one => saysOf(line, one) !== undefined)
    const settledBy = place(SETTLED)
    if (settledBy !== undefined) change(focus, { settled: true })
    const movedBy = place(MOVED)
    if (movedBy !== undefined) {
      const text = movedBy === 'lapse.smaller-kept' && smaller !== undefined ? { text: smaller } : {}
      const due = dueIn(line, movedBy)
      const isNew = taken.some(one => focus.includes(one.text) && one.due !== due)
      change(focus, { ...text, due, left: due === undefined, ...(isNew ? { dueSince: line.at, nudges: [] } : {}) })
      focus = smaller !== undefined && movedBy === 'lapse.smaller-kept' ? [smaller] : focus
    }
    if (saysOf(line, 'hard-week.moved') !== undefined) {
      // A week later for all that has a day, counted from today for what is past its day already.
      const { date } = localAt(line.at, line.zone)
      taken = taken.map(one =>
        one.settled || one.due === undefined
          ? one
          : {
              ...one,
              due: one.due > date ? plusDays(one.due, 7) : plusDays(date, 7),
              dueSince: line.at,
              left: false,
              nudges: [],
            },
      )
    }
    if (place(LEFT) !== undefined) change(focus, { left: true })
    const quoted = quotedIn(line)
    // A question after something that is settled is about none of these.
    const asksAfterOne = line.blocks.some(
      block => block.kind === 'choices' && block.choices.some(({ id }) => id === 'kept'),
    )
    if (quoted.length > 0 || asksAfterOne) focus = quoted.map(({ text }) => text)
    if (asksOf(line, 'lapse.smaller')) smaller = undefined
  }
  return {
    follow: moment => (isHeard(moment) ? heard(moment) : said(moment)),
    quotedIn,
    nudged: ({ text }, by) => {
      taken = taken.map(one => (one.text === text && !one.settled ? { ...one, nudges: [...one.nudges, by] } : one))
    },
    all: () => taken,
  }
}
