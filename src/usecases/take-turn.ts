import { advance } from '../conversation/advance.ts'
import type { Context, Loaded } from '../conversation/turn.ts'
import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import type { Detect } from '../domain/safety.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Core } from './core.ts'
import { type Hold, homeOf, Overtaken } from './hold.ts'
import { load } from './load.ts'
import { relay } from './relay.ts'

/**
 * One event, one turn: advance (pure), ONE guarded write, then its effects. An event that took effect before is passed over.
 * @throws Overtaken, Poisoned
 */
export const takeTurn = async (core: Core, hold: Hold, event: Event, key: string): Promise<void> => {
  const tenant = await homeOf(core, hold)
  if (tenant === undefined)
    return core.log.warn({ code: 'TENANT_UNKNOWN' }, 'an event of an unknown tenant was dropped')
  const before =
    hold.person ?? (event.kind === 'joined' ? newcomer(hold, event) : await introduced(core, hold, tenant, event))
  if (before === undefined)
    return core.log.warn({ code: 'PERSON_UNKNOWN' }, 'an event of an unknown person was dropped')
  if (before.applied.includes(key)) return
  const after = await decide(core, tenant, before, event, key)
  const written =
    hold.person === undefined ? await core.store.people.insert(after) : await core.store.people.save(after)
  if (!written) throw new Overtaken()
  hold.person = after
  // What was due and not begun: the newest stands first.
  const [held] = after.client?.heldBack ?? []
  if (held !== undefined && held !== before.client?.heldBack[0]) core.meters.dropped(held.why)
  await relay(core, hold)
}

/** Takes the turn with no more loaded than it needs: mostly nothing, or the commitments. */
const decide = async (core: Core, tenant: Tenant, person: Person, event: Event, key: string): Promise<Person> => {
  await core.packs.recall(person.conversation?.frames.map(({ hash }) => hash) ?? [])
  const calendar = await core.calendar(tenant, person)
  const now = core.clock.now()
  const { directory } = core.chat(tenant).capabilities
  const detect = core.detect && lookingOnce(core.detect)
  let loaded: Partial<Loaded> = {}
  for (;;) {
    const context: Context = { now, tenant, calendar, packs: core.packs.current, loaded, directory, detect }
    const advanced = advanceOrPoison(person, event, key, context)
    if (advanced.kind === 'turn') return advanced.person
    loaded = { ...loaded, ...(await load(core, person, advanced.need, now, event)) }
  }
}

/** A turn that is taken again with more loaded does not look for danger in the same words again. */
const lookingOnce = (detect: Detect): Detect => {
  const found = new Map<string, ReturnType<Detect>>()
  return (typed, locale) => {
    if (!found.has(typed)) found.set(typed, detect(typed, locale))
    return found.get(typed)
  }
}

/**
 * The event cannot be taken: a fault in the rules or the packs, which the next try would meet again. It is set aside, so
 * that the person's later events are heard.
 */
export class Poisoned extends Error {
  constructor(cause: unknown) {
    super('an event could not be taken and was set aside', { cause })
    this.name = 'Poisoned'
  }
}

/** advance is pure: what it throws it throws each time. */
const advanceOrPoison = (...given: Parameters<typeof advance>): ReturnType<typeof advance> => {
  try {
    return advance(...given)
  } catch (error) {
    throw new Poisoned(error)
  }
}

/** Somebody whom nobody told of, and who wrote or was invited: the platform's directory says who they are. */
const introduced = async (core: Core, hold: Hold, tenant: Tenant, event: Event): Promise<Person | undefined> => {
  const found = await core.chat(tenant).profile({ tenant: hold.tenant, person: hold.id })
  if (found === undefined || found.standing === 'bot' || found.standing === 'left') return undefined
  // Guests are answered, and not invited.
  if (found.standing === 'guest' && event.kind === 'invited') return undefined
  return { ...newcomer(hold, found), route: found.route }
}

const newcomer = (
  { tenant, id }: Hold,
  event: { readonly name: string; readonly roles: Person['roles']; readonly locale: string; readonly zone: string },
): Person => ({
  tenant,
  id,
  name: event.name,
  roles: event.roles,
  locale: event.locale,
  zone: event.zone,
  route: undefined,
  client: undefined,
  coach: undefined,
  conversation: undefined,
  scheduled: {},
  effects: [],
  said: [],
  seq: 0,
  applied: [],
  revision: 0,
})
