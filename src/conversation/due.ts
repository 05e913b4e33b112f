import { isProposal, noteDue, waitsOn } from '../domain/coach-note.ts'
import type { Commitment } from '../domain/commitment.ts'
import { remind } from '../domain/contract.ts'
import { toLookBackAt } from '../domain/decision.ts'
import type { Event } from '../domain/event.ts'
import { gate, type Refusal } from '../domain/gate.ts'
import { occasionOf, type Scheduled } from '../domain/person.ts'
import type { MessageClass } from '../domain/pressure.ts'
import { localDate } from '../domain/schedule.ts'
import { isClosingDue, unansweredCheckIn } from '../domain/silence.ts'
import { INVITATIONS_A_DAY } from '../domain/tenant.ts'
import { offered, postponed, wideningDue } from '../domain/widening.ts'
import { composeMessage, messageKey } from './compose.ts'
import { ENTRANCES, type Entrance } from './entrances.ts'
import { askAgain, enter } from './machine.ts'
import { changeClient, changeCommitment, clientOf, openCommitments, type Turn } from './turn.ts'

type Due = Extract<Event, { kind: 'due' }>

const HOUR = 3_600_000
/** What is so late is dropped rather than sent: a check-in of two days ago is nobody's check-in. */
const STALE_AFTER = 24 * HOUR
/** Somebody who is answering something else is not interrupted: the message waits. */
const BUSY_FOR = HOUR
const HELD_BACK_KEPT = 20

/** An appointment came due: the gate comes before the turn, so what may not leave is never even begun. */
export const due = (turn: Turn, event: Due): void => {
  if (event.appointment === 'expiry') return expire(turn, event)
  forget(turn, event.key)
  switch (event.appointment) {
    case 'reminder':
      return reminder(turn, event)
    case 'check-in':
      return checkIn(turn, event)
    case 'closing-line':
      return closingLine(turn, event)
    case 'nudge':
      return nudge(turn, event, 'nudge')
    case 'follow-up':
      return comeBack(turn, event)
    case 'snoozed':
      return snoozed(turn, event)
    case 'digest':
      return digest(turn)
    case 'wave':
      return wave(turn)
    case 'close-period':
      turn.deeds.push({ kind: 'report', period: event.date })
      return
  }
}

/** It has happened: the agenda no longer holds it, and will be worked out anew. */
const forget = (turn: Turn, key: string): void => {
  const scheduled = Object.fromEntries(Object.entries(turn.person.scheduled).filter(([one]) => one !== key))
  turn.person = { ...turn.person, scheduled }
}

/** Asks the gate; true if it may leave now. What must wait is put back, what may not leave is noted with the reason. */
const passes = (turn: Turn, event: Due, wanted: { readonly class: MessageClass; readonly ask: boolean }): boolean => {
  const { now, calendar } = turn.context
  if (now - event.at > STALE_AFTER) return refuse(turn, event, 'stale')
  if (turn.context.tenant.pausedAt !== undefined) return refuse(turn, event, 'paused')
  const verdict = gate(
    turn.person,
    { key: messageKey(turn.person), ...wanted },
    calendar,
    now,
    turn.context.packs.guided.most,
  )
  if (verdict.kind === 'go') {
    if (!isBusy(turn)) return true
    putBack(turn, event, now + BUSY_FOR)
    return false
  }
  if (verdict.kind === 'wait' && verdict.at - event.at <= STALE_AFTER * 4) {
    putBack(turn, event, verdict.at)
    return false
  }
  return refuse(turn, event, verdict.why)
}

const refuse = (turn: Turn, event: Due, why: Refusal): false => {
  const heldBack = [{ at: turn.context.now, what: event.appointment, why }, ...clientOf(turn).heldBack]
  changeClient(turn, { heldBack: heldBack.slice(0, HELD_BACK_KEPT) })
  return false
}

const putBack = (turn: Turn, event: Due, at: number): void => {
  const again: Scheduled = { kind: event.appointment, at, date: event.date }
  turn.person = { ...turn.person, scheduled: { ...turn.person.scheduled, [event.key]: again } }
  turn.deeds.push({ kind: 'appoint', key: event.key, appointment: event.appointment, at, date: event.date })
}

const isBusy = (turn: Turn): boolean =>
  turn.running?.answered === true && !turn.running.snoozed && turn.context.now - turn.running.lastAt < BUSY_FOR

const isPutBack = (turn: Turn, event: Due): boolean => turn.person.scheduled[event.key] !== undefined

/** Begins a pack by itself. An older conversation that still waits ends without a word. */
const start = (turn: Turn, entrance: Entrance, as: MessageClass, queue: readonly string[] = []): void => {
  endUnanswered(turn)
  turn.frames = []
  turn.running = undefined
  enter(turn, entrance, { between: false, queue })
  composeMessage(turn, { class: as })
}

const reminder = (turn: Turn, event: Due): void => {
  if (!passes(turn, event, { class: 'invitation', ask: true })) {
    // Whatever the reason, there is only ever one try after this one was due.
    if (!isPutBack(turn, event)) changeClient(turn, { contract: remind(clientOf(turn).contract) })
    return
  }
  changeClient(turn, { contract: remind(clientOf(turn).contract) })
  start(turn, ENTRANCES.reminder, 'invitation')
}

const checkIn = (turn: Turn, event: Due): void => {
  const allowed = passes(turn, event, { class: 'check-in', ask: true })
  if (isPutBack(turn, event)) return
  changeClient(turn, { rhythm: { ...clientOf(turn).rhythm, lastDate: event.date } })
  if (!allowed) return
  start(turn, ENTRANCES.checkIn, 'check-in')
  // With everything closed there is nothing to ask; it finds no answer all the same (rule 4).
  if (!turn.asks) changeClient(turn, { silence: unansweredCheckIn(clientOf(turn).silence) })
}

const closingLine = (turn: Turn, event: Due): void => {
  const allowed = isClosingDue(clientOf(turn).silence) && passes(turn, event, { class: 'closing', ask: false })
  if (isPutBack(turn, event)) return
  const { silence, rhythm } = clientOf(turn)
  changeClient(turn, { silence: { ...silence, closed: true }, rhythm: { ...rhythm, lastDate: event.date } })
  if (allowed) start(turn, ENTRANCES.closingLine, 'closing')
}

/** Rule 3: one message for all that is due that day; what may not be sent is carried into the next check-in. */
const nudge = (turn: Turn, event: Due, kind: 'nudge' | 'follow-up'): void => {
  const asked = openCommitments(turn).filter(one => one.due === event.date && !one.carried && isForIt(one, kind))
  if (asked.length === 0) return
  // They called a question of the nudge too personal: what had a day is left to the check-in.
  const unwanted = clientOf(turn).retired.questions.some(id => id.startsWith(`${ENTRANCES.nudge.pack}.`))
  const allowed = !unwanted && passes(turn, event, { class: kind, ask: true })
  if (isPutBack(turn, event)) return
  const { now } = turn.context
  for (const one of asked) {
    if (!allowed) changeCommitment(turn, { ...one, carried: true })
    else changeCommitment(turn, kind === 'nudge' ? { ...one, nudgedAt: now } : { ...one, followedUpAt: now })
  }
  if (!allowed) return
  const ids = asked.map(({ id }) => id)
  start(turn, kind === 'nudge' ? ENTRANCES.nudge : ENTRANCES.followUp, kind, ids)
}

/** Something to come back to: a commitment, unless the key names an occasion of its own. */
const comeBack = (turn: Turn, event: Due): void => {
  switch (occasionOf(event.key)) {
    case 'look-back':
      return lookBack(turn, event)
    case 'note':
      return coachNote(turn, event)
    case 'widening':
      return widening(turn, event)
    case undefined:
      return nudge(turn, event, 'follow-up')
  }
}

/** One look back a day; what else was for that day, and what may not be sent, rides in the next check-in. */
const lookBack = (turn: Turn, event: Due): void => {
  const { decisions = [] } = clientOf(turn)
  const [first] = toLookBackAt(decisions, event.date)
  if (first === undefined) return
  const allowed = passes(turn, event, { class: 'look-back', ask: true })
  if (isPutBack(turn, event)) return
  const { now } = turn.context
  changeClient(turn, {
    decisions: decisions.map(one => {
      if (allowed && one.id === first.id) return { ...one, asked: now }
      return one.lookBack === event.date ? { ...one, rides: true } : one
    }),
  })
  if (allowed) start(turn, ENTRANCES.lookBack, 'look-back', [first.id])
}

/** The coach's words, by themselves once a week; a note asks nothing, a perspective is offered first. */
const coachNote = (turn: Turn, event: Due): void => {
  const { notes = [], ledger } = clientOf(turn)
  const due = noteDue(notes, ledger, turn.context.now)
  if (due === undefined || due.at > turn.context.now) return
  const { note } = due
  // What is about work waits while work is closed.
  const isUnwanted = note.kind === 'measure' && !clientOf(turn).topics.work
  const allowed = !isUnwanted && passes(turn, event, { class: 'note', ask: note.kind !== 'note' })
  if (isPutBack(turn, event)) return
  if (isProposal(note)) {
    changeClient(turn, { notes: notes.map(one => (one.id === note.id ? waitsOn(one, turn.context.now) : one)) })
    if (allowed) start(turn, ENTRANCES.proposal, 'note', [note.id])
    return
  }
  if (allowed) return start(turn, ENTRANCES.coachNote, 'note', [note.id])
  changeClient(turn, { notes: notes.map(one => (one.id === note.id ? { ...one, rides: true } : one)) })
}

/** Rule 10: looked at once more as it comes due, and put off by a week if there is no room. */
const widening = (turn: Turn, event: Due): void => {
  const client = clientOf(turn)
  const { now } = turn.context
  const due =
    client.contract.state === 'accepted'
      ? wideningDue({ ...client, widening: client.widening }, client.contract.at)
      : undefined
  if (due === undefined || due > now) return
  const allowed = passes(turn, event, { class: 'widening', ask: true })
  if (isPutBack(turn, event)) return
  changeClient(turn, { widening: allowed ? offered(client.widening, now) : postponed(client.widening, now) })
  if (allowed) start(turn, ENTRANCES.widening, 'widening')
}

const isForIt = (one: Commitment, kind: 'nudge' | 'follow-up'): boolean =>
  kind === 'nudge' ? one.nudgedAt === undefined : one.nudgedAt !== undefined && one.followedUpAt === undefined

/** They asked to be asked later; a scheduled message counts all the same (rule 2). */
const snoozed = (turn: Turn, event: Due): void => {
  const { running } = turn
  if (running === undefined || !running.snoozed || event.key !== `snoozed:${running.id}`) return
  const as: MessageClass = running.class === 'reply' ? 'check-in' : running.class
  // While it is snoozed it keeps nobody busy, itself least of all.
  const allowed = passes(turn, event, { class: as, ask: true })
  if (isPutBack(turn, event)) return
  turn.running = { ...running, snoozed: false, lastAt: turn.context.now }
  if (!allowed) return
  askAgain(turn)
  composeMessage(turn, { class: as })
}

/** Rule 14: everything shared since the last one, read at the moment it leaves. */
const digest = (turn: Turn): void => {
  const { coach } = turn.person
  const { now } = turn.context
  if (coach === undefined) return
  turn.deeds.push({
    kind: 'send',
    key: messageKey(turn.person),
    class: 'reply',
    ask: false,
    content: { kind: 'digest', from: coach.digestedTo, to: now },
    notBefore: now,
    notAfter: now + 3 * 24 * HOUR,
  })
  turn.person = { ...turn.person, coach: { ...coach, digestedTo: now } }
}

/** While all is paused nobody is invited; the list waits for another day. */
const wave = (turn: Turn): void => {
  const { rollout } = turn.person
  const { tenant } = turn.context
  if (rollout === undefined) return
  // By the day on which it really is: one that comes late is that day's.
  const date = localDate(turn.context.now, turn.person.zone)
  turn.person = { ...turn.person, rollout: { lastWave: date } }
  if (tenant.pausedAt !== undefined) return
  turn.deeds.push({ kind: 'wave', date, most: tenant.policy.invitationsADay ?? INVITATIONS_A_DAY })
}

const expire = (turn: Turn, event: Due): void => {
  forget(turn, event.key)
  const { running } = turn
  if (running === undefined || event.key !== `expiry:${running.id}` || running.quietAfter === undefined) return
  if (running.lastAt + running.quietAfter * HOUR > turn.context.now) return
  endUnanswered(turn)
  turn.frames = []
  turn.running = undefined
}

/** Rule 4 counts check-ins that found no answer; rule 8: lines of a preview that nobody answered are shared with nobody. */
const endUnanswered = (turn: Turn): void => {
  const { running } = turn
  if (running === undefined || turn.person.client === undefined || running.class !== 'check-in') return
  if (!running.answered) changeClient(turn, { silence: unansweredCheckIn(clientOf(turn).silence) })
  else changeClient(turn, { offered: [] })
}

/** A conversation whose frames are all done is over, however the turn went. */
export const closeQuietly = (turn: Turn): void => {
  if (turn.frames.length === 0) turn.running = undefined
}
