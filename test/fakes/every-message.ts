import { composeMessage } from '../../src/conversation/compose.ts'
import { makeHome } from '../../src/conversation/home/home.ts'
import { enter } from '../../src/conversation/machine.ts'
import type { Pack, Words } from '../../src/conversation/pack.ts'
import type { PackSet } from '../../src/conversation/pack-set.ts'
import { beginTurn, type Loaded } from '../../src/conversation/turn.ts'
import type { Home } from '../../src/domain/home.ts'
import { personId, tenantId } from '../../src/domain/ids.ts'
import type { Message } from '../../src/domain/message.ts'
import type { Client, Person } from '../../src/domain/person.ts'
import { NO_TALLY } from '../../src/domain/rollout.ts'
import { DEFAULT_POLICY, type Tenant } from '../../src/domain/tenant.ts'
import { TOPICS, type Topics } from '../../src/domain/topics.ts'
import { aClient, aCommitment, aPerson, DAY, MONDAY, OFFICE } from '../unit/domain/people.ts'

/** How much a person has said and kept: what an ordinary one has, or as much as the core lets in. */
export type Amount = 'ordinary' | 'as-much-as-there-can-be'

export type Produced = { readonly where: string; readonly message: Message }

const STAGES: readonly Topics[] = [0, 1, 2, 3, 4, 5, 6, 7].map(bits => ({
  work: (bits & 1) > 0,
  self: (bits & 2) > 0,
  dreams: (bits & 4) > 0,
}))

/** Enters every step of every pack at every stage, in each of its wordings, and gives every message that comes of it. */
export function* everyMessage(packs: PackSet, all: readonly Pack[], amount: Amount): Generator<Produced> {
  // With all there can be it is sizes that matter, and those are the same in every wording.
  const stages = amount === 'ordinary' ? STAGES : STAGES.slice(-1)
  for (const pack of all)
    for (const [step, { say, ask }] of Object.entries(pack.steps))
      for (const topics of stages)
        for (let wording = 0; wording < Math.max(wordingsOf(say), wordingsOf(ask?.question)); wording += 1) {
          if (amount !== 'ordinary' && wording > 0) break
          const message = messageAt(packs, pack, step, topics, wording, amount)
          const open = TOPICS.filter(topic => topics[topic]).join('+') || 'none'
          if (message !== undefined)
            yield { where: `${pack.locale}/${pack.id}.${step} (${open}, wording ${wording})`, message }
        }
}

/** The homes of a client at every stage, of a coach, of HR before and after it is switched on, and of whoever nobody knows. */
export function* everyHome(
  packs: PackSet,
  locale: string,
  amount: Amount,
): Generator<{ readonly where: string; readonly home: Home }> {
  const client = (topics: Topics): Person => somebody({ locale, id: 'check-in' }, topics, amount)
  const { client: _, coach: __, ...rest } = client(STAGES[0] ?? { work: false, self: false, dreams: false })
  const staff: Person = { ...rest, client: undefined, coach: undefined }
  const coach: Person = { ...staff, id: personId('carla'), roles: ['coach'], coach: { appointedAt: 0, digestedTo: 0 } }
  const hr: Person = { ...staff, id: personId('helen'), roles: ['hr'] }
  const people: readonly (readonly [string, Person, Tenant])[] = [
    ...STAGES.map(topics => [`client ${JSON.stringify(topics)}`, client(topics), aTenant(amount)] as const),
    ['coach', coach, aTenant(amount)],
    ['hr', hr, aTenant(amount)],
    ['hr before', hr, { ...aTenant(amount), programme: undefined }],
    ['nobody', { ...staff, roles: [] }, aTenant(amount)],
  ]
  for (const [who, person, tenant] of people) {
    const made = makeHome(person, { now: MONDAY, tenant, calendar: OFFICE, packs, loaded: everything(amount) })
    if (made.kind === 'need') throw new Error(`the home of ${who} needs ${made.need} as well`)
    yield { where: `${locale}, ${who}`, home: made.home }
  }
}

const wordingsOf = (words: Words | undefined): number => {
  if (words === undefined || typeof words === 'string') return 1
  if (Array.isArray(words)) return words.length
  const { open, closed } = words as { open: string | readonly string[]; closed: string | readonly string[] }
  return Math.max(...[open, closed].map(one => (typeof one === 'string' ? 1 : one.length)))
}

const messageAt = (
  packs: PackSet,
  pack: Pack,
  step: string,
  topics: Topics,
  wording: number,
  amount: Amount,
): Message | undefined => {
  const person = somebody(pack, topics, amount)
  const places = [`${pack.id}.${step}.say`, `${pack.id}.${step}.question`]
  const begun = Object.fromEntries(places.map(place => [place, wording]))
  const turn = beginTurn(
    { ...person, ...(person.client === undefined ? {} : { client: { ...person.client, begun } }) },
    { now: MONDAY, tenant: aTenant(amount), calendar: OFFICE, packs, loaded: everything(amount) },
  )
  const slots = { ...SLOTS(amount) }
  enter(turn, { pack: pack.id, step }, { between: false, focus: 'k1', slots, queue: ['k1', 'k2'] })
  if (turn.parts.length === 0) return undefined
  composeMessage(turn, { class: 'reply' })
  for (const deed of turn.deeds)
    if (deed.kind === 'send' && deed.content.kind === 'message') return deed.content.message
  return undefined
}

const long = (words: string, amount: Amount, most: number): string =>
  amount === 'ordinary' ? words : `${words} & so on `.repeat(most).slice(0, most)

const SLOTS = (amount: Amount): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [
      ...['what', 'talk', 'said', 'reason', 'goalText', 'purposeText', 'programmeName', 'smaller', 'plan', 'note'],
      ...['newWords', 'coachWords', 'noteText', 'safetyOwner', 'safetyHours', 'workdaysText', 'quietText'],
    ].map(name => [name, long('Ask Ben for *the* figures', amount, 8_000)]),
  )

const somebody = (pack: Pick<Pack, 'id' | 'locale'>, topics: Topics, amount: Amount): Person => {
  const many = amount === 'ordinary' ? 3 : 20
  const client: Partial<Client> = {
    topics,
    coachName: long('Carla', amount, 200),
    offered: Array.from({ length: many }, (_, n) => ({
      id: `l${n}`,
      kind: n % 2 === 0 ? ('win' as const) : ('note' as const),
      text: long('Two calm mornings', amount, 8_000),
      preselected: n % 2 === 0,
    })),
    ledger: Array.from({ length: amount === 'ordinary' ? 2 : 60 }, (_, n) => ({
      key: `m${n}`,
      at: MONDAY - n * DAY,
      class: 'check-in' as const,
      ask: true,
    })),
    last: { kind: 'kept', title: long('Ask Ben', amount, 8_000) },
  }
  const isStaff = pack.id.startsWith('coach') || pack.id.startsWith('hr')
  return aPerson(aClient(client), {
    locale: pack.locale,
    name: long('Ana', amount, 200),
    ...(isStaff
      ? { id: personId('carla'), roles: ['coach', 'hr'] as const, coach: { appointedAt: 0, digestedTo: 0 } }
      : {}),
  })
}

const aTenant = (amount: Amount): Tenant => ({
  id: tenantId('acme'),
  platform: 'slack',
  workspace: 'Acme',
  zone: 'UTC',
  programme: {
    name: 'Spring',
    purpose: long('More time for what matters', amount, 8_000),
    coaches: [personId('carla')],
    enabledBy: personId('helen'),
    enabledAt: MONDAY - DAY,
  },
  policy: { ...DEFAULT_POLICY, country: 'AT' },
  revision: 1,
})

const everything = (amount: Amount): Loaded => {
  const many = amount === 'ordinary' ? 2 : 10
  const numbered = <One>(one: (n: number) => One): readonly One[] => Array.from({ length: many }, (_, n) => one(n))
  return {
    commitments: numbered(n =>
      aCommitment({
        id: `k${n + 1}`,
        text: long(`Ask Ben ${n}`, amount, 8_000),
        plan: long('If it is nine, I ask', amount, 8_000),
      }),
    ),
    goals: numbered(n => ({
      id: `g${n}`,
      kind: n % 2 === 0 ? ('dream' as const) : ('measure' as const),
      text: long(`I leave on time ${n}`, amount, 8_000),
      sign: undefined,
      madeAt: MONDAY,
      closedAt: undefined,
    })),
    ratings: numbered(n => ({
      id: `r${n}`,
      about: n % 2 === 0 ? 'g0' : 'g1',
      value: (n % 10) + 1,
      at: MONDAY - n * DAY,
    })),
    shared: numbered(n => ({
      id: `s${n}`,
      kind: 'win' as const,
      text: long('Two calm mornings', amount, 8_000),
      at: MONDAY,
    })),
    sharedWithMe: [],
    picked: [],
    rollout: { ...NO_TALLY, waiting: 12, invited: 30 },
    reports: [],
    roster: [
      { id: personId('carla'), name: 'Carla', roles: ['coach'], coach: undefined },
      ...Array.from({ length: amount === 'ordinary' ? 3 : 300 }, (_, n) => ({
        id: personId(`U${n}`),
        name: long(`Ana ${n}`, amount, 200),
        roles: ['client'] as const,
        coach: n % 2 === 0 ? 'carla' : undefined,
      })),
    ],
  }
}
