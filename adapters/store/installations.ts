import type { TenantId } from '../../src/domain/ids.ts'
import type { Installation, Tokens } from '../../src/domain/installation.ts'
import { TENANT_TOKENS } from '../../src/ports/keyring.ts'
import type { Installations } from '../../src/ports/store.ts'
import { documentId } from './document-id.ts'
import { insertOnce } from './guards.ts'
import type { InstallationDoc, Models } from './models.ts'
import type { Seals } from './seal.ts'

/** One document a tenant. The tokens are sealed; the platform's ids of a workspace are in every one of its URLs, so they are not. */
export const createInstallations = ({ installations }: Pick<Models, 'installations'>, seals: Seals): Installations => {
  const toInstallation = async ({ sealed, stoppedAt, why, ...doc }: InstallationDoc): Promise<Installation> => ({
    tenant: doc.tenant,
    platform: doc.platform,
    team: doc.team,
    enterprise: doc.enterprise,
    app: doc.app,
    bot: doc.bot,
    scopes: doc.scopes,
    installedAt: doc.installedAt,
    tokens: sealed === undefined ? undefined : withNames(await seals.open<Tokens>(placeOf(doc.tenant), sealed)),
    state: stoppedAt === undefined || why === undefined ? { kind: 'active' } : { kind: 'stopped', at: stoppedAt, why },
    revision: doc.revision,
  })
  const toDoc = async ({ tokens, state, tenant, ...clear }: Installation): Promise<InstallationDoc> => {
    const doc: InstallationDoc = {
      ...keyOf(tenant),
      ...clear,
      state: state.kind,
      ...(state.kind === 'stopped' ? { stoppedAt: state.at, why: state.why } : {}),
      ...(tokens === undefined ? {} : { sealed: await seals.seal(placeOf(tenant), tokens) }),
    }
    // Drops what is undefined: engines disagree on whether it is null, missing or an error.
    return JSON.parse(JSON.stringify(doc)) as InstallationDoc
  }
  return {
    async find(tenant) {
      const doc = await installations.findOne(keyOf(tenant)).lean<InstallationDoc>()
      return doc ? toInstallation(doc) : undefined
    },
    async active(platform) {
      const docs = await installations.find({ platform, state: 'active' }).sort({ _id: 1 }).lean<InstallationDoc[]>()
      return Promise.all(docs.map(toInstallation))
    },
    insert: async installation => insertOnce(installations, await toDoc(installation)),
    async save(installation) {
      const { _id, tenant, ...fields } = await toDoc(installation)
      const gone = OPTIONAL.filter(name => fields[name] === undefined)
      const { matchedCount } = await installations.updateOne(
        { _id, tenant, revision: installation.revision - 1 },
        {
          $set: fields,
          ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map(name => [name, 1])) }),
        },
      )
      return matchedCount === 1
    },
  }
}

const OPTIONAL = ['team', 'enterprise', 'bot', 'stoppedAt', 'why', 'sealed'] as const

/** JSON keeps no absent values: they come back under their names. */
const withNames = ({ bot, refresh, expiresAt }: Tokens): Tokens => ({ bot, refresh, expiresAt })

const keyOf = (tenant: TenantId) => ({ _id: documentId(tenant), tenant })

const placeOf = (tenant: TenantId) =>
  ({
    tenant,
    person: TENANT_TOKENS,
    kind: 'installations',
    id: documentId(tenant),
    purpose: 'tokens',
  }) as const
