import { join } from 'node:path'
import { makeCharts } from '../adapters/charts/charts.ts'
import { openPlayground, type Playground } from '../adapters/playground/playground.ts'
import { playgroundRoutes } from '../adapters/playground/routes.ts'
import { sealedFile } from '../adapters/playground/sealed-file.ts'
import { seal, unseal } from '../adapters/store/seal.ts'
import type { Config } from './config.ts'
import { personId, type TenantId, tenantId } from './domain/ids.ts'
import { addDays, atLocal, localDate, weekdayOf } from './domain/schedule.ts'
import { DEFAULT_POLICY } from './domain/tenant.ts'
import type { Keyring } from './ports/keyring.ts'
import type { Served } from './serve.ts'
import type { Core } from './usecases/core.ts'

/** The playground opens on a working morning, so that nothing waits for the night to end. */
const untilMonday = (zone: string): number => {
  const today = localDate(Date.now(), zone)
  const monday = addDays(today, ((8 - weekdayOf(today)) % 7) + (weekdayOf(today) === 1 ? 7 : 0))
  return atLocal(monday, '09:30', zone) - Date.now()
}

/** The playground's platform, which has the clock; the core comes after it. */
export const openPlaygroundPlatform = async (config: Config, keyring: Keyring): Promise<Playground> => {
  const zone = config.defaultZone
  const transcripts = tenantId('playground')
  const key = await keyring.key({ tenant: transcripts, owner: 'chat:all' })
  const place = { tenant: transcripts, person: personId('chat:all'), kind: 'transcript', id: 'all', purpose: 'lines' }
  return openPlayground({
    file: sealedFile(
      join(config.dataDir, 'playground.sealed'),
      words => seal(key, place, words),
      sealed => unseal(key, place, sealed),
    ),
    tenantOf: epoch => tenantId(epoch === 1 ? 'local' : `local-${epoch}`),
    personOf: personId,
    now: ahead => Date.now() + ahead,
    zone,
    firstAhead: untilMonday(zone),
  })
}

/** What the playground has on the server, and its first tenant. */
export const servePlayground = (core: Core, config: Config, playground: Playground, root: string): Served => {
  const zone = config.defaultZone
  const makeTenant = async (id: TenantId): Promise<void> => {
    const policy = { ...DEFAULT_POLICY, country: config.defaultCountry }
    await core.store.tenants.insert({
      id,
      platform: 'playground',
      workspace: 'Playground',
      zone,
      programme: undefined,
      policy,
      revision: 0,
    })
  }
  return {
    chat: playground,
    mounts: [
      {
        path: '/',
        loopbackOnly: true,
        router: playgroundRoutes({
          core,
          playground,
          zone,
          charts: makeCharts(),
          page: join(root, 'dist/web'),
          makeTenant,
        }),
      },
    ],
    prepare: () => makeTenant(playground.tenant()),
    greeting: url => `Lighthand's playground is open at ${url}/`,
  }
}
