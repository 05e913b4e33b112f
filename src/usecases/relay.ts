import type { Effect } from '../domain/effect.ts'
import type { Person } from '../domain/person.ts'
import { localDate } from '../domain/schedule.ts'
import { KeyDestroyed } from '../ports/keyring.ts'
import { closePeriod } from './close-period.ts'
import type { Core } from './core.ts'
import { deliverPending, send } from './deliver.ts'
import { changeTenant } from './enable-programme.ts'
import { erasePerson } from './erase-person.ts'
import { type Hold, homeOf } from './hold.ts'
import { inviteWave } from './invite-wave.ts'
import { publishHome } from './publish-home.ts'

/**
 * Applies what the document's effects ask for, each by its own key and sequence. Doing it twice, or after a crash, changes
 * nothing; how far it came is recorded when the lease is released.
 */
export const relay = async (core: Core, hold: Hold): Promise<void> => {
  const { person } = hold
  if (person === undefined) return
  for (const effect of person.effects) {
    if (effect.seq <= hold.relayed) continue
    await apply(core, hold, person, effect)
    hold.relayed = effect.seq
  }
}

const apply = async (core: Core, hold: Hold, person: Person, effect: Effect): Promise<void> => {
  const { tenant, id } = person
  const { seq } = effect
  const { appointments, records, reports, inbox } = core.store
  switch (effect.kind) {
    case 'send':
      return send(core, hold, effect)
    case 'commitment':
      return records.putCommitment(tenant, id, effect.commitment, seq)
    case 'goal':
      return records.putGoal(tenant, id, effect.goal, seq)
    case 'rating':
      return records.putRating(tenant, id, effect.rating, seq)
    case 'appoint': {
      const { key, appointment: kind, at, date } = effect
      return appointments.put({ tenant, person: id, key, kind, at, date }, seq)
    }
    case 'cancel':
      return appointments.cancel(tenant, id, effect.key, seq)
    case 'share':
      return records.share(tenant, id, effect.coach, effect.lines, effect.at, seq)
    case 'tell': {
      const now = core.clock.now()
      try {
        await inbox.put({ tenant, person: effect.to, key: `tell/${id}/${seq}`, at: now, event: effect.event }, now)
        hold.told.add(effect.to)
      } catch (error) {
        // Erased meanwhile: there is nobody left to tell, and whoever told them learns nothing of it.
        if (!(error instanceof KeyDestroyed)) throw error
      }
      return
    }
    case 'tenant':
      hold.home = undefined
      return changeTenant(core, tenant, effect.change)
    case 'observe': {
      const zone = (await homeOf(core, hold))?.zone ?? person.zone
      const period = `${localDate(core.clock.now(), zone).slice(0, 7)}-01`
      return reports.observe(tenant, period, { person: id, question: effect.question, value: effect.value }, seq)
    }
    case 'landed-badly':
      return records.landedBadly(tenant, effect.wording, id, core.clock.now())
    case 'report':
      return closePeriod(core, tenant, effect.period)
    case 'rollout':
      return core.store.rollouts.add(tenant, effect.people, effect.coach, core.clock.now())
    case 'wave':
      return inviteWave(core, hold, effect)
    case 'home':
      return publishHome(core, hold)
    case 'erase':
      // Its confirmation may still wait, if an earlier process died before it left: with the key it would be gone.
      await deliverPending(core, hold)
      return erasePerson(core, hold)
  }
}
