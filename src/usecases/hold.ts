import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Person } from '../domain/person.ts'

/** A person held under their lease: their document as last written, and how far its effects are relayed. */
export type Hold = {
  readonly tenant: TenantId
  readonly id: PersonId
  /** Undefined: not known (yet), or erased. */
  person: Person | undefined
  relayed: number
  /** Whom this work gave something to do: their lanes start when this lease is free. */
  readonly told: Set<PersonId>
  erased?: boolean
}

export const isErased = (hold: Hold): boolean => hold.erased === true

/** Another process wrote this person meanwhile: the attempt ends, and the work is found again under a new lease. */
export class Overtaken extends Error {
  constructor() {
    super('the person was written by another process; this attempt ends here')
    this.name = 'Overtaken'
  }
}
