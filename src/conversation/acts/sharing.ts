import type { Person } from '../../domain/person.ts'
import { approved, type OfferedLine, type ShareKind, withOffer } from '../../domain/sharing.ts'
import { OFFERS } from '../act-names.ts'
import { linesToPreview } from '../render-ask.ts'
import { changeClient, changeFrame, clientOf, focusedCommitment, freshId, type Turn, topFrame } from '../turn.ts'
import { valuesOf } from '../values.ts'
import { formatText } from '../words.ts'
import { type Acts, done } from './act.ts'

/** At most so many lines wait for a preview; the oldest give way. */
const OFFERED_KEPT = 12

/** What a line is made of: an answer of this conversation, or the commitment it is about, in the words of a label. */
const LINES: Readonly<
  Record<(typeof OFFERS)[number], { readonly kind: ShareKind; readonly from: 'slot' | 'commitment' | 'label' }>
> = {
  win: { kind: 'win', from: 'slot' },
  talk: { kind: 'talk', from: 'slot' },
  made: { kind: 'commitment', from: 'commitment' },
  kept: { kind: 'win', from: 'commitment' },
  partly: { kind: 'commitment', from: 'commitment' },
  moved: { kind: 'commitment', from: 'commitment' },
  measure: { kind: 'measure', from: 'label' },
  fulfilment: { kind: 'measure', from: 'label' },
  'look-back': { kind: 'note', from: 'label' },
  reply: { kind: 'note', from: 'label' },
  changed: { kind: 'note', from: 'label' },
  keep: { kind: 'note', from: 'label' },
  dream: { kind: 'note', from: 'label' },
  sponsor: { kind: 'sponsor', from: 'label' },
}

const lineOf = (turn: Turn, what: string): Omit<OfferedLine, 'id'> | undefined => {
  const known = OFFERS.find(one => one === what)
  const frame = topFrame(turn)
  if (known === undefined) throw new Error(`"${what}" is no line to offer: the loader lets none through`)
  const line = LINES[known]
  if (line.from === 'slot') {
    const text = frame.slots[what]
    return text === undefined ? undefined : { kind: line.kind, text, preselected: false }
  }
  const label = turn.context.packs.byHash(frame.hash)?.labels[`line-${what}`] ?? '{commitment}'
  const text = formatText(label, turn.person.locale, valuesOf(turn))
  const commitment = line.from === 'commitment' ? focusedCommitment(turn) : undefined
  const about = line.kind === 'measure' ? frame.slots.goalId : commitment?.id
  return { kind: line.kind, text, preselected: commitment?.forWhom === 'coach', ...(about && { about }) }
}

/** Keeps a line for the next share preview; nothing is shared by it. */
export const offerLine = (turn: Turn, line: Omit<OfferedLine, 'id'>): void => {
  const { offered } = clientOf(turn)
  const id = lineId(freshId(turn, 'l'), offered)
  changeClient(turn, { offered: withOffer(offered, { id, ...line }).slice(-OFFERED_KEPT) })
}

/** Several lines of one turn: numbered on from the last. */
const lineId = (prefix: string, offered: readonly OfferedLine[]): string => {
  const numbers = offered.flatMap(({ id }) =>
    id.startsWith(`${prefix}-`) ? [Number(id.slice(prefix.length + 1))] : [],
  )
  return `${prefix}-${Math.max(-1, ...numbers) + 1}`
}

const withoutTyped = (person: Person, lines: readonly OfferedLine[]): Person =>
  person.typed === undefined
    ? person
    : { ...person, typed: person.typed.filter(one => !lines.some(({ text }) => text.includes(one.text))) }

/** Rule 8: lines are offered as they come up, and shared only by the preview. */
export const sharingActs: Acts<'offer' | 'next-preview' | 'share'> = {
  offer: done((turn, what) => {
    const line = lineOf(turn, what ?? '')
    if (line !== undefined) offerLine(turn, line)
  }),
  'next-preview': turn => (linesToPreview(turn).length === 0 ? 'none' : 'lines'),
  /** What the form approved goes to the coach; what it did not is forgotten here, without a trace. */
  share: turn => {
    const lines = linesToPreview(turn)
    const { slots } = topFrame(turn)
    const yes = approved(lines, slots)
    const client = clientOf(turn)
    const gone = new Set(lines.map(({ id }) => id))
    changeClient(turn, {
      offered: client.offered.filter(({ id }) => !gone.has(id)),
      ...(yes.length === 0 ? {} : { last: { kind: 'shared' as const } }),
    })
    // Rule 8: what was left out, or reworded, is in no place any more; not as it was typed either.
    turn.person = withoutTyped(turn.person, lines)
    const kept = Object.entries(slots).filter(([slot]) => !gone.has(slot.replace(/\.include$/, '')))
    changeFrame(turn, { slots: Object.fromEntries(kept) })
    if (yes.length === 0) return 'none'
    turn.deeds.push({ kind: 'share', coach: client.coach, lines: yes, at: turn.context.now })
    return 'some'
  },
}
