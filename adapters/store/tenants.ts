import type { TenantId } from '../../src/domain/ids.ts'
import type { Tenant } from '../../src/domain/tenant.ts'
import type { Tenants } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import { documentId } from './document-id.ts'
import { insertOnce } from './guards.ts'
import type { Models, TenantDoc } from './models.ts'

/** Nothing here is one person's words: the purpose is what a sponsor tells everybody. So it is not sealed. */
export const createTenants = ({ tenants }: Pick<Models, 'tenants'>): Tenants => {
  const documents = direct(tenants)
  return {
    async find(tenant) {
      const doc = await documents.findOne(keyOf(tenant))
      return doc ? toTenant(doc) : undefined
    },
    async list() {
      return (await tenants.find().sort({ _id: 1 }).lean()).map(toTenant)
    },
    insert: tenant => insertOnce(tenants, { ...keyOf(tenant.id), ...fields(tenant) }),
    async save(tenant) {
      const { matchedCount } = await tenants.updateOne(
        { ...keyOf(tenant.id), revision: tenant.revision - 1 },
        { $set: fields(tenant), ...absent(tenant) },
      )
      return matchedCount === 1
    },
  }
}

/** What is no longer so; an empty $unset is an error on some servers. */
const absent = ({ programme, pausedAt, stopped }: Tenant) => {
  const gone = {
    ...(programme ? {} : { programme: 1 }),
    ...(pausedAt === undefined ? { pausedAt: 1 } : {}),
    ...(stopped ? {} : { stopped: 1 }),
  }
  return Object.keys(gone).length === 0 ? {} : { $unset: gone }
}

const keyOf = (tenant: TenantId) => ({ _id: documentId(tenant), tenant })

const fields = ({ id: _, ...tenant }: Tenant): Omit<TenantDoc, '_id' | 'tenant'> =>
  // Drops what is undefined, at every depth: engines disagree on whether it is null, missing or an error.
  JSON.parse(JSON.stringify(tenant)) as Omit<TenantDoc, '_id' | 'tenant'>

const toTenant = (doc: TenantDoc): Tenant => ({
  id: doc.tenant,
  platform: doc.platform,
  workspace: doc.workspace,
  zone: doc.zone,
  programme: doc.programme && { ...doc.programme, purpose: doc.programme.purpose },
  policy: { ...doc.policy, country: doc.policy.country, region: doc.policy.region },
  ...(doc.stopped ? { stopped: { at: doc.stopped.at, why: doc.stopped.why } } : {}),
  ...(doc.pausedAt === undefined ? {} : { pausedAt: doc.pausedAt }),
  revision: doc.revision,
})
