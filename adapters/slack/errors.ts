import { webApi } from '@slack/bolt'
import { DeliveryError, type DeliveryKind } from '../../src/ports/chat.ts'

/**
 * What Slack's refusals mean for a message. Sources: the error tables of chat.postMessage, conversations.open, users.info and
 * views.publish at docs.slack.dev. What is not in here is a mistake of this app ('bug').
 */
const KINDS: Readonly<Record<string, DeliveryKind>> = {
  account_inactive: 'stop-tenant',
  token_revoked: 'stop-tenant',
  missing_scope: 'stop-tenant',
  messages_tab_disabled: 'stop-tenant',
  invalid_auth: 'stop-tenant',
  not_authed: 'stop-tenant',
  app_uninstalled: 'stop-tenant',
  token_expired: 'refresh',
  user_disabled: 'stop-person',
  user_not_found: 'stop-person',
  users_not_found: 'stop-person',
  user_not_visible: 'stop-person',
  app_access_restricted: 'stop-person',
  channel_not_found: 'stop-person',
  cannot_dm_bot: 'stop-person',
  is_archived: 'policy',
  not_in_channel: 'policy',
  ekm_access_denied: 'policy',
  // An organisation's installation that was not added to this person's workspace.
  team_access_not_granted: 'policy',
  ratelimited: 'retry',
  rate_limited: 'retry',
  internal_error: 'retry',
  fatal_error: 'retry',
  service_unavailable: 'retry',
  request_timeout: 'retry',
}

export const kindOf = (error: string): DeliveryKind =>
  error.startsWith('restricted_action') ? 'policy' : (KINDS[error] ?? 'bug')

/** The platform's own name for what went wrong, if it said one. */
export const errorIn = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined

/** ms between a request that could not be made and the next try, where nobody says how long. */
const SOON = 1_000
const NOT_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]

/**
 * A failed call as the core understands it: a DeliveryError where it is certain that nothing was done, else the error itself
 * (the answer was lost on its way, and nobody knows).
 */
export const deliveryError = (error: unknown): unknown => {
  if (error instanceof DeliveryError) return error
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new DeliveryError('retry', 'Slack asks to wait', { retryAfter: error.retryAfter * 1_000, cause: error })
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: said, response_metadata: more } = error.data
    const retryAfter = more?.retryAfter === undefined ? {} : { retryAfter: more.retryAfter * 1_000 }
    return new DeliveryError(kindOf(said), `Slack refuses: ${nameOf(said)}`, { ...retryAfter, cause: error })
  }
  // Slack answers 5xx for itself or for what stands before it; the message is looked for before it is sent again.
  if (error instanceof webApi.WebAPIHTTPError)
    return new DeliveryError(error.statusCode >= 500 ? 'retry' : 'bug', `Slack answers ${error.statusCode}`, {
      cause: error,
    })
  if (error instanceof webApi.WebAPIRequestError && NOT_CONNECTED.includes(codeOf(error.original)))
    return new DeliveryError('retry', 'Slack cannot be reached', { retryAfter: SOON, cause: error })
  return error
}

/** An error's name is one word; an answer that is no JSON comes as one too, and may be anything. */
const nameOf = (said: string): string => (/^[a-z_]{1,60}$/.test(said) ? said : 'an answer that is not understood')

const codeOf = (error: Error): string => {
  const { cause } = error
  const coded = cause instanceof Error ? cause : error
  return 'code' in coded && typeof coded.code === 'string' ? coded.code : ''
}

/** For calls that change nothing: whatever is not certain can be tried again. */
export const readingError = (error: unknown): unknown => {
  const told = deliveryError(error)
  return told instanceof DeliveryError ? told : new DeliveryError('retry', 'Slack did not answer', { cause: error })
}
