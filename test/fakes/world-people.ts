import { type PersonId, personId, type TenantId, tenantId } from '../../src/domain/ids.ts'
import type { Client, Person, Role } from '../../src/domain/person.ts'
import { MOST } from '../../src/domain/pressure.ts'
import { HEARD } from '../../src/domain/silence.ts'
import { DEFAULT_POLICY, type Tenant } from '../../src/domain/tenant.ts'

/** Who is in the test world, as they stand on its first morning. */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const ZONE = 'Europe/Madrid'
/** A Wednesday, 10:00 in Madrid. */
export const MORNING = Date.UTC(2026, 0, 14, 9)

export const ACME: TenantId = tenantId('acme')
export const ANA = personId('ana')
export const BEN = personId('ben')
export const TOM = personId('tom')
export const HELEN = personId('helen')

export const theTenant = (over: Partial<Tenant> = {}): Tenant => ({
  id: ACME,
  platform: 'fake',
  workspace: 'Acme',
  zone: ZONE,
  programme: { name: 'Spring', purpose: 'More time', coaches: [TOM], enabledBy: HELEN, enabledAt: MORNING - DAY },
  policy: DEFAULT_POLICY,
  revision: 0,
  ...over,
})

const someone = (id: PersonId, name: string, role: Role, over: Partial<Person> = {}): Person => ({
  tenant: ACME,
  id,
  name,
  roles: [role],
  locale: 'en',
  zone: ZONE,
  route: `dm-${id}`,
  client: undefined,
  coach: undefined,
  conversation: undefined,
  scheduled: {},
  effects: [],
  said: [],
  seq: 0,
  applied: [],
  revision: 0,
  ...over,
})

/** Accepted a week ago, weekly on Wednesdays at 15:00, work open: the ordinary case. */
export const acceptedClient = (over: Partial<Client> = {}): Client => ({
  coach: TOM,
  coachName: 'Tom',
  contract: { state: 'accepted', at: MORNING - 7 * DAY, version: 'welcome-1' },
  origin: 'both',
  hold: undefined,
  pause: undefined,
  rhythm: { weeks: 1, weekday: 3, at: '15:00', anchor: '2026-01-07', lastDate: '2026-01-07' },
  hour: '09:00',
  daysOff: [],
  silence: HEARD,
  limits: MOST,
  topics: { work: true, self: false, dreams: false },
  ledger: [],
  heldBack: [],
  retired: { questions: [], wordings: [] },
  last: { kind: 'nothing' },
  offered: [],
  begun: {},
  ...over,
})

export const ana = (client: Client | undefined = acceptedClient(), over: Partial<Person> = {}): Person =>
  someone(ANA, 'Ana', 'client', { client, ...over })

/** Nobody has invited her yet. */
export const newcomer = (): Person => someone(ANA, 'Ana', 'client')

export const ben = (over: Partial<Person> = {}): Person => someone(BEN, 'Ben', 'client', over)

export const tom = (over: Partial<Person> = {}): Person =>
  someone(TOM, 'Tom', 'coach', { coach: { appointedAt: MORNING - DAY, digestedTo: MORNING - DAY }, ...over })

export const helen = (over: Partial<Person> = {}): Person => someone(HELEN, 'Helen', 'hr', over)
