import { commandDelivery, type Delivery, deliver, eventDelivery, interactionDelivery } from './deliver.ts'
import { grant, type OAuth } from './oauth.ts'
import {
  commandOf,
  editedEvent,
  envelopeOf,
  escapeTyped,
  pressOf,
  submissionOf,
  typedEvent,
  userChangeOf,
} from './payloads.ts'
import { serveSlack } from './server.ts'
import { channelOf, type Json, makeState, type Posted, type SlackState, type SlackUser } from './state.ts'

export const SIGNING_SECRET = '8f742231b10e8888abcd99eeefff85a5'
const APP = 'A0LIGHT'
const ALL_SCOPES = ['chat:write', 'im:write', 'im:history', 'users:read', 'users:read.email', 'commands']

/** A button as somebody sees it, in a message of theirs. */
export type Element = Json & { readonly block_id: string }

export type FakeSlack = {
  readonly state: SlackState
  readonly oauth: OAuth
  /** Of the fake's server; the Web API is at `${url}/api/`. */
  readonly url: string
  /** Where the app listens: `…/slack/events`. */
  appUrl: string
  addWorkspace(id: string, more?: { enterprise?: string; name?: string }): void
  addUser(id: string, more?: Partial<SlackUser>): SlackUser
  user(id: string): SlackUser
  /** A token, as if the app had been installed there. */
  install(place: { team?: string; enterprise?: string }): string
  /** An app-level token, good for Socket Mode. */
  addAppToken(token: string): void
  /** Posts of the bot that somebody sees, oldest first. */
  posts(user: string): readonly Posted[]
  /** What they read, as text: escapes undone. */
  reads(user: string): readonly string[]
  /** Types something. Resolves to how the delivery is acknowledged. */
  type(user: string, text: string, more?: Json): Promise<Delivered>
  edit(user: string, ts: string, text: string): Promise<Delivered>
  /** Uses an element of the newest message that has one like it; `also` goes into the action as Slack adds what was picked. */
  use(user: string, like: (element: Element) => boolean, also?: Json, values?: Json): Promise<Delivered>
  /** Presses the newest button of that label, in a message. */
  press(user: string, label: string): Promise<Delivered>
  /** Presses a button of the home by what it stands for. */
  pressInHome(user: string, value: string): Promise<Delivered>
  /** Sends the modal that is open in front of somebody, with what is filled in by block id. */
  submit(user: string, fill: (values: Json) => Json): Promise<Delivered>
  command(user: string, words: string): Promise<Delivered>
  openHome(user: string, tab?: 'home' | 'messages'): Promise<Delivered>
  /** The directory has somebody otherwise now, and tells of it. */
  change(user: string, to: Partial<SlackUser>): Promise<Delivered>
  uninstall(user: string): Promise<Delivered>
  /** Sends anything, signed. */
  send(delivery: Delivery, retry?: number): Promise<Delivered>
  close(): Promise<void>
}

export type Delivered = {
  readonly status: number
  readonly text: string
  /** The very same again, as Slack does when it was not answered in time. */
  again(retry: number): Promise<Delivered>
}

/** Slack, as far as this app meets it: one own HTTP server, signed requests, every payload checked against the limits. */
export const openFakeSlack = async (now: () => number): Promise<FakeSlack> => {
  const state = makeState(APP, now)
  const oauth: OAuth = {
    codes: new Map(),
    clientId: '111.222',
    redirectUri: '',
    clientSecret: 'client-secret-value',
    rotation: true,
    scopes: ALL_SCOPES,
  }
  const server = await serveSlack(state, oauth)
  const userOf = (id: string): SlackUser => {
    const user = state.users.get(id)
    if (user === undefined) throw new Error(`nobody in this Slack is called ${id}`)
    return user
  }
  const messagesOf = (id: string): Posted[] => state.channels.get(channelOf(state, userOf(id)))?.messages ?? []
  const postsOf = (id: string): Posted[] => messagesOf(id).filter(({ user }) => user === undefined)
  const send = async (delivery: Delivery, retry?: number): Promise<Delivered> => {
    const signing = { secret: SIGNING_SECRET, now: state.now(), ...(retry === undefined ? {} : { retry }) }
    const answer = await deliver(fake.appUrl, delivery, signing)
    return { ...answer, again: again => send(delivery, again) }
  }
  const use: FakeSlack['use'] = (id, like, also = {}, values = {}) => {
    for (const message of postsOf(id).toReversed()) {
      const element = elementsIn(message.blocks).find(like)
      if (element === undefined) continue
      const press = pressOf(state, userOf(id), { message, url: server.url }, { ...element, ...also }, values)
      return send(interactionDelivery(press))
    }
    throw new Error(`${id} sees nothing like it: ${JSON.stringify(postsOf(id).at(-1))}`)
  }
  const fake: FakeSlack = {
    state,
    oauth,
    url: server.url,
    appUrl: '',
    addWorkspace: (id, more = {}) => {
      const { enterprise, name = id } = more
      state.workspaces.set(id, { id, name, enterprise, added: true, messagesTab: true })
    },
    addUser: (id, more = {}) => {
      const user: SlackUser = {
        id,
        team: 'T1',
        name: id,
        tz: 'Europe/Madrid',
        locale: 'en-US',
        deleted: false,
        is_bot: false,
        is_restricted: false,
        is_admin: false,
        ...more,
      }
      state.users.set(id, user)
      channelOf(state, user)
      return user
    },
    user: userOf,
    install: place => grant(state, place, ALL_SCOPES, oauth.rotation).token,
    addAppToken: token => {
      const more = { refresh: undefined, expiresAt: undefined, state: 'good' } as const
      state.tokens.set(token, { token, team: undefined, enterprise: undefined, scopes: ['connections:write'], ...more })
    },
    posts: postsOf,
    reads: id => postsOf(id).map(({ text }) => unescaped(text)),
    type: (id, text, more = {}) => {
      const posted: Posted = {
        ts: state.freshTs(),
        user: id,
        text: escapeTyped(text),
        blocks: [],
        metadata: undefined,
        clientMsgId: state.freshId('client-'),
      }
      messagesOf(id).push(posted)
      return send(eventDelivery(typedEvent(state, userOf(id), posted, more)))
    },
    edit: (id, ts, text) => {
      const posted = messagesOf(id).find(one => one.ts === ts)
      if (posted === undefined) throw new Error('there is no such message')
      return send(eventDelivery(editedEvent(state, userOf(id), posted, escapeTyped(text))))
    },
    use,
    press: (id, label) => use(id, element => labelOf(element) === label),
    pressInHome: (id, value) => {
      const home = state.homes.get(id)
      const element = elementsIn(Array.isArray(home?.blocks) ? home.blocks : []).find(one => one.value === value)
      if (home === undefined || element === undefined) throw new Error(`${id} has no ${value} in their home`)
      return send(interactionDelivery(pressOf(state, userOf(id), { home, url: server.url }, element)))
    },
    submit: (id, fill) => {
      const modal = state.modals.get(id)
      if (modal === undefined) throw new Error(`no form is open in front of ${id}`)
      state.modals.delete(id)
      return send(interactionDelivery(submissionOf(state, userOf(id), modal, fill(initialValues(modal)))))
    },
    command: (id, words) => send(commandDelivery(commandOf(state, userOf(id), '/lighthand', words))),
    openHome: (id, tab = 'home') =>
      send(
        eventDelivery(
          envelopeOf(state, userOf(id), {
            type: 'app_home_opened',
            user: id,
            channel: channelOf(state, userOf(id)),
            tab,
            event_ts: state.freshTs(),
          }),
        ),
      ),
    change: (id, to) => {
      Object.assign(userOf(id), to)
      return send(eventDelivery(userChangeOf(state, userOf(id))))
    },
    uninstall: id => {
      const payload = envelopeOf(state, userOf(id), { type: 'app_uninstalled' })
      for (const token of state.tokens.values()) if (token.team === userOf(id).team) token.state = 'revoked'
      return send(eventDelivery(payload))
    },
    send,
    close: () => server.close(),
  }
  return fake
}

/** Every interactive element of some blocks, with the block it stands in. */
export const elementsIn = (blocks: readonly Json[]): readonly Element[] =>
  blocks.flatMap(block => {
    const inside = Array.isArray(block.elements) ? block.elements : []
    const all = [...inside, ...(block.accessory === undefined ? [] : [block.accessory])]
    return all
      .filter((one): one is Json => typeof one === 'object' && one !== null && 'action_id' in one)
      .map(one => ({ ...one, block_id: String(block.block_id) }))
  })

const labelOf = ({ text }: Element): string | undefined =>
  typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : undefined

/** What a modal holds before anybody touches it, by block and action. */
const initialValues = (modal: Json): Json => {
  const blocks = Array.isArray(modal.blocks) ? modal.blocks : []
  return Object.fromEntries(
    blocks.map((block: Json) => {
      const [one] = Array.isArray(block.elements) ? block.elements : [block.element]
      return [
        block.block_id,
        {
          [one.action_id]: {
            type: one.type,
            value: one.initial_value ?? null,
            selected_option: one.initial_option ?? null,
            selected_date: one.initial_date ?? null,
          },
        },
      ]
    }),
  )
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
