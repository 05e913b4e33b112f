import { z } from 'zod'
import { slackUser } from './directory.ts'

/** What Slack sends, as far as this app reads it: everything else in a payload is let through and left alone. */

const authorization = z.looseObject({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
})

/** Where something happened. Commands say `is_enterprise_install` in words. */
export const place = z.looseObject({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  team: z.looseObject({ id: z.string() }).nullish(),
  enterprise: z.looseObject({ id: z.string() }).nullish(),
  is_enterprise_install: z.union([z.boolean(), z.enum(['true', 'false'])]).nullish(),
  authorizations: z.array(authorization).nullish(),
})
export type PlaceIn = z.output<typeof place>

export const envelope = place.extend({
  api_app_id: z.string(),
  event_id: z.string(),
  /** Seconds since the epoch. */
  event_time: z.number(),
  event: z.looseObject({ type: z.string() }),
})

/** What a person wrote: a message, or the message within a message_changed. */
export const written = z.looseObject({
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  client_msg_id: z.string().optional(),
  blocks: z.unknown().optional(),
  edited: z.looseObject({ ts: z.string() }).nullish(),
})
export type Written = z.output<typeof written>

export const messageEvent = written.extend({
  type: z.literal('message'),
  channel: z.string(),
  channel_type: z.string().optional(),
  event_ts: z.string().optional(),
  message: written.optional(),
  previous_message: written.partial({ ts: true }).optional(),
})

export const homeOpened = z.looseObject({ user: z.string(), channel: z.string(), tab: z.string() })
export const userChanged = z.looseObject({ user: slackUser })
export const tokensRevoked = z.looseObject({
  tokens: z.looseObject({ bot: z.array(z.string()).default([]) }).default({ bot: [] }),
})

export const blockActions = place.extend({
  type: z.literal('block_actions'),
  trigger_id: z.string(),
  user: z.looseObject({ id: z.string(), team_id: z.string().nullish() }),
  channel: z.looseObject({ id: z.string() }).nullish(),
  message: z
    .looseObject({ ts: z.string(), text: z.string().default(''), blocks: z.array(z.unknown()).default([]) })
    .nullish(),
  view: z.looseObject({ type: z.string() }).nullish(),
  state: z.unknown().optional(),
  response_url: z.string().nullish(),
  actions: z
    .array(
      z.looseObject({
        type: z.string(),
        action_id: z.string(),
        block_id: z.string(),
        action_ts: z.string().optional(),
        value: z.string().optional(),
        text: z.looseObject({ text: z.string() }).optional(),
        selected_date: z.string().nullish(),
        selected_option: z.looseObject({ value: z.string(), text: z.looseObject({ text: z.string() }) }).nullish(),
      }),
    )
    .min(1),
})
export type BlockActions = z.output<typeof blockActions>

export const viewSubmission = place.extend({
  type: z.literal('view_submission'),
  user: z.looseObject({ id: z.string(), team_id: z.string().nullish() }),
  view: z.looseObject({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    submit: z.looseObject({ text: z.string() }).nullish(),
    blocks: z.array(z.unknown()).default([]),
    state: z.unknown().optional(),
  }),
})

export const slashCommand = place.extend({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  trigger_id: z.string(),
})
