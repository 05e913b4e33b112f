import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import type { Keyring } from '../../src/ports/keyring.ts'
import type { Store } from '../../src/ports/store.ts'
import { createAppointments } from './appointments.ts'
import { createDeadLetters } from './dead-letters.ts'
import { documentId } from './document-id.ts'
import { createInbox } from './inbox.ts'
import { createInstallations } from './installations.ts'
import { createLeases } from './leases.ts'
import { createModels, type Models } from './models.ts'
import { createOutbox } from './outbox.ts'
import { createPacks } from './packs.ts'
import { createPeople } from './people.ts'
import { checkVersion, type PrepareOptions, prepare } from './prepare.ts'
import { createProcesses } from './processes.ts'
import { createRecords } from './records.ts'
import { createReports } from './reports.ts'
import { createRollouts } from './rollouts.ts'
import { createSeals } from './seal.ts'
import { createTenants } from './tenants.ts'

/** A store that can be brought to this version: what opens it decides when. */
export type PreparableStore = Store & {
  /** Creates the indexes and takes what steps are missing: an explicit step, safe to repeat. */
  prepare(options?: Partial<PrepareOptions>): Promise<void>
  /** @throws StoreVersionError if the database is older or newer than this program */
  checkVersion(): Promise<void>
}

/**
 * The store over one open mongoose connection, of whichever engine. `now` stamps when appointments ended, for pruning:
 * the same clock as prune's `before`. `keyring` is not closed with the store, the connection is.
 */
export const createStore = ({
  connection,
  keyring,
  now = Date.now,
}: {
  readonly connection: Connection
  readonly keyring: Keyring
  readonly now?: () => Instant
}): PreparableStore => {
  const models = createModels(connection)
  const seals = createSeals(keyring)
  return {
    tenants: createTenants(models),
    installations: createInstallations(models, seals),
    people: createPeople(models, seals),
    inbox: createInbox(models, seals),
    leases: createLeases(models),
    appointments: createAppointments(models, now),
    outbox: createOutbox(models, seals),
    records: createRecords(models, seals),
    packs: createPacks(models),
    reports: createReports(models),
    rollouts: createRollouts(models, seals),
    processes: createProcesses(models),
    deadLetters: createDeadLetters(models),
    prepare: options => prepare(models, { token: randomUUID(), ...options }),
    checkVersion: () => checkVersion(models),
    async ping() {
      await models.tenants.findOne({ _id: '' }, { _id: 1 }).lean()
    },
    erase: (tenant, person) => erase(models, tenant, person),
    close: () => connection.close(),
  }
}

/**
 * The person's own document goes last, and just before it whatever brings a worker to them: while it is there, an erasure
 * that was cut short is seen and repeated.
 */
const erase = async (models: Models, tenant: TenantId, person: PersonId): Promise<void> => {
  const theirs = { tenant, person }
  await models.commitments.deleteMany(theirs)
  await models.goals.deleteMany(theirs)
  await models.ratings.deleteMany(theirs)
  await models.shared.deleteMany(theirs)
  await models.observations.deleteMany(theirs)
  await models.cohorts.updateMany({ tenant, members: person }, { $pull: { members: person } })
  // They count as invited from now on, as anybody would who was on the list (rule 13).
  await models.rollouts.updateMany(theirs, { $set: { state: 'invited' }, $unset: { person: 1, coach: 1 } })
  await models.outbox.deleteMany(theirs)
  await models.appointments.deleteMany(theirs)
  await models.inbox.deleteMany(theirs)
  const _id = documentId(tenant, person)
  await models.leases.deleteOne({ _id, tenant })
  await models.people.deleteOne({ _id, tenant })
}
