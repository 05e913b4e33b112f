import { verifySlackRequest } from '@slack/bolt'
import express, { type RequestHandler, type Router } from 'express'
import type { Log } from '../../src/ports/log.ts'
import type { Deliver } from './listeners.ts'
import { PATHS } from './paths.ts'

/** A press in a message brings the whole message with it, written twice over. */
const BODY_LIMIT = '1mb'
/** Seconds that a request's time may differ from ours, either way. The SDK minds only the past. */
const TOLERANCE = 300

/**
 * Slack's requests over HTTP: events, presses, forms and commands all come to one address. The signature is checked over the
 * bytes as they came, and the answer is given when what they brought is stored.
 */
export const slackEndpoint = (options: {
  readonly signingSecret: string
  readonly now: () => number
  readonly deliver: Deliver
  readonly log: Log
}): Router => {
  const { signingSecret, now, deliver, log } = options
  const handle: RequestHandler = async (request, response) => {
    const raw: unknown = request.body
    const body = Buffer.isBuffer(raw) ? raw.toString('utf8') : ''
    const seconds = Number(request.get('x-slack-request-timestamp') ?? Number.NaN)
    const signature = request.get('x-slack-signature') ?? ''
    if (!isGenuine({ signingSecret, body, seconds, signature, now: now() })) {
      log.warn({ code: 'SLACK_REFUSED' }, 'a request that Slack did not sign, or not now, was refused')
      response.status(401).end()
      return
    }
    const payload = payloadIn(body, request.get('content-type') ?? '')
    if (payload === undefined) {
      response.status(400).end()
      return
    }
    if ('ssl_check' in payload) {
      response.status(200).end()
      return
    }
    if (payload.type === 'url_verification') {
      response.json({ challenge: payload.challenge })
      return
    }
    try {
      const answer = await deliver(payload)
      if (answer === undefined || answer === '') response.status(200).end()
      else if (typeof answer === 'string') response.status(200).type('text/plain').send(answer)
      else response.json(answer)
    } catch (err) {
      // Slack brings it again: at once, after a minute, after five.
      log.error({ code: 'SLACK_NOT_STORED', err }, 'a request of Slack’s could not be stored; it will be brought again')
      response.status(500).end()
    }
  }
  const router = express.Router()
  router.post(PATHS.events, express.raw({ type: () => true, limit: BODY_LIMIT }), handle)
  return router
}

const isGenuine = (given: {
  readonly signingSecret: string
  readonly body: string
  readonly seconds: number
  readonly signature: string
  readonly now: number
}): boolean => {
  const { seconds, signature, body, signingSecret, now } = given
  if (!Number.isInteger(seconds) || seconds > now / 1_000 + TOLERANCE) return false
  try {
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds }
    verifySlackRequest({ signingSecret, body, headers, nowMilliseconds: now })
    return true
  } catch {
    return false
  }
}

type Payload = Readonly<Record<string, unknown>>

const payloadIn = (body: string, contentType: string): Payload | undefined => {
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return objectIn(JSON.parse(body))
    const form = Object.fromEntries(new URLSearchParams(body))
    return form.payload === undefined ? form : objectIn(JSON.parse(form.payload))
  } catch {
    return undefined
  }
}

const objectIn = (value: unknown): Payload | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
