import { App, type Logger, type Receiver } from '@slack/bolt'
import { type Acting, hearAction, hearCommand, hearView } from './hear-action.ts'
import { hearEvent } from './hear-event.ts'

/** Takes one payload of Slack's through the listeners; resolves with the answer to acknowledge it with, once it is stored. */
export type Deliver = (payload: Readonly<Record<string, unknown>>) => Promise<unknown>

export const COMMAND = '/lighthand'
/** What this app subscribes to; the manifest is held to it. */
export const EVENTS = ['message.im', 'app_home_opened', 'app_uninstalled', 'tokens_revoked', 'user_change'] as const
/** Rights it asks for; the manifest is held to them. */
export const SCOPES = ['chat:write', 'im:write', 'im:history', 'users:read', 'users:read.email', 'commands'] as const

/**
 * The Bolt app: the same listeners behind HTTP and Socket Mode. Bolt acknowledges an event before anybody has heard it, so its
 * acknowledgement is only noted here, and given by the transport when the listeners are done.
 */
export const makeApp = (acting: Acting, apiUrl: string, logger: Logger): Deliver => {
  let app: App | undefined
  const receiver: Receiver = {
    init: made => {
      app = made
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
  const bolt = new App({
    receiver,
    // Which installation something belongs to the core knows; no token goes through Bolt.
    authorize: async () => ({}),
    clientOptions: { slackApiUrl: apiUrl },
    convoStore: false,
    ignoreSelf: false,
    logger,
  })
  bolt.event(/^/, ({ body }) => hearEvent(acting, body))
  bolt.action(/^/, async ({ body, ack }) => {
    await ack()
    await hearAction(acting, body)
  })
  bolt.view({ type: 'view_submission', callback_id: /^/ }, async ({ body, ack }) => {
    await ack()
    await hearView(acting, body)
  })
  bolt.command(COMMAND, async ({ body, ack }) => {
    await ack()
    await hearCommand(acting, body)
  })
  return async payload => {
    let answer: unknown
    await app?.processEvent({
      body: { ...payload },
      ack: async given => {
        answer = given
      },
    })
    return answer
  }
}
