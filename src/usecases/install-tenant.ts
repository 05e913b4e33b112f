import type { Installation } from '../domain/installation.ts'
import { DEFAULT_POLICY, type Tenant } from '../domain/tenant.ts'
import type { Core } from './core.ts'
import { resumeTenant } from './stop-tenant.ts'

/** What a platform says of a place in which it was installed. */
export type Place = Pick<Tenant, 'id' | 'platform' | 'workspace' | 'zone'> & { readonly country: string | undefined }

const TRIES = 5

/**
 * Somebody installed it, or did so once more: over a stopped installation, with more rights, for a whole organisation. The tenant
 * is made the first time; people, their words and their consent stay as they are at each later one.
 */
export const installTenant = async (
  core: Core,
  { country, ...place }: Place,
  installation: Omit<Installation, 'revision' | 'state'>,
): Promise<void> => {
  const { tenants, installations } = core.store
  const policy = { ...DEFAULT_POLICY, country }
  await tenants.insert({ ...place, programme: undefined, policy, revision: 0 })
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await installations.find(place.id)
    if (before !== undefined && before.installedAt > installation.installedAt) return
    const next: Installation = { ...installation, state: { kind: 'active' }, revision: (before?.revision ?? -1) + 1 }
    const written = before === undefined ? await installations.insert(next) : await installations.save(next)
    if (!written) continue
    await resumeTenant(core, place.id)
    return core.log.info({ code: 'TENANT_INSTALLED' }, 'an installation was made or renewed')
  }
  throw new Error('the installation is written by others all the time; install it once more')
}
