import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Commitment } from '../../src/domain/commitment.ts'
import { type PersonId, personId } from '../../src/domain/ids.ts'
import type { Appointment, Lease } from '../../src/ports/store.ts'
import type { Bench } from './store.ts'
import { ACME, aCommitment, anAppointment, T0 } from './store-samples.ts'

type Model = {
  holder: string | undefined
  relayed: number
  appointment: { seq: number; at: number | undefined }
  commitment: { seq: number; moves: number } | undefined
}

const token = fc.constantFrom('t1', 't2', 't3')
const seq = fc.integer({ min: 1, max: 6 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), token }),
  fc.record({ kind: fc.constant('steal' as const), token, from: token }),
  fc.record({ kind: fc.constant('release' as const), token, relayed: seq }),
  fc.record({ kind: fc.constant('put' as const), seq, at: fc.integer({ min: T0, max: T0 + 9 }) }),
  fc.record({ kind: fc.constant('cancel' as const), seq }),
  fc.record({ kind: fc.constant('commit' as const), seq, moves: fc.nat(99) }),
)

export const sequencesContract = ({ opened }: Bench): void => {
  describe('leases and sequences', () => {
    it('behave as the plainest model does, in any order of calls', async () => {
      const { leases, appointments, records } = opened().store
      let runs = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async steps => {
          runs += 1
          const person: PersonId = personId(`p${runs}`)
          const model: Model = {
            holder: undefined,
            relayed: 0,
            appointment: { seq: 0, at: undefined },
            commitment: undefined,
          }
          for (const one of steps) {
            switch (one.kind) {
              case 'take': {
                const free = model.holder === undefined || model.holder === one.token
                if (free) model.holder = one.token
                const expected = free ? { lease: lease(person, one.token, model.relayed) } : { heldBy: model.holder }
                expect(await leases.take(ACME, person, one.token)).toEqual(expected)
                break
              }
              case 'steal': {
                const works = model.holder === one.from
                if (works) model.holder = one.token
                const expected = works ? lease(person, one.token, model.relayed) : undefined
                expect(await leases.steal(ACME, person, one.from, one.token)).toEqual(expected)
                break
              }
              case 'release':
                await leases.release(lease(person, one.token, 0), one.relayed, undefined)
                if (model.holder === one.token) {
                  model.holder = undefined
                  model.relayed = Math.max(model.relayed, one.relayed)
                }
                break
              case 'put':
                await appointments.put(anAppointment({ person, at: one.at }), one.seq)
                if (one.seq > model.appointment.seq) model.appointment = { seq: one.seq, at: one.at }
                break
              case 'cancel':
                await appointments.cancel(ACME, person, anAppointment().key, one.seq)
                if (one.seq > model.appointment.seq) model.appointment = { seq: one.seq, at: undefined }
                break
              case 'commit':
                await records.putCommitment(ACME, person, aCommitment({ moves: one.moves }), one.seq)
                if (one.seq > (model.commitment?.seq ?? 0)) model.commitment = one
                break
            }
          }
          const standing: readonly Appointment[] =
            model.appointment.at === undefined ? [] : [anAppointment({ person, at: model.appointment.at })]
          expect(await appointments.standing(ACME, person)).toEqual(standing)
          const made: readonly Commitment[] = model.commitment ? [aCommitment({ moves: model.commitment.moves })] : []
          expect(await records.commitments(ACME, person, 9)).toEqual(made)
        }),
        { numRuns: 60 },
      )
    })
  })
}

const lease = (person: PersonId, held: string, relayed: number): Lease => ({
  tenant: ACME,
  person,
  token: held,
  relayed,
  left: undefined,
})
