import type { Event } from '../domain/event.ts'
import { fateOf } from '../domain/rollout.ts'
import type { LocalDate } from '../domain/schedule.ts'
import { DeliveryError } from '../ports/chat.ts'
import { KeyDestroyed } from '../ports/keyring.ts'
import type { Core } from './core.ts'
import { type Hold, homeOf } from './hold.ts'

/**
 * Invites the next of HR's list, as many as a day allows. Each goes through the inbox of whom it is for; doing it again after a
 * crash invites nobody twice. A directory that does not answer ends the wave early: the rest have the next day.
 */
export const inviteWave = async (
  core: Core,
  hold: Hold,
  { date, most }: { readonly date: LocalDate; readonly most: number },
): Promise<void> => {
  const { tenant, id } = hold
  const { rollouts, people, inbox } = core.store
  const home = await homeOf(core, hold)
  if (home === undefined) return
  const roster = await people.roster(tenant)
  const nameOf = new Map(roster.map(one => [one.id, one.name]))
  const chat = core.chat(home)
  const left = most - (await rollouts.doneOn(tenant, date))
  for (const row of await rollouts.waiting(tenant, left)) {
    const { person, coach } = row
    try {
      // Deleted at their wish: they are not invited, and HR reads what it would read of anybody (rule 13).
      const erased = await core.keyring.isErased({ tenant, owner: person })
      const found = erased ? undefined : await chat.profile({ tenant, person })
      const fate = erased ? 'invited' : fateOf(row, found?.standing)
      const event = { kind: 'invited', coach, coachName: nameOf.get(coach) ?? '' } as const
      if (fate === 'invited' && !erased && (await put(`invited/${coach}/${person}`, person, event)))
        hold.told.add(person)
      await rollouts.done(tenant, person, fate, date)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      core.log.warn(
        { code: 'WAVE_CUT_SHORT', why: error.kind },
        'the directory did not answer; the rest wait for a day',
      )
      break
    }
  }
  await put(`wave/${date}`, id, { kind: 'wave-done', tally: await rollouts.tally(tenant) })
  hold.told.add(id)

  async function put(key: string, person: typeof id, event: Event): Promise<boolean> {
    const now = core.clock.now()
    try {
      return await inbox.put({ tenant, person, key, at: now, event }, now)
    } catch (error) {
      if (error instanceof KeyDestroyed) return false
      throw error
    }
  }
}
