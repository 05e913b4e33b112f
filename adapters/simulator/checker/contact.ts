import { localAt, whyClosed } from './civil.ts'
import { isHeard, isSaid, type Moment, type Said, type Story, saysOf, sentencesOf } from './story.ts'
import { type Violation, violation } from './violation.ts'

const DAY = 86_400_000
const REMINDER_AFTER = 5 * DAY
/** How long the answer to a right may take when the platform fails. */
const ANSWERED_WITHIN = DAY
const RIGHTS = ['stop', 'delete', 'seen']

/** Rules 1, 3 and 11: when nothing may be begun at all. */
export const judgeContact = (story: Story): readonly Violation[] => {
  const found: Violation[] = []
  const blame = (rule: number, moment: Moment, what: string): void => {
    found.push(violation(story, rule, moment, what))
  }
  const begun: Said[] = []
  /** They said “not now” to the contract, and were told that it would not be brought up. */
  let promised = false
  for (const [index, moment] of story.moments.entries()) {
    if (isHeard(moment)) {
      promised = false
      const { command, chosen, to } = moment
      if (chosen === 'accept') for (const gap of gapsOf(to, story)) blame(1, moment, `accepted a contract that ${gap}`)
      if (command !== undefined && RIGHTS.includes(command) && !isAnswered(story, index))
        blame(1, moment, `"${command}" was not answered`)
      continue
    }
    if (saysOf(moment, 'welcome.later') !== undefined) promised = true
    if (!moment.unprompted) continue
    const { state, at } = moment
    if (state.contract === 'none') {
      const before = begun.at(-1)
      if (begun.length >= 2) blame(1, moment, 'a third message before they accepted')
      else if (before !== undefined && at - before.at < REMINDER_AFTER)
        blame(1, moment, 'the reminder came less than 5 days after the invitation')
      if (promised) blame(15, moment, 'something was begun after “I won’t bring it up”')
      begun.push(moment)
    }
    if (state.contract === 'ended') blame(1, moment, 'something was begun after they said stop, or no')
    if (state.erasedAt !== undefined) blame(1, moment, 'something was begun after they were deleted')
    if (state.pausedUntil > at) blame(3, moment, 'something was begun in a pause')
    if (state.held) blame(11, moment, 'something was begun in a hold, before they resumed')
    const why = whyClosed(localAt(at, moment.zone), story.house)
    if (why !== undefined) blame(3, moment, `something was begun in ${why}`)
  }
  for (const one of begun)
    if (one.kind !== 'invitation') blame(1, one, 'something else than an invitation before they accepted')
  return found
}

/** Each right is answered at once; after an erasure nobody is there to be answered. */
const isAnswered = ({ moments, end }: Story, index: number): boolean => {
  const asked = moments[index]
  if (asked === undefined) return true
  if (end.erasedAt !== undefined && asked.at > end.erasedAt) return true
  const next = moments.slice(index + 1).find(isSaid)
  return next !== undefined && next.at - asked.at < ANSWERED_WITHIN
}

/** What a contract has to say (rule 1), as each language says it; in any language it has its points, and its names. */
const TERMS: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
  en: [
    ['does not say that it is a program', /program|\bbot\b/i],
    ['does not say how much it writes', /two questions|three messages/i],
    ['does not name the danger exception', /danger/i],
    ['does not say that chats can be exported', /export/i],
    ['does not say that declining costs nothing', /no consequences|no detriment/i],
    ['does not offer the way without the bot', /without me|without this/i],
    ['does not say how to stop', /stop/i],
  ],
  es: [
    ['does not say that it is a program', /programa|\bbot\b/i],
    ['does not say how much it writes', /dos preguntas.*tres mensajes/i],
    ['does not name the danger exception', /peligro/i],
    ['does not say that chats can be exported', /exportar/i],
    ['does not say that declining costs nothing', /no tiene consecuencias/i],
    ['does not offer the way without the bot', /sin mí|sin esto/i],
    ['does not say how to stop', /«parar»/i],
  ],
  de: [
    ['does not say that it is a program', /Programm|\bBot\b/],
    ['does not say how much it writes', /zwei Fragen und drei Nachrichten/],
    ['does not name the danger exception', /Gefahr/],
    ['does not say that chats can be exported', /exportieren/],
    ['does not say that declining costs nothing', /keine Folgen/],
    ['does not offer the way without the bot', /ohne mich/],
    ['does not say how to stop', /„Stopp“/],
  ],
}

const gapsOf = (to: Said | undefined, { member, house }: Story): readonly string[] => {
  const points = to?.blocks.flatMap(block => (block.kind === 'fields' ? block.items : [])) ?? []
  const text = [...points.map(({ label, value }) => `${label}: ${value}`), ...sentencesOf(to?.blocks ?? [])].join('\n')
  const structure = points.length < 5 ? ['has fewer than five points'] : []
  const place = text.includes(house.workspace) ? [] : ['does not name the place whose owners can read along']
  const terms = TERMS[member.locale.split('-')[0] ?? ''] ?? []
  const words = terms.filter(([, needed]) => !needed.test(text)).map(([gap]) => gap)
  return [...structure, ...place, ...words]
}
