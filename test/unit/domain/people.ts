import type { AgendaFacts } from '../../../src/domain/agenda.ts'
import type { Commitment } from '../../../src/domain/commitment.ts'
import { personId, tenantId } from '../../../src/domain/ids.ts'
import type { Client, Person } from '../../../src/domain/person.ts'
import { MOST } from '../../../src/domain/pressure.ts'
import type { Calendar } from '../../../src/domain/schedule.ts'
import { HEARD } from '../../../src/domain/silence.ts'
import { NO_TOPICS } from '../../../src/domain/topics.ts'

/** People and facts for tests of the rules: ordinary ones, of which each test changes what it is about. */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Monday, 09:00 UTC. */
export const MONDAY = Date.UTC(2026, 0, 5, 9)

export const OFFICE: Calendar = {
  workdays: [1, 2, 3, 4, 5],
  quiet: { from: '18:30', to: '08:00' },
  isHoliday: () => false,
}

export const aCommitment = (over: Partial<Commitment> = {}): Commitment => ({
  id: 'k1',
  text: 'Ask Ben for the figures',
  plan: undefined,
  forWhom: 'me',
  goal: undefined,
  due: '2026-01-08',
  hour: undefined,
  state: 'open',
  moves: 0,
  nudgedAt: undefined,
  followedUpAt: undefined,
  carried: false,
  madeAt: MONDAY,
  settledAt: undefined,
  ...over,
})

export const aClient = (over: Partial<Client> = {}): Client => ({
  coach: personId('carla'),
  coachName: 'Carla',
  contract: { state: 'accepted', at: MONDAY, version: 'contract-1' },
  origin: undefined,
  hold: undefined,
  pause: undefined,
  rhythm: { weeks: 1, weekday: 1, at: '10:00', anchor: '2026-01-05', lastDate: '2026-01-05' },
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
  // An invitation to widen would stand in every agenda: the tests that are about it take this away.
  widening: { made: 0, at: MONDAY, never: true },
  ...over,
})

export const aPerson = (client: Client | undefined, over: Partial<Person> = {}): Person => ({
  tenant: tenantId('acme'),
  id: personId('ana'),
  name: 'Ana',
  roles: ['client'],
  locale: 'en',
  zone: 'UTC',
  route: 'D1',
  client,
  coach: undefined,
  conversation: undefined,
  scheduled: {},
  effects: [],
  said: [],
  seq: 0,
  applied: [],
  revision: 1,
  ...over,
})

export const someFacts = (over: Partial<AgendaFacts> = {}): AgendaFacts => ({
  calendar: OFFICE,
  tenantZone: 'UTC',
  digest: { weekday: 1, at: '08:30' },
  closesPeriods: false,
  commitments: [],
  ...over,
})
