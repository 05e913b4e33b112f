import { join } from 'node:path'
import { readPrompts } from '../../adapters/prompts/files.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { openStore } from '../../adapters/store/open.ts'
import { makePackSet } from '../../src/conversation/pack-set.ts'
import { onlyHolidays } from '../../src/domain/holidays.ts'
import type { PersonId } from '../../src/domain/ids.ts'
import type { Message, Reply } from '../../src/domain/message.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Tenant } from '../../src/domain/tenant.ts'
import type { ChatAdapter, InboundEvent } from '../../src/ports/chat.ts'
import type { Keyring } from '../../src/ports/keyring.ts'
import { NO_METERS } from '../../src/ports/meters.ts'
import type { Store } from '../../src/ports/store.ts'
import type { Core } from '../../src/usecases/core.ts'
import { makeFairShare } from '../../src/usecases/fair-share.ts'
import { makeLanes } from '../../src/usecases/lanes.ts'
import { makePacer } from '../../src/usecases/pacer.ts'
import { receiveEvent } from '../../src/usecases/receive-event.ts'
import { receiveTenantEvent } from '../../src/usecases/receive-tenant-event.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { type FakeChat, makeChat } from './chat.ts'
import { ACME, ana, helen, MORNING, theTenant, tom } from './world-people.ts'

const TICK = 60_000
const PLACES = 16

/** Shipped packs, read once a test file. */
const { packs, hearings } = readPrompts(join(import.meta.dirname, '../../prompts'))
const PACKS = makePackSet(packs, hearings)

/** A wall clock to set and a monotonic one to advance: two, since wall clocks jump and disagree. */
export type TestClock = { wall: number; elapsed: number; now(): number; monotonic(): number }

/** What a core of its own is made of; the rest it shares with the others of its world. */
export type CoreParts = {
  readonly store?: Store
  readonly keyring?: Keyring
  readonly chat?: ChatAdapter
  readonly clock?: Core['clock']
  readonly meters?: Core['meters']
  readonly wake?: Core['wake']
  readonly watch?: Core['watch']
}

export type World = {
  readonly store: Store
  readonly keyring: Keyring
  readonly clock: TestClock
  readonly chat: FakeChat
  /** The process at work: gestures go to it. */
  core: Core
  /** What its log holds: code and, of an error, the message. */
  readonly logged: { readonly code: unknown; readonly error?: string }[]
  /** Another process on the same store; takes over the gestures only if it is put in `core`. */
  makeCore(parts?: CoreParts): Core
  /** Both clocks go on by `ms`, and nothing else happens. */
  pass(ms: number): void
  /** Everything due now, until nothing runs. */
  settle(): Promise<void>
  /** Time goes on to `wall` (ms), stopping at each due thing on the way. */
  until(wall: number): Promise<void>
  /** A gesture, stored and not yet worked on to the end. */
  gesture(person: PersonId, reply: Reply, at?: number, key?: string): Promise<void>
  /** Says it and lets everything come to rest. */
  say(person: PersonId, text: string): Promise<void>
  /** Presses the newest button of that label, and lets everything come to rest. @throws if there is none */
  press(person: PersonId, label: string): Promise<void>
  /** What they read, in order. */
  read(person: PersonId): readonly string[]
  messages(person: PersonId): readonly Message[]
  find(person: PersonId): Promise<Person>
  close(): Promise<void>
}

export type WorldOptions = { readonly tenant?: Tenant; readonly people?: readonly Person[]; readonly at?: number }

/** The real core over the embedded engine in memory, the shipped prompts, and a platform that does as it is told. */
export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const { tenant = theTenant(), people = [ana(), tom(), helen()], at = MORNING } = options
  const clock: TestClock = { wall: at, elapsed: 0, now: () => clock.wall, monotonic: () => clock.elapsed }
  const keyring = await openMemoryKeyring(() => clock.wall)
  const store = await openStore(':memory:', { keyring, now: () => clock.wall })
  await store.tenants.insert(tenant)
  for (const person of people) await store.people.insert(person)
  const chat = makeChat(clock)
  const logged: World['logged'] = []
  const log = (facts: Readonly<Record<string, unknown>>): void => {
    const { code, err } = facts
    logged.push(err instanceof Error ? { code, error: err.message } : { code })
  }
  let tokens = 0
  let keys = 0
  const freshKey = (): string => {
    keys += 1
    return `gesture-${keys}`
  }
  const makeCore = (parts: CoreParts = {}): Core => ({
    store,
    keyring,
    clock,
    ...parts,
    log: { info: log, warn: log, error: log },
    packs: { current: PACKS, recall: async () => undefined },
    lanes: makeLanes(err => log({ code: 'WORK_FAILED', err })),
    shares: makeFairShare(PLACES),
    pacer: makePacer(() => (parts.clock ?? clock).monotonic()),
    meters: parts.meters ?? NO_METERS,
    wake: parts.wake ?? (() => undefined),
    watch: parts.watch,
    chat: () => parts.chat ?? chat.adapter,
    calendar: async ({ policy }, person) => ({
      workdays: policy.workdays,
      quiet: policy.quiet,
      isHoliday: onlyHolidays([...policy.daysOff, ...(person.client?.daysOff ?? [])]),
    }),
    token: () => {
      tokens += 1
      return `token-${tokens}`
    },
    random: () => 0.5,
  })
  const world: World = {
    store,
    keyring,
    clock,
    chat,
    core: makeCore(),
    logged,
    makeCore,
    pass: ms => {
      clock.wall += ms
      clock.elapsed += ms
    },
    settle: async () => {
      await world.core.lanes.idle()
      await runDue(world.core)
      await world.core.lanes.idle()
    },
    until: async wall => {
      await world.settle()
      for (;;) {
        const next = await nextMoment(store, tenant)
        if (next === undefined || next > wall) break
        // What is past due waits behind something else: looked at again with each tick.
        world.pass(next > clock.wall ? next - clock.wall : TICK)
        await world.settle()
      }
      world.pass(Math.max(wall - clock.wall, 0))
      await world.settle()
    },
    gesture: (person, reply, sentAt = clock.wall, key = freshKey()) =>
      receiveEvent(world.core, replyOf(person, reply, sentAt, key)),
    say: async (person, text) => {
      await world.gesture(person, { kind: 'text', text })
      await world.settle()
    },
    press: async (person, label) => {
      await world.gesture(person, buttonIn(world.messages(person), label))
      await world.settle()
    },
    read: person => world.messages(person).map(({ text }) => text),
    messages: person => chat.delivered.filter(one => one.person === person).map(({ message }) => message),
    find: async person => {
      const found = await store.people.find(tenant.id, person)
      if (found === undefined) throw new Error(`${person} is not known`)
      return found
    },
    close: async () => {
      await store.close()
      await keyring.close()
    },
  }
  await chat.adapter.start(
    event => receiveEvent(world.core, event),
    event => receiveTenantEvent(world.core, event),
  )
  return world
}

export const replyOf = (person: PersonId, reply: Reply, at: number, key: string): InboundEvent => ({
  tenant: ACME,
  person,
  key,
  at,
  body: { kind: 'reply', reply },
})

/** What pressing the newest button of that label sends. */
export const buttonIn = (messages: readonly Message[], label: string): Reply => {
  for (const { blocks } of messages.toReversed())
    for (const block of blocks) {
      const choice = block.kind === 'choices' ? block.choices.find(one => one.label === label) : undefined
      if (block.kind === 'choices' && choice !== undefined) return { kind: 'choice', ask: block.ask, choice: choice.id }
    }
  throw new Error(`there is no button "${label}" in ${JSON.stringify(messages.at(-1))}`)
}

/** The newest form, as its reader would send it with these fields. */
export const formIn = (
  messages: readonly Message[],
  fill: (id: string, value: string) => Record<string, string>,
): Reply => {
  for (const { blocks } of messages.toReversed())
    for (const block of blocks)
      if (block.kind === 'form')
        return {
          kind: 'form',
          ask: block.ask,
          fields: Object.assign({}, ...block.fields.map(({ id, value }) => fill(id, value))),
        }
  throw new Error('there is no form')
}

const nextMoment = async (store: Store, { id }: Tenant): Promise<number | undefined> => {
  const moments = [(await store.appointments.next(id))?.at, await store.outbox.next(id)]
  const known = moments.filter(moment => moment !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
