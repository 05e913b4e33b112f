import { noteDue } from './coach-note.ts'
import type { Commitment } from './commitment.ts'
import { mayInitiate, reminderDue } from './contract.ts'
import type { Deed } from './effect.ts'
import type { Client, Person, Scheduled } from './person.ts'
import {
  addDays,
  type Calendar,
  type Instant,
  type LocalTime,
  localDate,
  nextOccurrence,
  nextOpen,
  onDateAt,
  type Rule,
  type Weekday,
  type Zone,
} from './schedule.ts'
import { isClosingDue, isQuiet, stretch } from './silence.ts'
import { wideningDue } from './widening.ts'

type Agenda = Readonly<Record<string, Scheduled>>

/** What an agenda follows from, beside the person. */
export type AgendaFacts = {
  readonly calendar: Calendar
  /** The tenant's zone: reports close by it. */
  readonly tenantZone: Zone
  readonly digest: { readonly weekday: Weekday; readonly at: LocalTime }
  /** True for the one HR person at whom the tenant's reports close. */
  readonly closesPeriods: boolean
  readonly commitments: readonly Commitment[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** Rule 3: the one follow-up, so long after its nudge or later. */
const FOLLOW_UP_AFTER = 48 * HOUR

/**
 * Everything that stands for a person from `now` on: a pure function of the facts, so that no forgotten timer can ever
 * speak. Keys are kind and local date, which makes each occurrence one appointment for ever.
 */
export const agendaOf = (person: Person, facts: AgendaFacts, now: Instant): Agenda =>
  // Whoever left is left alone; a month still closes, for it closes for everybody.
  person.left === undefined
    ? wholeAgenda(person, facts, now)
    : { ...periodAgenda(facts, now), ...alreadyDue(person.scheduled, now) }

const wholeAgenda = (person: Person, facts: AgendaFacts, now: Instant): Agenda => ({
  ...(person.client === undefined ? {} : clientAgenda(person, person.client, facts, now)),
  ...digestAgenda(person, facts, now),
  ...waveAgenda(person, facts, now),
  ...periodAgenda(facts, now),
  ...conversationAgenda(person, facts, now),
  // Last: what is due stays as it was set, whatever is planned under the same key.
  ...alreadyDue(person.scheduled, now),
})

/** What is due stays until its turn comes: a late process must not forget it by planning past it. */
const alreadyDue = (scheduled: Agenda, now: Instant): Agenda =>
  Object.fromEntries(Object.entries(scheduled).filter(([, { at }]) => at <= now))

const clientAgenda = (person: Person, client: Client, facts: AgendaFacts, now: Instant): Agenda => {
  const { calendar } = facts
  const reminder = reminderDue(client.contract)
  if (reminder !== undefined) {
    const own = nextOpen(reminder, person.zone, calendar)
    const date = localDate(own, person.zone)
    const at = stillToCome(person.scheduled, `reminder:${date}`, own, now)
    return at === undefined ? {} : one('reminder', at, date)
  }
  const from = speaksFrom(client, now)
  if (from === undefined) return {}
  const checkIn = nextCheckIn(person, client, calendar, from)
  // Rule 4: after four that found no answer there is the closing line, then nothing, nudges included.
  if (isQuiet(client.silence)) return checkIn
  return {
    ...checkIn,
    ...nudgeAgenda(person, client, facts, Object.values(checkIn)[0]?.at, from),
    ...followUpAgenda(person, client, facts, Object.values(checkIn)[0]?.at, from),
    ...lookBackAgenda(person, client, facts, from),
    ...noteAgenda(person, client, facts, from),
    ...wideningAgenda(person, client, facts, from),
  }
}

/** From when on Lighthand may begin anything with a client; undefined: not until they say so. */
const speaksFrom = (client: Client, now: Instant): Instant | undefined => {
  if (!mayInitiate(client.contract) || client.hold !== undefined) return undefined
  if (client.pause === undefined) return now
  return client.pause.until === undefined ? undefined : Math.max(now, client.pause.until)
}

/** The next check-in as things stand, for who wants to name it; undefined: none is to come. */
export const nextCheckInOf = (person: Person, calendar: Calendar, now: Instant): Instant | undefined => {
  const { client } = person
  const from = client === undefined ? undefined : speaksFrom(client, now)
  if (client === undefined || from === undefined) return undefined
  return Object.values(nextCheckIn(person, client, calendar, from)).find(({ kind }) => kind === 'check-in')?.at
}

/**
 * When something happens whose own time is `own`: then, or, once that has passed, at the time to which it was put back.
 * Undefined if it has passed: nothing is made up for late (what is due already stands by itself, above).
 */
const stillToCome = (scheduled: Agenda, key: string, own: Instant, from: Instant): Instant | undefined => {
  const at = own > from ? own : scheduled[key]?.at
  return at !== undefined && at > from ? at : undefined
}

/** The client's own rhythm, stretched by silence (rule 4), after the last one that fell due. */
const nextCheckIn = (person: Person, client: Client, calendar: Calendar, from: Instant): Agenda => {
  const { rhythm, silence } = client
  if (rhythm.weeks === 0 || (isQuiet(silence) && !isClosingDue(silence))) return {}
  const kind = isClosingDue(silence) ? 'closing-line' : 'check-in'
  const isPutBack = (one: Scheduled): boolean =>
    one.kind === kind &&
    one.at > from &&
    (rhythm.lastDate === undefined || one.date > rhythm.lastDate) &&
    onDateAt(one.date, rhythm.at, person.zone, calendar) <= from
  const standing = Object.values(person.scheduled).find(isPutBack)
  if (standing !== undefined) return one(kind, standing.at, standing.date)
  const rule: Rule = {
    kind: 'weekly',
    every: rhythm.weeks * stretch(silence),
    weekday: rhythm.weekday,
    at: rhythm.at,
    anchor: rhythm.lastDate ?? rhythm.anchor,
  }
  let after = from
  for (let tries = 0; tries < 8; tries += 1) {
    const next = nextOccurrence(rule, person.zone, after, calendar)
    if (next === undefined) return {}
    if (rhythm.lastDate === undefined || next.date > rhythm.lastDate) return one(kind, next.at, next.date)
    after = next.at
  }
  return {}
}

/**
 * Rule 3. One message for each day on which something is due; what is past its hour waits for the check-in. On the day of a
 * check-in there is none: it asks after the same things, and two questions about one thing within hours are one too many.
 */
const nudgeAgenda = (
  person: Person,
  client: Client,
  facts: AgendaFacts,
  checkInAt: Instant | undefined,
  from: Instant,
): Agenda => {
  const agenda: Record<string, Scheduled> = {}
  const checkInDay = checkInAt === undefined ? undefined : localDate(checkInAt, person.zone)
  for (const commitment of facts.commitments) {
    const { due } = commitment
    if (commitment.state !== 'open' || commitment.carried || commitment.nudgedAt !== undefined || due === undefined)
      continue
    const key = `nudge:${due}`
    const own = onDateAt(due, commitment.hour ?? client.hour, person.zone, facts.calendar)
    const at = stillToCome(person.scheduled, key, own, from)
    if (at === undefined || localDate(at, person.zone) === checkInDay) continue
    const earlier = agenda[key]
    if (earlier === undefined || at < earlier.at) agenda[key] = { kind: 'nudge', at, date: due }
  }
  return agenda
}

/** At most one, 48 h or more after the nudge, and none when a check-in comes first: it will ask, or has asked, anyway. */
const followUpAgenda = (
  person: Person,
  client: Client,
  facts: AgendaFacts,
  checkInAt: Instant | undefined,
  from: Instant,
): Agenda => {
  const agenda: Record<string, Scheduled> = {}
  const { lastDate, at: hour } = client.rhythm
  // A check-in of the nudge's own days, before it or after: with it a follow-up would be the third ask of one week.
  const lastAt = lastDate === undefined ? undefined : onDateAt(lastDate, hour, person.zone, facts.calendar)
  for (const commitment of facts.commitments) {
    const { nudgedAt, due } = commitment
    if (commitment.state !== 'open' || commitment.carried || nudgedAt === undefined) continue
    if (commitment.followedUpAt !== undefined || due === undefined) continue
    if (lastAt !== undefined && nudgedAt < lastAt + WEEK - FOLLOW_UP_AFTER) continue
    const key = `follow-up:${due}`
    const own = nextOpen(nudgedAt + FOLLOW_UP_AFTER, person.zone, facts.calendar)
    const at = stillToCome(person.scheduled, key, own, from)
    if (at === undefined || (checkInAt !== undefined && checkInAt <= at + DAY)) continue
    // Nudged at different hours of one day, they are followed up together, after the last.
    if (at > (agenda[key]?.at ?? 0)) agenda[key] = { kind: 'follow-up', at, date: due }
  }
  return agenda
}

/** A look back at a decision, on the client's own day; what is past its hour rides in the check-in. */
const lookBackAgenda = (person: Person, client: Client, facts: AgendaFacts, from: Instant): Agenda => {
  const days = new Set((client.decisions ?? []).flatMap(one => (one.asked || one.rides ? [] : [one.lookBack])))
  return Object.fromEntries(
    [...days].flatMap(date => {
      const own = onDateAt(date, client.hour, person.zone, facts.calendar)
      const at = stillToCome(person.scheduled, `look-back:${date}`, own, from)
      return at === undefined ? [] : [[`look-back:${date}`, { kind: 'follow-up' as const, at, date }]]
    }),
  )
}

/** The coach's words that go by themselves, at the next open hour that the week's one note leaves (rule 2). */
const noteAgenda = (person: Person, client: Client, facts: AgendaFacts, from: Instant): Agenda => {
  const due = noteDue(client.notes ?? [], client.ledger, from)
  if (due === undefined) return {}
  const standing = Object.entries(person.scheduled).find(([key, { at }]) => key.startsWith('note:') && at >= due.at)
  if (standing !== undefined) return Object.fromEntries([standing])
  const at = nextOpen(due.at, person.zone, facts.calendar)
  const date = localDate(at, person.zone)
  return { [`note:${date}`]: { kind: 'follow-up', at, date } }
}

/** Rule 10's next invitation, at the client's hour. */
const wideningAgenda = (person: Person, client: Client, facts: AgendaFacts, from: Instant): Agenda => {
  if (client.contract.state !== 'accepted') return {}
  const due = wideningDue({ ...client, widening: client.widening }, client.contract.at)
  if (due === undefined) return {}
  const standing = Object.entries(person.scheduled).find(([key, { at }]) => key.startsWith('widening:') && at > from)
  if (standing !== undefined) return Object.fromEntries([standing])
  const first = localDate(Math.max(due, from), person.zone)
  const today = onDateAt(first, client.hour, person.zone, facts.calendar)
  const at =
    today > from && today >= due ? today : onDateAt(addDays(first, 1), client.hour, person.zone, facts.calendar)
  const date = localDate(at, person.zone)
  return { [`widening:${date}`]: { kind: 'follow-up', at, date } }
}

const digestAgenda = (person: Person, facts: AgendaFacts, now: Instant): Agenda => {
  if (person.coach === undefined || person.coach.digestsStopped === true) return {}
  const rule: Rule = {
    kind: 'weekly',
    every: 1,
    anchor: addDays(localDate(person.coach.appointedAt, person.zone), -7),
    ...facts.digest,
  }
  const next = nextOccurrence(
    rule,
    person.zone,
    Math.max(now, person.coach.digestedTo, person.coach.awayUntil ?? 0),
    facts.calendar,
  )
  return next === undefined ? {} : one('digest', next.at, next.date)
}

/** The first at the next open hour, the others on the days after, in the morning. */
const waveAgenda = (person: Person, facts: AgendaFacts, now: Instant): Agenda => {
  if (person.rollout === undefined) return {}
  const { lastWave } = person.rollout
  const { zone } = person
  const morning = lastWave === undefined ? now : onDateAt(addDays(lastWave, 1), '09:30', zone, facts.calendar)
  const at = nextOpen(Math.max(now, morning), zone, facts.calendar)
  const standing = Object.entries(person.scheduled).find(([, { kind, at: set }]) => kind === 'wave' && set > now)
  if (standing !== undefined) return Object.fromEntries([standing])
  return one('wave', at, localDate(at, zone))
}

/** Reports cover calendar months, and close as the next one begins. */
const periodAgenda = (facts: AgendaFacts, now: Instant): Agenda => {
  if (!facts.closesPeriods) return {}
  const next = nextOccurrence({ kind: 'monthly', day: 1, at: '06:00' }, facts.tenantZone, now, undefined)
  return next === undefined ? {} : one('close-period', next.at, next.date)
}

/** A conversation that goes quiet ends by itself; one that was snoozed comes back as agreed. */
const conversationAgenda = (person: Person, facts: AgendaFacts, now: Instant): Agenda => {
  const running = person.conversation
  if (running === undefined) return {}
  const snoozed = Object.entries(person.scheduled).find(([, { kind }]) => kind === 'snoozed')
  const from = person.client === undefined ? undefined : speaksFrom(person.client, now)
  const comesBack = snoozed !== undefined && (snoozed[1].at <= now || (from !== undefined && snoozed[1].at > from))
  if (running.snoozed && comesBack) return { [snoozed[0]]: snoozed[1] }
  if (running.quietAfter === undefined) return {}
  const key = `expiry:${running.id}`
  // Set once and looked at again when it comes: moving it at every answer would cost a write each.
  const standing = person.scheduled[key]
  if (standing !== undefined && standing.at > now) return { [key]: standing }
  const at = running.lastAt + running.quietAfter * HOUR
  return { [key]: { kind: 'expiry', at, date: localDate(at, facts.tenantZone) } }
}

const one = (kind: Scheduled['kind'], at: Instant, date: string): Agenda => ({
  [`${kind}:${date}`]: { kind, at, date },
})

/** The difference between the agenda as written and as it should be, as deeds. */
export const agendaDeeds = (before: Agenda, after: Agenda): readonly Deed[] => [
  ...Object.keys(before)
    .filter(key => after[key] === undefined)
    .map((key): Deed => ({ kind: 'cancel', key })),
  ...Object.entries(after)
    .filter(([key, { at }]) => before[key]?.at !== at)
    .map(([key, { kind, at, date }]): Deed => ({ kind: 'appoint', key, appointment: kind, at, date })),
]
