import type { Block } from '../domain/message.ts'
import { isCounted, spent, within } from '../domain/pressure.ts'
import { PASSED_OVER } from '../domain/rollout.ts'
import { addDays, type LocalDate, localDate } from '../domain/schedule.ts'
import { TOPICS } from '../domain/topics.ts'
import { seenByCoach, seenByHr } from '../domain/visibility.ts'
import { type Labels, labelsOf } from './labels.ts'
import { countryName } from './languages.ts'
import type { Pack } from './pack.ts'
import { policyItems } from './policy.ts'
import { progressBlocks } from './progress.ts'
import { coachPicked } from './render-ask.ts'
import { partsIn } from './several.ts'
import type { View } from './sources.ts'
import { clientOf, focusedCommitment, need, openCommitments, openGoals, type Turn, topFrame } from './turn.ts'
import { dayInWords, linesOf } from './values.ts'

/** Lists made from data, in the words of the pack's labels (`labels: {id: text}`). */
export const viewBlocks = (turn: Turn, pack: Pack, view: View): readonly Block[] =>
  VIEW[view](turn, labelsOf(turn, pack))

const day = (turn: Turn, at: number): string => dayInWords(localDate(at, turn.person.zone), turn.person.locale)

/** Dates in order, those in a row as their first and last. */
const inRows = (dates: readonly LocalDate[]): readonly (readonly [LocalDate, LocalDate])[] => {
  const rows: [LocalDate, LocalDate][] = []
  for (const date of dates.toSorted()) {
    const row = rows.at(-1)
    if (row !== undefined && addDays(row[1], 1) === date) row[1] = date
    else rows.push([date, date])
  }
  return rows
}

const VIEW: Readonly<Record<View, (turn: Turn, label: Labels) => readonly Block[]>> = {
  /** The commitment at hand, in their words, and their plan. */
  focus: (turn, label) => {
    const commitment = focusedCommitment(turn)
    if (commitment === undefined) return []
    const plan: readonly Block[] =
      commitment.plan === undefined
        ? []
        : [
            { kind: 'paragraph', text: label('plan') },
            { kind: 'quote', text: commitment.plan },
          ]
    return [{ kind: 'quote', text: commitment.text }, ...plan]
  },
  /** Several, due the same day. */
  due: turn => {
    const { queue } = topFrame(turn)
    return openCommitments(turn)
      .filter(({ id }) => queue.includes(id))
      .map(({ text, plan }): Block => ({ kind: 'quote', text: plan === undefined ? text : `${text}\n${plan}` }))
  },
  /** Rule 9. Exactly what coach and HR see, from the query that they are served by. */
  seen: (turn, label) => {
    const lines = seenByCoach(need(turn, 'shared'))
    const shown: readonly Block[] =
      lines.length === 0
        ? [{ kind: 'paragraph', text: label('coach-nothing') }]
        : [
            { kind: 'paragraph', text: label('coach-sees') },
            ...lines.map(({ text }): Block => ({ kind: 'quote', text })),
          ]
    const hr = seenByHr(need(turn, 'reports'))
    return [
      ...shown,
      { kind: 'paragraph', text: label(hr.length === 0 ? 'hr-nothing' : 'hr-sees', { reports: hr.length }) },
    ]
  },
  /** Rule 2: the client can see the ledger. */
  ledger: (turn, label) => {
    const { ledger, limits: own } = clientOf(turn)
    const limits = within(own, turn.context.packs.guided.most)
    const used = spent(ledger, turn.context.now)
    const counted = ledger.filter(isCounted)
    return [
      {
        kind: 'paragraph',
        text: label('ledger', {
          asks: used.asks,
          most: limits.asks,
          messages: used.messages,
          mostMessages: limits.messages,
        }),
      },
      {
        kind: 'fields',
        items: counted.map(entry => ({ label: day(turn, entry.at), value: label(`class-${entry.class}`) })),
      },
    ]
  },
  commitments: (turn, label) => {
    const open = openCommitments(turn)
    if (open.length === 0) return [{ kind: 'paragraph', text: label('commitments-none') }]
    return [
      {
        kind: 'fields',
        items: open.map(one => ({
          label: one.due === undefined ? label('no-day') : dayInWords(one.due, turn.person.locale),
          value: one.text,
        })),
      },
    ]
  },
  /** HR: closed periods only, and what is too small to show says so. */
  report: (turn, label) => {
    const reports = seenByHr(need(turn, 'reports'))
    const { smallestGroup } = turn.context.tenant.policy
    const clients = need(turn, 'roster').filter(({ coach }) => coach !== undefined).length
    if (clients < smallestGroup) return [{ kind: 'paragraph', text: label('too-few', { smallest: smallestGroup }) }]
    if (reports.length === 0) return [{ kind: 'paragraph', text: label('none-closed') }]
    return reports.slice(0, 1).flatMap(({ period, groups }): readonly Block[] => [
      { kind: 'paragraph', text: label('period', { period: dayInWords(period, turn.person.locale) }) },
      {
        kind: 'fields',
        items: groups
          .flatMap(({ measures }) => measures)
          .flatMap(measure =>
            measure.kind === 'suppressed'
              ? [{ label: label(`question-${measure.question}`, { value: '' }), value: label('withheld') }]
              : measure.counts.map(({ value, about }) => ({
                  label: label(`question-${measure.question}`, { value }),
                  value: label('people', { people: about }),
                })),
          ),
      },
    ])
  },
  /** How the client rated what they care about, over time: theirs alone, unless they share a line of it. */
  progress: (turn, label) => progressBlocks(turn, label),
  /** The contract, point by point: labels term-1 and term-1-text, and so on. */
  terms: (_, label) => [
    {
      kind: 'fields',
      items: [1, 2, 3, 4, 5].map(point => ({ label: label(`term-${point}`), value: label(`term-${point}-text`) })),
    },
  ],
  /** Rule 11: each line with its country's name, for a zone may say it wrongly. */
  lines: (turn, label) => {
    const { country, lines } = linesOf(turn)
    if (lines.length === 0 && turn.context.tenant.policy.safety === undefined) return []
    const lineCountry = country === undefined ? '' : countryName(country, turn.person.locale)
    const items = lines.map(({ name, number }) => ({
      label: label('line', { lineName: name, lineCountry }),
      value: number,
    }))
    // Somebody in the company, if HR named one: in HR's words, after those who are there for everybody.
    const { safety } = turn.context.tenant.policy
    const inside = safety === undefined ? [] : [{ label: safety.owner, value: safety.hours }]
    return [{ kind: 'fields', items: [...items, ...inside] }]
  },
  /** The shelf, as they put it there. */
  dreams: (turn, label) => {
    const shelf = openGoals(turn).filter(({ kind }) => kind === 'dream')
    if (shelf.length === 0) return [{ kind: 'paragraph', text: label('dreams-none') }]
    return shelf.map(({ text }): Block => ({ kind: 'quote', text }))
  },
  topics: (turn, label) => {
    const { topics } = clientOf(turn)
    const items = TOPICS.map(topic => ({
      label: label(`topic-${topic}`),
      value: label(topics[topic] ? 'open' : 'closed'),
    }))
    return [{ kind: 'fields', items }]
  },
  /** What HR has set for everybody. */
  policy: (turn, label) => [{ kind: 'fields', items: policyItems(turn, label) }],
  /** How far HR's list has come; what is nobody's is not mentioned. */
  rollout: (turn, label) => {
    const { waiting, invited, passedOver } = need(turn, 'rollout')
    const rows = [
      ['invited', invited] as const,
      ['waiting', waiting] as const,
      ...PASSED_OVER.map(why => [`passed-${why}`, passedOver[why]] as const),
    ]
    const items = rows.filter(([, many]) => many > 0).map(([id, many]) => ({ label: label(id), value: String(many) }))
    return items.length === 0 ? [{ kind: 'paragraph', text: label('list-empty') }] : [{ kind: 'fields', items }]
  },
  /** Their own days off to come, days in a row as one. */
  'days-off': (turn, label) => {
    const { locale, zone } = turn.person
    const today = localDate(turn.context.now, zone)
    const ranges = inRows(clientOf(turn).daysOff.filter(one => one >= today))
    if (ranges.length === 0) return [{ kind: 'paragraph', text: label('days-off-none') }]
    return ranges.map(([first, last]): Block => {
      const [firstDay, lastDay] = [first, last].map(one => dayInWords(one, locale))
      const text =
        first === last ? firstDay : label('days-off-range', { firstDay: firstDay ?? '', lastDay: lastDay ?? '' })
      return { kind: 'paragraph', text: text ?? '' }
    })
  },
  /** The several things that one message holds. */
  several: turn => [
    {
      kind: 'fields',
      items: partsIn(turn).map(({ what, due }) => ({ label: dayInWords(due, turn.person.locale), value: what })),
    },
  ],
  /** Every command, in groups: labels help-1 and help-1-text, and so on. */
  help: (_, label) => [
    {
      kind: 'fields',
      items: [1, 2, 3, 4, 5].map(group => ({ label: label(`help-${group}`), value: label(`help-${group}-text`) })),
    },
  ],
  /** HR's set-up, before it is confirmed. */
  setup: (turn, label) => {
    const { slots } = topFrame(turn)
    const coach = coachPicked(turn)?.name ?? ''
    const purpose = (slots.purposeText ?? '').trim()
    return [
      {
        kind: 'fields',
        items: [
          { label: label('programme'), value: slots.programmeName ?? '' },
          ...(purpose === '' ? [] : [{ label: label('purpose'), value: purpose }]),
          { label: label('coach'), value: coach },
        ],
      },
    ]
  },
}
