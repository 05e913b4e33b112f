import type { Logger } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { Log } from '../../src/ports/log.ts'
import type { Deliver } from './listeners.ts'

export type Socket = {
  start(): Promise<void>
  stop(): Promise<void>
  isConnected(): boolean
}

type Delivery = {
  readonly body: Readonly<Record<string, unknown>>
  readonly ack: (answer?: Record<string, unknown>) => Promise<void>
}

/** Socket Mode, for a laptop: no public address, the same payloads, acknowledged when they are stored as over HTTP. */
export const slackSocket = (options: {
  readonly appToken: string
  readonly apiUrl: string
  readonly deliver: Deliver
  readonly logger: Logger
  readonly log: Log
}): Socket => {
  const { appToken, apiUrl, deliver, logger, log } = options
  const client = new SocketModeClient({ appToken, logger, clientOptions: { slackApiUrl: apiUrl } })
  client.on('slack_event', async ({ body, ack }: Delivery) => {
    try {
      const answer = await deliver(body)
      await ack(typeof answer === 'object' && answer !== null ? { ...answer } : undefined)
    } catch (err) {
      // Not acknowledged: Slack brings it again.
      log.error({ code: 'SLACK_NOT_STORED', err }, 'something of Slack’s could not be stored; it will be brought again')
    }
  })
  let connected = false
  client.on('connected', () => {
    connected = true
  })
  for (const lost of ['disconnected', 'reconnecting'])
    client.on(lost, () => {
      connected = false
    })
  return {
    isConnected: () => connected,
    start: async () => {
      await client.start()
    },
    stop: () => client.disconnect(),
  }
}
