import type { Block } from '../../../src/domain/message.ts'
import type { Evidence, House, Member, Shown, Typed } from '../transcript.ts'
import { type Book, bare, type Found } from './book.ts'
import { dayInWords, localAt, plusDays } from './civil.ts'

/** One message, with what can be read off it. */
export type Said = Shown & {
  /** Not called for: nothing they had written just before was still without its reply. */
  readonly unprompted: boolean
  /** It invites an answer: buttons, a form, a date, or a question mark. */
  readonly asks: boolean
  /** What the pack of its first sentence says it is: nudge, check-in, note, reply ... */
  readonly kind: string
  readonly found: readonly Found[]
  /** The words of people that it quotes, without those of a list of what others see, which it may begin with. */
  readonly quotes: readonly string[]
  /** How things stood with this person when it came. */
  readonly state: State
}

export type Heard = Typed & {
  readonly command: string | undefined
  /** What they chose of what the last message offered. */
  readonly chosen: string | undefined
  /** The message that was last shown before it. */
  readonly to: Said | undefined
}

export type Moment = Said | Heard

/** What somebody has said about how they want to be treated, as far as their own chat shows it. */
export type State = {
  readonly contract: 'none' | 'accepted' | 'ended'
  readonly pausedUntil: number
  readonly held: boolean
  readonly erasedAt: number | undefined
  readonly asksAWeek: number
  readonly weeks: number
  readonly typedAt: number
  /** The language in which they are written to, as the prompts name it. */
  readonly language: string
}

export type Story = {
  readonly member: Member
  readonly house: House
  readonly moments: readonly Moment[]
  readonly end: State
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const DAYS_OF_PAUSE: Readonly<Record<string, number>> = { week: 7, 'two-weeks': 14, month: 28 }
const WEEKS: Readonly<Record<string, number>> = { weekly: 1, fortnightly: 2, monthly: 4, none: 0 }

export const isSaid = (moment: Moment): moment is Said => moment.dir === 'shown'
export const isHeard = (moment: Moment): moment is Heard => moment.dir === 'typed'

export const saysOf = (said: Said | undefined, place: string): Found | undefined =>
  said?.found.find(one => one.place === place)
export const asksOf = (said: Said | undefined, place: string): boolean =>
  said?.found.some(one => one.place === place && one.part === 'question') ?? false

export const sentencesOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(block => (block.kind === 'paragraph' || block.kind === 'context' ? [block.text] : []))
/** Its last sentence, on what HR sees, ends the list of what others see. */
const quotesOf = (blocks: readonly Block[], language: string, book: Book): readonly string[] => {
  const listed = blocks.findLastIndex(
    block =>
      block.kind === 'paragraph' &&
      book.find(language, block.text).some(({ place }) => place.startsWith('always-on/hr-')),
  )
  return blocks.slice(listed + 1).flatMap(block => (block.kind === 'quote' ? [block.text] : []))
}

/** A text without the words that it quotes: those are somebody's own. */
export const unquoted = (text: string): string => text.replace(/“[^”]*”|„[^“]*“|«[^»]*»/g, '“”')

const START: Omit<State, 'language'> = {
  contract: 'none',
  pausedUntil: 0,
  held: false,
  erasedAt: undefined,
  asksAWeek: 2,
  weeks: 1,
  typedAt: Number.NEGATIVE_INFINITY,
}

/** What they chose, pressed or typed, of the buttons of a message. */
const chosenOf = (line: Typed, to: Said | undefined): string | undefined => {
  if (to === undefined) return undefined
  const { reply } = line
  const offers = to.blocks.flatMap(block => (block.kind === 'choices' ? [block] : []))
  if (reply.kind === 'choice') return offers.some(({ ask }) => ask === reply.ask) ? reply.choice : undefined
  if (reply.kind !== 'text') return undefined
  return offers.flatMap(({ choices }) => choices).find(({ label }) => bare(label) === bare(reply.text))?.id
}

/** What the words and choices of a person change in how they want to be treated. */
const changed = (state: State, line: Heard): State => {
  const { to, chosen, command } = line
  const { date } = localAt(line.at, line.zone)
  if (chosen === undefined) {
    if (command === 'stop') return { ...state, contract: 'ended' }
    return command === 'resume' ? { ...state, pausedUntil: 0, held: false } : state
  }
  if (chosen === 'resume') return { ...state, pausedUntil: 0, held: false }
  // Whoever begins anew has left a pause or a hold behind.
  if (chosen === 'accept' && asksOf(to, 'welcome.terms'))
    return { ...state, contract: 'accepted', pausedUntil: 0, held: false }
  if (chosen === 'no' && state.contract === 'none') return { ...state, contract: 'ended' }
  if (asksOf(to, 'always-on.delete')) return chosen === 'yes' ? { ...state, erasedAt: line.at } : state
  if (asksOf(to, 'always-on.limits-ask')) return /^\d$/.test(chosen) ? { ...state, asksAWeek: Number(chosen) } : state
  if (asksOf(to, 'hard-week.choose') && chosen === 'fewer') return { ...state, asksAWeek: Math.min(1, state.asksAWeek) }
  if (asksOf(to, 'always-on.pause') || asksOf(to, 'hard-week.choose')) {
    const days = DAYS_OF_PAUSE[chosen]
    if (chosen === 'open') return { ...state, pausedUntil: Number.POSITIVE_INFINITY }
    return days === undefined ? state : { ...state, pausedUntil: endOfPause(plusDays(date, days), line) }
  }
  const weeks = asksOf(to, 'check-in.rhythm') || asksOf(to, 'always-on.rhythm') ? WEEKS[chosen] : undefined
  return weeks === undefined ? state : { ...state, weeks }
}

/** A pause as it was confirmed in words, wherever it was asked for; the latest word holds. */
const pausedUntil = (state: State, words: string, line: Shown, locale: string): State => {
  const date = dayInWords(words, locale, localAt(line.at, line.zone).date)
  return date === undefined ? state : { ...state, pausedUntil: endOfPause(date, line) }
}

/** Midnight where they are, or within the hour before it: enough to tell a message in a pause from one after it. */
const endOfPause = (date: string, { at, zone }: Pick<Shown, 'at' | 'zone'>): number => {
  let midnight = at
  while (localAt(midnight, zone).date < date) midnight += 30 * MINUTE
  return midnight - 30 * MINUTE
}

/** The lines of one person in order, each with what it is and how things stood. */
const tellStory = (member: Member, house: House, lines: readonly (Shown | Typed)[], book: Book): Story => {
  let state: State = { ...START, language: book.language(member.locale) }
  let last: Said | undefined
  /** Takes effect with the reply to it: a button of a question that has moved on changes nothing. */
  let pending: State | undefined
  let waiting: { readonly at: number } | undefined
  /** What they last typed was neither a command nor a choice. */
  let isFree = false
  const moments = lines.map((line): Moment => {
    if (line.dir === 'typed') {
      const chosen = chosenOf(line, last)
      const command =
        chosen === undefined && line.reply.kind === 'text' ? book.command(state.language, line.text) : undefined
      const heard: Heard = { ...line, chosen, command, to: last }
      waiting = line
      isFree = chosen === undefined && command === undefined && line.reply.kind === 'text'
      const after = { ...changed(state, heard), typedAt: line.at }
      state = { ...state, typedAt: line.at }
      pending = after
      // A stop is a stop at once.
      if (command === 'stop') state = after
      return heard
    }
    const language = asksOf(last, 'always-on.language-ask') ? switchedTo(line, state.language, book) : undefined
    if (language !== undefined) {
      state = { ...state, language }
      if (pending !== undefined) pending = { ...pending, language }
    }
    const found = sentencesOf(line.blocks).flatMap(text => book.find(state.language, text))
    const delay = waiting === undefined ? Number.POSITIVE_INFINITY : line.triedAt - waiting.at
    // A reply comes at once, or as soon as the platform, asked at once, can show it.
    const isReply = delay < MINUTE && line.at - (waiting?.at ?? 0) < DAY
    if (isReply) {
      waiting = undefined
      const until = found.flatMap(({ values }) => values.until ?? [])[0]
      if (pending !== undefined && until !== undefined) pending = pausedUntil(pending, until, line, state.language)
      if (pending !== undefined && !found.some(({ place }) => place === 'hearing/moved-on')) state = pending
      pending = undefined
    }
    // Numbers that were asked for are no hold, and neither are the words that end one.
    if (isFree && found.some(({ pack }) => pack === 'safety')) state = { ...state, held: true }
    const said: Said = {
      ...line,
      unprompted: !isReply,
      asks: isAsking(line.blocks),
      kind: kindOf(found, book),
      found,
      quotes: quotesOf(line.blocks, state.language, book),
      state,
    }
    last = said
    return said
  })
  return { member, house, moments, end: state }
}

/** From here on they read another language: it says so, in that one. */
const switchedTo = ({ blocks }: Shown, language: string, book: Book): string | undefined =>
  book.languages
    .filter(one => one !== language)
    .find(one =>
      sentencesOf(blocks).some(text => book.find(one, text).some(({ place }) => place === 'always-on.language-set')),
    )

const isAsking = (blocks: readonly Block[]): boolean =>
  blocks.some(block => 'ask' in block) || sentencesOf(blocks).some(text => unquoted(text).includes('?'))

/** By the first sentence that only one kind of message begins with. */
const kindOf = (found: readonly Found[], book: Book): string =>
  found.map(({ pack }) => book.classOf(pack) ?? 'reply').find(one => one !== 'reply') ?? 'reply'

export const tellStories = ({ members, houses, lines }: Evidence, book: Book): readonly Story[] => {
  const byPerson = new Map<string, (Shown | Typed)[]>()
  for (const line of lines) {
    const theirs = byPerson.get(line.person)
    if (theirs === undefined) byPerson.set(line.person, [line])
    else theirs.push(line)
  }
  return members.flatMap(member => {
    const house = houses.find(({ id }) => id === member.tenant)
    return house === undefined ? [] : [tellStory(member, house, byPerson.get(member.id) ?? [], book)]
  })
}
