import { join } from 'node:path'
import { readPromptFiles } from '../../../adapters/prompts/files.ts'
import { judge } from '../../../adapters/simulator/checker/judge.ts'
import type { Violation } from '../../../adapters/simulator/checker/violation.ts'
import type { Evidence, House, Line, Member } from '../../../adapters/simulator/transcript.ts'
import type { Block } from '../../../src/domain/message.ts'

/** Chats made by hand, for a checker that must find what is wrong in them and nothing where nothing is. */
export const PROMPTS = join(import.meta.dirname, '../../../prompts')
const prompts = readPromptFiles(PROMPTS)

const house: House = {
  id: 'house-1',
  workspace: 'House 1 Ltd',
  purpose: undefined,
  workdays: [1, 2, 3, 4, 5],
  quiet: { from: '18:30', to: '08:00' },
  daysOff: new Set(['2026-04-06']),
}
const ana: Member = {
  id: 'client-1',
  tenant: 'house-1',
  name: 'Ana',
  role: 'client',
  temperament: 'open',
  locale: 'en',
}
const tom: Member = {
  id: 'house-1-coach',
  tenant: 'house-1',
  name: 'Tom',
  role: 'coach',
  temperament: undefined,
  locale: 'en',
}

const MINUTE = 60_000
let asked = 0

export const say = (text: string): Block => ({ kind: 'paragraph', text })
export const quote = (text: string): Block => ({ kind: 'quote', text })
export const buttons = (...choices: readonly (readonly [id: string, label: string])[]): Block => {
  asked += 1
  return {
    kind: 'choices',
    ask: `ask-${asked}`,
    style: 'buttons',
    choices: choices.map(([id, label]) => ({ id, label })),
  }
}

/** UTC is where they all live: what is written is what their clocks show. */
const shown = (person: string, when: string, blocks: readonly Block[]): Line => {
  const at = Date.parse(`${when}:00Z`)
  const text = blocks.map(block => ('text' in block ? block.text : '')).join('\n')
  return { at, triedAt: at, person, zone: 'UTC', dir: 'shown', text, blocks }
}
export const bot = (when: string, ...blocks: readonly Block[]): Line => shown(ana.id, when, blocks)
export const botToCoach = (when: string, ...blocks: readonly Block[]): Line => shown(tom.id, when, blocks)
export const types = (when: string, text: string): Line => ({
  at: Date.parse(`${when}:00Z`),
  person: ana.id,
  zone: 'UTC',
  dir: 'typed',
  text,
  reply: { kind: 'text', text },
})
export const presses = (when: string, on: Line, choice: string): Line => {
  const block = on.dir === 'shown' ? on.blocks.find(one => one.kind === 'choices') : undefined
  if (block?.kind !== 'choices') throw new Error('that message has no buttons')
  const text = block.choices.find(({ id }) => id === choice)?.label ?? choice
  return { ...types(when, text), dir: 'typed', reply: { kind: 'choice', ask: block.ask, choice } }
}
export const submits = (when: string, ask: string, fields: Readonly<Record<string, string>>): Line => ({
  ...types(when, Object.values(fields).join(' · ')),
  dir: 'typed',
  reply: { kind: 'form', ask, fields },
})

const invitation = bot(
  '2026-03-02T09:00',
  say("Hello Ana. I'm Lighthand, a program that Tom uses for the time between coaching sessions."),
  say("Before anything else, was the coaching your idea, someone else's, or a bit of both?"),
  buttons(
    ['mine', 'My idea'],
    ['theirs', "Someone else's"],
    ['both', 'A bit of both'],
    ['later', "I'd rather not say"],
  ),
)
const POINTS: readonly (readonly [string, string])[] = [
  ['What I do', 'At most two questions and three messages a week.'],
  ['Who sees what', 'Tom gets the lines you approve.'],
  [
    'Limits',
    "I'm a program. If somebody is in danger, Tom may act. The owners of House 1 Ltd can export direct messages.",
  ],
  ['No strings', 'Saying no has no consequences. You can work with Tom without me.'],
  ['Stopping', 'Write “stop” and I stop.'],
]
export const contract = (points = POINTS): Line =>
  bot(
    '2026-03-02T09:02',
    say('Here is the whole of it, before you decide.'),
    { kind: 'fields', items: points.map(([label, value]) => ({ label, value })) },
    say('Shall we begin on those terms?'),
    buttons(['accept', "Yes, let's begin"], ['later', 'Not now'], ['no', 'No, thank you']),
  )
export { invitation, POINTS }

/** Ana is invited, reads, and says yes; what follows is the test's own. */
export const accepted = (...rest: readonly Line[]): readonly Line[] => {
  const terms = contract()
  return [
    invitation,
    presses('2026-03-02T09:02', invitation, 'mine'),
    terms,
    presses('2026-03-02T09:05', terms, 'accept'),
    bot('2026-03-02T09:05', say("Then we begin. I'll write on Mondays, and never outside working hours.")),
    ...rest,
  ]
}

export const checkIn = (when: string): Line =>
  bot(
    when,
    say('Hello Ana. A week has gone by.'),
    say('What went well since we last wrote, however small?'),
    buttons(['skip', 'Nothing comes to mind']),
  )

export const nudge = (when: string, text: string, ...more: readonly Block[]): Line =>
  bot(
    when,
    say('Friday 6 March is the day you had in mind for this.'),
    quote(text),
    ...more,
    say('How is it with this one?'),
    buttons(['kept', 'Done'], ['later', 'Another day'], ['let-go', 'Let it go'], ['leave', 'Leave it open']),
  )

/** She takes something on, for Friday 6 March 2026, with or without a plan. */
export const takesOn = (
  text: string,
  plan: string | undefined,
  at = '2026-03-03T10',
  due = 'Friday 6 March',
): readonly Line[] => {
  const who = bot(
    `${at}:01`,
    quote(text),
    say('Is this just for you, or for Tom too?'),
    buttons(['me', 'Just for me'], ['coach', 'For Tom too']),
  )
  const how = bot(
    `${at}:02`,
    say("Would you like such a plan? Then write it the way you'd say it."),
    buttons(['skip', 'No plan needed']),
  )
  return [
    types(`${at}:01`, `${text} by Friday`),
    who,
    presses(`${at}:02`, who, 'me'),
    how,
    plan === undefined ? presses(`${at}:03`, how, 'skip') : types(`${at}:03`, plan),
    bot(`${at}:03`, say(`Kept, for ${due}. I'll bring it up then, or in the check-in after.`)),
  ]
}

const evidence = (lines: readonly Line[], until = '2026-09-01T00:00'): Evidence => ({
  from: Date.parse('2026-03-01T00:00:00Z'),
  until: Date.parse(`${until}:00Z`),
  houses: [house],
  members: [tom, ana],
  lines: lines.toSorted((a, b) => a.at - b.at),
  prompts,
})

export const found = (lines: readonly Line[]): readonly Violation[] => judge(evidence(lines)).violations
/** Rule and reason of each violation, in short. */
export const verdict = (lines: readonly Line[]): readonly string[] =>
  found(lines).map(({ rule, what }) => `${rule}: ${what}`)

/** The moment some days and minutes after another, written the same way. */
export const later = (when: string, days: number, minutes = 0): string =>
  new Date(Date.parse(`${when}:00Z`) + days * 1_440 * MINUTE + minutes * MINUTE).toISOString().slice(0, 16)
