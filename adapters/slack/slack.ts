import type { Router } from 'express'
import express from 'express'
import type { PersonId } from '../../src/domain/ids.ts'
import type { Instant, Zone } from '../../src/domain/schedule.ts'
import type { ChatAdapter, PlatformLimits } from '../../src/ports/chat.ts'
import type { BotToken } from '../../src/ports/installations.ts'
import type { Log } from '../../src/ports/log.ts'
import { makeAfterAnswer } from './after-answer.ts'
import { makeCalls } from './calls.ts'
import { makeDirectory } from './directory.ts'
import { readingError } from './errors.ts'
import type { Acting } from './hear-action.ts'
import { slackEndpoint } from './http.ts'
import { type Deliver, makeApp } from './listeners.ts'
import { type IsReachable, makeNewcomers, type Newcomers } from './newcomers.ts'
import type { Place } from './place.ts'
import { quietLogger } from './quiet-log.ts'
import { makeRecent } from './recent.ts'
import { makeSender } from './sender.ts'
import { type Socket, slackSocket } from './socket.ts'

export const SLACK_API = 'https://slack.com/api/'

export type SlackOptions = {
  readonly botToken: BotToken
  /** Whether the core knows somebody and can write to them. */
  readonly isReachable: IsReachable
  /** Over HTTP, over a socket, or both. */
  readonly signingSecret: string | undefined
  readonly appToken: string | undefined
  readonly apiUrl?: string
  readonly defaultZone: Zone
  readonly now: () => Instant
  /** ms from an arbitrary start. */
  readonly monotonic: () => number
  readonly log: Log
  /** ms of one call; shorter only in tests. */
  readonly timeout?: number
}

export type Slack = ChatAdapter & {
  /** What Slack's servers talk to: `POST /events`. Mounted with a body of its own. */
  readonly router: Router
  /** Tells the core of somebody whom nobody has met: whoever installed it is to hear from it. */
  welcome(place: Place, person: PersonId): Promise<void>
  /** Resolves when no button is being replaced any more. */
  idle(): Promise<void>
}

const TYPED = 10_000
/**
 * A post a second in one channel, a few at once taken well, and "several hundred" a minute in a workspace. Source: docs.slack.dev,
 * rate limits of chat.postMessage.
 */
const PACE: PlatformLimits = {
  tenant: [{ sends: 240, per: 60_000 }],
  route: [{ sends: 3, per: 3_500 }],
}

/** Slack behind ChatAdapter. Nothing is called or listened to before `start`. */
export const makeSlack = (options: SlackOptions): Slack => {
  const { log, now, monotonic, apiUrl = SLACK_API } = options
  const logger = quietLogger(log)
  const { botToken, timeout } = options
  const calls = makeCalls({ botToken, apiUrl, logger, ...(timeout === undefined ? {} : { timeout }) })
  const directory = makeDirectory(calls, options.defaultZone)
  const after = makeAfterAnswer({ calls, directory, log })
  let deliver: Deliver | undefined
  let socket: Socket | undefined
  let newcomers: Newcomers | undefined
  const taking: Deliver = async payload => {
    if (deliver === undefined) throw new Error('Slack has not been started, or was stopped')
    return deliver(payload)
  }
  const router = express.Router()
  if (options.signingSecret !== undefined)
    router.use(slackEndpoint({ signingSecret: options.signingSecret, now, deliver: taking, log }))

  return {
    ...makeSender(calls, monotonic),
    platform: 'slack',
    limits: PACE,
    capabilities: { home: true, directory: true, edits: true, commands: true },
    router,
    idle: after.idle,
    trouble: () => {
      if (deliver === undefined) return 'Slack has not been started, or was stopped'
      return socket === undefined || socket.isConnected() ? undefined : 'the socket to Slack is not connected'
    },
    start: async (receive, receiveOfTenant) => {
      newcomers = makeNewcomers({ directory, isReachable: options.isReachable, receive, monotonic })
      const acting: Acting = {
        receive,
        receiveOfTenant: async event => {
          await receiveOfTenant(event)
          calls.ended(event.tenant)
        },
        directory,
        newcomers,
        isReachable: options.isReachable,
        typed: makeRecent<string>(TYPED),
        now,
        after,
        openView: (place, trigger, view) =>
          calls.run(place.tenant, async client => {
            await client.views.open({ trigger_id: trigger, view })
          }),
      }
      deliver = makeApp(acting, apiUrl, logger)
      if (options.appToken === undefined) return
      socket = slackSocket({ appToken: options.appToken, apiUrl, deliver: taking, logger, log })
      await socket.start()
    },
    welcome: async (place, person) => {
      const at = now()
      await newcomers?.met(place, person, { key: `welcome/${person}/${at}`, at })
    },
    profile: async ({ tenant, person }) => {
      try {
        return await directory.profile(tenant, person)
      } catch (error) {
        throw readingError(error)
      }
    },
    lookUp: directory.lookUp,
    stop: async () => {
      deliver = undefined
      const open = socket
      socket = undefined
      await open?.stop()
      await after.idle()
    },
  }
}
