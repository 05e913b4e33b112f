import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbedded } from '../../adapters/store/embedded/open.ts'
import { INDEXES } from '../../adapters/store/indexes.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { createStore, type PreparableStore } from '../../adapters/store/store.ts'
import type { Store } from '../../src/ports/store.ts'
import {
  ACME,
  ANA,
  aCommitment,
  aGoal,
  anAppointment,
  anInboxRow,
  anInstallation,
  anOutboxRow,
  aPerson,
  aRating,
  aTenant,
  CARLA,
  HOUR,
  T0,
} from '../contract/store-samples.ts'

/**
 * Each method of the store is called once, and what it asks the engine for, below mongoose, is held against the declared
 * indexes. A method that is not called here does not compile; a filter without an index fails.
 */
type Query = {
  readonly filter: Readonly<Record<string, unknown>>
  readonly sort: readonly string[]
  readonly limited: boolean
}

type Keys = readonly string[]

const RANGE = ['$gt', '$gte', '$lt', '$lte']
const kindOf = (condition: unknown): 'equal' | 'range' | 'other' => {
  if (typeof condition !== 'object' || condition === null) return 'equal'
  const operators = Object.keys(condition)
  if (operators.every(operator => operator === '$eq' || operator === '$in')) return 'equal'
  return operators.every(operator => RANGE.includes(operator)) ? 'range' : 'other'
}

/** Why an index does not serve a query; undefined: it does. */
const refusal = (keys: Keys, { filter, sort, limited }: Query): string | undefined => {
  const kinds = new Map(Object.entries(filter).map(([field, condition]) => [field, kindOf(condition)]))
  const equal = keys.findIndex(key => kinds.get(key) !== 'equal')
  const prefix = equal === -1 ? keys.length : equal
  const narrows = prefix > 0 || kinds.get(keys[0] ?? '') === 'range'
  if (!narrows) return 'its first field is not asked for'
  // One person's rows are few, so what is left may be looked at one by one.
  if (keys.slice(0, prefix).includes('person')) return undefined
  const outside = [...kinds.keys()].filter(field => !keys.includes(field))
  if (outside.length > 0) return `${outside.join(', ')} would be looked up in every document`
  // Without a limit all of it is wanted, and sorting it costs no more than reading it.
  const inOrder = sort.every((field, index) => keys[prefix + index] === field)
  return limited && !inOrder ? `it does not give the order ${sort.join(', ')}` : undefined
}

const uncovered = (indexes: readonly Keys[], query: Query): string | undefined => {
  if (kindOf(query.filter._id) === 'equal' && '_id' in query.filter) return undefined
  const refusals = indexes.map(keys => refusal(keys, query))
  return refusals.includes(undefined) ? undefined : refusals.join('; ') || 'there is no index'
}

const indexesOf = (collection: string): readonly Keys[] =>
  INDEXES.filter(([name]) => name === collection).map(([, keys]) => Object.keys(keys))

const CALLS = [
  'find',
  'findOne',
  'countDocuments',
  'distinct',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
]

const queryOf = (operation: string, given: readonly unknown[]): Query => {
  const [filter, options] = operation === 'distinct' ? [given[1], given[2]] : [given[0], given.at(-1)]
  const { sort = {}, limit = 0 } = (options ?? {}) as { sort?: object; limit?: number }
  const one = operation === 'findOne' || operation === 'findOneAndUpdate'
  const names = sort instanceof Map ? [...sort.keys()] : Object.keys(sort)
  return { filter: (filter ?? {}) as Query['filter'], sort: names, limited: one || limit > 0 }
}

const watch = (store: { readonly connection: { readonly collections: object } }) => {
  const asked: { readonly collection: string; readonly query: Query }[] = []
  for (const [collection, driver] of Object.entries(store.connection.collections))
    for (const operation of CALLS) {
      const original: unknown = Reflect.get(driver, operation)
      if (typeof original !== 'function') throw new Error(`${collection} has no ${operation}`)
      Object.defineProperty(driver, operation, {
        value: (...given: unknown[]) => {
          asked.push({ collection, query: queryOf(operation, given) })
          return Reflect.apply(original, driver, given)
        },
      })
    }
  return asked
}

type Group = Exclude<keyof Store, 'ping' | 'erase' | 'close'>
type Calls = {
  readonly [Part in Group]: { readonly [Method in keyof Store[Part]]: (store: Store) => Promise<unknown> }
}

const claimed = { ...anAppointment(), token: 't', seq: 1 }
const lease = { tenant: ACME, person: ANA, token: 't', relayed: 0, left: undefined }
const letter = { box: 'outbox', tenant: ACME, person: ANA, key: 'm1', why: 'bug', at: T0 } as const
const cohort = { tenant: ACME, period: '2026-10-01', until: '2026-10-31', members: [ANA], minimum: 5 }

const EVERY: Calls = {
  tenants: {
    find: ({ tenants }) => tenants.find(ACME),
    list: ({ tenants }) => tenants.list(),
    insert: ({ tenants }) => tenants.insert(aTenant()),
    save: ({ tenants }) => tenants.save(aTenant({ revision: 2 })),
  },
  installations: {
    find: ({ installations }) => installations.find(ACME),
    active: ({ installations }) => installations.active('slack'),
    insert: ({ installations }) => installations.insert(anInstallation()),
    save: ({ installations }) => installations.save(anInstallation({ revision: 2 })),
  },
  people: {
    find: ({ people }) => people.find(ACME, ANA),
    roster: ({ people }) => people.roster(ACME),
    insert: ({ people }) => people.insert(aPerson()),
    save: ({ people }) => people.save(aPerson({ revision: 2 })),
  },
  inbox: {
    put: ({ inbox }) => inbox.put(anInboxRow(), T0),
    waiting: ({ inbox }) => inbox.waiting(ACME, ANA, 9),
    tenantsWaiting: ({ inbox }) => inbox.tenantsWaiting(),
    whoWaits: ({ inbox }) => inbox.whoWaits(ACME, 9),
    bury: ({ inbox }) => inbox.bury(ACME, 'none', 'fault', T0),
    done: ({ inbox }) => inbox.done(ACME, 'e1', T0),
    prune: ({ inbox }) => inbox.prune(T0 + 1, 9),
  },
  leases: {
    take: async ({ leases }) => [await leases.take(ACME, ANA, 't'), await leases.take(ACME, ANA, 'u')],
    renew: ({ leases }) => leases.renew(lease, 't'),
    steal: ({ leases }) => leases.steal(ACME, ANA, 't', 'u'),
    release: ({ leases }) => leases.release(lease, 1, undefined),
    releaseAll: ({ leases }) => leases.releaseAll(),
  },
  appointments: {
    put: ({ appointments }) => appointments.put(anAppointment(), 1),
    cancel: ({ appointments }) => appointments.cancel(ACME, ANA, 'k', 1),
    claim: ({ appointments }) => appointments.claim(ACME, T0, 't', T0 + HOUR),
    done: ({ appointments }) => appointments.done(claimed),
    postpone: ({ appointments }) => appointments.postpone(claimed, T0),
    tenantsDue: ({ appointments }) => appointments.tenantsDue(T0 + HOUR),
    next: ({ appointments }) => appointments.next(ACME),
    standing: ({ appointments }) => appointments.standing(ACME, ANA),
    prune: ({ appointments }) => appointments.prune(T0 + HOUR, 9),
  },
  outbox: {
    put: ({ outbox }) => outbox.put(anOutboxRow(), T0),
    find: ({ outbox }) => outbox.find(ACME, 'm1'),
    pending: ({ outbox }) => outbox.pending(ACME, ANA),
    tenantsDue: ({ outbox }) => outbox.tenantsDue(T0),
    whoWaits: ({ outbox }) => outbox.whoWaits(ACME, T0, 9),
    attempt: ({ outbox }) => outbox.attempt(ACME, 'm1', T0, T0),
    retry: ({ outbox }) => outbox.retry(ACME, 'm1', T0, 'retry'),
    sent: ({ outbox }) => outbox.sent(ACME, 'm1', 'r', T0),
    end: ({ outbox }) => outbox.end(ACME, 'm1', 'dead', 'bug', T0),
    next: ({ outbox }) => outbox.next(ACME),
    depth: ({ outbox }) => outbox.depth(),
    prune: ({ outbox }) => outbox.prune(T0 + 1, 9),
  },
  records: {
    putCommitment: ({ records }) => records.putCommitment(ACME, ANA, aCommitment(), 1),
    openCommitments: ({ records }) => records.openCommitments(ACME, ANA),
    commitments: ({ records }) => records.commitments(ACME, ANA, 9),
    putGoal: ({ records }) => records.putGoal(ACME, ANA, aGoal(), 1),
    goals: ({ records }) => records.goals(ACME, ANA),
    putRating: ({ records }) => records.putRating(ACME, ANA, aRating(), 1),
    ratings: ({ records }) => records.ratings(ACME, ANA, 9),
    share: ({ records }) => records.share(ACME, ANA, CARLA, [], T0, 1),
    shared: ({ records }) => records.shared(ACME, CARLA, ANA, 0, T0),
    sharedWith: ({ records }) => records.sharedWith(ACME, CARLA, 0, T0),
    landedBadly: ({ records }) => records.landedBadly(ACME, 'w', ANA, T0),
    badWordings: ({ records }) => records.badWordings(ACME),
  },
  packs: { put: ({ packs }) => packs.put('h', 's'), get: ({ packs }) => packs.get('h') },
  reports: {
    openCohort: ({ reports }) => reports.openCohort(cohort),
    cohort: ({ reports }) => reports.cohort(ACME, '2026-10-01'),
    observe: ({ reports }) =>
      reports.observe(ACME, '2026-10-01', { person: ANA, question: 'took-part', value: 'yes' }, 1),
    observations: ({ reports }) => reports.observations(ACME, '2026-10-01'),
    publish: ({ reports }) => reports.publish(ACME, '2026-10-01', '[]'),
    published: ({ reports }) => reports.published(ACME, 9),
  },
  rollouts: {
    add: ({ rollouts }) => rollouts.add(ACME, [ANA], CARLA, T0),
    waiting: ({ rollouts }) => rollouts.waiting(ACME, 9),
    done: ({ rollouts }) => rollouts.done(ACME, ANA, 'invited', '2026-10-01'),
    doneOn: ({ rollouts }) => rollouts.doneOn(ACME, '2026-10-01'),
    tally: ({ rollouts }) => rollouts.tally(ACME),
  },
  processes: {
    beat: ({ processes }) => processes.beat('p', 1, T0),
    leave: ({ processes }) => processes.leave('p'),
  },
  deadLetters: {
    list: ({ deadLetters }) => deadLetters.list(9),
    find: ({ deadLetters }) => deadLetters.find('outbox', ACME, 'm1'),
    requeue: ({ deadLetters }) => deadLetters.requeue({ ...letter, attempts: 1, class: 'reply' }, T0, T0),
  },
}

/** What no tick and no turn does, or what reads a collection that is small by nature; each with its reason. */
const EXEMPT: Readonly<Record<string, string>> = {
  'tenants.list': 'at a start and in commands',
  'leases.releaseAll': 'at a start of the embedded engine, which is alone',
  'processes.beat': 'one document a process',
  'deadLetters.list': "an operator's command",
  erase: "cohorts: one document a month of a tenant, once in a person's life; the rest is covered below",
}

describe('every query', () => {
  const { connection, close } = openEmbedded({ file: ':memory:' })
  let store: PreparableStore
  let asked: ReturnType<typeof watch>
  beforeAll(async () => {
    store = createStore({ connection, keyring: await openMemoryKeyring(() => 0) })
    await store.prepare()
    asked = watch({ connection })
  })
  afterAll(close)
  const expectCovered = (name: string): void => {
    expect(asked.length, `${name} asks nothing of the engine`).toBeGreaterThan(0)
    for (const { collection, query } of asked)
      expect(uncovered(indexesOf(collection), query), `${name}: ${collection} ${JSON.stringify(query)}`).toBeUndefined()
  }

  for (const [group, methods] of Object.entries(EVERY))
    for (const [method, call] of Object.entries(methods)) {
      const name = `${group}.${method}`
      if (name in EXEMPT) continue
      it(`of ${name} has an index`, async () => {
        asked.length = 0
        await (call as (store: Store) => Promise<unknown>)(store)
        expectCovered(name)
      })
    }

  it('of an erasure has an index, but for the few cohorts of a tenant', async () => {
    asked.length = 0
    await store.erase(ACME, ANA)
    const cohorts = asked.findIndex(({ collection }) => collection === 'cohorts')
    expect(cohorts).toBeGreaterThan(-1)
    asked.splice(cohorts, 1)
    expectCovered('erase')
  })

  it('that has no index is found out', () => {
    const query = (filter: object, sort: string[] = [], limited = false): Query => ({
      filter: filter as Query['filter'],
      sort,
      limited,
    })
    const due = { $lte: 5 }
    const outbox = indexesOf('outbox')
    expect(uncovered(outbox, query({ tenant: 'a', state: 'due' }))).toContain('state would be looked up')
    expect(uncovered(outbox, query({ state: 'due' }))).toContain('first field')
    expect(uncovered(outbox, query({ wakeAt: due, attempts: 3 }))).toContain('attempts')
    expect(uncovered(outbox, query({ wakeAt: due }, ['endedAt'], true))).toContain('order endedAt')
    expect(uncovered([['tenant', 'wakeAt']], query({ wakeAt: due }))).toContain('first field')
    expect(uncovered([], query({ tenant: 'a' }))).toBe('there is no index')
    expect(uncovered(indexesOf('appointments'), query({ tenant: 'a', wakeAt: due }, ['wakeAt'], true))).toBeUndefined()
  })
})
