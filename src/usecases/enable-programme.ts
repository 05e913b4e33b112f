import type { TenantId } from '../domain/ids.ts'
import { changed, type TenantChange } from '../domain/tenant.ts'
import type { Core } from './core.ts'

const TRIES = 5

/** HR switches the programme on, or changes it. Applying the same change twice leaves the same tenant. */
export const changeTenant = async (core: Core, id: TenantId, change: TenantChange): Promise<void> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const tenant = await core.store.tenants.find(id)
    if (tenant === undefined) return
    const next = changed(tenant, change)
    if (next === tenant || (await core.store.tenants.save({ ...next, revision: tenant.revision + 1 }))) return
  }
  throw new Error('the tenant is written by others all the time; the change will be tried again')
}
