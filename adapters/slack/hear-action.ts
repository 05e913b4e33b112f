import { type PersonId, personId } from '../../src/domain/ids.ts'
import type { Reply } from '../../src/domain/message.ts'
import type { Instant } from '../../src/domain/schedule.ts'
import type { AfterAnswer, Chosen } from './after-answer.ts'
import { FORM_ACTION } from './form.ts'
import type { Hearing } from './hear-event.ts'
import { HOME_ACTION } from './home.ts'
import { modalOf, readSubmitted } from './modal.ts'
import { type BlockActions, blockActions, slashCommand, viewSubmission } from './payloads.ts'
import { instantOf, type Place, placeOf } from './place.ts'
import { CHOICE_ACTION, DATE_ACTION, PEOPLE_ACTION, readChoice, readPeople, SELECT_ACTION } from './question.ts'
import { routeOf } from './route.ts'

export type Acting = Hearing & {
  readonly now: () => Instant
  readonly after: AfterAnswer
  /** Opens a modal with a trigger that lives three seconds. */
  readonly openView: (place: Place, trigger: string, view: NonNullable<ReturnType<typeof modalOf>>) => Promise<void>
}

/** A button, a picker, a list. Resolves when it is stored, or when there is nothing in it for the core. */
export const hearAction = async (acting: Acting, body: unknown): Promise<void> => {
  const parsed = blockActions.safeParse(body)
  if (!parsed.success) return
  const { data } = parsed
  const [action] = data.actions
  const place = placeOf(data, data.user.team_id)
  if (place === undefined || action === undefined) return
  const person = personId(data.user.id)
  if (data.view?.type === 'home') return pressInHome(acting, place, person, data)
  const { message, channel } = data
  if (message === undefined || message === null || channel === undefined || channel === null) return
  if (action.action_id === FORM_ACTION) return openForm(acting, place, data)
  const answer = answerIn(data)
  if (answer === undefined) return
  const { reply } = answer
  // One press, one answer: who presses twice before the buttons are gone means it once.
  const key = `pressed/${channel.id}/${message.ts}/${JSON.stringify(reply)}`
  const at = action.action_ts === undefined ? acting.now() : instantOf(action.action_ts)
  if (!(await acting.newcomers.met(place, person, { key, at, channel: channel.id }))) return
  const route = routeOf({ team: place.team, channel: channel.id })
  await acting.receive({ tenant: place.tenant, person, key, at, route, body: { kind: 'reply', reply } })
  acting.after.pressed(place, person, data, answer.chosen)
}

/** What was chosen, and how it reads. */
type Answer = { readonly reply: Exclude<Reply, { kind: 'text' }>; readonly chosen: Chosen }
const answerIn = ({ actions: [action], state }: BlockActions): Answer | undefined => {
  if (action === undefined) return undefined
  const { action_id: id, selected_option: option, selected_date: date } = action
  if (id === SELECT_ACTION || id.startsWith(`${CHOICE_ACTION}.`)) {
    const choice = readChoice(option?.value ?? action.value ?? '')
    if (choice === undefined) return undefined
    const label = option?.text.text ?? action.text?.text ?? ''
    return { reply: { kind: 'choice', ...choice }, chosen: { kind: 'label', label } }
  }
  if (id.startsWith(DATE_ACTION)) {
    if (typeof date !== 'string') return undefined
    return { reply: { kind: 'date', ask: id.slice(DATE_ACTION.length), date }, chosen: { kind: 'date', date } }
  }
  if (id !== PEOPLE_ACTION || action.value === undefined) return undefined
  const people = readPeople(state)
  // The button alone, with nobody picked, says nothing yet.
  if (people.length === 0) return undefined
  return {
    reply: { kind: 'people', ask: action.value, people },
    chosen: { kind: 'people', people, label: action.text?.text ?? '' },
  }
}

const pressInHome = async (acting: Acting, place: Place, person: PersonId, data: BlockActions): Promise<void> => {
  const [action] = data.actions
  if (action?.value === undefined || !action.action_id.startsWith(`${HOME_ACTION}.`)) return
  const key = `home/${data.trigger_id}`
  const at = action.action_ts === undefined ? acting.now() : instantOf(action.action_ts)
  if (!(await acting.newcomers.met(place, person, { key, at }))) return
  await acting.receive({ tenant: place.tenant, person, key, at, body: { kind: 'action', action: action.value } })
}

const openForm = async (acting: Acting, place: Place, data: BlockActions): Promise<void> => {
  const { message, channel, trigger_id: trigger } = data
  const [action] = data.actions
  if (!message || !channel || action?.value === undefined) return
  const at = { channel: channel.id, ts: message.ts }
  const view = modalOf(action.value, action.block_id, message.blocks, at)
  if (view === undefined) return
  acting.after.remember(at, message)
  await acting.openView(place, trigger, view)
}

/** A form that was sent. */
export const hearView = async (acting: Acting, body: unknown): Promise<void> => {
  const parsed = viewSubmission.safeParse(body)
  if (!parsed.success || parsed.data.view.callback_id !== FORM_ACTION) return
  const { data } = parsed
  const place = placeOf(data, data.user.team_id)
  const { view } = data
  const submitted = readSubmitted({ private_metadata: view.private_metadata, state: view.state })
  if (place === undefined || submitted === undefined) return
  const person = personId(data.user.id)
  const key = `sent/${view.id}`
  const at = acting.now()
  const { channel } = submitted.place
  if (!(await acting.newcomers.met(place, person, { key, at, channel }))) return
  const { ask, fields } = submitted
  const route = routeOf({ team: place.team, channel })
  const reply: Reply = { kind: 'form', ask, fields }
  await acting.receive({ tenant: place.tenant, person, key, at, route, body: { kind: 'reply', reply } })
  acting.after.filled(place, submitted, view)
}

/** `/lighthand …`, from wherever it was typed: the answer comes by direct message. */
export const hearCommand = async (acting: Acting, body: unknown): Promise<void> => {
  const parsed = slashCommand.safeParse(body)
  const place = parsed.success ? placeOf(parsed.data) : undefined
  if (!parsed.success || place === undefined) return
  const { user_id, text, trigger_id: trigger } = parsed.data
  const person = personId(user_id)
  const key = `command/${trigger}`
  const at = acting.now()
  if (!(await acting.newcomers.met(place, person, { key, at }))) return
  await acting.receive({ tenant: place.tenant, person, key, at, body: { kind: 'command', text: text.trim() } })
}
