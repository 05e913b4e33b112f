import type { Pack, Step } from '../pack.ts'
import { wordingsOf } from '../words.ts'
import { readingsOf } from './branches.ts'

/** A way through steps that ends in a question, with the words that a client reads before it. */
export type WayToQuestion = {
  readonly pack: Pack
  readonly step: string
  readonly words: number
  /** `pack.step` of every step in the same message that says something before it. */
  readonly by: readonly string[]
}

/** Deeper piles of packs than any conversation has; a loop of calls stops here. */
const MOST_CALLS = 4

/**
 * For every question the longest message that leads to it: what is said in steps that ask nothing runs on into the next
 * question, across packs, and all of it is read before that one (rule 6). Words of the contract and of safety are exempt.
 */
export const longestWays = (packs: readonly Pack[]): readonly WayToQuestion[] => {
  const packOf = new Map(packs.map(pack => [pack.id, pack]))
  const longest = new Map<string, WayToQuestion>()
  const seen = new Map<string, number>()

  const piles = pilesUnder(packs)

  const walk = (pack: Pack, id: string, words: number, by: readonly string[], back: Pile) => {
    const step = pack.steps[id]
    if (step === undefined) return
    const place = `${pack.id}.${id}`
    const pile = back.map(([caller, after]) => `${caller.id}.${after}`).join('>')
    const key = `${place}|${pile}`
    // Only a longer way to the same place can tell anything new; a loop that adds words ends with its first round.
    if ((seen.get(key) ?? -1) >= words || by.includes(place)) return
    seen.set(key, words)
    const own = isExempt(pack) ? 0 : saidIn(step, pack.locale)
    const here = words + own + (step.ask === undefined || isExempt(pack) ? 0 : leadIn(step, pack.locale))
    if (step.ask !== undefined) {
      const known = longest.get(place)
      if (!isExempt(pack) && (known === undefined || known.words < here))
        longest.set(place, { pack, step: id, words: here, by: own > 0 ? [...by, place] : by })
      return
    }
    follow(pack, step, words + own, own > 0 ? [...by, place] : by, back)
  }

  const follow = (pack: Pack, step: Step, words: number, by: readonly string[], back: Pile): void => {
    for (const target of typeof step.next === 'string' ? [step.next] : Object.values(step.next)) {
      const [first = '', second] = target.split('.')
      if (target === 'end') {
        const below = back.at(-1)
        if (below !== undefined) walk(below[0], below[1], words, by, back.slice(0, -1))
      } else if (second === undefined) walk(pack, first, words, by, back)
      else {
        const called = packOf.get(first)
        const { after } = step
        const pile: Pile =
          after !== undefined && after !== 'end' && back.length < MOST_CALLS ? [...back, [pack, after]] : back
        if (called !== undefined) walk(called, second, words, by, pile)
      }
    }
  }

  for (const pack of packs)
    for (const [id, step] of Object.entries(pack.steps)) {
      walk(pack, id, 0, [], [])
      // An answer begins a new message; in a called pack it may lead back to any of the callers.
      if (step.ask !== undefined) for (const back of piles.get(pack.id) ?? [[]]) follow(pack, step, 0, [], back)
    }
  return [...longest.values()]
}

type Pile = readonly (readonly [Pack, string])[]

/** Where each pack may come back to when it ends: nowhere, or to a step that another pack named in `after`. */
const pilesUnder = (packs: readonly Pack[]): ReadonlyMap<string, readonly Pile[]> => {
  const piles = new Map<string, Pile[]>(packs.map(({ id }) => [id, [[]]]))
  for (const pack of packs)
    for (const { next, after } of Object.values(pack.steps)) {
      if (after === undefined || after === 'end') continue
      const called = (typeof next === 'string' ? [next] : Object.values(next))
        .filter(target => target.includes('.'))
        .map(target => target.split('.')[0] ?? '')
      for (const id of new Set(called)) piles.get(id)?.push([[pack, after]])
    }
  return piles
}

const isExempt = (pack: Pack): boolean => pack.class === 'invitation' || pack.id === 'safety'

const saidIn = ({ say }: Step, locale: string): number =>
  say === undefined ? 0 : Math.max(...wordingsOf(say, '').map(({ text }) => wordsIn(text, locale)))

/** Sentences that stand before the one that asks. */
const leadIn = ({ ask }: Step, locale: string): number =>
  ask === undefined
    ? 0
    : Math.max(
        ...wordingsOf(ask.question, '').map(({ text }) => {
          const before = /^[\s\S]*[.!…:¶](?=\s[^?？]*[?？])/.exec(text)?.[0] ?? ''
          return wordsIn(before, locale)
        }),
      )

const wordsIn = (text: string, locale: string): number =>
  Math.max(
    0,
    ...readingsOf(text, locale).map(
      reading => reading.text.split(/[\s¶]+/).filter(part => /[\p{L}\p{N}]/u.test(part)).length,
    ),
  )
