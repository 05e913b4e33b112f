import type { Home } from '../../src/domain/home.ts'
import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Message } from '../../src/domain/message.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import {
  type ChatAdapter,
  DeliveryError,
  type DeliveryKind,
  type FoundProfile,
  type InboundEvent,
  type PlatformLimits,
} from '../../src/ports/chat.ts'
import type { Clock } from '../../src/ports/clock.ts'

/** How one send goes wrong. Sends that nothing was scripted for go well. */
export type Mishap =
  /** The platform says no; nothing reached the person. */
  | { readonly kind: 'refused'; readonly as: DeliveryKind; readonly retryAfter?: number; readonly scope?: 'route' }
  /** It reached the person, and the answer was lost on the way: as a DeliveryError, or as an error of no known kind. */
  | { readonly kind: 'answer-lost'; readonly as: DeliveryKind | 'unknown' }
  /** It did not reach the person, and nobody can tell from the error. */
  | { readonly kind: 'lost' }
  /** It takes until then. */
  | { readonly kind: 'slow'; readonly until: Promise<void>; readonly begun?: () => void }

export type Delivered = {
  readonly at: Instant
  readonly tenant: TenantId
  readonly person: PersonId
  readonly route: string
  readonly key: string
  readonly message: Message
}

export type Published = Omit<Delivered, 'key' | 'message'> & { readonly home: Home }

export type FakeChat = {
  readonly adapter: ChatAdapter
  /** What the adapter declares. */
  limits: PlatformLimits | undefined
  /** What the people read, in order; the same message twice is there twice: nothing is hidden by the platform. */
  readonly delivered: Delivered[]
  /** Homes as they were published, in order. */
  readonly published: Published[]
  /** What becomes of the next publishings, in order: these are refused. */
  readonly publishing: DeliveryKind[]
  /** Whom the platform's directory has. */
  readonly directory: Map<string, FoundProfile>
  /** Keys, one a call of `send`. */
  readonly tried: string[]
  /** Keys, one a call of `find`. */
  readonly looked: string[]
  /** What becomes of the next sends, in order. */
  readonly script: Mishap[]
  /** What becomes of each send that the script says nothing of. */
  otherwise: (key: string, tenant: TenantId) => Mishap | undefined
  /** Whether messages can be found again; 'breaks' throws. */
  finds: 'yes' | 'no' | 'breaks'
  /** A gesture that comes in from the platform. */
  receive(event: InboundEvent): Promise<void>
}

/** A platform that can misbehave as scripted. It keeps what it delivered across restarts of the core, as a platform does. */
export const makeChat = (clock: Clock): FakeChat => {
  let receiver: ((event: InboundEvent) => Promise<void>) | undefined
  const chat: FakeChat = {
    limits: undefined,
    delivered: [],
    published: [],
    publishing: [],
    directory: new Map(),
    tried: [],
    looked: [],
    script: [],
    otherwise: () => undefined,
    finds: 'yes',
    receive: event => {
      if (receiver === undefined) throw new Error('the adapter has not started')
      return receiver(event)
    },
    adapter: {
      platform: 'fake',
      get limits() {
        return chat.limits ?? { tenant: [], route: [] }
      },
      capabilities: { home: true, directory: false, edits: true, commands: true },
      start: async receive => {
        receiver = receive
      },
      publish: async ({ tenant, person, route }, home) => {
        const mishap = chat.publishing.shift()
        if (mishap !== undefined) throw new DeliveryError(mishap, 'scripted refusal')
        chat.published.push({ at: clock.now(), tenant, person, route, home: structuredClone(home) })
      },
      profile: async ({ person }) => chat.directory.get(person),
      send: async ({ tenant, person, route }, message, key) => {
        chat.tried.push(key)
        const mishap = chat.script.shift() ?? chat.otherwise(key, tenant)
        const arrives = () =>
          chat.delivered.push({ at: clock.now(), tenant, person, route, key, message: structuredClone(message) })
        switch (mishap?.kind) {
          case 'refused': {
            const { as, retryAfter, scope = 'tenant' } = mishap
            throw new DeliveryError(as, 'scripted refusal', {
              scope,
              ...(retryAfter === undefined ? {} : { retryAfter }),
            })
          }
          case 'answer-lost':
            arrives()
            throw mishap.as === 'unknown' ? new Error('scripted loss') : new DeliveryError(mishap.as, 'scripted loss')
          case 'lost':
            throw new Error('scripted loss')
          case 'slow':
            mishap.begun?.()
            await mishap.until
        }
        arrives()
        return { id: `receipt/${key}` }
      },
      find: async (address, key, since) => {
        chat.looked.push(key)
        if (chat.finds === 'breaks') throw new Error('scripted: the platform does not answer')
        if (chat.finds === 'no') return undefined
        const found = chat.delivered.find(
          one => one.key === key && one.route === address.route && one.tenant === address.tenant && one.at >= since,
        )
        return found === undefined ? undefined : { id: `receipt/${key}` }
      },
      stop: async () => {
        receiver = undefined
      },
    },
  }
  return chat
}
