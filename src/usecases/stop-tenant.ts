import type { TenantId } from '../domain/ids.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Core } from './core.ts'

const TRIES = 5

/** Nothing is sent in this tenant any more: its installation is gone, or lacks a right. Its data stays. */
export const stopTenant = async (core: Core, id: TenantId, why: string): Promise<void> => {
  const at = core.clock.now()
  await change(core, id, tenant => (tenant.stopped === undefined ? { ...tenant, stopped: { at, why } } : tenant))
  core.log.warn({ code: 'TENANT_STOPPED', why }, 'nothing is sent in this tenant until it is installed again')
}

/** It was installed again, or somebody there wrote. */
export const resumeTenant = (core: Core, id: TenantId): Promise<void> =>
  change(core, id, ({ stopped, ...tenant }) => (stopped === undefined ? undefined : tenant))

/** Undefined, or the tenant as it is: there is nothing to write. */
const change = async (core: Core, id: TenantId, to: (tenant: Tenant) => Tenant | undefined): Promise<void> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const tenant = await core.store.tenants.find(id)
    if (tenant === undefined) return
    const next = to(tenant)
    if (next === undefined || next === tenant) return
    if (await core.store.tenants.save({ ...next, revision: tenant.revision + 1 })) return
  }
  throw new Error('the tenant is written by others all the time; the change will be tried again')
}
