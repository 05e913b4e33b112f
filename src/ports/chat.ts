import type { DeliveryKind } from '../domain/failure.ts'
import type { PersonId, TenantId } from '../domain/ids.ts'
import type { Message, Reply } from '../domain/message.ts'
import type { Role } from '../domain/person.ts'
import type { Instant, Zone } from '../domain/schedule.ts'

/**
 * A chat platform, as small as it can be. An adapter renders Messages, turns gestures into InboundEvents, opens forms by
 * itself, and knows nothing of coaching. Every adapter passes test/contract/chat-adapter.ts.
 */
export type ChatAdapter = {
  readonly platform: string
  /** How much it takes; without it, everything is sent as it comes. */
  readonly limits?: PlatformLimits
  /** Begins to receive. `receive` resolves when the event is stored: only then may the platform be acknowledged. */
  start(receive: (event: InboundEvent) => Promise<void>): Promise<void>
  /**
   * Sends once, without retries of its own. `key` is unique for ever; where the platform can find a message again, it
   * is findable by it.
   * @throws DeliveryError
   */
  send(address: Address, message: Message, key: string): Promise<Receipt>
  /** Looks for a message that may have been sent at or after `since`; none if it is not there or cannot be known. */
  find(address: Address, key: string, since: Instant): Promise<Receipt | undefined>
  stop(): Promise<void>
}

/** Sends in any stretch of `per` ms. Keep a little below what the platform says: a message arrives later than it is counted. */
export type Limit = { readonly sends: number; readonly per: number }

/** All of a list hold at once. The core paces by them, shared among the processes that work on one store. */
export type PlatformLimits = {
  /** Of one tenant. */
  readonly tenant: readonly Limit[]
  /** Of one route: a channel, a thread. */
  readonly route: readonly Limit[]
}

export type Address = { readonly tenant: TenantId; readonly person: PersonId; readonly route: string }

export type Receipt = { readonly id: string }

/** One gesture of one person, normalised. `key` is the platform's unique name for it; a repeat has the same. */
export type InboundEvent = {
  readonly tenant: TenantId
  readonly person: PersonId
  readonly key: string
  /** The platform's time: the order in which they did things. */
  readonly at: Instant
  /** Where an answer to it would go, if the platform says so with the gesture. */
  readonly route?: string
  readonly body:
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'joined'; readonly profile: Profile }
}

export type Profile = {
  readonly name: string
  readonly locale: string
  readonly zone: Zone
  readonly route: string
  readonly roles: readonly Role[]
}

/**
 * What the core does about a failed send: domain/failure.ts. Each says that the message did not arrive. Where that is not
 * known, and `find` cannot tell, another error is thrown: then it counts as perhaps delivered.
 */
export type { DeliveryKind }

export class DeliveryError extends Error {
  readonly kind: DeliveryKind
  /** ms to wait, if the platform said. */
  readonly retryAfter: number | undefined
  /** What has to wait so long: everything of the tenant, unless the platform means this route alone. */
  readonly scope: 'tenant' | 'route'
  constructor(
    kind: DeliveryKind,
    message: string,
    options: { retryAfter?: number; scope?: 'tenant' | 'route'; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'DeliveryError'
    this.kind = kind
    this.retryAfter = options.retryAfter
    this.scope = options.scope ?? 'tenant'
  }
}
