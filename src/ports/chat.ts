import type { DeliveryKind } from '../domain/failure.ts'
import type { Home } from '../domain/home.ts'
import type { PersonId, TenantId } from '../domain/ids.ts'
import type { StopReason } from '../domain/installation.ts'
import type { Message, Reply } from '../domain/message.ts'
import type { Role } from '../domain/person.ts'
import type { Instant, Zone } from '../domain/schedule.ts'
import type { FoundStanding } from '../domain/standing.ts'

/**
 * A chat platform, as small as it can be. An adapter renders Messages, turns gestures into InboundEvents, opens forms by
 * itself, and knows nothing of coaching. Every adapter passes test/contract/chat-adapter.ts.
 */
export type ChatAdapter = {
  readonly platform: string
  /** How much it takes; without it, everything is sent as it comes. */
  readonly limits?: PlatformLimits
  readonly capabilities: Capabilities
  /**
   * Begins to receive. Both callbacks resolve when what they were told is stored: only then may the platform be acknowledged.
   * `receive` takes what one person did; `receiveOfTenant` what happened to a whole installation.
   */
  start(
    receive: (event: InboundEvent) => Promise<void>,
    receiveOfTenant: (event: TenantEvent) => Promise<void>,
  ): Promise<void>
  /**
   * Sends once, without retries of its own. `key` is unique for ever; where the platform can find a message again, it
   * is findable by it.
   * @throws DeliveryError
   */
  send(address: Address, message: Message, key: string): Promise<Receipt>
  /** Looks for a message that may have been sent at or after `since`; none if it is not there or cannot be known. */
  find(address: Address, key: string, since: Instant): Promise<Receipt | undefined>
  /**
   * Shows this home beside the person's chat, in place of the one before; it is safe to repeat. Without the capability
   * `home` it does nothing.
   * @throws DeliveryError
   */
  publish(address: Address, home: Home): Promise<void>
  /**
   * Whom the platform's directory has under this id, whether or not they ever met the bot, and where to write to them.
   * Undefined: nobody, or somebody whom the bot may not see.
   * @throws DeliveryError
   */
  profile(who: Pick<Address, 'tenant' | 'person'>): Promise<FoundProfile | undefined>
  /**
   * Who has these addresses (in small letters), of the platform's directory; whoever has none of them is left out. Only where the
   * platform has such a directory and lets the bot ask it.
   * @throws DeliveryError
   */
  lookUp?(tenant: TenantId, addresses: readonly string[]): Promise<ReadonlyMap<string, PersonId>>
  /** What keeps it from receiving or sending just now, in plain words for the operator; without it, or undefined: nothing does. */
  trouble?(): string | undefined
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

/** What a platform can show and tell; the core works without any of it. */
export type Capabilities = {
  /** There is a home to publish to. */
  readonly home: boolean
  /** People are picked from the platform's whole directory. */
  readonly directory: boolean
  /** A person's edit of what they typed is told. */
  readonly edits: boolean
  /** There is a command with verbs (`/lighthand pause`). */
  readonly commands: boolean
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
    /** They can be written to: installed, opened the chat for the first time, or are back after they had left. */
    | { readonly kind: 'joined'; readonly profile: Profile }
    /** They look at their home: it is published anew. */
    | { readonly kind: 'home-opened' }
    /** They pressed an action of their home (HomeAction.id). What comes of it is said in the chat, and the home published anew. */
    | { readonly kind: 'action'; readonly action: string }
    /** What they typed after the platform's command, in their own language; none or an unknown one gets help. */
    | { readonly kind: 'command'; readonly text: string }
    /** They changed what they had typed. `of` is the key under which the first version was received. */
    | { readonly kind: 'edited'; readonly of: string; readonly text: string }
    /** Their name, language or zone is another now. */
    | { readonly kind: 'profile'; readonly change: Partial<Pick<Profile, 'name' | 'locale' | 'zone'>> }
    /** They can no longer be written to. What they have stays as it is, should they come back ('joined'). */
    | { readonly kind: 'left'; readonly why: 'removed' | 'deactivated' }
}

/** What happened to a whole installation. `key` is unique; a repeat has the same and changes nothing. */
export type TenantEvent = {
  readonly tenant: TenantId
  readonly key: string
  /** The platform's time. What is older than the installation that stands says nothing about it. */
  readonly at: Instant
  readonly body: /** Nothing can be sent or read any more. The data is kept until its retention ends. */
  { readonly kind: 'stopped'; readonly why: StopReason }
}

export type Profile = {
  readonly name: string
  readonly locale: string
  readonly zone: Zone
  readonly route: string
  /** What the platform itself says of them: 'hr' for those who may switch Lighthand on, else 'client'. */
  readonly roles: readonly Role[]
}

/** Only members are invited: the others are passed over, and said to be. */
export type FoundProfile = Profile & { readonly standing: FoundStanding }

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
