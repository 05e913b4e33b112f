import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Wording, wordingsOf } from '../../../src/conversation/words.ts'
import { DAY } from '../domain/people.ts'
import { ana, openChat, PACKS } from './chat.ts'

/** What a client may do in each check-in, week after week. */
const habits = fc.record({
  outcome: fc.constantFrom(
    'Done',
    "Done, and I'd change something",
    'Part of it',
    'Make it smaller',
    'Another day',
    'Let it go',
  ),
  win: fc.constantFrom('a calm morning', 'skip'),
  shares: fc.boolean(),
})

const WEEKLY = ['check-in', 'nudge', 'lapse', 'commitment']
/** Not of every week: asked after long silence, at the third move, or at the client's own wish. */
const RARE = [
  'check-in.rhythm',
  'check-in.fulfilment-rated',
  'lapse.third-move',
  'commitment.several',
  'commitment.several-for-whom',
  'commitment.several-kept',
  'commitment.link',
  'commitment.link-to',
  'commitment.linked',
]

/** Whatever the week was like, a client reads these once in it. */
const ONCE_A_WEEK = ['check-in.open.say', 'check-in.win.question', 'nudge.today.say', 'nudge.today.question']

type Place = { readonly place: string; readonly wordings: readonly Wording[] }

const PLACES: readonly Place[] = WEEKLY.flatMap(id => {
  const steps = Object.entries(PACKS.current(id, 'en').steps)
  return steps.flatMap(([step, { say, ask }]) => {
    const words = [
      ['say', say],
      ['question', ask?.question],
    ] as const
    return words.flatMap(([part, text]) => {
      const place = `${id}.${step}.${part}`
      return text === undefined ? [] : [{ place, wordings: wordingsOf(text, place) }]
    })
  })
})

/** Whether a wording has words of its own: a quotation of the client's alone is theirs, and no repetition of ours. */
const hasOwnWords = ({ text }: Wording): boolean => /\p{L}/u.test(text.replace(/^\s*>.*$/gm, ''))
const SENTENCES = new Set(
  PLACES.filter(({ place }) => !RARE.some(rare => place.startsWith(`${rare}.`)))
    .flatMap(({ wordings }) => wordings)
    .filter(hasOwnWords)
    .map(({ id }) => id),
)

describe('a weekly client', () => {
  it('reads no sentence of a check-in, a nudge or an answer to them twice in a month', () => {
    fc.assert(
      fc.property(fc.array(habits, { minLength: 10, maxLength: 10 }), weeks => {
        const chat = openChat(ana())
        const read: { readonly at: number; readonly id: string }[] = []
        const note = () => {
          for (const id of chat.person.said) if (SENTENCES.has(id)) read.push({ at: chat.now, id })
        }
        for (const { outcome, win, shares } of weeks) {
          chat.write('commit')
          note()
          for (const text of ['write the report by Wednesday', 'Just for me', 'skip']) {
            chat.write(text)
            note()
          }
          for (let half = 0; half < 14; half += 1) {
            for (const { class: as } of chat.live(0.5)) {
              if (as !== 'nudge' && as !== 'check-in' && as !== 'follow-up') continue
              note()
              for (let count = 0; count < 20 && chat.person.conversation !== undefined; count += 1) {
                const labels = chat.labels()
                if (shares && chat.blocks().some(block => block.kind === 'form')) chat.submit()
                else if (labels.includes(outcome)) chat.press(outcome)
                else if (labels.includes('Nothing comes to mind')) chat.write(win)
                else chat.write('skip')
                note()
              }
            }
          }
        }
        const byPlace = new Map<string, typeof read>()
        for (const one of read) {
          const [place = ''] = one.id.split('#')
          byPlace.set(place, [...(byPlace.get(place) ?? []), one])
        }
        for (const [place, readings] of byPlace) {
          for (const [index, { at, id }] of readings.entries()) {
            // Whatever is read again comes after four others: with one reading a week, in the fifth week or later.
            expect([place, readings.slice(Math.max(0, index - 4), index).some(one => one.id === id)]).toEqual([
              place,
              false,
            ])
            const before = readings.slice(0, index).findLast(one => one.id === id)
            if (before !== undefined && ONCE_A_WEEK.includes(place))
              expect([place, at - before.at > 28 * DAY]).toEqual([place, true])
          }
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('finds five wordings or more at each place that may be read weekly, all different', () => {
    for (const { place, wordings } of PLACES) {
      if (RARE.some(rare => place.startsWith(`${rare}.`)) || !wordings.every(hasOwnWords)) continue
      expect([place, wordings.length >= 5, new Set(wordings.map(({ text }) => text)).size]).toEqual([
        place,
        true,
        wordings.length,
      ])
    }
  })
})
