import type { Book, Found } from './book.ts'
import { isDayInWords, localAt } from './civil.ts'
import { asksOf, isHeard, isSaid, type Said, type Story, saysOf, sentencesOf, unquoted } from './story.ts'
import { type Violation, violation } from './violation.ts'

const MOST_WORDS = 60
const MOST_FIELDS = 4

/** What may fill a hole in a sentence: names, days, numbers, and words that people themselves wrote. */
export type Known = {
  readonly names: ReadonlySet<string>
  /** All that this person and their tenant's staff typed, in one. */
  readonly typed: string
}

/** Rules 6, 7 and 15, for every message to anybody. */
export const judgeWording = (story: Story, book: Book, known: Known): readonly Violation[] => {
  const found: Violation[] = []
  for (const moment of story.moments) {
    if (isHeard(moment)) continue
    const locale = moment.state.language
    const blame = (rule: number, what: string): void => {
      found.push(violation(story, rule, moment, what))
    }
    judgeShape(moment, book, locale, blame)
    const { member, moments } = story
    // What was put off comes back as its question; anything else that begins by itself has a pack that says what it is.
    const isReply = moment.unprompted && !moment.asks && moment.kind === 'reply'
    if (isReply && member.role === 'client' && moments[0] !== moment)
      blame(15, 'an answer to something that they did not say')
    for (const text of wordsOf(moment)) {
      const places = book.find(locale, text)
      const isEmpty = places.every(({ values }) => Object.values(values).includes(''))
      if (places.length > 0 && isEmpty) blame(15, `a hole that was left empty: "${text.slice(-80)}"`)
      else if (!places.some(one => isFilledIn(one, book, locale, known)))
        if (places.every(({ open }) => open)) blame(15, `a sentence that nobody wrote: "${text.slice(0, 80)}"`)
        else blame(15, `a hole filled with words that are nobody's: "${text.slice(0, 80)}"`)
    }
  }
  judgePlans(story, found)
  judgeErasure(story, found)
  return found
}

/** Every text that the bot chose, quotations and fields apart. */
const wordsOf = ({ blocks }: Said): readonly string[] =>
  blocks.flatMap(block => {
    if (block.kind === 'paragraph' || block.kind === 'context') return [block.text]
    if (block.kind === 'choices') return block.ends === undefined ? [] : [block.ends.low, block.ends.high]
    if (block.kind === 'date') return [block.label]
    return block.kind === 'form' ? [block.title, block.open, block.submit] : []
  })

const isFilledIn = ({ values }: Found, book: Book, locale: string, { names, typed }: Known): boolean =>
  Object.values(values).every(
    value =>
      /^[\d\s.,/-]+$/.test(value) ||
      names.has(value) ||
      isDayInWords(value, locale) ||
      book.areLanguages(locale, value) ||
      typed.includes(value) ||
      book.find(locale, value).some(({ open }) => !open),
  )

const judgeShape = (said: Said, book: Book, locale: string, blame: (rule: number, what: string) => void): void => {
  const { blocks } = said
  const sentences = sentencesOf(blocks).map(unquoted)
  const marks = sentences.join(' ').split('?').length - 1
  const ids = new Set(blocks.flatMap(block => ('ask' in block ? [block.ask] : [])))
  if (marks > 1 || ids.size > 1) blame(6, `${Math.max(marks, ids.size)} questions in one message`)
  const isExempt = said.found.some(({ pack }) => pack === 'safety' || book.classOf(pack) === 'invitation')
  const before = sentences.slice(
    0,
    Math.max(
      0,
      sentences.findLastIndex(text => text.includes('?')),
    ),
  )
  const words = before.join(' ').split(/\s+/).filter(Boolean).length
  if (!isExempt && said.asks && words >= MOST_WORDS) blame(6, `${words} words before the question`)
  for (const block of blocks)
    if (block.kind === 'form' && block.fields.length > MOST_FIELDS) blame(6, `a form of ${block.fields.length} fields`)
  if (!said.asks) return
  const labels = blocks.flatMap(block => (block.kind === 'choices' && block.style === 'buttons' ? block.choices : []))
  if (!labels.some(({ label }) => book.isWayOut(locale, label))) blame(6, 'a question without a way out')
}

/** Rule 7: an if-then plan is offered; whoever wants none is not asked again. */
const judgePlans = (story: Story, found: Violation[]): void => {
  for (const [index, moment] of story.moments.entries()) {
    if (isSaid(moment) && asksOf(moment, 'commitment.plan') && !moment.blocks.some(({ kind }) => kind === 'choices'))
      found.push(violation(story, 7, moment, 'a plan is asked for without a way to do without'))
    if (!isHeard(moment) || moment.chosen !== 'skip' || !asksOf(moment.to, 'commitment.plan')) continue
    const next = story.moments.slice(index + 1).find(isSaid)
    // One that came in between is kept with that answer, and the question for the one it interrupted still stands.
    if (asksOf(next, 'commitment.plan') && saysOf(next, 'commitment.record') === undefined)
      found.push(violation(story, 7, moment, 'they wanted no plan, and were asked again'))
  }
}

/** Rule 15: whoever is deleted is told what that reaches, and what it does not: the place they typed in keeps its own copy. */
const judgeErasure = (story: Story, found: Violation[]): void => {
  const { erasedAt } = story.end
  if (erasedAt === undefined) return
  const told = story.moments.find((one): one is Said => isSaid(one) && one.at >= erasedAt)
  if (told === undefined || !told.text.includes(story.house.workspace)) {
    const shown = told ?? { at: erasedAt, text: '' }
    found.push(
      violation(
        story,
        15,
        shown,
        `deleted on ${localAt(erasedAt, 'UTC').date} without being told what stays where they typed it`,
      ),
    )
  }
}
