import type { z } from 'zod'
import { nearestName } from './config/nearest-name.ts'
import {
  keyEntries,
  type LogLevel,
  platformsOf,
  playgroundOn,
  SECRETS,
  schema,
  type Variables,
  variableNames,
} from './config/schema.ts'
import { type Secret, secret } from './config/secret.ts'

/** A master key that wraps the persons' keys: 32 bytes under the id the wrapped keys name. */
export type MasterKey = { readonly id: string; readonly key: Secret<Uint8Array> }

/** Where the persons' keys live. `default` is a file of its own beside the data directory. */
export type KeyringPlace =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'mongodb'; readonly uri: Secret<string> }

/** Slack: `signingSecret` for HTTP, `appToken` for Socket Mode; `botToken` for one workspace, `client` for installation by OAuth. */
export type SlackConfig = {
  readonly signingSecret: Secret<string> | undefined
  readonly appToken: Secret<string> | undefined
  readonly botToken: Secret<string> | undefined
  readonly client: { readonly id: string; readonly secret: Secret<string> } | undefined
  /** Slack's Web API, where it is another than slack.com's (GovSlack), and the page on which somebody agrees. */
  readonly apiUrl: string | undefined
  readonly authorizeUrl: string | undefined
}

/** Teams: an app secret goes with SingleTenant; a user-assigned managed identity has none. */
export type TeamsConfig = {
  readonly appId: string
  readonly tenantId: string
  readonly app:
    | { readonly type: 'SingleTenant'; readonly secret: Secret<string> }
    | { readonly type: 'UserAssignedMSI' }
}

export type Config = {
  readonly host: string
  /** 0 means any free port. */
  readonly port: number
  readonly dataDir: string
  readonly mongodbUri: Secret<string> | undefined
  readonly keyring: KeyringPlace
  /** Newest first; empty only where the playground alone runs, which makes its own. */
  readonly masterKeys: readonly MasterKey[]
  readonly logLevel: LogLevel
  readonly playground: boolean
  readonly metrics: boolean
  readonly stopTimeoutMs: number
  /** IANA zone for a person whose platform names none. */
  readonly defaultZone: string
  /** ISO 3166-1 alpha-2, for a person whose country nobody named; without it no holidays and the international safety line. */
  readonly defaultCountry: string | undefined
  readonly platforms: readonly ('slack' | 'teams')[]
  readonly slack: SlackConfig | undefined
  readonly teams: TeamsConfig | undefined
}

/** All mistakes of a configuration at once, one a line, ready to print. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID'
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(
      `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map(line => `  ${line}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.mistakes = mistakes
  }
}

/**
 * Reads and checks the whole configuration from the environment given (values as the process has them; blank counts as unset).
 * Throws ConfigError with every mistake, each line naming the variable, what was found (never a secret) and what to do.
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const trimmed = value?.trim() ?? ''
    if (trimmed !== '' && (variableNames.includes(name) || looksMeant(name))) given[name] = trimmed
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.flatMap(issue => mistakes(issue, given)))
  return freeze(toConfig(parsed.data))
}

const mistakes = (issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): string[] => {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownName)
  const name = String(issue.path[0])
  const value = given[name]
  const found =
    value === undefined ? 'not set' : SECRETS.has(name) ? 'found a value (not shown)' : `found ${JSON.stringify(value)}`
  return [`${name}: ${found}; ${issue.message}.`]
}

/** Names with our prefix, and near misses of a platform's names; other tools may own what else starts with SLACK_ or TEAMS_. */
const looksMeant = (name: string) =>
  name.startsWith('LIGHTHAND_') || (/^(SLACK|TEAMS)_/.test(name) && nearestName(name, variableNames).distance <= 2)
const unknownName = (name: string) => {
  const { nearest, distance } = nearestName(name.replace(/^LIGHTHAND_/, ''), variableNames)
  return `${name}: no such variable; ${distance <= 3 ? `did you mean ${nearest}?` : 'leave it out; .env.example lists them all.'}`
}

const toConfig = (given: Variables): Config => {
  const platforms = platformsOf(given)
  return {
    host: given.HOST,
    port: given.PORT,
    dataDir: given.DATA_DIR,
    mongodbUri: hide(given.MONGODB_URI),
    keyring: keyringPlace(given.KEYRING_URI),
    masterKeys: given.MASTER_KEYS === undefined ? [] : keyEntries(given.MASTER_KEYS).map(masterKey),
    logLevel: given.LOG_LEVEL,
    playground: playgroundOn(given),
    metrics: given.METRICS === 'on',
    stopTimeoutMs: given.STOP_TIMEOUT_MS,
    defaultZone: given.DEFAULT_ZONE,
    defaultCountry: given.DEFAULT_COUNTRY,
    platforms,
    slack: platforms.includes('slack') ? slackConfig(given) : undefined,
    teams: platforms.includes('teams') ? teamsConfig(given) : undefined,
  }
}

const hide = (value: string | undefined): Secret<string> | undefined =>
  value === undefined ? undefined : secret(value)

const keyringPlace = (uri: string | undefined): KeyringPlace => {
  if (uri === undefined) return { kind: 'default' }
  return uri.startsWith('file:')
    ? { kind: 'file', path: uri.slice('file:'.length) }
    : { kind: 'mongodb', uri: secret(uri) }
}

const masterKey = (entry: string): MasterKey => {
  const [id = '', key = ''] = entry.split(':')
  return { id, key: secret(Uint8Array.from(Buffer.from(key, 'base64'))) }
}

const slackConfig = (given: Variables): SlackConfig => ({
  signingSecret: hide(given.SLACK_SIGNING_SECRET),
  appToken: hide(given.SLACK_APP_TOKEN),
  botToken: hide(given.SLACK_BOT_TOKEN),
  client:
    given.SLACK_CLIENT_ID === undefined || given.SLACK_CLIENT_SECRET === undefined
      ? undefined
      : { id: given.SLACK_CLIENT_ID, secret: secret(given.SLACK_CLIENT_SECRET) },
  apiUrl: given.SLACK_API_URL,
  authorizeUrl: given.SLACK_AUTHORIZE_URL,
})

// The schema has made sure of both ids, and of the secret unless the app is a managed identity: '' never comes out.
const teamsConfig = (given: Variables): TeamsConfig => ({
  appId: given.TEAMS_APP_ID ?? '',
  tenantId: given.TEAMS_TENANT_ID ?? '',
  app:
    given.TEAMS_APP_TYPE === 'UserAssignedMSI'
      ? { type: 'UserAssignedMSI' }
      : { type: 'SingleTenant', secret: secret(given.TEAMS_APP_SECRET ?? '') },
})

/** Freezes plain objects and arrays all the way down; secrets are frozen already. */
const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}
