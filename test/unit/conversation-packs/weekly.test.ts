import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Wording, wordingsOf } from '../../../src/conversation/words.ts'
import { DAY } from '../domain/people.ts'
import { ana, openChat, PACKS } from './chat.ts'

/** What a client may do in each check-in, week after week. */
const habits = fc.record({
  outcome: fc.constantFrom('kept', 'kept-and-change', 'partly', 'smaller', 'later', 'let-go'),
  hasWin: fc.boolean(),
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

/** What they type: something to do with its day, and something that went well. */
const TYPED: Readonly<Record<string, { readonly doing: string; readonly win: string }>> = {
  en: { doing: 'write the report by Wednesday', win: 'a calm morning' },
  es: { doing: 'escribir el informe para el miércoles', win: 'una mañana tranquila' },
  de: { doing: 'den Bericht bis Mittwoch schreiben', win: 'ein ruhiger Morgen' },
}

type Place = { readonly place: string; readonly wordings: readonly Wording[] }

const placesIn = (locale: string): readonly Place[] =>
  WEEKLY.flatMap(id => {
    const steps = Object.entries(PACKS.current(id, locale).steps)
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
const isRare = (place: string): boolean => RARE.some(rare => place.startsWith(`${rare}.`))

describe.each(PACKS.locales)('a weekly client, in %s', locale => {
  const typed = TYPED[locale.split('-')[0] ?? '']
  if (typed === undefined) throw new Error(`nobody says what a weekly client types in ${locale}`)
  const places = placesIn(locale)
  const sentences = new Set(
    places
      .filter(({ place }) => !isRare(place))
      .flatMap(({ wordings }) => wordings)
      .filter(hasOwnWords)
      .map(({ id }) => id),
  )
  const { commit, skip } = PACKS.hearing(locale).commands
  const [command = '', pass = ''] = [commit.heard[0], skip.heard[0]]
  const labelOf = (pack: string, step: string, option: string): string =>
    PACKS.current(pack, locale).steps[step]?.ask?.options.find(({ id }) => id === option)?.label ?? option

  it('reads no sentence of a check-in, a nudge or an answer to them twice in a month', () => {
    fc.assert(
      fc.property(fc.array(habits, { minLength: 10, maxLength: 10 }), weeks => {
        const chat = openChat({ ...ana(), locale })
        const read: { readonly at: number; readonly id: string }[] = []
        const note = () => {
          for (const id of chat.person.said) if (sentences.has(id)) read.push({ at: chat.now, id })
        }
        for (const { outcome, hasWin, shares } of weeks) {
          const label = labelOf('check-in', 'how-went', outcome)
          chat.write(command)
          note()
          for (const text of [typed.doing, labelOf('commitment', 'for-whom', 'me'), pass]) {
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
                else if (labels.includes(label)) chat.press(label)
                else if (labels.includes(labelOf('check-in', 'win', 'skip'))) chat.write(hasWin ? typed.win : pass)
                else chat.write(pass)
                note()
              }
            }
          }
        }
        // Ten weeks with a commitment, a nudge and a check-in each.
        expect(read.length).toBeGreaterThan(100)
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
      { numRuns: 15 },
    )
  }, 60_000)

  it('finds five wordings or more at each place that may be read weekly, all different', () => {
    for (const { place, wordings } of places) {
      if (isRare(place) || !wordings.every(hasOwnWords)) continue
      expect([place, wordings.length >= 5, new Set(wordings.map(({ text }) => text)).size]).toEqual([
        place,
        true,
        wordings.length,
      ])
    }
  })
})
