import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import type { Appointment, Appointments, ClaimedAppointment } from '../../src/ports/store.ts'
import { documentId } from './document-id.ts'
import { prune, putLater } from './guards.ts'
import { ANY_TIME, type AppointmentDoc, type Models } from './models.ts'

/**
 * Due things. What is done or cancelled stays as a row without `wakeAt`, so that a late relay finds its sequence; `now`
 * stamps when, for pruning.
 */
export const createAppointments = (
  { appointments }: Pick<Models, 'appointments'>,
  now: () => Instant,
): Appointments => ({
  async put({ tenant, person, key, kind, at, date }, seq) {
    await putLater(appointments, keyOf(tenant, person, key), seq, {
      $set: { kind, at, date, wakeAt: at },
      $unset: { token: 1, endedAt: 1 },
    })
  },
  async cancel(tenant, person, key, seq) {
    const endedAt = now()
    await putLater(appointments, keyOf(tenant, person, key), seq, {
      $set: { endedAt },
      $unset: { wakeAt: 1, token: 1 },
    })
  },
  async claim(tenant, at, token, until) {
    const doc = await appointments
      .findOneAndUpdate(
        { tenant, wakeAt: { ...ANY_TIME, $lte: at } },
        { $set: { wakeAt: until, token } },
        { sort: { wakeAt: 1 }, returnDocument: 'after' },
      )
      .lean()
    return doc ? { ...toAppointment(doc), token, seq: doc.seq } : undefined
  },
  async done(claimed) {
    await appointments.updateOne(claimOf(claimed), { $set: { endedAt: now() }, $unset: { wakeAt: 1, token: 1 } })
  },
  async postpone(claimed, at) {
    await appointments.updateOne(claimOf(claimed), { $set: { wakeAt: at }, $unset: { token: 1 } })
  },
  tenantsDue: at => appointments.distinct('tenant', { wakeAt: { ...ANY_TIME, $lte: at } }).exec(),
  async next(tenant) {
    const doc = await appointments.findOne({ tenant, wakeAt: ANY_TIME }).sort({ wakeAt: 1 }).lean()
    return doc ? { ...toAppointment(doc), at: doc.wakeAt ?? doc.at } : undefined
  },
  async standing(tenant, person) {
    const docs = await appointments.find({ tenant, person, wakeAt: ANY_TIME }).sort({ at: 1, key: 1 }).lean()
    return docs.map(toAppointment)
  },
  prune: (before, limit) => prune(appointments, { wakeAt: null, endedAt: { ...ANY_TIME, $lt: before } }, limit),
})

const keyOf = (tenant: TenantId, person: PersonId, key: string) => ({
  _id: documentId(tenant, person, key),
  tenant,
  person,
  key,
})

const claimOf = ({ tenant, person, key, seq, token }: ClaimedAppointment) => ({
  ...keyOf(tenant, person, key),
  seq,
  token,
})

const toAppointment = ({ tenant, person, key, kind, at, date }: AppointmentDoc): Appointment => ({
  tenant,
  person,
  key,
  kind,
  at,
  date,
})
