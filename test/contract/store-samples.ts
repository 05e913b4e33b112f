import type { Commitment } from '../../src/domain/commitment.ts'
import type { Goal, Rating } from '../../src/domain/goal.ts'
import { personId, tenantId } from '../../src/domain/ids.ts'
import type { Installation } from '../../src/domain/installation.ts'
import type { Client, Person } from '../../src/domain/person.ts'
import { DEFAULT_POLICY, type Tenant } from '../../src/domain/tenant.ts'
import type { Appointment, InboxRow, OutboxRow } from '../../src/ports/store.ts'

/** A Monday morning; any moment would do. */
export const T0 = 1_795_420_800_000
export const HOUR = 3_600_000

export const ACME = tenantId('acme')
export const GLOBEX = tenantId('globex')
export const ANA = personId('ana')
export const BEN = personId('ben')
export const CARLA = personId('carla')

/** Words that only a person would write: no stored byte may show them. */
export const PLANTED = 'zebra-marmalade-7421'

export const aTenant = (over: Partial<Tenant> = {}): Tenant => ({
  id: ACME,
  platform: 'slack',
  workspace: 'Acme',
  zone: 'Europe/Madrid',
  programme: undefined,
  policy: DEFAULT_POLICY,
  revision: 1,
  ...over,
})

export const anInstallation = (over: Partial<Installation> = {}): Installation => ({
  tenant: ACME,
  platform: 'slack',
  team: 'T1',
  enterprise: undefined,
  app: 'A1',
  bot: 'B1',
  scopes: ['chat:write', 'im:write'],
  installedAt: T0,
  tokens: { bot: `bot ${PLANTED}`, refresh: `refresh ${PLANTED}`, expiresAt: T0 + 12 },
  state: { kind: 'active' },
  revision: 0,
  ...over,
})

const client: Client = {
  coach: CARLA,
  coachName: 'Carla',
  contract: { state: 'accepted', at: T0, version: '1' },
  origin: undefined,
  hold: undefined,
  pause: { until: undefined },
  rhythm: { weeks: 1, weekday: 4, at: '16:00', anchor: '2026-11-23', lastDate: undefined },
  hour: '10:00',
  daysOff: ['2026-12-24'],
  silence: { unanswered: 1, closed: false },
  limits: { asks: 2, messages: 3 },
  topics: { work: true, self: false, dreams: false },
  ledger: [{ key: 'check-in:1', at: T0, class: 'check-in', ask: true }],
  heldBack: [],
  retired: { questions: [`q ${PLANTED}`], wordings: [] },
  last: { kind: 'kept', title: `title ${PLANTED}` },
  offered: [{ id: 'l1', kind: 'win', text: `offer ${PLANTED}`, preselected: true }],
  begun: { 'check-in.open.say': 2 },
  decisions: [
    {
      id: 'd1',
      what: `decision ${PLANTED}`,
      options: `options ${PLANTED}`,
      matters: `matters ${PLANTED}`,
      leaning: undefined,
      lookBack: '2026-12-14',
      asked: undefined,
      rides: false,
    },
  ],
  notes: [{ id: 'n1', kind: 'note', text: `note ${PLANTED}`, coachName: 'Carla', at: T0, rides: false, offers: 0 }],
  widening: { made: 1, at: T0, never: false },
  fulfilmentAskedAt: T0,
}

export const aPerson = (over: Partial<Person> = {}): Person => ({
  tenant: ACME,
  id: ANA,
  name: 'Ana',
  roles: ['client'],
  locale: 'en',
  zone: 'Europe/Madrid',
  route: 'D1',
  client,
  coach: undefined,
  conversation: {
    id: 'c1',
    frames: [
      {
        pack: 'check-in',
        version: 1,
        hash: 'h',
        step: 's',
        slots: { answer: `slot ${PLANTED}`, 'dotted.name': '$5' },
        focus: undefined,
        queue: [],
        trail: ['a'],
        between: false,
      },
    ],
    startedAt: T0,
    lastAt: T0,
    answered: false,
    asked: 1,
    ledgerKey: 'check-in:1',
    misses: 0,
    class: 'check-in',
    quietAfter: undefined,
    snoozed: false,
  },
  scheduled: { 'check-in:2026-11-26': { kind: 'check-in', at: T0 + HOUR, date: '2026-11-26' } },
  effects: [{ seq: 1, kind: 'commitment', commitment: aCommitment() }],
  said: ['w1'],
  seq: 1,
  applied: ['e1'],
  revision: 1,
  ...over,
})

export function aCommitment(over: Partial<Commitment> = {}): Commitment {
  return {
    id: 'k1',
    text: `text ${PLANTED}`,
    plan: `plan ${PLANTED}`,
    forWhom: 'me',
    goal: undefined,
    due: '2026-11-27',
    hour: undefined,
    state: 'open',
    moves: 0,
    nudgedAt: undefined,
    followedUpAt: undefined,
    carried: false,
    madeAt: T0,
    settledAt: undefined,
    ...over,
  }
}

export const aGoal = (over: Partial<Goal> = {}): Goal => ({
  id: 'g1',
  kind: 'measure',
  text: `goal ${PLANTED}`,
  sign: undefined,
  madeAt: T0,
  closedAt: undefined,
  ...over,
})

export const aRating = (over: Partial<Rating> = {}): Rating => ({ id: 'r1', about: 'g1', value: 7, at: T0, ...over })

export const anInboxRow = (over: Partial<InboxRow> = {}): InboxRow => ({
  tenant: ACME,
  person: ANA,
  key: 'e1',
  at: T0,
  event: { kind: 'reply', reply: { kind: 'text', text: `reply ${PLANTED}` } },
  ...over,
})

export const anAppointment = (over: Partial<Appointment> = {}): Appointment => ({
  tenant: ACME,
  person: ANA,
  key: 'nudge:2026-11-27',
  kind: 'nudge',
  at: T0,
  date: '2026-11-27',
  ...over,
})

export const anOutboxRow = (over: Partial<OutboxRow> & { readonly key?: string } = {}): OutboxRow => {
  const { key = 'm1', ...rest } = over
  return {
    tenant: ACME,
    person: ANA,
    seq: 1,
    send: {
      kind: 'send',
      key,
      class: 'nudge',
      ask: true,
      content: { kind: 'message', message: { text: `said ${PLANTED}`, blocks: [{ kind: 'quote', text: PLANTED }] } },
      notBefore: T0,
      notAfter: T0 + 24 * HOUR,
    },
    state: 'due',
    attempts: 0,
    firstTriedAt: undefined,
    ...rest,
  }
}
