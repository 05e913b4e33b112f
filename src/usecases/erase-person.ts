import type { Core } from './core.ts'
import type { Hold } from './hold.ts'

/**
 * Rule 15. Forgets a person, and means it: the key first, so that whatever a crash leaves behind is unreadable already, then every document. The
 * person's own document goes last, so an erasure that was cut short is found and finished.
 */
export const erasePerson = async (core: Core, hold: Hold): Promise<void> => {
  const { tenant, id } = hold
  await core.keyring.destroy({ tenant, owner: id }, core.clock.now())
  await core.store.erase(tenant, id)
  hold.person = undefined
  hold.erased = true
}
