/**
 * What a failed send leads to, for the message, the person and the tenant: the one table. `deliver` acts on it, and
 * docs/operating.md shows it (test/unit/operating.test.ts holds the two together).
 */
export type Consequence = {
  /** What the platform said, in the operator's words. */
  readonly means: string
  /** Waits for another try; looked up, and tried again unless it is found; dropped, with the kind as its reason; kept as a dead letter. */
  readonly message: 'waits' | 'looked up' | 'dropped' | 'dead'
  /** Stopped: nothing is sent to them until they write or join again. */
  readonly person: 'goes on' | 'stopped'
  /** Held: nothing is sent in it for as long as the platform asked. Stopped: until it is installed again, or somebody there writes. */
  readonly tenant: 'goes on' | 'held' | 'stopped'
}

export const AFTER_FAILURE = {
  retry: {
    means: 'not now: too many at once, or a fault on its side',
    message: 'waits',
    person: 'goes on',
    tenant: 'held',
  },
  refresh: { means: 'the token has expired', message: 'waits', person: 'goes on', tenant: 'goes on' },
  'stop-person': {
    means: 'this person cannot be written to: gone, or they blocked it',
    message: 'dropped',
    person: 'stopped',
    tenant: 'goes on',
  },
  'stop-tenant': {
    means: 'the installation is gone, or lacks a right',
    message: 'dropped',
    person: 'goes on',
    tenant: 'stopped',
  },
  policy: {
    means: 'a rule of the workspace forbids this message',
    message: 'dropped',
    person: 'goes on',
    tenant: 'goes on',
  },
  bug: { means: 'the message itself is refused as malformed', message: 'dead', person: 'goes on', tenant: 'goes on' },
  unknown: {
    means: 'no answer, or one of no known kind: perhaps it arrived',
    message: 'looked up',
    person: 'goes on',
    tenant: 'goes on',
  },
} as const satisfies Readonly<Record<string, Consequence>>

/** `unknown` is every other error: nothing an adapter says, but what it could not find out. */
export type DeliveryKind = Exclude<keyof typeof AFTER_FAILURE, 'unknown'>
