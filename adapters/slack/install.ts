import { createHmac } from 'node:crypto'
import type { Logger } from '@slack/bolt'
import { InstallProvider, type Installation as SlackInstallation } from '@slack/oauth'
import express, { type Router } from 'express'
import { z } from 'zod'
import { tenantId } from '../../src/domain/ids.ts'
import type { Installation, Tokens } from '../../src/domain/installation.ts'
import type { Instant, Zone } from '../../src/domain/schedule.ts'
import { DeliveryError } from '../../src/ports/chat.ts'
import type { RenewTokens } from '../../src/ports/installations.ts'
import type { Log } from '../../src/ports/log.ts'
import { makeClient } from './calls.ts'
import { slackUser, zoneOf } from './directory.ts'
import { deliveryError, errorIn } from './errors.ts'
import { failedPage, installedPage, installPage } from './install-pages.ts'
import { SCOPES } from './listeners.ts'
import { PATHS } from './paths.ts'

/** What Slack gave at an installation, as the core keeps it. */
export type Installed = {
  readonly workspace: string
  readonly zone: Zone
  readonly installation: Omit<Installation, 'revision' | 'state'>
  /** Who installed it, and in which workspace; none where it was done for an organisation. */
  readonly by: { readonly user: string; readonly team: string } | undefined
}

export type InstallOptions = {
  readonly clientId: string
  readonly clientSecret: string
  readonly apiUrl: string
  /** Where somebody agrees; Slack's own unless a test says otherwise. */
  readonly authorizationUrl?: string
  readonly defaultZone: Zone
  readonly now: () => Instant
  readonly logger: Logger
  readonly log: Log
  /** Stores it: only then does the page say that it is installed. */
  readonly onInstalled: (installed: Installed) => Promise<void>
}

/** `GET /install` and `GET /oauth_redirect`: a state in a signed cookie, one workspace or a whole organisation, once or again. */
export const slackInstall = (options: InstallOptions): Router => {
  const { clientId, clientSecret, apiUrl, authorizationUrl, now, logger, log } = options
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    // Any secret of this app's own serves; this one is there already, and changes with the client's.
    stateSecret: createHmac('sha256', clientSecret).update('lighthand oauth state').digest('hex'),
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
    logger,
    renderHtmlForInstallPath: installPage,
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    installationStore: {
      storeInstallation: async made => {
        const installation = installationOf(made, now())
        const zone = await zoneOfInstaller(made, options)
        const { enterprise, team, user } = made
        const workspace = (made.isEnterpriseInstall === true ? enterprise?.name : team?.name) ?? installation.tenant
        const by = team === undefined ? undefined : { user: user.id, team: team.id }
        await options.onInstalled({ workspace, zone, installation, by })
      },
      // Installations are read by the core alone.
      fetchInstallation: async () => {
        throw new Error('installations are kept by the core')
      },
    },
  })
  const router = express.Router()
  router.get(PATHS.install, async (request, response) => {
    await provider.handleInstallPath(request, response, undefined, { scopes: [...SCOPES] })
  })
  router.get(PATHS.redirect, async (request, response) => {
    await provider.handleCallback(request, response, {
      success: (made, _options, _request, raw) => {
        raw.writeHead(200, HTML).end(installedPage(linkTo(made)))
      },
      failure: (error, _options, _request, raw) => {
        log.warn({ code: 'SLACK_NOT_INSTALLED', err: error }, 'an installation was not finished')
        raw.writeHead(400, HTML).end(failedPage())
      },
    })
  })
  return router
}

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }

const linkTo = ({ appId, team }: SlackInstallation): string | undefined =>
  appId === undefined || team === undefined
    ? undefined
    : `https://slack.com/app_redirect?${new URLSearchParams({ app: appId, team: team.id })}`

const installationOf = (made: SlackInstallation, now: Instant): Installed['installation'] => {
  const { bot, team, enterprise, isEnterpriseInstall, appId } = made
  const id = isEnterpriseInstall === true ? enterprise?.id : team?.id
  if (id === undefined || bot === undefined || appId === undefined)
    throw new Error('Slack named no workspace or gave no bot token')
  return {
    tenant: tenantId(id),
    platform: 'slack',
    team: team?.id,
    enterprise: enterprise?.id,
    app: appId,
    bot: bot.userId,
    scopes: bot.scopes,
    installedAt: now,
    tokens: {
      bot: bot.token,
      refresh: bot.refreshToken,
      expiresAt: bot.expiresAt === undefined ? undefined : bot.expiresAt * 1_000,
    },
  }
}

/** The programme's own zone is where whoever installs it sits, as near as anybody knows. */
const zoneOfInstaller = async (
  { bot, user }: SlackInstallation,
  { apiUrl, logger, defaultZone }: InstallOptions,
): Promise<Zone> => {
  try {
    const answer = await makeClient(bot?.token, apiUrl, logger).users.info({ user: user.id })
    return zoneOf(slackUser.parse(answer.user)) ?? defaultZone
  } catch {
    return defaultZone
  }
}

const renewed = z.looseObject({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() })
/** What Slack says of a refresh token that is good no more: the app is to be installed again. */
const USED_UP = ['invalid_refresh_token', 'token_revoked', 'invalid_grant', 'account_inactive']

/** Trades a refresh token for new tokens. The old one is used up by it: call it under a lease, and keep what comes back. */
export const slackRenew =
  (options: Pick<InstallOptions, 'clientId' | 'clientSecret' | 'apiUrl' | 'now' | 'logger'>): RenewTokens =>
  async (_installation, refresh): Promise<Tokens> => {
    const { clientId, clientSecret, apiUrl, now, logger } = options
    try {
      const answer = await makeClient(undefined, apiUrl, logger).oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'refresh_token',
        refresh_token: refresh,
      })
      const { access_token: bot, refresh_token: next, expires_in: seconds } = renewed.parse(answer)
      return { bot, refresh: next, expiresAt: now() + seconds * 1_000 }
    } catch (error) {
      if (USED_UP.includes(errorIn(error) ?? ''))
        throw new DeliveryError('stop-tenant', 'Slack takes the refresh token no more', { cause: error })
      throw deliveryError(error)
    }
  }

const tested = z.looseObject({
  team: z.string().optional(),
  team_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  user_id: z.string(),
  is_enterprise_install: z.boolean().optional(),
})

/** One workspace's own token, without OAuth: who it is for is asked of Slack. @throws DeliveryError */
export const installationByToken = async (
  token: string,
  options: Pick<InstallOptions, 'apiUrl' | 'now' | 'logger' | 'defaultZone'>,
): Promise<Installed> => {
  const client = makeClient(token, options.apiUrl, options.logger)
  const answer = await client.auth.test().catch(error => {
    throw deliveryError(error)
  })
  const who = tested.parse(answer)
  const enterprise = who.enterprise_id ?? undefined
  const id = who.is_enterprise_install === true ? enterprise : who.team_id
  if (id === undefined) throw new Error('Slack does not say which workspace SLACK_BOT_TOKEN is for')
  return {
    workspace: who.team ?? id,
    zone: options.defaultZone,
    installation: {
      tenant: tenantId(id),
      platform: 'slack',
      team: who.team_id,
      enterprise,
      app: 'own',
      bot: who.user_id,
      scopes: [...SCOPES],
      installedAt: options.now(),
      tokens: { bot: token, refresh: undefined, expiresAt: undefined },
    },
    by: undefined,
  }
}
