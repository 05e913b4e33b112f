import { nextCheckInOf } from '../../domain/agenda.ts'
import type { Commitment } from '../../domain/commitment.ts'
import { mayInitiate } from '../../domain/contract.ts'
import type { HomeBlock, HomeSection } from '../../domain/home.ts'
import { localDate } from '../../domain/schedule.ts'
import { clientOf, openCommitments, openGoals } from '../turn.ts'
import { dayInWords } from '../values.ts'
import { viewBlocks } from '../views.ts'
import { action, actions, LISTED, type Making, toLookAt } from './sections.ts'

/** A client's own home: what is to come, what they took on, what others see of it, and how to turn it down. */
export const clientSections = (making: Making): readonly HomeSection[] =>
  mayInitiate(clientOf(making.turn).contract)
    ? [next(making), commitments(making), dreams(making), seen(making), pressure(making)]
    : [atTheDoor(making)]

/** Before they accept, and after they stopped, there is the contract and nothing else. */
const atTheDoor = ({ turn, label }: Making): HomeSection => {
  const { state } = clientOf(turn).contract
  return {
    id: 'door',
    title: label('door-title'),
    blocks: [
      { kind: 'paragraph', text: label(state === 'stopped' ? 'door-stopped' : 'door-text') },
      actions(
        action(label('door-open'), { kind: 'door' }),
        action(label('see'), { kind: 'command', command: 'seen' }),
        action(label('delete'), { kind: 'command', command: 'delete' }),
      ),
    ],
  }
}

/** A hold reads as a pause: nobody who looks over a shoulder learns more (rule 11). */
const next = ({ turn, label }: Making): HomeSection => {
  const { person, context } = turn
  const { pause, hold, rhythm } = clientOf(turn)
  const day = (at: number): string => dayInWords(localDate(at, person.zone), person.locale)
  const until = hold === undefined && pause !== undefined ? pause.until : undefined
  const rests = hold !== undefined || (pause !== undefined && (until === undefined || until > context.now))
  const at = nextCheckInOf(person, context.calendar, context.now)
  const text =
    context.tenant.pausedAt !== undefined
      ? label('rests-all')
      : rests
        ? label(until === undefined ? 'rests' : 'rests-until', until === undefined ? {} : { until: day(until) })
        : at === undefined
          ? label('next-none')
          : label('next', { nextCheckIn: day(at) })
  const weeks = `rhythm-${rhythm.weeks}`
  return {
    id: 'next',
    title: label('next-title'),
    blocks: [
      { kind: 'paragraph', text },
      { kind: 'context', text: label(weeks) },
      actions(
        action(label('check-in'), { kind: 'command', command: 'check-in' }),
        rests
          ? action(label('resume'), { kind: 'command', command: 'resume' })
          : action(label('pause'), { kind: 'command', command: 'pause' }),
        action(label('days-off'), { kind: 'command', command: 'days-off' }),
      ),
    ],
  }
}

const commitments = (making: Making): HomeSection => {
  const { turn, label } = making
  const open = openCommitments(turn)
  const rest = open.length - LISTED
  const blocks: readonly HomeBlock[] =
    open.length === 0
      ? [{ kind: 'paragraph', text: label('commitments-none') }]
      : [
          ...open.slice(0, LISTED).flatMap(one => ofCommitment(making, one)),
          ...(rest > 0 ? [{ kind: 'context', text: label('more', { count: rest }) } as const] : []),
        ]
  return {
    id: 'commitments',
    title: label('commitments-title'),
    blocks: [...blocks, actions(action(label('commit'), { kind: 'command', command: 'commit' }))],
  }
}

/** Four ways on, of equal weight: letting go is one of them (rule 3). */
const ofCommitment = ({ turn, label }: Making, { id, text, plan, due, forWhom }: Commitment): readonly HomeBlock[] => {
  const when = due === undefined ? label('no-day') : label('by-day', { due: dayInWords(due, turn.person.locale) })
  const facts = [when, ...(plan === undefined ? [] : [plan]), label(forWhom === 'coach' ? 'for-coach' : 'for-me')]
  const become = (outcome: 'kept' | 'smaller' | 'later' | 'let-go') =>
    action(label(`do-${outcome}`), { kind: 'commitment', commitment: id, outcome }, text)
  return [
    { kind: 'quote', text },
    { kind: 'context', text: facts.join(' · ') },
    actions(become('kept'), become('smaller'), become('later'), become('let-go')),
  ]
}

/** Shown only once the client has put it up; nothing else in the home tells of it. */
const dreams = ({ turn, label }: Making): HomeSection => {
  const isOpen = clientOf(turn).topics.dreams
  const shelf = isOpen ? openGoals(turn).filter(({ kind }) => kind === 'dream') : []
  const words: readonly HomeBlock[] = isOpen
    ? shelf.length === 0
      ? [{ kind: 'paragraph', text: label('dreams-none') }]
      : shelf.slice(-LISTED).map(({ text }) => ({ kind: 'quote', text }))
    : [{ kind: 'paragraph', text: label('dreams-closed') }]
  return {
    id: 'dreams',
    title: label('dreams-title'),
    blocks: [
      ...words,
      actions(action(label(isOpen ? 'dreams' : 'dreams-open'), { kind: 'command', command: 'dreams' })),
    ],
  }
}

/** Rule 9: the same view as in the chat, from the query that they are served by. */
const seen = ({ turn, label }: Making): HomeSection => {
  const pack = turn.context.packs.current('always-on', turn.person.locale)
  const all = toLookAt(viewBlocks(turn, pack, 'seen'))
  const quotes = all.filter(({ kind }) => kind === 'quote')
  const kept = new Set(quotes.slice(0, LISTED))
  const rest = quotes.length - kept.size
  return {
    id: 'seen',
    title: label('seen-title'),
    blocks: [
      ...all.filter(block => block.kind !== 'quote' || kept.has(block)),
      ...(rest > 0 ? [{ kind: 'context', text: label('more-seen', { count: rest }) } as const] : []),
    ],
  }
}

const pressure = ({ turn, label }: Making): HomeSection => {
  const pack = turn.context.packs.current('always-on', turn.person.locale)
  return {
    id: 'pressure',
    title: label('pressure-title'),
    blocks: [
      ...toLookAt(viewBlocks(turn, pack, 'ledger')).filter(block => block.kind !== 'fields' || block.items.length > 0),
      actions(
        action(label('limits'), { kind: 'command', command: 'limits' }),
        action(label('stop'), { kind: 'command', command: 'stop' }),
        action(label('delete'), { kind: 'command', command: 'delete' }),
      ),
    ],
  }
}
