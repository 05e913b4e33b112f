import type { Evidence, PromptText } from '../transcript.ts'
import { type Book, readBook } from './book.ts'
import { judgeContact } from './contact.ts'
import { judgeDanger } from './danger.ts'
import { judgeNudges } from './nudges.ts'
import { judgePressure } from './pressure.ts'
import { judgeSharing } from './sharing.ts'
import { judgeSilence } from './silence.ts'
import { isHeard, type Story, tellStories } from './story.ts'
import type { Violation } from './violation.ts'
import { judgeWording, type Known } from './wording.ts'

export type Judgement = { readonly stories: readonly Story[]; readonly violations: readonly Violation[] }

/** Compiling every sentence takes longer than judging a short chat by them. */
const books = new WeakMap<readonly PromptText[], Book>()

const bookOf = (prompts: readonly PromptText[]): Book => {
  const book = books.get(prompts) ?? readBook(prompts)
  books.set(prompts, book)
  return book
}

/**
 * Holds everything that people were shown to the rules, by nothing but their chats. It shares no code with the program that it
 * judges: a mistake made there is not made here.
 */
export const judge = (evidence: Evidence): Judgement => {
  const book = bookOf(evidence.prompts)
  const stories = tellStories(evidence, book)
  const typedOf = new Map(
    stories.map(story => [
      story,
      story.moments
        .filter(isHeard)
        .map(({ text }) => text)
        .join('\n'),
    ]),
  )
  const violations = stories.flatMap(story => {
    const staff = stories.filter(({ member, house }) => member.role !== 'client' && house === story.house)
    const here = stories.filter(({ house }) => house === story.house)
    const known: Known = {
      names: new Set([...here.map(({ member }) => member.name), story.house.workspace]),
      typed: [story, ...staff].map(one => typedOf.get(one) ?? '').join('\n'),
    }
    const ofAll = judgeWording(story, book, known)
    if (story.member.role !== 'client') return ofAll
    return [
      ...ofAll,
      ...judgeContact(story),
      ...judgePressure(story, evidence.until, book),
      ...judgeNudges(story),
      ...judgeSilence(story),
    ]
  })
  violations.push(...judgeSharing(stories, evidence.until, book), ...judgeDanger(stories))
  return {
    stories,
    violations: violations.toSorted((a, b) => a.rule - b.rule || a.at - b.at || (a.person < b.person ? -1 : 1)),
  }
}
