import type { TenantId } from '../domain/ids.ts'
import type { Limit, PlatformLimits } from '../ports/chat.ts'

/**
 * Keeps sends below what a platform takes: so many in any stretch of time, of one tenant and of one route, counted on the
 * monotonic clock. Where several processes share the work each keeps to its share of a tenant's limits. What a platform
 * asked to wait is waited for by that tenant, or that route, alone; after it one message goes ahead each second, until one
 * is taken.
 */
export type Pacer = {
  /** 0: the send is counted, and may go now. Else ms to wait; nothing is counted. */
  take(to: Destination, limits: PlatformLimits | undefined, kind: 'reply' | 'unprompted'): number
  /** ms until something unprompted may go in this tenant. */
  wait(tenant: TenantId, limits: PlatformLimits | undefined): number
  /** Nothing goes to this tenant (or route alone) for `ms`. */
  hold(to: Destination, scope: 'tenant' | 'route', ms: number): void
  /** What was counted last did not go after all. */
  giveBack(to: Destination): void
  /** The platform took a message. */
  taken(to: Destination): void
}

export type Destination = { readonly tenant: TenantId; readonly route: string }

const SECOND = 1_000
/** What Lighthand begins uses so much of a limit at most, so that a backlog keeps nobody's answer waiting. */
const UNPROMPTED_SHARE = 0.8
/** After a platform asked to wait. */
const PROBING: Limit = { sends: 1, per: SECOND }
/** Destinations remembered before those at rest are forgotten. */
const REMEMBERED = 10_000

type Pace = { sends: number[]; heldUntil: number; probing: boolean }

/**
 * @param monotonic ms, never going back
 * @param share of this process in a tenant's limits, above 0 and at most 1
 */
export const makePacer = (monotonic: () => number, share: () => number = () => 1): Pacer => {
  const paces = new Map<string, Pace>()
  const paceOf = (key: string): Pace => {
    const found = paces.get(key)
    if (found !== undefined) return found
    const made: Pace = { sends: [], heldUntil: Number.NEGATIVE_INFINITY, probing: false }
    paces.set(key, made)
    if (paces.size > REMEMBERED) forgetResting(paces, monotonic())
    return made
  }
  const waitOf = (key: string, limits: readonly Limit[], part: number): number => {
    const pace = paces.get(key)
    if (pace === undefined) return 0
    const now = monotonic()
    if (now < pace.heldUntil) return pace.heldUntil - now
    const all = pace.probing ? [...limits, PROBING] : limits
    return Math.max(0, ...all.map(limit => waitFor(pace.sends, limit, limit === PROBING ? 1 : part, now)))
  }
  const count = (key: string, limits: readonly Limit[]): void => {
    const pace = paceOf(key)
    const now = monotonic()
    const longest = Math.max(PROBING.per, ...limits.map(({ per }) => per))
    const expired = pace.sends.findIndex(at => at > now - longest)
    pace.sends = expired === -1 ? [] : pace.sends.slice(expired)
    pace.sends.push(now)
  }
  return {
    take: (to, limits, kind) => {
      const part = share() * (kind === 'reply' ? 1 : UNPROMPTED_SHARE)
      const ofTenant = limits?.tenant ?? []
      const ofRoute = limits?.route ?? []
      // A person's work is done by one process at a time, so a route's limit is not divided.
      const wait = Math.max(waitOf(tenantKey(to.tenant), ofTenant, part), waitOf(routeKey(to), ofRoute, 1))
      if (wait > 0) return wait
      if (ofTenant.length > 0 || paces.get(tenantKey(to.tenant))?.probing) count(tenantKey(to.tenant), ofTenant)
      if (ofRoute.length > 0 || paces.get(routeKey(to))?.probing) count(routeKey(to), ofRoute)
      return 0
    },
    wait: (tenant, limits) => waitOf(tenantKey(tenant), limits?.tenant ?? [], share() * UNPROMPTED_SHARE),
    hold: (to, scope, ms) => {
      const pace = paceOf(scope === 'tenant' ? tenantKey(to.tenant) : routeKey(to))
      pace.heldUntil = Math.max(pace.heldUntil, monotonic() + ms)
      pace.probing = true
    },
    giveBack: to => {
      for (const key of [tenantKey(to.tenant), routeKey(to)]) paces.get(key)?.sends.pop()
    },
    taken: to => {
      for (const key of [tenantKey(to.tenant), routeKey(to)]) {
        const pace = paces.get(key)
        if (pace !== undefined) pace.probing = false
      }
    },
  }
}

const tenantKey = (tenant: TenantId): string => JSON.stringify([tenant])
const routeKey = ({ tenant, route }: Destination): string => JSON.stringify([tenant, route])

/** ms until one more send keeps the limit. */
const waitFor = (sends: readonly number[], { sends: most, per }: Limit, part: number, now: number): number => {
  const allowed = Math.max(1, Math.floor(most * part))
  // The send that must have left the stretch before another one may go.
  const oldest = sends.at(-allowed)
  return oldest === undefined ? 0 : Math.max(0, oldest + per - now)
}

/** An hour is the longest stretch any platform counts. */
const forgetResting = (paces: Map<string, Pace>, now: number): void => {
  for (const [key, { sends, heldUntil }] of paces)
    if (heldUntil <= now && (sends.at(-1) ?? Number.NEGATIVE_INFINITY) < now - 3_600 * SECOND) paces.delete(key)
}
