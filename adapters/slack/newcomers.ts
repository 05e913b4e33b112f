import type { PersonId } from '../../src/domain/ids.ts'
import { DeliveryError, type InboundEvent } from '../../src/ports/chat.ts'
import type { Directory } from './directory.ts'
import type { Place } from './place.ts'
import { makeRecent } from './recent.ts'

/** Tells whether the core can write to somebody: it knows them, and they have not left. */
export type IsReachable = (tenant: Place['tenant'], person: PersonId) => Promise<boolean>

export type Newcomers = {
  /**
   * Sees to it that the core knows who this is before it hears what they did: tells of them first, if need be. False: they are
   * nobody to talk with (a bot, a guest, somebody who left), and nothing is told of what they do.
   */
  met(place: Place, person: PersonId, gesture: { key: string; at: number; channel?: string }): Promise<boolean>
  forget(place: Place, person: PersonId): void
}

/** ms for which nobody is looked up again: another process may have been told that they left. */
const KNOWN_FOR = 10 * 60_000
const REMEMBERED = 20_000

export const makeNewcomers = (options: {
  readonly directory: Directory
  readonly isReachable: IsReachable
  readonly receive: (event: InboundEvent) => Promise<void>
  readonly monotonic: () => number
}): Newcomers => {
  const known = makeRecent<number>(REMEMBERED)
  const join = async (place: Place, person: PersonId, gesture: Parameters<Newcomers['met']>[2]): Promise<boolean> => {
    const { tenant, team } = place
    const profile = await options.directory.profile(tenant, person, team, gesture.channel)
    if (profile === undefined || profile.standing !== 'member') return false
    const { standing: _, ...rest } = profile
    const body = { kind: 'joined', profile: rest } as const
    await options.receive({ tenant, person, key: `joined/${gesture.key}`, at: gesture.at, route: rest.route, body })
    return true
  }
  return {
    met: async (place, person, gesture) => {
      const id = `${place.tenant}/${person}`
      const since = known.get(id)
      if (since !== undefined && options.monotonic() - since < KNOWN_FOR) return true
      if (!(await options.isReachable(place.tenant, person)) && !(await joined(join(place, person, gesture))))
        return false
      known.put(id, options.monotonic())
      return true
    },
    forget: ({ tenant }, person) => known.drop(`${tenant}/${person}`),
  }
}

/** Nobody can be looked up where nothing is installed: such a gesture is nobody's, and Slack need not bring it again. */
const joined = async (looking: Promise<boolean>): Promise<boolean> => {
  try {
    return await looking
  } catch (error) {
    if (error instanceof DeliveryError && error.kind === 'stop-tenant') return false
    throw error
  }
}
