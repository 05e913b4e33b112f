import { type CoachNote, isProposal, MOST_OFFERS } from '../../domain/coach-note.ts'
import { type PersonId, personId } from '../../domain/ids.ts'
import { atLocal, isLocalDate } from '../../domain/schedule.ts'
import { changeClient, changeFrame, clientOf, need, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

const NOTE_KINDS = ['note', 'perspective', 'measure'] as const

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
export const noteActs: Acts<
  | 'write-note'
  | 'next-note'
  | 'next-proposal'
  | 'hand-over'
  | 'accept-hand-over'
  | 'set-away'
  | 'keep-note'
  | 'drop-note'
> = {
  /** It goes through the client's inbox like all that concerns them; what becomes of it there is not told. */
  'write-note': done((turn, proposed) => {
    const { noteKind: chosen, noteText = '' } = topFrame(turn).slots
    const noteKind = proposed ?? chosen
    const to = clientPicked(turn)
    if (to === undefined || noteText.trim() === '') return
    const kind = NOTE_KINDS.find(one => one === noteKind) ?? 'note'
    const note = { kind, text: noteText }
    turn.deeds.push({ kind: 'tell', to, event: { kind: 'coach-note', coach: turn.person.id, note } })
  }),
  /** The one its appointment named; in a check-in the one that waits longest. A note is read and done, an offer may wait. */
  'next-note': turn => {
    const notes = (clientOf(turn).notes ?? []).filter(one => !isProposal(one))
    const { queue, slots } = topFrame(turn)
    const note = notes.find(({ id }) => queue.includes(id)) ?? notes.find(({ rides }) => rides) ?? notes[0]
    if (note === undefined) return 'none'
    const offers = note.offers + 1
    const isOver = note.kind === 'note' || offers >= MOST_OFFERS
    changeNote(turn, note.id, one => (isOver ? undefined : { ...one, offers, rides: true }))
    changeFrame(turn, { slots: { ...slots, noteId: note.id, coachWords: note.text, coachName: note.coachName } })
    return note.kind
  },
  /** The one its appointment named; asked twice at most, then it was never pushed. */
  'next-proposal': turn => {
    const { queue, slots } = topFrame(turn)
    const note = (clientOf(turn).notes ?? []).find(({ id }) => queue.includes(id))
    if (note === undefined || !isProposal(note)) return 'none'
    const offers = note.offers + 1
    changeNote(turn, note.id, one => (offers >= MOST_OFFERS ? undefined : { ...one, offers }))
    const { id, text, coachName } = note
    const theirs = note.kind === 'hand-over' ? { newCoach: note.to.name, newCoachId: note.to.id } : { goalText: text }
    changeFrame(turn, { slots: { ...slots, noteId: id, coachWords: text, coachName, ...theirs } })
    return note.kind === 'hand-over' ? 'hand-over' : 'measure'
  },
  /** The client is asked; until they say so, nothing changes. */
  'hand-over': done(turn => {
    const client = clientPicked(turn)
    const { handTo } = topFrame(turn).slots
    const isCoach = turn.context.tenant.programme?.coaches.some(id => id === handTo) === true
    const found = need(turn, 'roster').find(({ id }) => id === handTo)
    if (client === undefined || found === undefined || !isCoach || found.id === turn.person.id) return
    const to = { id: personId(found.id), name: found.name }
    const note = { kind: 'hand-over', text: '', to } as const
    turn.deeds.push({ kind: 'tell', to: client, event: { kind: 'coach-note', coach: turn.person.id, note } })
  }),
  /** By the client's word alone. What the coach before has read stays with them; the next one reads what comes from now on. */
  'accept-hand-over': done(turn => {
    const { noteId, newCoach = '', newCoachId = '' } = topFrame(turn).slots
    if (newCoachId === '') return
    changeNote(turn, noteId, () => undefined)
    changeClient(turn, { coach: personId(newCoachId), coachName: newCoach })
    turn.deeds.push({
      kind: 'tell',
      to: personId(newCoachId),
      event: { kind: 'handed-over', client: turn.person.name },
    })
  }),
  'set-away': done(turn => {
    const { coach, zone } = turn.person
    const { backOn = '' } = topFrame(turn).slots
    if (coach === undefined) return
    const { awayUntil: _, ...here } = coach
    const away = isLocalDate(backOn) ? { awayUntil: atLocal(backOn, '00:00', zone) } : {}
    turn.person = { ...turn.person, coach: { ...here, ...away } }
  }),
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
