import { z } from 'zod'
import type { TenantId } from '../../src/domain/ids.ts'
import type { Message } from '../../src/domain/message.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import { type Address, type ChatAdapter, DeliveryError, type Receipt } from '../../src/ports/chat.ts'
import type { Calls } from './calls.ts'
import { deliveryError, readingError } from './errors.ts'
import { renderHome } from './home.ts'
import { renderMessage, type SlackPost } from './message.ts'
import { opaqueId } from './opaque-id.ts'
import { readRoute } from './route.ts'

/** The name of this app's metadata; what it carries is an opaque id, for other apps can read it. */
const METADATA = 'lighthand_message'
/** Slack's newest limit of conversations.history for apps that it does not list; more are not needed either. */
const LOOKED_AT = 15
/** ms that this machine's clock may be ahead of Slack's. */
const SKEW = 60_000
/** Keys of messages under way in several posts, and how many of them stand. */
const HALF_SENT = 500

const posted = z.looseObject({ ts: z.string() })
const found = z.object({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      metadata: z
        .looseObject({ event_type: z.string(), event_payload: z.looseObject({ id: z.string().optional() }) })
        .nullish(),
    }),
  ),
})

export type Sender = Pick<ChatAdapter, 'send' | 'find' | 'publish'>

/** Sends through clients of its own. `monotonic` in ms. */
export const makeSender = (calls: Calls, monotonic: () => number): Sender => {
  const halfSent = new Map<string, number>()
  /** Where Slack has said not to look again before. */
  const lookAgain = new Map<TenantId, number>()

  const post = async ({ tenant, route }: Address, one: SlackPost, key: string): Promise<string> => {
    const { channel } = readRoute(route)
    const id = opaqueId(key)
    try {
      const answer = await calls.run(tenant, client =>
        // apiCall: the SDK's types do not know client_msg_id, and nothing here relies on Slack's minding it.
        client.apiCall('chat.postMessage', {
          channel,
          text: one.text,
          ...(one.blocks.length === 0 ? {} : { blocks: one.blocks }),
          metadata: { event_type: METADATA, event_payload: { id } },
          client_msg_id: id,
          unfurl_links: false,
          unfurl_media: false,
        }),
      )
      return posted.parse(answer).ts
    } catch (error) {
      throw deliveryError(error)
    }
  }

  return {
    send: async (address, message: Message, key) => {
      const posts = renderMessage(message)
      let ts = ''
      for (const [n, one] of posts.entries()) {
        const isLast = n === posts.length - 1
        // The last one carries the key itself: only when it stands does the message.
        if (!isLast && (halfSent.get(key) ?? 0) > n) continue
        ts = await post(address, one, isLast ? key : `${key}#${n}`)
        if (isLast) continue
        if (halfSent.size >= HALF_SENT) halfSent.clear()
        halfSent.set(key, n + 1)
      }
      halfSent.delete(key)
      return receiptOf(address, ts)
    },
    find: async (address, key, since) => {
      const { tenant, route } = address
      const wait = (lookAgain.get(tenant) ?? 0) - monotonic()
      // Not to know is no answer: whoever asks would take it for "not there", and send it twice.
      if (wait > 0) throw new DeliveryError('retry', 'Slack lets nobody look yet', { retryAfter: wait })
      try {
        const ts = await lookFor(calls, tenant, readRoute(route).channel, opaqueId(key), since)
        return ts === undefined ? undefined : receiptOf(address, ts)
      } catch (error) {
        const told = readingError(error)
        if (told instanceof DeliveryError) {
          if (told.kind === 'stop-person') return undefined
          if (told.retryAfter !== undefined) lookAgain.set(tenant, monotonic() + told.retryAfter)
        }
        throw told
      }
    },
    publish: async ({ tenant, person }, home) => {
      try {
        await calls.run(tenant, client => client.views.publish({ user_id: person, view: renderHome(home) }))
      } catch (error) {
        throw readingError(error)
      }
    },
  }
}

const lookFor = async (
  calls: Calls,
  tenant: TenantId,
  channel: string,
  id: string,
  since: Instant,
): Promise<string | undefined> => {
  const oldest = String(Math.max(0, since - SKEW) / 1_000)
  const answer = await calls.run(tenant, client =>
    client.conversations.history({ channel, oldest, inclusive: true, limit: LOOKED_AT, include_all_metadata: true }),
  )
  return found
    .parse(answer)
    .messages.find(({ metadata }) => metadata?.event_type === METADATA && metadata.event_payload.id === id)?.ts
}

const receiptOf = ({ route }: Address, ts: string): Receipt => ({ id: `${readRoute(route).channel}/${ts}` })
