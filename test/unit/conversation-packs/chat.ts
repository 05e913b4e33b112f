import { join } from 'node:path'
import { readPrompts } from '../../../adapters/prompts/files.ts'
import { advance } from '../../../src/conversation/advance.ts'
import { type Guided, makePackSet, type PackSet } from '../../../src/conversation/pack-set.ts'
import type { Loaded } from '../../../src/conversation/turn.ts'
import type { Commitment } from '../../../src/domain/commitment.ts'
import type { Effect, SendDeed } from '../../../src/domain/effect.ts'
import type { Event } from '../../../src/domain/event.ts'
import type { Goal, Rating } from '../../../src/domain/goal.ts'
import { tenantId } from '../../../src/domain/ids.ts'
import type { Block, Message } from '../../../src/domain/message.ts'
import type { Person } from '../../../src/domain/person.ts'
import { NO_TALLY } from '../../../src/domain/rollout.ts'
import type { Detect } from '../../../src/domain/safety.ts'
import type { SharedLine } from '../../../src/domain/sharing.ts'
import { DEFAULT_POLICY, type Tenant } from '../../../src/domain/tenant.ts'
import { aClient, aPerson, DAY, MONDAY, OFFICE } from '../domain/people.ts'

/** The real packs and the pure core, with just enough around them to hold a conversation: no store, no platform, no clock. */
const { packs, hearings } = readPrompts(join(import.meta.dirname, '../../../prompts'))
export const PACKS: PackSet = makePackSet(packs, hearings)

export const packsGuidedBy = (guided: Guided): PackSet => makePackSet(packs, hearings, [], guided)

export const PACK_IDS: readonly string[] = packs.map(({ id }) => id)

const TENANT: Tenant = {
  id: tenantId('acme'),
  platform: 'playground',
  workspace: 'Acme',
  zone: 'UTC',
  programme: undefined,
  policy: DEFAULT_POLICY,
  revision: 1,
}

/** A client in the middle of things: work is open, nothing waits. */
export const ana = (over: Partial<Parameters<typeof aClient>[0]> = {}): Person =>
  aPerson(aClient({ topics: { work: true, self: false, dreams: false }, ...over }))

type Setting = { readonly packs?: PackSet; readonly detect?: Detect; readonly roster?: Loaded['roster'] }

export type Sent = {
  readonly at: number
  readonly class: SendDeed['class']
  readonly ask: boolean
  readonly message: Message
}

export const openChat = (first: Person, { packs: shelf = PACKS, detect, roster = [] }: Setting = {}) => {
  let person = first
  let now = MONDAY
  let events = 0
  const sent: Sent[] = []
  const told: { readonly to: string; readonly event: Event }[] = []
  const shared: (SharedLine & { readonly at: number })[] = []
  const commitments = new Map<string, Commitment>()
  const goals = new Map<string, Goal>()
  const ratings: Rating[] = []
  let erased = false

  const loaded = (): Loaded => ({
    commitments: [...commitments.values()].filter(({ state }) => state === 'open'),
    goals: [...goals.values()].filter(({ closedAt }) => closedAt === undefined),
    shared,
    sharedWithMe: [],
    rollout: NO_TALLY,
    picked: [],
    reports: [],
    roster,
    ratings: ratings.toReversed(),
  })

  const relay = (effect: Effect): void => {
    if (effect.kind === 'send' && effect.content.kind === 'message')
      sent.push({ at: now, class: effect.class, ask: effect.ask, message: effect.content.message })
    if (effect.kind === 'commitment') commitments.set(effect.commitment.id, effect.commitment)
    if (effect.kind === 'goal') goals.set(effect.goal.id, effect.goal)
    if (effect.kind === 'rating') ratings.push(effect.rating)
    if (effect.kind === 'share') shared.push(...effect.lines.map(line => ({ ...line, at: now })))
    if (effect.kind === 'tell') told.push({ to: effect.to, event: effect.event })
    if (effect.kind === 'erase') erased = true
  }

  /** What the person reads in answer: the words of all that is sent by this event. */
  const happen = (event: Event): string => {
    const before = sent.length
    events += 1
    const context = { now, tenant: TENANT, calendar: OFFICE, packs: shelf, loaded: loaded(), detect }
    const advanced = advance({ ...person, effects: [] }, event, `e${events}`, context)
    if (advanced.kind === 'need') throw new Error(`the chat has no ${advanced.need}`)
    person = advanced.person
    for (const effect of person.effects) relay(effect)
    return sent
      .slice(before)
      .map(({ message }) => message.text)
      .join('\n\n')
  }

  const blocks = (): readonly Block[] => sent.at(-1)?.message.blocks ?? []
  const buttons = () =>
    blocks().flatMap(block => (block.kind === 'choices' ? block.choices.map(one => ({ ...one, ask: block.ask })) : []))

  const write = (text: string) => happen({ kind: 'reply', reply: { kind: 'text', text } })
  // A word and a way out: the agenda is written by the first conversation.
  if (person.client?.contract.state === 'accepted') {
    write('hello')
    write('nothing')
    sent.length = 0
  }

  return {
    get person() {
      return person
    },
    get client() {
      if (person.client === undefined) throw new Error('this person is no client')
      return person.client
    },
    get now() {
      return now
    },
    get erased() {
      return erased
    },
    sent,
    told,
    shared,
    commitments,
    goals,
    ratings,
    happen,
    blocks,
    labels: () => buttons().map(({ label }) => label),
    write,
    press: (label: string) => {
      const button = buttons().find(one => one.label === label)
      if (button === undefined)
        throw new Error(
          `no button "${label}" among: ${buttons()
            .map(one => one.label)
            .join(', ')}`,
        )
      return happen({ kind: 'reply', reply: { kind: 'choice', ask: button.ask, choice: button.id } })
    },
    /** Submits the form of the last message: each line as it stands, those of `without` left out. */
    submit: (without: readonly string[] = []) => {
      const form = blocks().find(block => block.kind === 'form')
      if (form?.kind !== 'form') throw new Error('no form in the last message')
      const fields = form.fields.flatMap(({ id, value }) => [
        [id, value] as const,
        [`${id}.include`, without.some(part => value.includes(part)) ? 'no' : 'yes'] as const,
      ])
      return happen({ kind: 'reply', reply: { kind: 'form', ask: form.ask, fields: Object.fromEntries(fields) } })
    },
    /** Skips question after question until nothing is asked. */
    skipAll: () => {
      for (let count = 0; count < 20 && person.conversation !== undefined; count += 1) write('skip')
    },
    /** Lives through so many days; what falls due happens at its time. */
    live: (days: number): readonly Sent[] => {
      const end = now + days * DAY
      const before = sent.length
      for (let count = 0; count < 500; count += 1) {
        const due = Object.entries(person.scheduled)
          .filter(([, { at }]) => at <= end)
          .toSorted(([, a], [, b]) => a.at - b.at)[0]
        if (due === undefined) break
        const [key, { kind, at, date }] = due
        now = Math.max(now, at)
        happen({ kind: 'due', key, appointment: kind, at, date })
        if (count === 499) throw new Error(`the agenda does not come to rest: ${key}`)
      }
      now = end
      return sent.slice(before)
    },
  }
}
export type Chat = ReturnType<typeof openChat>
