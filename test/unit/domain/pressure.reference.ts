import type { BudgetRefusal, LedgerEntry, Limits, MessageClass, Upcoming } from '../../../src/domain/pressure.ts'
import { DAY, HOUR } from './people.ts'

/**
 * Rules 2 and 5 once more, from their words and not from the code: slow, forgetting nothing, by looking at whole stretches
 * of time one after the other. It knows one thing of the code: a message may wait two hours for its slot.
 */
const ORDER: readonly MessageClass[] = ['check-in', 'closing', 'nudge', 'look-back', 'note', 'follow-up', 'widening']

type Past = { readonly at: number; readonly ask: boolean; readonly counted: boolean; readonly note: boolean }

const pastOf = (history: readonly LedgerEntry[]): readonly Past[] =>
  history.map(one => ({
    at: one.at,
    ask: one.ask,
    counted: one.class !== 'reply' && one.class !== 'invitation',
    note: one.class === 'note',
  }))

const lacks = (past: readonly Past[], limits: Limits, ask: boolean, at: number): BudgetRefusal | undefined => {
  const week = past.filter(one => one.counted && at - one.at < 7 * DAY)
  if (week.length >= limits.messages) return 'messages-spent'
  if (!ask) return undefined
  if (week.filter(one => one.ask).length >= limits.asks) return 'asks-spent'
  // Every stretch that ends with this ask and begins with something less than 28 days ago.
  for (const { at: from } of past.filter(one => at - one.at < 28 * DAY)) {
    const stretch = past.filter(one => one.at >= from)
    const quiet = stretch.filter(one => !one.ask).length
    const asks = stretch.filter(one => one.ask && one.counted).length + 1
    if (asks > 2 + 2 * quiet) return 'interest-first'
  }
  return undefined
}

/** The verdict on a new message, judged on everything that ever left. */
export const refusedByReference = (
  history: readonly LedgerEntry[],
  limits: Limits,
  wanting: { readonly class: MessageClass; readonly ask: boolean },
  upcoming: readonly Upcoming[],
  now: number,
): BudgetRefusal | undefined => {
  const past = pastOf(history)
  const own = lacks(past, limits, wanting.ask, now)
  if (own !== undefined) return own
  const isNote = wanting.class === 'note'
  if (isNote && past.some(one => one.note && now - one.at < 7 * DAY)) return 'one-note-a-week'
  let then: readonly Past[] = [...past, { at: now, ask: wanting.ask, counted: true, note: isNote }]
  const better = upcoming
    .filter(one => ORDER.indexOf(one.class) < ORDER.indexOf(wanting.class))
    .filter(one => one.at - now <= 7 * DAY)
    .toSorted((a, b) => a.at - b.at)
  for (const one of better) {
    const at = one.at + 2 * HOUR
    if (lacks(then, limits, one.ask && wanting.ask, at) !== undefined)
      return one.class === 'check-in' ? 'kept-for-check-in' : 'kept-for-higher'
    then = [...then, { at, ask: one.ask, counted: true, note: false }]
  }
  return undefined
}
