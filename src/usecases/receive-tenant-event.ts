import { stopped } from '../domain/installation.ts'
import type { TenantEvent } from '../ports/chat.ts'
import type { Core } from './core.ts'

const TRIES = 5

/**
 * What a platform tells of a whole installation. It is written before this returns, so that the adapter may acknowledge;
 * telling it again changes nothing. From then on there is no token to send with; the data stays until its retention ends.
 */
export const receiveTenantEvent = async (core: Core, { tenant, at, body }: TenantEvent): Promise<void> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const found = await core.store.installations.find(tenant)
    if (found === undefined) return
    const next = stopped(found, at, body.why)
    if (next === found) return
    if (!(await core.store.installations.save({ ...next, revision: found.revision + 1 }))) continue
    return core.log.info({ code: 'TENANT_STOPPED', why: body.why }, 'an installation ended; nothing is sent there')
  }
  throw new Error('the installation is written by others all the time; the platform will tell it again')
}
