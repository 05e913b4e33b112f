import { z } from 'zod'
import { type PersonId, personId, type TenantId } from '../../src/domain/ids.ts'
import { isValidZone, type Zone } from '../../src/domain/schedule.ts'
import { DeliveryError, type FoundProfile } from '../../src/ports/chat.ts'
import type { Calls } from './calls.ts'
import { errorIn, readingError } from './errors.ts'
import { routeOf } from './route.ts'

/** A user as users.info and user_change give them. */
export const slackUser = z.looseObject({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().default(''),
  real_name: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_admin: z.boolean().default(false),
  is_owner: z.boolean().default(false),
  tz: z.string().nullish(),
  locale: z.string().nullish(),
  profile: z.looseObject({ display_name: z.string().optional(), real_name: z.string().optional() }).default({}),
  enterprise_user: z
    .looseObject({ teams: z.array(z.string()).default([]), is_admin: z.boolean().default(false) })
    .nullish(),
})
export type SlackUser = z.output<typeof slackUser>

const SLACKBOT = 'USLACKBOT'
const DEFAULT_LOCALE = 'en'

export const standingOf = (user: SlackUser): FoundProfile['standing'] => {
  if (user.deleted) return 'left'
  if (user.is_bot || user.id === SLACKBOT) return 'bot'
  return user.is_restricted || user.is_ultra_restricted || user.is_stranger ? 'guest' : 'member'
}

export const nameOf = ({ profile, real_name, name }: SlackUser): string =>
  [profile.display_name, profile.real_name, real_name, name].find(one => one !== undefined && one.trim() !== '') ?? '–'

/** The zone, not the offset: clocks change without a word from Slack. */
export const zoneOf = ({ tz }: SlackUser): Zone | undefined =>
  typeof tz === 'string' && isValidZone(tz) ? tz : undefined

export type Directory = {
  profile(tenant: TenantId, person: PersonId, team?: string, channel?: string): Promise<FoundProfile | undefined>
  /** Who has these addresses; whoever has none is left out. */
  lookUp(tenant: TenantId, addresses: readonly string[]): Promise<ReadonlyMap<string, PersonId>>
  /** How a mentioned user is called here; their id where nobody says so soon enough. */
  nameFor(tenant: TenantId, id: string): Promise<string>
  /** Their locale, if it was seen lately. */
  localeOf(tenant: TenantId, person: string): string
}

const REMEMBERED = 5_000
const NOBODY = ['user_not_found', 'users_not_found', 'user_not_visible']

/** People as the workspace has them. */
export const makeDirectory = (calls: Calls, defaultZone: Zone): Directory => {
  const seen = new Map<string, { readonly name: string; readonly locale: string }>()
  const look = async (tenant: TenantId, id: string): Promise<SlackUser | undefined> => {
    try {
      const answer = await calls.run(tenant, client => client.users.info({ user: id, include_locale: true }))
      const user = slackUser.parse(answer.user)
      if (seen.size >= REMEMBERED) seen.clear()
      seen.set(`${tenant}/${id}`, { name: nameOf(user), locale: user.locale ?? DEFAULT_LOCALE })
      return user
    } catch (error) {
      if (NOBODY.includes(errorIn(error) ?? '')) return undefined
      throw readingError(error)
    }
  }
  const idOf = async (tenant: TenantId, email: string): Promise<string | undefined> => {
    try {
      const { user } = await calls.run(tenant, client => client.users.lookupByEmail({ email }))
      return user?.id
    } catch (error) {
      if (NOBODY.includes(errorIn(error) ?? '')) return undefined
      throw readingError(error)
    }
  }
  const openChannel = async (tenant: TenantId, id: string): Promise<string> => {
    try {
      const { channel } = await calls.run(tenant, client => client.conversations.open({ users: id }))
      if (channel?.id === undefined) throw new DeliveryError('bug', 'Slack opened no conversation')
      return channel.id
    } catch (error) {
      throw readingError(error)
    }
  }
  return {
    profile: async (tenant, person, team, channel) => {
      const user = await look(tenant, person)
      if (user === undefined) return undefined
      const standing = standingOf(user)
      const home = team ?? user.team_id ?? user.enterprise_user?.teams[0] ?? tenant
      // Nobody opens a conversation with those who left; where they would be written to is then nowhere.
      const where =
        channel ?? (standing === 'member' || standing === 'guest' ? await openChannel(tenant, person) : user.id)
      const isAdmin = user.is_admin || user.is_owner || user.enterprise_user?.is_admin === true
      return {
        name: nameOf(user),
        locale: user.locale ?? DEFAULT_LOCALE,
        zone: zoneOf(user) ?? defaultZone,
        route: routeOf({ team: home, channel: where }),
        roles: isAdmin ? ['hr'] : ['client'],
        standing,
      }
    },
    lookUp: async (tenant, addresses) => {
      const found = new Map<string, PersonId>()
      // One after the other: Slack lets an app ask some fifty times a minute, and whoever asked waits as long as it says.
      for (const email of addresses) {
        const id = await idOf(tenant, email)
        if (id !== undefined) found.set(email, personId(id))
      }
      return found
    },
    nameFor: async (tenant, id) => {
      const known = seen.get(`${tenant}/${id}`)
      if (known !== undefined) return known.name
      const user = await look(tenant, id).catch(() => undefined)
      return user === undefined ? id : nameOf(user)
    },
    localeOf: (tenant, person) => seen.get(`${tenant}/${person}`)?.locale ?? DEFAULT_LOCALE,
  }
}
