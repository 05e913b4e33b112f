import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begin, beginnings, type Move, make, movesIn } from './at-random.ts'
import type { Dialogue } from './dialogue.ts'

/** How somebody is, in their own words; and the same number of words about nothing of the kind. */
const MOODS = [
  ['I am so tired of it all', 'I have twelve of these chairs'],
  ['everything makes me furious', 'everything fits into drawers'],
  ['I could cry', 'I use chalk'],
  ['what a wonderful feeling', 'what a rectangular table'],
  ['honest joy for once', 'plain paper for once'],
  ['my boss scares me', 'my lamp has switches'],
] as const

/** Moves, some of them free words: `write` finds those of this life. */
const lives = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: movesIn('en').filter(({ kind }) => kind !== 'type' && kind !== 'fill') },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Move[]>({ kind: 'type', text: 'commit' }, { kind: 'type', text: 'check-in' }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('free' as const), which: fc.nat(MOODS.length - 1) }) },
  ),
  { minLength: 20, maxLength: 80 },
)

const course = ({ person, shown }: Dialogue) => ({
  scheduled: person.scheduled,
  steps: person.conversation?.frames.map(({ pack, step }) => `${pack}.${step}`),
  topics: person.client?.topics,
  limits: person.client?.limits,
  last: person.client?.last.kind,
  messages: shown.length,
})

/** Facts about a client that are kept; a guess would be one more. */
const KEPT = [
  'begun',
  'coach',
  'coachName',
  'contract',
  'daysOff',
  'decisions',
  'fulfilmentAskedAt',
  'heldBack',
  'hold',
  'hour',
  'last',
  'ledger',
  'limits',
  'notes',
  'offered',
  'origin',
  'pause',
  'retired',
  'rhythm',
  'silence',
  'tookPart',
  'topics',
  'widening',
]

describe('how somebody is', () => {
  it('is not guessed from their words: what follows is the same as if they had written of chairs', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(beginnings, lives, (where, life) => {
        const [moody, plain] = [begin(where), begin(where)]
        for (const move of life) {
          const [mood, chairs] = move.kind === 'free' ? (MOODS[move.which] ?? MOODS[0]) : ['', '']
          const said = make(moody, move.kind === 'free' ? { kind: 'type', text: mood } : move)
          const same = make(plain, move.kind === 'free' ? { kind: 'type', text: chairs } : move)
          expect(course(moody)).toEqual(course(plain))
          const inChairs = said.map(({ text }) =>
            MOODS.reduce((words, [one, other]) => words.replaceAll(one, other), text),
          )
          expect(inChairs).toEqual(same.map(({ text }) => text))
          if (moody.erased) return
        }
        expect(Object.keys(moody.person.client ?? {}).filter(fact => !KEPT.includes(fact))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('is not brought up: what Lighthand begins names only what they titled', { timeout: 60_000 }, () => {
    let named = 0
    fc.assert(
      fc.property(beginnings, lives, (where, life) => {
        const dialogue = begin(where)
        for (const [index, move] of life.entries()) {
          const said = make(dialogue, move.kind === 'free' ? { kind: 'type', text: `zebra${index}z` } : move)
          const titles = [
            ...[...dialogue.commitments.values()].flatMap(({ text, plan }) => [text, plan ?? '']),
            ...[...dialogue.goals.values()].map(({ text }) => text),
            ...(dialogue.person.client?.decisions ?? []).flatMap(({ what, leaning }) => [what, leaning ?? '']),
          ].join('\n')
          if (move.kind !== 'due' && move.kind !== 'quiet') continue
          for (const { blocks } of said) {
            // What the share preview offers are lines of theirs, to be shared or not.
            const words = JSON.stringify(blocks.filter(({ kind }) => kind !== 'form')).match(/zebra\d+z/g) ?? []
            named += words.length
            for (const word of words) expect([word, titles.includes(word)]).toEqual([word, true])
          }
          if (dialogue.erased) return
        }
      }),
      { numRuns: 100, seed: 7 },
    )
    expect(named).toBeGreaterThan(20)
  })
})
