import type { Pack } from '../pack.ts'
import { wordingsOf } from '../words.ts'
import { readingsOf } from './branches.ts'
import type { Guideline, LimitName } from './guidelines.ts'
import { longestWays } from './length.ts'
import { limitsOf } from './limits.ts'
import { textsOfPack } from './texts.ts'

/** A limit that a pack goes beyond, and where. */
export type Beyond = { readonly pack: Pack; readonly at: readonly (string | number)[]; readonly message: string }

/**
 * Rule 6 as the guidelines have it, over the packs of one locale: questions in a message, words before one, fields of a
 * form; and that what is retired exists and leaves something to say. That each question has a way out, the loader checks.
 */
export const lintStructure = (packs: readonly Pack[], guidelines: readonly Guideline[]): readonly Beyond[] => {
  const limits = limitsOf(guidelines)
  const because = (name: LimitName, most: number): string => {
    const said = guidelines
      .flatMap(guideline => guideline.limits.map(limit => ({ ...limit, id: guideline.id })))
      .find(({ limit, most: own }) => limit === name && own === most)
    return said === undefined ? '' : `. ${said.reason} ${said.instead} (${said.id}: ${name})`
  }
  return packs
    .flatMap(pack => [
      ...questions(pack, limits.questionsInMessage).map(beyond => ({
        ...beyond,
        message: `${beyond.message}${because('questions-in-message', limits.questionsInMessage)}`,
      })),
      ...fields(pack, limits.formFields).map(beyond => ({
        ...beyond,
        message: `${beyond.message}${because('form-fields', limits.formFields)}`,
      })),
      ...retired(pack, limits.retired),
    ])
    .concat(
      longestWays(packs)
        .filter(({ words }) => words > limits.wordsBeforeQuestion)
        .map(({ pack, step, words, by }) => ({
          pack,
          at: ['steps', step, 'ask', 'question'],
          message:
            `${words} words before this question; ${limits.wordsBeforeQuestion} at most` +
            `${by.length < 2 ? '' : `, and one message may hold ${by.join(', ')}`}` +
            because('words-before-question', limits.wordsBeforeQuestion),
        })),
    )
}

const questions = (pack: Pack, most: number): readonly Beyond[] =>
  textsOfPack(pack)
    .filter(({ part }) => part === 'say' || part === 'question')
    .flatMap(({ at, part, text }) => {
      // Branches are never said together, so each is counted by itself; what is said leaves the question to `ask`.
      const asked = /[?？]/.test(text)
        ? Math.max(...readingsOf(text, pack.locale).map(reading => (reading.text.match(/[?？]/g) ?? []).length))
        : 0
      const allowed = part === 'say' ? 0 : most
      if (asked <= allowed) return []
      const message =
        part === 'say'
          ? 'a question is asked in ask.question, not said'
          : `${asked} questions in one message; ${most} at most`
      return [{ pack, at, message }]
    })

const fields = (pack: Pack, most: number): readonly Beyond[] =>
  Object.entries(pack.steps).flatMap(([id, { ask }]) =>
    ask?.kind === 'form' && ask.fields !== 'share-preview' && ask.fields.length > most
      ? [
          {
            pack,
            at: ['steps', id, 'ask', 'fields'],
            message: `${ask.fields.length} fields in a form; ${most} at most`,
          },
        ]
      : [],
  )

/** Retired wordings that a pack has to spare. */
const retired = (pack: Pack, wordings: readonly string[]): readonly Beyond[] =>
  wordings
    .filter(wording => wording.startsWith(`${pack.id}.`))
    .flatMap(wording => {
      const [place = ''] = wording.split('#')
      const [, id = '', part = ''] = place.split('.')
      const step = pack.steps[id]
      const words = part === 'say' ? step?.say : step?.ask?.question
      const all = words === undefined ? [] : wordingsOf(words, place).map(one => one.id)
      if (!all.includes(wording))
        return [{ pack, at: ['steps', id], message: `there is no wording "${wording}" to retire` }]
      const branch = /#(open-|closed-)?/.exec(wording)?.[0] ?? ''
      const left = all.filter(one => one.startsWith(`${place}${branch}`) && !wordings.includes(one))
      return left.length > 0
        ? []
        : [
            {
              pack,
              at: ['steps', id],
              message: `every wording of ${place} is retired: write another, or one of them is said`,
            },
          ]
    })
