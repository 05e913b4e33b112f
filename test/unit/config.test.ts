import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect, parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { variableNames } from '../../src/config/schema.ts'
import { ConfigError, readConfig } from '../../src/config.ts'

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const slack = { SLACK_SIGNING_SECRET: 'a'.repeat(32), SLACK_BOT_TOKEN: 'xoxb-1', MASTER_KEYS: key('k1', 7) }
const guid = '11111111-2222-3333-4444-555555555555'
const teams = { TEAMS_APP_ID: guid, TEAMS_TENANT_ID: guid, TEAMS_APP_SECRET: 'shh-teams', MASTER_KEYS: key('k1', 7) }

const mistakesOf = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
  return []
}

describe('a configuration', () => {
  it('of nothing at all is the playground on this machine', () => {
    const config = readConfig({ PATH: '/usr/bin', HOME: '/root' })
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3978, dataDir: './data', playground: true, platforms: [] })
    expect(config).toMatchObject({ logLevel: 'info', metrics: true, stopTimeoutMs: 10_000, defaultZone: 'UTC' })
    expect(config).toMatchObject({ masterKeys: [], keyring: { kind: 'default' }, mongodbUri: undefined })
  })

  it('counts blank values as unset', () => {
    expect(readConfig({ PORT: '', HOST: '  ', MASTER_KEYS: '', SLACK_BOT_TOKEN: '' })).toEqual(readConfig({}))
  })

  it('is frozen all the way down', () => {
    const config = readConfig(slack)
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.platforms)).toBe(true)
    expect(Object.isFrozen(config.slack)).toBe(true)
    expect(Object.isFrozen(config.masterKeys[0])).toBe(true)
  })

  it('keeps master keys in the order given, newest first', () => {
    const config = readConfig({ MASTER_KEYS: `${key('new', 2)}, ${key('old', 1)}` })
    expect(config.masterKeys.map(k => [k.id, k.key.reveal()])).toEqual([
      ['new', new Uint8Array(32).fill(2)],
      ['old', new Uint8Array(32).fill(1)],
    ])
  })

  it('takes a key store from a file or a database of its own', () => {
    expect(readConfig({ KEYRING_URI: 'file:./keys.db' }).keyring).toEqual({ kind: 'file', path: './keys.db' })
    const config = readConfig({
      MONGODB_URI: 'mongodb://u:p@db/data',
      KEYRING_URI: 'mongodb://u:p@db/keys',
      MASTER_KEYS: key('k', 1),
    })
    expect(config.keyring).toMatchObject({ kind: 'mongodb' })
  })
})

describe('platforms', () => {
  it('are named once their set is complete, and switch the playground off', () => {
    expect(readConfig(slack)).toMatchObject({ platforms: ['slack'], playground: false })
    expect(readConfig(teams)).toMatchObject({ platforms: ['teams'], playground: false })
    expect(readConfig({ ...slack, ...teams }).platforms).toEqual(['slack', 'teams'])
    expect(readConfig({ ...slack, HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
  })

  it('leave the playground off where it is not wanted', () => {
    expect(readConfig({ PLAYGROUND: 'off', HOST: '0.0.0.0' }).playground).toBe(false)
  })

  it('take a managed identity without a secret', () => {
    const config = readConfig({ ...teams, TEAMS_APP_TYPE: 'UserAssignedMSI', TEAMS_APP_SECRET: '' })
    expect(config.teams?.app).toEqual({ type: 'UserAssignedMSI' })
  })

  it('take Socket Mode in place of the signing secret, and OAuth in place of the bot token', () => {
    const { slack: read } = readConfig({
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'x',
      MASTER_KEYS: key('k', 1),
    })
    expect(read?.signingSecret).toBeUndefined()
    expect(read?.client?.secret.reveal()).toBe('x')
  })
})

describe('mistakes', () => {
  it.each<[string, Record<string, string>, RegExp[]]>([
    ['a port that is no number', { PORT: '80a' }, [/^PORT: found "80a"; give a whole number from 0 to 65535\.$/]],
    ['a port out of range', { PORT: '70000' }, [/^PORT: found "70000"; give a whole number/]],
    ['an unknown level', { LOG_LEVEL: 'loud' }, [/^LOG_LEVEL: found "loud"; give one of fatal, .*silent\.$/]],
    ['an unknown zone', { DEFAULT_ZONE: 'Vienna' }, [/^DEFAULT_ZONE: found "Vienna"; give an IANA zone/]],
    ['a country in words', { DEFAULT_COUNTRY: 'Austria' }, [/^DEFAULT_COUNTRY: .* two capital letters/]],
    [
      'the playground on every address',
      { HOST: '0.0.0.0' },
      [/^HOST: found "0\.0\.0\.0"; without a platform .*HOST=127\.0\.0\.1/],
    ],
    ['a playground asked for in public', { HOST: '0.0.0.0', PLAYGROUND: 'on' }, [/^HOST: .* no sign-in/]],
    ['a playground beside a platform', { ...slack, PLAYGROUND: 'on' }, [/^PLAYGROUND: .*turns the clock/]],
    [
      'Slack at no address',
      { ...slack, SLACK_API_URL: 'slack-gov.com' },
      [/^SLACK_API_URL: .*https:\/\/slack-gov\.com\/api\//],
    ],
    ['a database without a master key', { MONGODB_URI: 'mongodb://db/x' }, [/^MASTER_KEYS: not set; .*openssl rand/]],
    ['a platform without a master key', { ...slack, MASTER_KEYS: '' }, [/^MASTER_KEYS: not set/]],
    [
      'a master key that is too short',
      { MASTER_KEYS: 'k1:YWJj' },
      [/^MASTER_KEYS: found a value \(not shown\); give each key as id:key/],
    ],
    [
      'two master keys of one id',
      { MASTER_KEYS: `${key('k', 1)},${key('k', 2)}` },
      [/^MASTER_KEYS: .* an id of its own\.$/],
    ],
    [
      'keys in the database they protect',
      { MONGODB_URI: 'mongodb://a:b@db/x', KEYRING_URI: 'mongodb://c:d@db/x?w=1', MASTER_KEYS: key('k', 1) },
      [/^KEYRING_URI: .* another database/],
    ],
    ['keys in the folder they protect', { KEYRING_URI: 'file:./data/keys.db' }, [/^KEYRING_URI: .* outside DATA_DIR/]],
    [
      'half an OAuth client',
      { ...slack, SLACK_BOT_TOKEN: '', SLACK_CLIENT_ID: '1.2' },
      [/^SLACK_CLIENT_SECRET: not set/],
    ],
    ['the other half', { ...slack, SLACK_BOT_TOKEN: '', SLACK_CLIENT_SECRET: 'x' }, [/^SLACK_CLIENT_ID: not set/]],
    [
      'two ways to a Slack token',
      { ...slack, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x' },
      [/^SLACK_BOT_TOKEN: found a value \(not shown\); leave it out/],
    ],
    ['Slack without a token', { ...slack, SLACK_BOT_TOKEN: '' }, [/^SLACK_BOT_TOKEN: not set; .*OAuth/]],
    [
      'Slack without a proof',
      { ...slack, SLACK_SIGNING_SECRET: '' },
      [/^SLACK_SIGNING_SECRET: not set; .*Socket Mode/],
    ],
    [
      'a lone Teams tenant',
      { TEAMS_TENANT_ID: guid, MASTER_KEYS: key('k', 1) },
      [/^TEAMS_APP_ID: not set/, /^TEAMS_APP_SECRET: not set/],
    ],
    [
      'a managed identity with a secret',
      { ...teams, TEAMS_APP_TYPE: 'UserAssignedMSI' },
      [/^TEAMS_APP_SECRET: found a value .* leave it out\.$/],
    ],
    ['a prefix too many', { LIGHTHAND_PORT: '80' }, [/^LIGHTHAND_PORT: no such variable; did you mean PORT\?$/]],
    ['an unknown name of ours', { LIGHTHAND_COLOUR: 'red' }, [/^LIGHTHAND_COLOUR: no such variable; leave it out/]],
    [
      'a misspelt name',
      { ...slack, SLACK_BOT_TOKN: 'x' },
      [/^SLACK_BOT_TOKN: no such variable; did you mean SLACK_BOT_TOKEN\?$/],
    ],
  ])('%s', (_what, env, expected) => {
    const found = mistakesOf(env)
    expect(found).toHaveLength(expected.length)
    for (const [i, pattern] of expected.entries()) expect(found[i]).toMatch(pattern)
  })

  it('come all at once, one a line, those of single values and those of sets alike', () => {
    const env = {
      PORT: 'x',
      LOG_LEVEL: 'y',
      MONGODB_URI: 'postgres://me:pw@db/x',
      HOST: '0.0.0.0',
      LIGHTHAND_PROT: '1',
    }
    const names = mistakesOf(env).map(line => line.split(':')[0])
    expect(names.sort()).toEqual(['HOST', 'LIGHTHAND_PROT', 'LOG_LEVEL', 'MASTER_KEYS', 'MONGODB_URI', 'PORT'])
    expect(() => readConfig(env)).toThrow(/^The configuration has 6 mistakes:\n {2}\S+: .*\n {2}/)
  })

  it("leave other tools' variables alone", () => {
    expect(mistakesOf({ SLACK_WEBHOOK_URL: 'https://x', TEAMS_NOTIFY: '1' })).toEqual([])
  })
})

describe('secrets', () => {
  it('never show in a mistake, whatever is wrong with them', () => {
    const secretNames = variableNames.filter(name => /SECRET|TOKEN|KEYS|_URI/.test(name))
    expect(secretNames).toHaveLength(8)
    fc.assert(
      fc.property(fc.constantFrom(...secretNames), fc.stringMatching(/^[#%q]{12,30}$/), (name, value) => {
        const text = mistakesOf({ [name]: value }).join('\n')
        expect(text).not.toBe('')
        expect(text).not.toContain(value)
      }),
    )
  })

  it('cannot be printed, inspected or stringified by accident', () => {
    const bytes = randomBytes(32).toString('base64')
    const config = readConfig({
      ...slack,
      ...teams,
      MASTER_KEYS: `k1:${bytes}`,
      MONGODB_URI: 'mongodb://u:hunter2@db/x',
    })
    const everything = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      `${config.slack?.botToken} ${config.mongodbUri}`,
    ].join('\n')
    for (const hidden of [bytes, 'hunter2', 'xoxb-1', 'shh-teams', slack.SLACK_SIGNING_SECRET])
      expect(everything).not.toContain(hidden)
    expect(everything).toContain('[secret]')
    expect(config.mongodbUri?.reveal()).toBe('mongodb://u:hunter2@db/x')
  })
})

describe('.env.example', () => {
  const example = parseEnv(readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8'))

  it('names exactly the variables there are', () => {
    expect(Object.keys(example).sort()).toEqual([...variableNames].sort())
  })

  it('is valid as it stands, and shows the defaults', () => {
    expect(readConfig(example)).toEqual(readConfig({}))
  })
})
