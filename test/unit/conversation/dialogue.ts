import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readPromptFiles } from '../../../adapters/prompts/files.ts'
import { advance } from '../../../src/conversation/advance.ts'
import type { LineId } from '../../../src/conversation/hearing.ts'
import { loadPrompts, type PromptFile } from '../../../src/conversation/load.ts'
import { makePackSet, type PackSet } from '../../../src/conversation/pack-set.ts'
import type { Context, Loaded } from '../../../src/conversation/turn.ts'
import { agendaOf } from '../../../src/domain/agenda.ts'
import type { Commitment } from '../../../src/domain/commitment.ts'
import type { Effect } from '../../../src/domain/effect.ts'
import type { Event } from '../../../src/domain/event.ts'
import type { Goal, Rating } from '../../../src/domain/goal.ts'
import { tenantId } from '../../../src/domain/ids.ts'
import type { Block, Message, Reply } from '../../../src/domain/message.ts'
import type { Person } from '../../../src/domain/person.ts'
import { NO_TALLY } from '../../../src/domain/rollout.ts'
import type { Tenant } from '../../../src/domain/tenant.ts'
import { DEFAULT_POLICY } from '../../../src/domain/tenant.ts'
import { OFFICE, someFacts } from '../domain/people.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The prompts in every language. */
export const ALL_FILES = readPromptFiles(join(import.meta.dirname, '../../../prompts'))
/** The prompts in English: those that all others are compared with. */
export const PROMPT_FILES = ALL_FILES.filter(({ locale }) => locale === 'en')

export const packsFrom = (files: readonly PromptFile[], earlier: readonly PromptFile[] = []): PackSet => {
  const { packs, hearings } = loadPrompts(files, hash)
  return makePackSet(packs, hearings, earlier.length === 0 ? [] : loadPrompts(earlier, hash).packs)
}

/** In every language that is spoken here. */
export const PACKS = packsFrom(ALL_FILES)

/** The wordings of a line that belongs to no pack. */
export const lineOf = (id: LineId): readonly string[] => [PACKS.hearing('en').lines[id]].flat()

/** The first paragraph of a message. */
export const openingOf = (shown: Shown | undefined): string => shown?.text.split('\n\n')[0] ?? ''

export const aTenant = (over: Partial<Tenant> = {}): Tenant => ({
  id: tenantId('acme'),
  platform: 'test',
  workspace: 'Acme',
  zone: 'UTC',
  programme: undefined,
  policy: DEFAULT_POLICY,
  revision: 0,
  ...over,
})

/** What a person sees of a message, and may answer it with. */
export type Shown = { readonly text: string; readonly blocks: readonly Block[]; readonly key: string }

/**
 * One person and the machine, without anything in between: effects go straight into lists, and are gone from the document as
 * if they had been relayed. Objects are frozen through and through, so a turn that changed one would throw.
 */
export class Dialogue {
  person: Person
  now: number
  packs: PackSet
  tenant: Tenant
  readonly commitments = new Map<string, Commitment>()
  readonly goals = new Map<string, Goal>()
  readonly ratings: Rating[] = []
  readonly shared: Loaded['shared'][number][] = []
  readonly effects: Effect[] = []
  readonly shown: Shown[] = []
  erased = false
  /** The platform has a picker of everybody. */
  directory = false
  /** What is typed is looked at by this first. */
  detect: Context['detect'] = undefined
  /** Everybody of the tenant; unless a test says otherwise, this person and their coach. */
  roster: Loaded['roster'] | undefined
  reports: Loaded['reports'] = []
  sharedWithMe: Loaded['sharedWithMe'] = []
  rollout: Loaded['rollout'] = NO_TALLY
  picked: Loaded['picked'] = []
  private events = 0

  constructor(person: Person, now: number, packs = PACKS, tenant = aTenant()) {
    this.person = frozen(person)
    this.now = now
    this.packs = packs
    this.tenant = tenant
  }

  /** The key under which the last event came. */
  get lastKey(): string {
    return `event-${this.events}`
  }

  get last(): Shown {
    const last = this.shown.at(-1)
    if (last === undefined) throw new Error('nothing was said yet')
    return last
  }

  /** Lets the agenda follow from the facts, as it does at the end of each turn that changes one. */
  plan(): this {
    const commitments = this.everything().commitments
    const scheduled = agendaOf(this.person, someFacts({ commitments }), this.now)
    this.person = frozen({ ...this.person, scheduled })
    return this
  }

  /** Takes one turn, and returns what was said in it. */
  happen(event: Event): readonly Shown[] {
    this.events += 1
    const before = this.person
    const after = this.advanced(event, `event-${this.events}`)
    const effects = after.effects.filter(({ seq }) => seq > before.seq)
    this.person = frozen({ ...after, effects: [] })
    for (const effect of effects) this.relay(effect)
    const said = effects.flatMap(effect =>
      effect.kind === 'send' && effect.content.kind === 'message' ? [shownAs(effect.content.message, effect.key)] : [],
    )
    this.shown.push(...said)
    return said
  }

  /** The person as one event would leave them; nothing is kept of it. */
  advanced(event: Event, key: string): Person {
    const loaded: { -readonly [Name in keyof Loaded]?: Loaded[Name] } = {}
    const all = this.everything()
    for (;;) {
      const context: Context = frozen({
        now: this.now,
        tenant: this.tenant,
        calendar: OFFICE,
        packs: this.packs,
        loaded: { ...loaded },
        directory: this.directory,
        detect: this.detect,
      })
      const advanced = advance(this.person, event, key, context)
      if (advanced.kind === 'turn') return advanced.person
      if (loaded[advanced.need] !== undefined) throw new Error(`${advanced.need} was asked for twice`)
      Object.assign(loaded, { [advanced.need]: all[advanced.need] })
    }
  }

  reply(reply: Reply): readonly Shown[] {
    return this.happen({ kind: 'reply', reply })
  }
  say(text: string): readonly Shown[] {
    return this.reply({ kind: 'text', text })
  }
  /** Presses the newest button of that label. */
  press(label: string): readonly Shown[] {
    for (const { blocks } of this.shown.toReversed())
      for (const block of blocks) {
        if (block.kind !== 'choices') continue
        const choice = block.choices.find(one => one.label === label)
        if (choice !== undefined) return this.reply({ kind: 'choice', ask: block.ask, choice: choice.id })
      }
    throw new Error(`there is no button "${label}"; last was: ${this.last.text}`)
  }
  /** Lets the appointment come due that stands first, or the first of that kind. */
  next(kind?: string): readonly Shown[] {
    const standing = Object.entries(this.person.scheduled).filter(([, one]) => kind === undefined || one.kind === kind)
    const first = standing.toSorted(([, a], [, b]) => a.at - b.at)[0]
    if (first === undefined) throw new Error(`nothing stands${kind === undefined ? '' : ` of kind ${kind}`}`)
    const [key, { kind: appointment, at, date }] = first
    this.now = Math.max(this.now, at)
    return this.happen({ kind: 'due', key, appointment, at, date })
  }

  private everything(): Loaded {
    return frozen({
      commitments: [...this.commitments.values()].filter(({ state }) => state === 'open'),
      goals: [...this.goals.values()].filter(({ closedAt }) => closedAt === undefined),
      ratings: this.ratings.toReversed(),
      shared: [...this.shared],
      sharedWithMe: this.sharedWithMe,
      rollout: this.rollout,
      picked: this.picked,
      reports: this.reports,
      roster: this.roster ?? [
        { id: this.person.client?.coach ?? this.person.id, name: 'Carla', roles: ['coach'], coach: undefined },
        { id: this.person.id, name: this.person.name, roles: this.person.roles, coach: this.person.client?.coach },
      ],
    })
  }

  private relay(effect: Effect): void {
    this.effects.push(effect)
    switch (effect.kind) {
      case 'commitment':
        this.commitments.set(effect.commitment.id, effect.commitment)
        return
      case 'goal':
        this.goals.set(effect.goal.id, effect.goal)
        return
      case 'rating':
        this.ratings.push(effect.rating)
        return
      case 'share':
        this.shared.push(...effect.lines.map(line => ({ ...line, at: effect.at })))
        return
      case 'erase':
        this.erased = true
    }
  }
}

const shownAs = ({ text, blocks }: Message, key: string): Shown => ({ text, blocks, key })

/** Deep-frozen, packs and functions aside: whatever a turn was given it must leave as it is. */
const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Map || 'current' in value) return value
  Object.freeze(value)
  for (const one of Object.values(value)) frozen(one)
  return value
}

/** The choices of a message, by label. */
export const labelsOf = ({ blocks }: Shown): readonly string[] =>
  blocks.flatMap(block => (block.kind === 'choices' ? block.choices.map(({ label }) => label) : []))

/** The question a message asks, if it asks one. */
export const askOf = ({ blocks }: Shown): string | undefined =>
  blocks.flatMap(block => ('ask' in block ? [block.ask] : []))[0]
