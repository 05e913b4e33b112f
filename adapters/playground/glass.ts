import { dayInWords } from '../../src/conversation/values.ts'
import type { AppointmentKind, Client, Person } from '../../src/domain/person.ts'
import { isCounted, spent } from '../../src/domain/pressure.ts'
import { localDate } from '../../src/domain/schedule.ts'
import { TOPICS } from '../../src/domain/topics.ts'
import { seenByCoach, seenByHr } from '../../src/domain/visibility.ts'
import type { Core } from '../../src/usecases/core.ts'
import type { Glass } from './protocol.ts'

const WHAT: Record<AppointmentKind, string> = {
  reminder: 'The one reminder of the invitation',
  'check-in': 'Check-in',
  nudge: 'A nudge, on the day they chose',
  'follow-up': 'The one follow-up',
  'closing-line': 'A closing line, then silence',
  snoozed: 'Back to what was snoozed',
  expiry: 'A quiet conversation ends, without a word',
  digest: 'The coach’s digest',
  wave: 'The next of HR’s list are invited',
  'close-period': 'The month closes for HR',
}

/** In plain words: what an appointment is. */
export const whatIsIt = (kind: AppointmentKind): string => WHAT[kind]

const CONTRACT: Record<Client['contract']['state'], string> = {
  none: 'Not invited yet',
  invited: 'Invited, not answered yet',
  accepted: 'Accepted',
  declined: 'Declined; nobody is told',
  stopped: 'Stopped; nobody is told',
}

const RHYTHM = { 0: 'No check-ins', 1: 'Every week', 2: 'Every two weeks', 4: 'Every four weeks' } as const

const consentOf = ({ contract }: Client, zone: string): string =>
  contract.state === 'accepted'
    ? `Accepted on ${dayInWords(localDate(contract.at, zone), 'en')}, text ${contract.version}`
    : CONTRACT[contract.state]

/** Behind the glass: what the core knows of one client and why it does what it does. */
export const glassOf = async (core: Core, person: Person): Promise<Glass | undefined> => {
  const { client, tenant, id, zone } = person
  if (client === undefined) return undefined
  const now = core.clock.now()
  const { records, reports } = core.store
  const [commitments, shared, published] = await Promise.all([
    records.commitments(tenant, id, 50),
    records.shared(tenant, client.coach, id, 0, now + 1),
    reports.published(tenant, 12),
  ])
  const iso = (at: number): string => new Date(at).toISOString()
  const used = spent(client.ledger, now)
  return {
    person: id,
    consent: consentOf(client, zone),
    rhythm:
      client.silence.unanswered >= 2
        ? `${RHYTHM[client.rhythm.weeks]}, halved by silence`
        : RHYTHM[client.rhythm.weeks],
    topics: TOPICS.map(topic => ({ topic, open: client.topics[topic] })),
    pressure: {
      asks: { used: used.asks, limit: client.limits.asks },
      messages: { used: used.messages, limit: client.limits.messages },
      ledger: client.ledger
        .toReversed()
        .map(entry => ({ at: iso(entry.at), what: entry.class, ask: entry.ask, counted: isCounted(entry) })),
    },
    commitments: commitments.map(one => ({
      text: one.text,
      due: one.due ?? null,
      state: one.state,
      forWhom: one.forWhom === 'coach' ? `For ${client.coachName} too` : 'Just for them',
      plan: one.plan ?? null,
    })),
    scheduled: Object.values(person.scheduled)
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, kind }) => ({ at: iso(at), what: WHAT[kind] })),
    heldBack: client.heldBack.map(({ at, what, why }) => ({ at: iso(at), what: WHAT[what], why })),
    seen: {
      coach: seenByCoach(shared).map(({ text }) => text),
      hr: seenByHr(published).map(({ period }) => `Rounded counts for the month of ${period}`),
    },
  }
}
