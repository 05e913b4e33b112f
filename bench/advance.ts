import { advance } from '../src/conversation/advance.ts'
import type { PackSet } from '../src/conversation/pack-set.ts'
import type { Context } from '../src/conversation/turn.ts'
import type { Reply } from '../src/domain/message.ts'
import type { Person } from '../src/domain/person.ts'
import { aCalendar, aClient, aTenant, clock, OPENING, ROUND } from './bot.ts'
import { median, progress, rounded } from './figures.ts'

const SLICES = 15
const SLICE_MS = 100

/**
 * Calls of the pure `advance` a second, one after the other: the client's typed answer to a check-in's open question in the
 * shipped English pack, which composes the next question. Nothing is stored or sealed. The median of slices of 100 ms.
 */
export const measureAdvance = (packs: PackSet): number => {
  const now = clock.now()
  const loaded = { commitments: [], goals: [], ratings: [], shared: [], reports: [], roster: [] }
  const context: Context = { now, tenant: aTenant, calendar: aCalendar, packs, loaded }
  const after = (person: Person, reply: Reply): Person => {
    const advanced = advance(person, { kind: 'reply', reply }, 'k', context)
    if (advanced.kind === 'need') throw new Error(`the bench's turn needs ${advanced.need}`)
    return advanced.person
  }
  const asked = { ...after(aClient, OPENING), effects: [] }
  const [answer] = ROUND
  if (answer === undefined || !after(asked, answer).effects.some(({ kind }) => kind === 'send'))
    throw new Error("the bench's conversation no longer fits the packs")
  const slice = (): number => {
    const began = performance.now()
    let calls = 0
    for (; performance.now() - began < SLICE_MS; calls += 1) after(asked, answer)
    return (calls * 1_000) / (performance.now() - began)
  }
  for (let index = 0; index < 5; index += 1) slice()
  const measured = median(Array.from({ length: SLICES }, slice))
  progress('advance is measured')
  return rounded(measured)
}
