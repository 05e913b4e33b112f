import { approved, type OfferedLine, type ShareKind } from '../../domain/sharing.ts'
import { linesToPreview } from '../render-ask.ts'
import { changeClient, changeFrame, clientOf, focusedCommitment, freshId, type Turn, topFrame } from '../turn.ts'
import { valuesOf } from '../values.ts'
import { formatText } from '../words.ts'
import { type Acts, done } from './act.ts'

/** At most so many lines wait for a preview; the oldest give way. */
const OFFERED_KEPT = 12

/** What a line is made of: an answer of this conversation, or the commitment it is about, in the words of a label. */
const LINES: Readonly<Record<string, { readonly kind: ShareKind; readonly from: 'slot' | 'commitment' | 'label' }>> = {
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
  const line = LINES[what]
  const frame = topFrame(turn)
  if (line === undefined) throw new Error(`"${what}" is no line to offer: the loader lets none through`)
  if (line.from === 'slot') {
    const text = frame.slots[what]
    return text === undefined ? undefined : { kind: line.kind, text, preselected: false }
  }
  const label = turn.context.packs.byHash(frame.hash)?.labels[`line-${what}`] ?? '{commitment}'
  const text = formatText(label, turn.person.locale, valuesOf(turn))
  const preselected = line.from === 'commitment' && focusedCommitment(turn)?.forWhom === 'coach'
  return { kind: line.kind, text, preselected }
}

/** Rule 8: lines are offered as they come up, and shared only by the preview. */
export const sharingActs: Acts<'offer' | 'next-preview' | 'share'> = {
  offer: done((turn, what) => {
    const line = lineOf(turn, what ?? '')
    if (line === undefined) return
    const { offered } = clientOf(turn)
    // The same commitment offered twice in a period is one line: its latest state.
    const others = offered.filter(one => !(one.kind === line.kind && one.text === line.text))
    const id = `${freshId(turn, 'l')}-${others.length}`
    changeClient(turn, { offered: [...others, { id, ...line }].slice(-OFFERED_KEPT) })
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
    const kept = Object.entries(slots).filter(([slot]) => !gone.has(slot.replace(/\.include$/, '')))
    changeFrame(turn, { slots: Object.fromEntries(kept) })
    if (yes.length === 0) return 'none'
    turn.deeds.push({ kind: 'share', coach: client.coach, lines: yes, at: turn.context.now })
    return 'some'
  },
}
