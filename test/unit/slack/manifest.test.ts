import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { COMMAND, EVENTS, SCOPES } from '../../../adapters/slack/listeners.ts'
import { PATHS } from '../../../adapters/slack/paths.ts'

const address = z.url({ protocol: /^https$/ })
const manifest = z.strictObject({
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4_000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string(),
        url: address.optional(),
        description: z.string().max(2_000),
        usage_hint: z.string().max(1_000),
        should_escape: z.literal(false),
      }),
    ),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(address).optional(),
    scopes: z.strictObject({ bot: z.array(z.string()) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address.optional(), bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: address.optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
})
const read = (file: string) => manifest.parse(parse(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')))
const pathOf = (url: string | undefined): string => new URL(url ?? 'https://none').pathname

describe.each(['slack.manifest.yaml', 'slack.manifest.laptop.yaml'])('%s', file => {
  const { features, oauth_config: oauth, settings } = read(file)
  it('asks for the rights that the code asks for, and no others', () => {
    expect(oauth.scopes.bot.toSorted()).toEqual([...SCOPES].toSorted())
  })
  it('subscribes to what the code listens to', () => {
    expect(settings.event_subscriptions.bot_events.toSorted()).toEqual([...EVENTS].toSorted())
  })
  it('has the command that the code answers', () => {
    expect(features.slash_commands.map(({ command }) => command)).toEqual([COMMAND])
  })
})

describe('slack.manifest.yaml', () => {
  it('sends everything to where the code serves it, over HTTP, for whole organisations, with tokens that rotate', () => {
    const { features, oauth_config: oauth, settings } = read('slack.manifest.yaml')
    for (const url of [
      features.slash_commands[0]?.url,
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
    ])
      expect(pathOf(url)).toBe(`${PATHS.mount}${PATHS.events}`)
    expect(oauth.redirect_urls?.map(pathOf)).toEqual([`${PATHS.mount}${PATHS.redirect}`])
    expect(settings).toMatchObject({
      org_deploy_enabled: true,
      socket_mode_enabled: false,
      token_rotation_enabled: true,
    })
  })
})

describe('slack.manifest.laptop.yaml', () => {
  it('needs no address, and has a token of its own that stays good', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../slack.manifest.laptop.yaml'), 'utf8')
    expect(text).not.toContain('https://')
    expect(read('slack.manifest.laptop.yaml').settings).toMatchObject({
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    })
  })
})
