import type { Frame } from '../domain/person.ts'
import { ACTS_BY_NAME } from './acts/index.ts'
import type { Asking, Heard } from './hear.ts'
import type { ActCall, Ask, Pack, Step, Words } from './pack.ts'
import { askBlocks, fieldsOf, optionsOf, peopleOf } from './render-ask.ts'
import { changeFrame, type Turn, topFrame } from './turn.ts'
import { valuesOf } from './values.ts'
import { viewBlocks } from './views.ts'
import { chooseWording, formatBlocks } from './words.ts'

/** More steps than any pack takes between two questions: a loop that asks nothing is a fault of the pack. */
const MOST_STEPS = 60
const END = 'end'

/** @throws if the content a conversation began with was not loaded: the caller fetches it by hash first. */
const packOf = (turn: Turn, frame: Frame): Pack => {
  const pack = turn.context.packs.byHash(frame.hash)
  if (pack === undefined) throw new Error(`pack ${frame.pack} version ${frame.version} is not loaded`)
  return pack
}

const stepOf = (turn: Turn, frame: Frame): Step => {
  const step = packOf(turn, frame).steps[frame.step]
  if (step === undefined) throw new Error(`pack ${frame.pack} has no step "${frame.step}"`)
  return step
}

/** The question that stands, if the conversation is waiting at one. */
export const askingOf = (turn: Turn): Asking | undefined => {
  const frame = turn.frames.at(-1)
  if (frame === undefined || turn.running === undefined) return undefined
  const { ask } = stepOf(turn, frame)
  return ask === undefined
    ? undefined
    : {
        id: askId(turn),
        ask,
        options: optionsOf(turn, ask),
        people: peopleOf(turn, ask),
        fields: fieldsOf(turn, packOf(turn, frame), ask),
      }
}

const askId = (turn: Turn): string => `${turn.running?.id ?? ''}.${turn.running?.asked ?? 0}`

/** What a pack begins with; what is not given it has from what is running below, unless it comes in between. */
type Given = {
  readonly between: boolean
  readonly slots?: Frame['slots']
  readonly queue?: Frame['queue']
  readonly focus?: string
}

/** Puts a pack on top of what is running, with what is known so far, and goes on from one of its steps. */
export const enter = (turn: Turn, place: { readonly pack: string; readonly step: string }, given: Given): void => {
  pushFrame(turn, place, given)
  run(turn)
}

const pushFrame = (turn: Turn, place: { readonly pack: string; readonly step: string }, given: Given): void => {
  const pack = turn.context.packs.current(place.pack, turn.person.locale)
  const below = turn.frames.at(-1)
  begin(turn, pack)
  turn.frames.push({
    pack: pack.id,
    version: pack.version,
    hash: pack.hash,
    step: place.step,
    // What comes in between has nothing to do with what it interrupts: no day, goal or commitment of that leaks into it.
    slots: given.slots ?? (given.between ? {} : below?.slots) ?? {},
    focus: given.focus ?? (given.between ? undefined : below?.focus),
    queue: given.queue ?? (given.between ? [] : below?.queue) ?? [],
    trail: [],
    between: given.between,
  })
}

/** A conversation begins with its first pack. */
const begin = (turn: Turn, pack: Pack): void => {
  const { now } = turn.context
  turn.running ??= {
    id: `c${turn.person.seq + 1}`,
    startedAt: now,
    lastAt: now,
    answered: false,
    asked: 0,
    ledgerKey: undefined,
    misses: 0,
    class: 'reply',
    quietAfter: pack['quiet-after'],
    snoozed: false,
  }
}

/** Runs steps until one asks, or nothing is left. */
const run = (turn: Turn): void => {
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const frame = turn.frames.at(-1)
    if (frame === undefined) {
      turn.running = undefined
      return
    }
    const step = stepOf(turn, frame)
    if (isPassedOver(turn, frame, step)) {
      // The question is not asked; what the step does beside asking is done all the same.
      if (isRetired(turn, frame, step)) act(turn, step)
      go(turn, wayOut(step))
      if (isWaiting(turn)) return
      continue
    }
    const outcome = act(turn, step)
    if (step.say !== undefined) say(turn, frame, step, step.say, 'say')
    if (step.show !== undefined) turn.parts.push(...viewBlocks(turn, packOf(turn, frame), step.show))
    if (step.ask !== undefined) return pose(turn, step.ask)
    go(turn, typeof step.next === 'string' ? step.next : (step.next[outcome] ?? step.next.other ?? END))
    if (isWaiting(turn)) return
  }
  throw new Error(`pack ${topFrame(turn).pack} goes round without asking anything, at "${topFrame(turn).step}"`)
}

const isWaiting = (turn: Turn): boolean => turn.asks || turn.rests

/** A closed topic's step is passed over unless it has words for that; so is a question they called too personal. */
const isPassedOver = (turn: Turn, frame: Frame, step: Step): boolean => {
  const { client } = turn.person
  if (client === undefined) return false
  if (isRetired(turn, frame, step)) return true
  if (step.topic === undefined || client.topics[step.topic]) return false
  return !hasClosedWords(step)
}

const isRetired = ({ person }: Turn, frame: Frame, step: Step): boolean =>
  step.ask !== undefined && (person.client?.retired.questions.includes(`${frame.pack}.${frame.step}`) ?? false)

const hasClosedWords = (step: Step): boolean =>
  [step.say, step.ask?.question].some(words => words !== undefined && typeof words === 'object' && 'closed' in words)

/** Where a question leads that is not answered: where its pack says, else its way out, which every question has. */
const wayOut = (step: Step): string => {
  if (step.passed !== undefined) return step.passed
  if (typeof step.next === 'string') return step.next
  const free = step.ask?.options.find(option => option['way-out'])?.id
  return (free === undefined ? undefined : step.next[free]) ?? step.next.answer ?? Object.values(step.next)[0] ?? END
}

/** Does what the step does; the last act's outcome decides. */
const act = (turn: Turn, step: Step): string => {
  const calls: readonly ActCall[] = step.do === undefined ? [] : Array.isArray(step.do) ? step.do : [step.do]
  return calls.reduce((_, call) => {
    if (typeof call === 'string') return ACTS_BY_NAME[call](turn, undefined)
    const [name, argument] = Object.entries(call)[0] ?? []
    // The schema admits only names of acts as keys.
    return ACTS_BY_NAME[name as keyof typeof ACTS_BY_NAME](turn, argument === undefined ? undefined : String(argument))
  }, 'done')
}

/**
 * Says one of the wordings. Each place turns by itself, so whoever reads it again reads every other of its wordings first: with
 * five of them a weekly client meets none twice in a month.
 */
const say = (turn: Turn, frame: Frame, step: Step, words: Words, what: 'say' | 'question'): void => {
  const { client, locale } = turn.person
  const place = `${frame.pack}.${frame.step}.${what}`
  const wording = chooseWording(words, place, {
    open: step.topic === undefined || (client?.topics[step.topic] ?? false),
    turn: client?.begun[place] ?? 0,
    retired: [...turn.context.packs.guided.retired, ...(client?.retired.wordings ?? [])],
  })
  if (typeof words !== 'string') turnWheel(turn, place)
  turn.wordings.push(wording.id)
  turn.parts.push(...formatBlocks(wording.text, locale, valuesOf(turn)))
}

/** The next wording of a place is the next one's. Staff have no wheel: what they read does not come weekly. */
export const turnWheel = (turn: Turn, place: string): void => {
  const { client } = turn.person
  if (client === undefined) return
  const begun = { ...client.begun, [place]: (client.begun[place] ?? 0) + 1 }
  turn.person = { ...turn.person, client: { ...client, begun } }
}

/** Asks: the question, then the ways to answer it. Its id is new each time, so an old button never answers a new question. */
const pose = (turn: Turn, ask: Ask): void => {
  if (turn.running === undefined) throw new Error('a question needs a conversation')
  turn.running = { ...turn.running, asked: turn.running.asked + 1 }
  const frame = topFrame(turn)
  const step = stepOf(turn, frame)
  say(turn, frame, step, ask.question, 'question')
  turn.parts.push(...askBlocks(turn, packOf(turn, frame), ask, askId(turn)))
  turn.asks = true
}

/**
 * Asks again what is being asked, with what the question is about (the contract's points, the commitment at hand) and without
 * what led to it: nobody is to answer to something they cannot see.
 */
export const askAgain = (turn: Turn): void => {
  const { ask, show } = stepOf(turn, topFrame(turn))
  if (ask === undefined) return
  if (show !== undefined) turn.parts.push(...viewBlocks(turn, packOf(turn, topFrame(turn)), show))
  pose(turn, ask)
}

/** Moves to a target: a step of this pack, a step of another (which comes back to `after`), or the end of this one. */
const go = (turn: Turn, target: string): void => {
  if (target === END) return leave(turn)
  const [pack, step] = target.split('.')
  if (pack === undefined || step === undefined) return changeFrame(turn, { step: target })
  const { after } = stepOf(turn, topFrame(turn))
  // Nothing to come back to: the called pack takes this one's place, and the pile stays flat.
  const caller = after === undefined || after === END ? turn.frames.pop() : undefined
  const from = caller ?? topFrame(turn)
  pushFrame(turn, { pack, step }, { between: caller?.between ?? false, slots: from.slots, queue: from.queue })
  changeFrame(turn, { focus: from.focus })
}

const leave = (turn: Turn): void => {
  const ended = turn.frames.pop()
  const below = turn.frames.at(-1)
  if (ended === undefined || below === undefined) return
  if (ended.between && turn.running?.snoozed) {
    turn.rests = true
    return
  }
  if (ended.between) {
    if (turn.running?.snoozed === true) {
      turn.rests = true
      return
    }
    // A question that was retired meanwhile is passed over as the run goes on.
    if (!isPassedOver(turn, below, stepOf(turn, below))) askAgain(turn)
    return
  }
  // What was answered in there is known here; so is what it was about.
  changeFrame(turn, { slots: { ...below.slots, ...ended.slots } })
  go(turn, stepOf(turn, below).after ?? END)
}

/** Takes an answer to the standing question and goes on. */
export const answer = (turn: Turn, heard: Extract<Heard, { kind: 'option' | 'answer' }>): void => {
  const frame = topFrame(turn)
  const step = stepOf(turn, frame)
  const { ask } = step
  if (ask === undefined || turn.running === undefined) throw new Error('there is no question to answer')
  changeFrame(turn, { slots: slotsAfter(frame.slots, ask, heard), trail: [...frame.trail, frame.step] })
  turn.running = { ...turn.running, answered: true, misses: 0 }
  const { next } = step
  const key = heard.kind === 'option' ? heard.id : 'answer'
  go(turn, typeof next === 'string' ? next : (next[key] ?? next.answer ?? END))
  if (!isWaiting(turn)) run(turn)
}

/** The answers kept, with this one. A way out of an open question leaves nothing behind: no earlier answer to it either. */
const slotsAfter = (slots: Frame['slots'], ask: Ask, heard: Extract<Heard, { kind: 'option' | 'answer' }>) => {
  if (heard.kind === 'answer') return { ...slots, ...heard.slots }
  if (ask.as === undefined) return slots
  if (ask.kind === 'choice') return { ...slots, [ask.as]: heard.id }
  const gone = ask.kind === 'date' ? [ask.as, 'hour'] : [ask.as]
  return Object.fromEntries(Object.entries(slots).filter(([slot]) => !gone.includes(slot)))
}

/** Passes over the standing question: nothing is decided by it. */
export const skip = (turn: Turn): void => {
  const step = stepOf(turn, topFrame(turn))
  const free = step.ask?.options.find(option => option['way-out'])
  if (step.passed === undefined && free !== undefined) return answer(turn, { kind: 'option', id: free.id })
  if (turn.running !== undefined) turn.running = { ...turn.running, answered: true, misses: 0 }
  go(turn, wayOut(step))
  if (!isWaiting(turn)) run(turn)
}

/** Back to the question before this one, if there was one in this pack. */
export const stepBack = (turn: Turn): boolean => {
  const frame = topFrame(turn)
  const previous = frame.trail.at(-1)
  if (previous === undefined) return false
  changeFrame(turn, { step: previous, trail: frame.trail.slice(0, -1) })
  askAgain(turn)
  return true
}
