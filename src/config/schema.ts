import { IANAZone } from 'luxon'
import { z } from 'zod'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Values of these are never repeated in a message; a connection string may carry a password. */
export const SECRETS = new Set([
  ...['MASTER_KEYS', 'MONGODB_URI', 'KEYRING_URI', 'TEAMS_APP_SECRET'],
  ...['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET', 'SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'],
])

// One check and no abort: an aborting issue would keep the rules across variables from running.
const wholeNumber = (low: number, high: number, fallback: number) =>
  z
    .string()
    .refine(
      text => /^\d{1,9}$/.test(text) && Number(text) >= low && Number(text) <= high,
      `give a whole number from ${low} to ${high}`,
    )
    .transform(Number)
    .default(fallback)
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(values, `give one of ${values.join(', ')}`)
const shaped = (pattern: RegExp, what: string) => z.string().regex(pattern, `give ${what}`).optional()

const MONGODB = /^mongodb(\+srv)?:\/\/\S+$/
// 32 bytes are 43 base64 digits and one sign of padding.
const MASTER_KEY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/
const WEB = /^https?:\/\/[^\s?#]+$/
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NEW_KEY = 'as id:key, the key being 32 bytes in base64 (`openssl rand -base64 32` makes one)'
/** The single `id:key` entries of MASTER_KEYS. */
export const keyEntries = (list: string) => list.split(',').map(entry => entry.trim())

/** The one schema of the environment: strings in, the few numbers converted; unset variables get their defaults. */
export const schema = z
  .strictObject({
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'give a host name or an address')
      .default('127.0.0.1'),
    PORT: wholeNumber(0, 65_535, 3978),
    DATA_DIR: z.string().default('./data'),
    MONGODB_URI: shaped(MONGODB, 'a mongodb:// or mongodb+srv:// connection string'),
    KEYRING_URI: shaped(/^(mongodb(\+srv)?:\/\/|file:)\S+$/, 'file:<path>, or a mongodb:// connection string'),
    MASTER_KEYS: z
      .string()
      .refine(
        list => keyEntries(list).every(entry => MASTER_KEY.test(entry)),
        `give each key ${NEW_KEY}, newest first, with commas between`,
      )
      .refine(
        list => new Set(keyEntries(list).map(e => e.split(':')[0])).size === keyEntries(list).length,
        'give each key an id of its own',
      )
      .optional(),
    LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
    PLAYGROUND: oneOf(['on', 'off']).optional(),
    METRICS: oneOf(['on', 'off']).default('on'),
    STOP_TIMEOUT_MS: wholeNumber(100, 300_000, 10_000),
    DEFAULT_ZONE: z.string().refine(IANAZone.isValidZone, 'give an IANA zone such as Europe/Vienna').default('UTC'),
    DEFAULT_COUNTRY: shaped(/^[A-Z]{2}$/, 'two capital letters, ISO 3166-1, such as AT'),
    SLACK_SIGNING_SECRET: shaped(/^[0-9a-f]{32,}$/, "the signing secret from the app's Basic Information page"),
    SLACK_CLIENT_ID: shaped(/^\d+\.\d+$/, "the client id from the app's Basic Information page, such as 123.456"),
    SLACK_CLIENT_SECRET: shaped(/^\S+$/, "the client secret from the app's Basic Information page"),
    SLACK_APP_TOKEN: shaped(/^xapp-\S+$/, 'an app-level token; it starts with xapp-'),
    SLACK_BOT_TOKEN: shaped(/^xoxb-\S+$/, 'a bot token; it starts with xoxb-'),
    SLACK_API_URL: shaped(WEB, 'an address such as https://slack-gov.com/api/'),
    SLACK_AUTHORIZE_URL: shaped(WEB, 'an address such as https://slack-gov.com/oauth/v2/authorize'),
    TEAMS_APP_ID: shaped(GUID, "the bot's application (client) id, a GUID"),
    TEAMS_APP_TYPE: oneOf(['SingleTenant', 'UserAssignedMSI']).optional(),
    TEAMS_TENANT_ID: shaped(GUID, 'the directory (tenant) id, a GUID'),
    TEAMS_APP_SECRET: shaped(/^\S+$/, "a client secret's value, not its id"),
  })
  .superRefine(
    (given, context) => {
      for (const [name, message] of contradictions(given)) context.addIssue({ code: 'custom', path: [name], message })
    },
    // Also where a value is malformed: all mistakes come in one list. The rules read presence, and strings as given.
    { when: () => true },
  )

export type Variables = z.output<typeof schema>

/** Every variable the configuration knows, as .env.example lists them. */
export const variableNames: readonly string[] = Object.keys(schema.shape)

/** The platforms of which at least one variable is set. */
export const platformsOf = (given: Variables): ('slack' | 'teams')[] => {
  const any = (prefix: string) =>
    Object.entries(given).some(([name, value]) => name.startsWith(prefix) && value !== undefined)
  return [...(any('SLACK_') ? (['slack'] as const) : []), ...(any('TEAMS_') ? (['teams'] as const) : [])]
}
/** On by itself until a platform is configured; then only where asked for. */
export const playgroundOn = (given: Variables) =>
  (given.PLAYGROUND ?? (platformsOf(given).length === 0 ? 'on' : 'off')) === 'on'
const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
const withoutCredentials = (uri: string) => uri.replace(/^[^/]*\/\/([^@/]*@)?/, '').replace(/\?.*$/, '')

/** What single variables cannot show: sets that are incomplete, and settings that exclude each other. */
function* contradictions(given: Variables): Generator<[keyof Variables, string]> {
  const platforms = platformsOf(given)
  if (playgroundOn(given) && !isLoopback(given.HOST)) {
    const why =
      given.PLAYGROUND === 'on'
        ? 'the playground has no sign-in'
        : 'without a platform the playground runs, and it has no sign-in'
    yield ['HOST', `${why}: set HOST=127.0.0.1, or PLAYGROUND=off`]
  }
  if (given.PLAYGROUND === 'on' && platforms.length > 0)
    yield [
      'PLAYGROUND',
      'the playground turns the clock for everybody whom it serves: unset it, or run it by itself with the variables of the platforms unset',
    ]
  if (given.MASTER_KEYS === undefined && (platforms.length > 0 || given.MONGODB_URI !== undefined))
    yield ['MASTER_KEYS', `a platform or MONGODB_URI needs at least one key, ${NEW_KEY}`]
  if (
    given.MONGODB_URI !== undefined &&
    given.KEYRING_URI !== undefined &&
    withoutCredentials(given.MONGODB_URI) === withoutCredentials(given.KEYRING_URI)
  )
    yield [
      'KEYRING_URI',
      'name another database than MONGODB_URI: a backup that holds data and keys together cannot forget anyone',
    ]
  if (given.KEYRING_URI?.startsWith(`file:${given.DATA_DIR.replace(/\/$/, '')}/`))
    yield [
      'KEYRING_URI',
      'name a file outside DATA_DIR: a backup that holds data and keys together cannot forget anyone',
    ]
  if (platforms.includes('slack')) yield* slackContradictions(given)
  if (platforms.includes('teams')) yield* teamsContradictions(given)
}

function* slackContradictions(given: Variables): Generator<[keyof Variables, string]> {
  const { SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret, SLACK_BOT_TOKEN: token } = given
  if (given.SLACK_SIGNING_SECRET === undefined && given.SLACK_APP_TOKEN === undefined)
    yield [
      'SLACK_SIGNING_SECRET',
      'Slack needs it to prove its requests; on a laptop SLACK_APP_TOKEN (Socket Mode) stands in for it',
    ]
  if (id !== undefined && secret === undefined)
    yield ['SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID needs it: set both or neither']
  if (id === undefined && secret !== undefined)
    yield ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET needs it: set both or neither']
  if (id === undefined && secret === undefined && token === undefined)
    yield [
      'SLACK_BOT_TOKEN',
      'set it for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for installation by OAuth',
    ]
  if ((id !== undefined || secret !== undefined) && token !== undefined)
    yield [
      'SLACK_BOT_TOKEN',
      'leave it out where SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set: each workspace then brings its own token',
    ]
}

function* teamsContradictions(given: Variables): Generator<[keyof Variables, string]> {
  if (given.TEAMS_APP_ID === undefined) yield ['TEAMS_APP_ID', 'the other TEAMS_ variables need it']
  if (given.TEAMS_TENANT_ID === undefined) yield ['TEAMS_TENANT_ID', 'the other TEAMS_ variables need it']
  const identity = given.TEAMS_APP_TYPE === 'UserAssignedMSI'
  if (!identity && given.TEAMS_APP_SECRET === undefined)
    yield [
      'TEAMS_APP_SECRET',
      'a SingleTenant app needs it; with a managed identity, set TEAMS_APP_TYPE=UserAssignedMSI',
    ]
  if (identity && given.TEAMS_APP_SECRET !== undefined)
    yield ['TEAMS_APP_SECRET', 'a managed identity has no secret: leave it out']
}
