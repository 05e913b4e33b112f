import { makeHome } from '../conversation/home/home.ts'
import type { Context, Loaded } from '../conversation/turn.ts'
import { DeliveryError } from '../ports/chat.ts'
import type { Core } from './core.ts'
import { type Hold, homeOf } from './hold.ts'
import { load } from './load.ts'

/**
 * Puts together what somebody's home shows now, and publishes it. A home that could not be shown is no loss: it is made anew when
 * they look next, so nothing waits for it.
 */
export const publishHome = async (core: Core, hold: Hold): Promise<void> => {
  const { person } = hold
  const tenant = await homeOf(core, hold)
  if (person?.route === undefined || tenant === undefined) return
  const chat = core.chat(tenant)
  if (!chat.capabilities.home) return
  const now = core.clock.now()
  const calendar = await core.calendar(tenant, person)
  let loaded: Partial<Loaded> = {}
  for (;;) {
    const context: Context = { now, tenant, calendar, packs: core.packs.current, loaded }
    const made = makeHome(person, context)
    if (made.kind === 'need') {
      loaded = { ...loaded, ...(await load(core, person, made.need, now)) }
      continue
    }
    try {
      return await chat.publish({ tenant: person.tenant, person: person.id, route: person.route }, made.home)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      return core.log.warn({ code: 'HOME_NOT_SHOWN', why: error.kind }, 'a home could not be shown')
    }
  }
}
