import { type CoachNote, MOST_OFFERS } from '../../domain/coach-note.ts'
import { type PersonId, personId } from '../../domain/ids.ts'
import { changeClient, changeFrame, clientOf, need, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

const changeNote = (turn: Turn, id: string | undefined, change: (note: CoachNote) => CoachNote | undefined): void =>
  changeClient(turn, {
    notes: (clientOf(turn).notes ?? []).flatMap(one => (one.id === id ? (change(one) ?? []) : one)),
  })

/** The client whom this coach picked, if it is one of theirs. */
const clientPicked = (turn: Turn): PersonId | undefined => {
  const { noteFor } = topFrame(turn).slots
  const found = need(turn, 'roster').find(({ id, coach }) => id === noteFor && coach === turn.person.id)
  return found === undefined ? undefined : personId(found.id)
}

/** A coach's note or perspective: written in the coach's chat, read in the client's, always as the coach's own words. */
export const noteActs: Acts<'write-note' | 'next-note' | 'keep-note' | 'drop-note'> = {
  /** It goes through the client's inbox like all that concerns them; what becomes of it there is not told. */
  'write-note': done(turn => {
    const { noteKind, noteText = '' } = topFrame(turn).slots
    const to = clientPicked(turn)
    if (to === undefined || noteText.trim() === '') return
    const note = { kind: noteKind === 'perspective' ? 'perspective' : 'note', text: noteText } as const
    turn.deeds.push({ kind: 'tell', to, event: { kind: 'coach-note', coach: turn.person.id, note } })
  }),
  /** The one its appointment named; in a check-in the one that waits longest. A note is read and done, an offer may wait. */
  'next-note': turn => {
    const { notes = [] } = clientOf(turn)
    const { queue, slots } = topFrame(turn)
    const note = notes.find(({ id }) => queue.includes(id)) ?? notes.find(({ rides }) => rides) ?? notes[0]
    if (note === undefined) return 'none'
    const offers = note.offers + 1
    const isOver = note.kind === 'note' || offers >= MOST_OFFERS
    changeNote(turn, note.id, one => (isOver ? undefined : { ...one, offers, rides: true }))
    changeFrame(turn, { slots: { ...slots, noteId: note.id, coachWords: note.text, coachName: note.coachName } })
    return note.kind
  },
  /** They said "later": it waits for the next check-in, as if it had not been offered yet. */
  'keep-note': done(turn => {
    const { noteId = '', coachWords = '', coachName = '' } = topFrame(turn).slots
    const waiting: CoachNote = {
      id: noteId,
      kind: 'perspective',
      text: coachWords,
      coachName,
      at: turn.context.now,
      rides: true,
      offers: 0,
    }
    changeNote(turn, noteId, () => undefined)
    changeClient(turn, { notes: [...(clientOf(turn).notes ?? []), waiting] })
  }),
  'drop-note': done(turn => changeNote(turn, topFrame(turn).slots.noteId, () => undefined)),
}
