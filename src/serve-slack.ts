import { type Installed, installationByToken, slackInstall, slackRenew } from '../adapters/slack/install.ts'
import { PATHS } from '../adapters/slack/paths.ts'
import { quietLogger } from '../adapters/slack/quiet-log.ts'
import { makeSlack, SLACK_API } from '../adapters/slack/slack.ts'
import type { Config, SlackConfig } from './config.ts'
import { personId } from './domain/ids.ts'
import type { RenewTokens } from './ports/installations.ts'
import type { Served } from './serve.ts'
import { makeBotToken } from './usecases/bot-token.ts'
import type { Core } from './usecases/core.ts'
import { installTenant } from './usecases/install-tenant.ts'

/** Slack on the one server: its events, and where it is installed. */
export const serveSlack = (core: Core, config: Config, slack: SlackConfig): Served => {
  const { log, clock, store } = core
  const logger = quietLogger(log)
  const apiUrl = slack.apiUrl ?? SLACK_API
  const { defaultZone, defaultCountry: country } = config
  const common = { apiUrl, defaultZone, now: clock.now, logger, log }
  const client = slack.client && {
    ...common,
    clientId: slack.client.id,
    clientSecret: slack.client.secret.reveal(),
    ...(slack.authorizeUrl === undefined ? {} : { authorizationUrl: slack.authorizeUrl }),
  }
  const renew: RenewTokens =
    client === undefined
      ? async () => {
          throw new Error('a token that does not expire is not renewed')
        }
      : slackRenew(client)
  const adapter = makeSlack({
    botToken: makeBotToken(core, renew),
    isReachable: async (tenant, person) => (await store.people.find(tenant, person))?.route !== undefined,
    signingSecret: slack.signingSecret?.reveal(),
    appToken: slack.appToken?.reveal(),
    apiUrl,
    defaultZone,
    now: clock.now,
    monotonic: clock.monotonic,
    log,
  })
  const keep = async ({ workspace, zone, installation, by }: Installed): Promise<void> => {
    const place = { id: installation.tenant, platform: 'slack', workspace, zone, country }
    await installTenant(core, place, installation)
    if (by === undefined) return
    try {
      await adapter.welcome({ tenant: installation.tenant, team: by.team }, personId(by.user))
    } catch (err) {
      // They are met as soon as they open it.
      log.warn({ code: 'SLACK_NOT_WELCOMED', err }, 'whoever installed it could not be greeted')
    }
  }
  const mounts = [{ path: PATHS.mount, router: adapter.router, body: 'own' as const }]
  return {
    chat: adapter,
    mounts:
      client === undefined
        ? mounts
        : [
            ...mounts,
            { path: PATHS.mount, router: slackInstall({ ...client, onInstalled: keep }), body: 'own' as const },
          ],
    prepare: async () => {
      const token = slack.botToken?.reveal()
      if (token !== undefined) await keep(await installationByToken(token, common))
    },
    greeting: url => {
      const where = slack.appToken === undefined ? `events at ${url}${PATHS.mount}${PATHS.events}` : 'over Socket Mode'
      return `Lighthand listens to Slack: ${where}${client === undefined ? '' : `; to install it, ${url}${PATHS.mount}${PATHS.install}`}`
    },
  }
}
