import fc from 'fast-check'
import { type AgendaFacts, agendaDeeds, agendaOf } from '../../../src/domain/agenda.ts'
import { type Commitment, type Outcome, settle } from '../../../src/domain/commitment.ts'
import { accept, type Contract, decline, invite, remind, stop } from '../../../src/domain/contract.ts'
import type { AppointmentKind, Client, Person, Scheduled } from '../../../src/domain/person.ts'
import { addDays, type Calendar, localDate, nextOpen, type Zone } from '../../../src/domain/schedule.ts'
import { HEARD, unansweredCheckIn } from '../../../src/domain/silence.ts'
import { aClient, aCommitment, aPerson, DAY, HOUR, MINUTE, MONDAY, someFacts } from './people.ts'

/** A small stand-in for the core, which lives through months with one client and lets a test look after each turn. */
export type Act =
  | { readonly kind: 'invite' | 'accept' | 'decline' | 'stop' | 'reply' | 'hold' | 'resume' | 'nothing' }
  | { readonly kind: 'pause'; readonly days: number | undefined }
  | { readonly kind: 'rhythm'; readonly weeks: 0 | 1 | 2 | 4 }
  | { readonly kind: 'commit'; readonly days: number; readonly hour: string | undefined }
  | { readonly kind: 'settle'; readonly which: number; readonly how: Outcome['kind']; readonly days: number }
export type Day = {
  readonly act: Act
  /** Minutes since the last act. */
  readonly gap: number
  /** What becomes of the next thing that falls due: done, put back by an hour, or not let through; and how late it is. */
  readonly luck: 'done' | 'put-back' | 'refused'
  readonly late: number
}

const plain = fc.constantFrom('accept' as const, 'decline' as const, 'stop' as const, 'hold' as const)
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('nothing' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: plain }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('reply' as const, 'resume' as const, 'accept' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('invite' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), days: fc.constantFrom(undefined, 1, 7, 14) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rhythm' as const), weeks: fc.constantFrom(0 as const, 1, 1, 2, 4) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      days: fc.integer({ min: 0, max: 12 }),
      hour: fc.constantFrom(undefined, undefined, '07:00', '16:30'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      which: fc.nat(9),
      how: fc.constantFrom<Outcome['kind'][]>('kept', 'partly', 'let-go', 'later', 'smaller'),
      days: fc.integer({ min: 0, max: 9 }),
    }),
  },
)
export const months: fc.Arbitrary<readonly Day[]> = fc.array(
  fc.record({
    act: acts,
    gap: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 9 * 24 * 60 })),
    luck: fc.constantFrom('done' as const, 'done' as const, 'done' as const, 'put-back' as const, 'refused' as const),
    late: fc.integer({ min: 0, max: 30 }),
  }),
  { minLength: 10, maxLength: 60, size: 'max' },
)

type Agenda = Readonly<Record<string, Scheduled>>
/** Something that happened by itself. */
export type Fired = {
  readonly kind: AppointmentKind
  readonly key: string
  readonly date: string
  readonly now: number
  readonly client: Client
  /** Whom it was about, as they were before. */
  readonly about: readonly Commitment[]
}
export type Look = {
  readonly now: number
  readonly person: Person
  readonly client: Client
  readonly facts: AgendaFacts
  readonly before: Agenda
  readonly after: Agenda
  readonly fired: Fired | undefined
}

const contractAfter = (contract: Contract, act: Act, now: number): Contract => {
  switch (act.kind) {
    case 'invite':
      return invite(contract, now)
    case 'accept':
      return accept(contract, now, 'v1')
    case 'decline':
      return decline(contract, now, 'v1')
    case 'stop':
      return stop(now)
    default:
      return contract
  }
}

const clientAfter = (client: Client, act: Act, now: number): Client => {
  if (act.kind === 'nothing') return client
  const contract = contractAfter(client.contract, act, now)
  // Whatever they do, they have written.
  const heard: Client = { ...client, contract, silence: act.kind === 'invite' ? client.silence : HEARD }
  switch (act.kind) {
    case 'hold':
      return { ...heard, hold: now }
    case 'resume':
      return { ...heard, hold: undefined, pause: undefined }
    case 'pause':
      return { ...heard, pause: { until: act.days === undefined ? undefined : now + act.days * DAY } }
    case 'rhythm':
      return { ...heard, rhythm: { ...heard.rhythm, weeks: act.weeks } }
    default:
      return heard
  }
}

const commitmentsAfter = (all: readonly Commitment[], act: Act, now: number, zone: Zone): readonly Commitment[] => {
  const inDays = (days: number): string => addDays(localDate(now, zone), days)
  if (act.kind === 'commit')
    return [...all, aCommitment({ id: `k${all.length}`, due: inDays(act.days), hour: act.hour, madeAt: now })]
  if (act.kind !== 'settle') return all
  const chosen = all.filter(({ state }) => state === 'open')[act.which % 5]
  const due = act.days === 0 ? undefined : inDays(act.days)
  const outcome: Outcome =
    act.how === 'later' || act.how === 'smaller' ? { kind: act.how, text: 'less', due } : { kind: act.how }
  return all.map(one => (one === chosen ? settle(one, outcome, now) : one))
}

/** What due.ts does, as far as the agenda can tell. */
const fire = (
  client: Client,
  all: readonly Commitment[],
  { kind, date }: Scheduled,
  allowed: boolean,
  now: number,
): { readonly client: Client; readonly commitments: readonly Commitment[]; readonly about: readonly Commitment[] } => {
  const { rhythm, silence } = client
  const same = { client, commitments: all, about: [] }
  switch (kind) {
    case 'reminder':
      return { ...same, client: { ...client, contract: remind(client.contract) } }
    case 'check-in':
      return {
        ...same,
        client: {
          ...client,
          rhythm: { ...rhythm, lastDate: date },
          silence: allowed ? unansweredCheckIn(silence) : silence,
        },
      }
    case 'closing-line':
      return {
        ...same,
        client: { ...client, rhythm: { ...rhythm, lastDate: date }, silence: { ...silence, closed: true } },
      }
    case 'nudge':
    case 'follow-up': {
      const isAsked = (one: Commitment): boolean =>
        one.state === 'open' &&
        one.due === date &&
        !one.carried &&
        (kind === 'nudge' ? one.nudgedAt === undefined : one.nudgedAt !== undefined && one.followedUpAt === undefined)
      const asked = (one: Commitment): Commitment => {
        if (!allowed) return { ...one, carried: true }
        return kind === 'nudge' ? { ...one, nudgedAt: now } : { ...one, followedUpAt: now }
      }
      return {
        client,
        commitments: all.map(one => (isAsked(one) ? asked(one) : one)),
        about: allowed ? all.filter(isAsked) : [],
      }
    }
    default:
      return same
  }
}

/** The agenda as written, with the deeds carried out on it. */
export const carriedOut = (before: Agenda, after: Agenda): Agenda => {
  const agenda = new Map(Object.entries(before))
  for (const deed of agendaDeeds(before, after)) {
    if (deed.kind === 'cancel') agenda.delete(deed.key)
    if (deed.kind === 'appoint') agenda.set(deed.key, { kind: deed.appointment, at: deed.at, date: deed.date })
  }
  return Object.fromEntries(agenda)
}

/** Lives through the days, one turn after the other; `look` sees each turn once its agenda is written. */
export const liveThrough = (
  days: readonly Day[],
  place: { readonly zone: Zone; readonly calendar: Calendar },
  look: (turn: Look) => void,
): void => {
  let person = aPerson(aClient({ contract: invite({ state: 'none' }, MONDAY) }), { zone: place.zone })
  let commitments: readonly Commitment[] = []
  const write = (now: number, client: Client, scheduled: Agenda, fired?: Fired): void => {
    const before = scheduled
    person = { ...person, client, scheduled }
    const facts = someFacts({ calendar: place.calendar, commitments })
    const after = agendaOf(person, facts, now)
    look({ now, person, client, facts, before, after, fired })
    person = { ...person, scheduled: after }
  }
  const dueBy = (end: number) =>
    Object.entries(person.scheduled)
      .filter(([, { at }]) => at <= end)
      .toSorted(([, a], [, b]) => a.at - b.at)[0]
  const putBack = new Set<string>()
  let now = MONDAY
  for (const { act, gap, luck, late } of days) {
    const end = now + gap * MINUTE
    let luckNow = luck
    for (let due = dueBy(end); due !== undefined; due = dueBy(end)) {
      const [key, standing] = due
      now = Math.min(end, Math.max(now, standing.at + late * MINUTE))
      const rest = Object.fromEntries(Object.entries(person.scheduled).filter(([one]) => one !== key))
      const client = person.client ?? aClient()
      const again = { ...standing, at: nextOpen(now + HOUR, place.zone, place.calendar) }
      // The core lets nothing wait for days: what has become stale is dropped.
      if (luckNow === 'put-back' && !putBack.has(key) && again.at - standing.at <= DAY) {
        putBack.add(key)
        write(now, client, { ...rest, [key]: again })
      } else {
        const done = fire(client, commitments, standing, luckNow === 'done', now)
        commitments = done.commitments
        write(now, done.client, rest, { kind: standing.kind, key, date: standing.date, now, client, about: done.about })
      }
      luckNow = 'done'
    }
    now = end
    commitments = commitmentsAfter(commitments, act, now, place.zone)
    write(now, clientAfter(person.client ?? aClient(), act, now), person.scheduled)
  }
}
