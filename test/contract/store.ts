import { afterEach, beforeEach, describe } from 'vitest'
import type { PreparableStore } from '../../adapters/store/store.ts'
import type { Keyring } from '../../src/ports/keyring.ts'
import { appointmentsContract } from './store-appointments.ts'
import { inboxContract } from './store-inbox.ts'
import { installationsContract } from './store-installations.ts'
import { leasesContract } from './store-leases.ts'
import { outboxContract } from './store-outbox.ts'
import { peopleContract } from './store-people.ts'
import { recordsContract } from './store-records.ts'
import { reportsContract } from './store-reports.ts'
import { rolloutsContract } from './store-rollouts.ts'
import { T0 } from './store-samples.ts'
import { sealingContract } from './store-sealing.ts'
import { sequencesContract } from './store-sequences.ts'

/** A store opened empty and prepared, with what a test needs to look underneath. */
export type Opened = {
  readonly store: PreparableStore
  readonly keyring: Keyring
  /** Every stored document, as the driver reads it: one JSON text. */
  documents(): Promise<string>
  /** Breaks the sealed field of every document of one collection. */
  damage(collection: string): Promise<void>
  /** The data file and what lies beside it; undefined where there is none to read. */
  bytes(): Buffer | undefined
  close(): Promise<void>
}

/** `now` is the store's clock. */
export type StoreEngine = { readonly name: string; open(now: () => number): Promise<Opened> }

export type Bench = { readonly opened: () => Opened; readonly clock: { now: number } }

/** Everything that Store promises, on one engine. */
export const storeContract = (engine: StoreEngine): void => {
  describe(`the store on ${engine.name}`, () => {
    let current: Opened | undefined
    const clock = { now: T0 }
    beforeEach(async () => {
      clock.now = T0
      current = await engine.open(() => clock.now)
    })
    afterEach(async () => {
      await current?.close()
      current = undefined
    })
    const bench: Bench = {
      clock,
      opened: () => {
        if (!current) throw new Error('the store is open only inside a test')
        return current
      },
    }
    peopleContract(bench)
    installationsContract(bench)
    inboxContract(bench)
    leasesContract(bench)
    appointmentsContract(bench)
    outboxContract(bench)
    recordsContract(bench)
    reportsContract(bench)
    rolloutsContract(bench)
    sealingContract(bench)
    sequencesContract(bench)
  })
}
