import { channelOf, type Json, type Posted, type SlackState, type SlackUser, userJson } from './state.ts'

/** Payloads as Slack documents them, for what somebody does. */

const placeOf = (state: SlackState, user: SlackUser) => {
  const workspace = state.workspaces.get(user.team)
  const org = [...state.tokens.values()].some(
    ({ enterprise, state: is }) => enterprise !== undefined && enterprise === workspace?.enterprise && is !== 'revoked',
  )
  return { enterprise: workspace?.enterprise ?? null, org }
}

export const envelopeOf = (state: SlackState, user: SlackUser, event: Json): Json => {
  const { enterprise, org } = placeOf(state, user)
  return {
    token: 'legacy-verification',
    type: 'event_callback',
    api_app_id: state.appId,
    event_id: state.freshId('Ev'),
    event_time: Math.floor(state.now() / 1_000),
    team_id: user.team,
    ...(enterprise === null ? {} : { enterprise_id: enterprise }),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: org ? null : user.team,
        user_id: 'UBOT',
        is_bot: true,
        is_enterprise_install: org,
      },
    ],
    event,
  }
}

export const escapeTyped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const typedEvent = (state: SlackState, user: SlackUser, posted: Posted, more: Json = {}): Json =>
  envelopeOf(state, user, {
    type: 'message',
    channel: channelOf(state, user),
    channel_type: 'im',
    user: user.id,
    team: user.team,
    text: posted.text,
    ts: posted.ts,
    event_ts: posted.ts,
    client_msg_id: posted.clientMsgId,
    blocks: [
      {
        type: 'rich_text',
        block_id: 'x',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: posted.text }] }],
      },
    ],
    ...more,
  })

export const editedEvent = (state: SlackState, user: SlackUser, before: Posted, text: string): Json => {
  const ts = state.freshTs()
  const message = { type: 'message', user: user.id, team: user.team, ts: before.ts }
  return envelopeOf(state, user, {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: channelOf(state, user),
    channel_type: 'im',
    ts,
    event_ts: ts,
    // Slack leaves the client's own id out of the changed message at times; so does this one.
    message: { ...message, text, edited: { user: user.id, ts: `${ts.slice(0, -1)}0` } },
    previous_message: { ...message, text: before.text },
  })
}

const interactionOf = (state: SlackState, user: SlackUser, more: Json): Json => {
  const { enterprise, org } = placeOf(state, user)
  return {
    api_app_id: state.appId,
    token: 'legacy-verification',
    user: { id: user.id, username: user.name, team_id: user.team },
    team: org ? null : { id: user.team, domain: 'acme' },
    enterprise: enterprise === null ? null : { id: enterprise, name: 'Acme Group' },
    is_enterprise_install: org,
    ...more,
  }
}

export const pressOf = (
  state: SlackState,
  user: SlackUser,
  where: { readonly message?: Posted; readonly home?: Json; readonly url: string },
  action: Json,
  values: Json = {},
): Json => {
  const channel = channelOf(state, user)
  const { message, home, url } = where
  return interactionOf(state, user, {
    type: 'block_actions',
    trigger_id: `${state.freshId('trigger')}/${user.id}/${state.now()}`,
    actions: [{ ...action, action_ts: state.freshTs() }],
    state: { values },
    ...(message === undefined
      ? { view: { ...home, type: 'home', id: 'VHOME' }, container: { type: 'view' } }
      : {
          container: { type: 'message', message_ts: message.ts, channel_id: channel, is_ephemeral: false },
          channel: { id: channel, name: 'directmessage' },
          message: {
            type: 'message',
            bot_id: 'BBOT',
            user: 'UBOT',
            ts: message.ts,
            text: message.text,
            blocks: message.blocks,
          },
          response_url: `${url}/response/${channel}/${message.ts}`,
        }),
  })
}

export const submissionOf = (state: SlackState, user: SlackUser, modal: Json, values: Json): Json =>
  interactionOf(state, user, { type: 'view_submission', view: { ...modal, state: { values } }, response_urls: [] })

export const commandOf = (
  state: SlackState,
  user: SlackUser,
  command: string,
  words: string,
): Record<string, string> => {
  const { enterprise, org } = placeOf(state, user)
  return {
    token: 'legacy-verification',
    api_app_id: state.appId,
    team_id: user.team,
    ...(enterprise === null ? {} : { enterprise_id: enterprise }),
    // Of all payloads this one says it in words.
    is_enterprise_install: String(org),
    channel_id: 'CGENERAL',
    user_id: user.id,
    user_name: user.name,
    command,
    text: words,
    trigger_id: `${state.freshId('trigger')}/${user.id}/${state.now()}`,
    response_url: 'https://hooks.slack.example/commands/none',
  }
}

export const userChangeOf = (state: SlackState, user: SlackUser): Json =>
  envelopeOf(state, user, { type: 'user_change', user: userJson(state, user), cache_ts: 1, event_ts: state.freshTs() })
