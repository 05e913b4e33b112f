import { agendaDeeds, agendaOf } from '../domain/agenda.ts'
import type { CoachNote } from '../domain/coach-note.ts'
import { invite, mayInitiate } from '../domain/contract.ts'
import type { Effect } from '../domain/effect.ts'
import type { Event } from '../domain/event.ts'
import type { Client, Person } from '../domain/person.ts'
import { type MessageClass, MOST, unstamp } from '../domain/pressure.ts'
import type { Tally } from '../domain/rollout.ts'
import { localDate, nextOpen, weekdayOf } from '../domain/schedule.ts'
import { HEARD } from '../domain/silence.ts'
import { NO_TOPICS } from '../domain/topics.ts'
import { composeMessage } from './compose.ts'
import { closeQuietly, due } from './due.ts'
import { ENTRANCES } from './entrances.ts'
import { askingOf, enter } from './machine.ts'
import { command, edited, pressed, receive } from './receive.ts'
import { speak } from './speak.ts'
import {
  beginTurn,
  type Context,
  changeClient,
  changeCommitment,
  freshId,
  Missing,
  type Need,
  need,
  openCommitments,
  type Turn,
} from './turn.ts'

export type Advanced =
  | { readonly kind: 'turn'; readonly person: Person }
  /** Take the turn again with this loaded. */
  | { readonly kind: 'need'; readonly need: Need }

/**
 * One event, one turn: pure. The person that comes back holds the new effects, oldest first, after those still pending, and
 * the event's key among the applied ones. Its revision is one greater: the store's guard.
 */
export const advance = (person: Person, event: Event, key: string, context: Context): Advanced => {
  try {
    const turn = beginTurn(person, context, key)
    if (event.kind === 'reply' || event.kind === 'joined') turn.person = reachable(turn.person)
    happen(turn, event)
    return { kind: 'turn', person: finish(turn, person, key, isByHand(event)) }
  } catch (error) {
    if (error instanceof Missing) return { kind: 'need', need: error.need }
    throw error
  }
}

/** Whoever writes, or joins, can be written to again. */
const reachable = ({ stoppedAt, ...person }: Person): Person => person

const happen = (turn: Turn, event: Event): void => {
  switch (event.kind) {
    case 'reply':
      receive(turn, event.reply)
      composeMessage(turn, { class: 'reply' })
      return takePart(turn)
    case 'action':
      pressed(turn, event.action)
      composeMessage(turn, { class: 'reply' })
      return takePart(turn)
    case 'command':
      command(turn, event.text)
      composeMessage(turn, { class: 'reply' })
      return takePart(turn)
    case 'home-opened':
      turn.person = { ...turn.person, homeSeenAt: turn.context.now }
      return
    case 'edited':
      edited(turn, event.of, event.text)
      return composeMessage(turn, { class: 'reply' })
    case 'profile':
      return changed(turn, event.change)
    case 'left':
      return left(turn, event.why)
    case 'joined':
      return joined(turn, event)
    case 'due':
      return due(turn, event)
    case 'unsent':
      return unsent(turn, event.key)
    case 'invited':
      return invited(turn, event)
    case 'wave-done':
      return waveDone(turn, event.tally)
    case 'appointed':
      if (turn.person.coach !== undefined) return
      turn.person = { ...turn.person, coach: { appointedAt: turn.context.now, digestedTo: turn.context.now } }
      turn.person = { ...turn.person, roles: rolesOf(turn.person, turn.person.roles) }
      turn.frames = []
      enter(turn, ENTRANCES.coachAppointed, { between: false })
      return composeMessage(turn, { class: 'reply' })
    case 'asked-for-coach':
      // In between, if something is being asked there: that question is asked again.
      enter(turn, ENTRANCES.coachAsked, { between: askingOf(turn) !== undefined, slots: { client: event.client } })
      return composeMessage(turn, { class: 'reply' })
    case 'handed-over':
      enter(turn, ENTRANCES.handedOver, { between: askingOf(turn) !== undefined, slots: { client: event.client } })
      return composeMessage(turn, { class: 'reply' })
    case 'coach-note':
      return coachWrote(turn, event)
  }
}

/** HR hears of it once, when nobody is left on the list; on the days before, it stands in their menu and home. */
const waveDone = (turn: Turn, tally: Tally): void => {
  if (tally.waiting > 0 || turn.person.rollout === undefined) return
  const { rollout: _, ...person } = turn.person
  turn.person = person
  enter(turn, ENTRANCES.rolloutDone, { between: askingOf(turn) !== undefined })
  composeMessage(turn, { class: 'reply' })
}

/** For HR's counts: once in each period in which a client, having accepted, writes anything. */
const takePart = (turn: Turn): void => {
  const { client } = turn.person
  const { now, tenant } = turn.context
  const month = localDate(now, tenant.zone).slice(0, 7)
  if (client === undefined || !mayInitiate(client.contract) || client.tookPart === month) return
  changeClient(turn, { tookPart: month })
  turn.deeds.push({ kind: 'observe', question: 'took-part', value: 'yes' })
}

/** Kept until its time comes; the coach's chat has said the same in any case, also if nobody is there to read it. */
const coachWrote = (turn: Turn, { coach, note }: Extract<Event, { kind: 'coach-note' }>): void => {
  const { client } = turn.person
  if (client === undefined || client.coach !== coach || !mayInitiate(client.contract)) return
  const id = freshId(turn, 'n')
  const waiting: CoachNote = {
    ...note,
    id,
    coachName: client.coachName,
    at: turn.context.now,
    rides: false,
    offers: 0,
  }
  changeClient(turn, { notes: [...(client.notes ?? []), waiting] })
}

/** Their zone and name follow the platform; their language only until they choose it here. */
const changed = (turn: Turn, { locale, ...change }: Extract<Event, { kind: 'profile' }>['change']): void => {
  if (locale !== undefined && locale !== turn.person.locale && turn.person.localeChosen !== true) speak(turn, locale)
  turn.person = { ...turn.person, ...change }
}

/** What was being asked is over: should they come back, it would be stale. All else stays as it is. */
const left = (turn: Turn, why: Extract<Event, { kind: 'left' }>['why']): void => {
  turn.person = { ...turn.person, route: undefined, left: { at: turn.context.now, why } }
  turn.frames = []
  turn.running = undefined
}

const joined = (turn: Turn, event: Extract<Event, { kind: 'joined' }>): void => {
  const { name, locale, zone, route, roles } = event
  const first = turn.person.route === undefined
  // The language is theirs to choose: once they did, the platform's profile has no say in it.
  if (turn.person.localeChosen !== true && turn.person.locale !== locale) speak(turn, locale)
  const { left: _, ...person } = turn.person
  turn.person = { ...person, name, zone, route, roles: rolesOf(person, roles) }
  if (!first || !roles.includes('hr') || turn.context.tenant.programme !== undefined) return
  enter(turn, ENTRANCES.hrHello, { between: false })
  composeMessage(turn, { class: 'reply' })
}

/** Who coaches was named here; such a person is not HR as well, whatever rights the platform gave them. */
const rolesOf = ({ coach }: Pick<Person, 'coach'>, roles: Person['roles']): Person['roles'] =>
  coach === undefined ? roles : [...new Set([...roles.filter(role => role !== 'hr'), 'coach' as const])]

/** One invitation, ever (rule 1); the coach's chat has said the same in any case (rule 13). */
const invited = (turn: Turn, event: Extract<Event, { kind: 'invited' }>): void => {
  const { now } = turn.context
  turn.person = { ...turn.person, client: turn.person.client ?? newClient(turn, event) }
  const before = turn.person.client?.contract
  if (before === undefined || before.state !== 'none') return
  changeClient(turn, { contract: invite(before, now) })
  turn.frames = []
  enter(turn, ENTRANCES.invitation, { between: false })
  composeMessage(turn, { class: 'invitation', notBefore: nextOpen(now, turn.person.zone, turn.context.calendar) })
}

const newClient = (turn: Turn, { coach, coachName }: Extract<Event, { kind: 'invited' }>): Client => {
  const { now, calendar } = turn.context
  const { zone } = turn.person
  const today = localDate(now, zone)
  // A coach may invite on a Sunday; a check-in never comes on a day off, and must not be promised for one.
  const firstOpen = localDate(nextOpen(now, zone, calendar), zone)
  return {
    coach,
    coachName,
    contract: { state: 'none' },
    origin: undefined,
    hold: undefined,
    pause: undefined,
    // Weekly, on the weekday the invitation reaches them, at mid-morning, until they choose their own.
    rhythm: { weeks: 1, weekday: weekdayOf(firstOpen), at: '10:00', anchor: today, lastDate: today },
    hour: '09:00',
    daysOff: [],
    silence: HEARD,
    limits: MOST,
    topics: NO_TOPICS,
    ledger: [],
    heldBack: [],
    retired: { questions: [], wordings: [] },
    last: { kind: 'nothing' },
    offered: [],
    begun: {},
  }
}

/** What was not sent was not asked: its conversation ends, and its slot in the ledger is free again. */
const unsent = (turn: Turn, key: string): void => {
  const { client } = turn.person
  if (client !== undefined) changeClient(turn, { ledger: unstamp(client.ledger, key) })
  if (turn.running?.ledgerKey !== key) return
  unmention(turn, turn.running.class)
  turn.frames = []
  turn.running = undefined
}

/** Rule 3's one nudge is one that they could read: what was not sent was none, and what it was about waits for the check-in. */
const unmention = (turn: Turn, as: MessageClass | 'reply'): void => {
  const [frame] = turn.frames
  if (frame === undefined || (as !== 'nudge' && as !== 'follow-up')) return
  const ids = [frame.focus, ...frame.queue]
  for (const one of openCommitments(turn)) {
    if (!ids.includes(one.id)) continue
    changeCommitment(turn, as === 'nudge' ? { ...one, nudgedAt: undefined } : { ...one, followedUpAt: undefined })
  }
}

/** Closes the turn: records, agenda, effects in sequence, revision. */
const finish = (turn: Turn, before: Person, key: string, byHand: boolean): Person => {
  closeQuietly(turn)
  for (const commitment of turn.changed.values()) turn.deeds.push({ kind: 'commitment', commitment })
  plan(turn, before)
  // After all that it shows, and before all of that is gone.
  if (byHand && isHomeKept(turn) && !turn.erased) turn.deeds.push({ kind: 'home' })
  if (turn.erased) turn.deeds.push({ kind: 'erase' })
  const { seq } = turn.person
  const effects = turn.deeds.map((deed, index): Effect => ({ seq: seq + index + 1, ...deed }))
  const { running, frames } = turn
  return {
    ...turn.person,
    conversation: running === undefined || frames.length === 0 ? undefined : { ...running, frames },
    effects: [...turn.person.effects, ...effects],
    seq: seq + effects.length,
    applied: [...turn.person.applied, key].slice(-APPLIED_KEPT),
    revision: turn.person.revision + 1,
  }
}

/** What they did themselves shows in their home, if they have looked at it lately; the rest shows when they look next. */
const isByHand = ({ kind }: Event): boolean => ['reply', 'action', 'command', 'home-opened', 'edited'].includes(kind)

const isHomeKept = ({ person, context }: Turn): boolean =>
  person.homeSeenAt !== undefined && context.now - person.homeSeenAt < HOME_KEPT

/** ms after the last look. */
const HOME_KEPT = 7 * 86_400_000

/** Inbox rows are done long before so many more have come. */
const APPLIED_KEPT = 64

/** Works out the agenda anew, if anything it follows from has changed. */
const plan = (turn: Turn, before: Person): void => {
  const agendaChanged =
    turn.changed.size > 0 ||
    isEnabling(turn) ||
    planFacts(before).some((fact, index) => fact !== planFacts(turn.person)[index]) ||
    before.conversation?.id !== turn.running?.id ||
    Object.values(turn.person.scheduled).some(({ at }) => at <= turn.context.now)
  if (!agendaChanged) return
  const { tenant, calendar, now } = turn.context
  const loaded = turn.person.client?.contract.state === 'accepted' ? need(turn, 'commitments') : []
  const made = [...turn.changed.values()].filter(({ id }) => !loaded.some(one => one.id === id))
  const running = turn.running === undefined ? undefined : { ...turn.running, frames: turn.frames }
  const agenda = agendaOf(
    { ...turn.person, conversation: turn.frames.length === 0 ? undefined : running },
    {
      calendar,
      tenantZone: tenant.zone,
      digest: tenant.policy.digest,
      closesPeriods: tenant.programme === undefined ? isEnabling(turn) : tenant.programme.enabledBy === turn.person.id,
      commitments: [...loaded.map(one => turn.changed.get(one.id) ?? one), ...made],
    },
    now,
  )
  turn.deeds.push(...agendaDeeds(turn.person.scheduled, agenda))
  turn.person = { ...turn.person, scheduled: agenda }
}

/** The turn that switches the programme on is also the one after which its periods close. */
const isEnabling = (turn: Turn): boolean =>
  turn.deeds.some(deed => deed.kind === 'tenant' && deed.change.kind === 'enable')

const planFacts = ({ client, coach, rollout, zone, scheduled, left: gone }: Person): readonly unknown[] => [
  client?.contract,
  client?.pause,
  client?.hold,
  client?.rhythm,
  client?.silence,
  client?.hour,
  client?.daysOff,
  client?.topics,
  client?.decisions,
  client?.notes,
  client?.widening,
  coach,
  rollout,
  zone,
  gone,
  scheduled,
]
