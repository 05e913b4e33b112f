import { createHmac } from 'node:crypto'
import type { Json } from './state.ts'

/** A request as Slack sends it: a body, and how it is written. */
export type Delivery = { readonly as: 'json' | 'form'; readonly body: string }

export const eventDelivery = (payload: Json): Delivery => ({ as: 'json', body: JSON.stringify(payload) })
export const interactionDelivery = (payload: Json): Delivery => ({
  as: 'form',
  body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
})
export const commandDelivery = (fields: Readonly<Record<string, string>>): Delivery => ({
  as: 'form',
  body: new URLSearchParams(fields).toString(),
})

export type Signing = { readonly secret: string; readonly now: number; readonly retry?: number }

/** Signs and sends it; the status and what was answered. */
export const deliver = async (
  url: string,
  { as, body }: Delivery,
  { secret, now, retry }: Signing,
): Promise<{ readonly status: number; readonly text: string }> => {
  const timestamp = String(Math.floor(now / 1_000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
      ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
    },
    body,
  })
  return { status: response.status, text: await response.text() }
}
