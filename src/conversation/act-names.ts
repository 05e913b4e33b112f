import { TOPICS } from '../domain/topics.ts'

/**
 * What a pack may have the core do, each with the outcomes its `next` must cover. One outcome (`done`) needs no table and
 * may be followed by words in the same step.
 */
export const ACTS = {
  // The contract (rule 1)
  'accept-contract': ['done'],
  'decline-contract': ['done'],
  'keep-origin': ['done'],
  'no-reminder': ['done'],
  stop: ['done'],
  'is-accepted': ['yes', 'no'],
  // Topics
  'open-topic': ['done'],
  'close-topic': ['done'],
  'is-open': ['yes', 'no'],
  'retire-question': ['done'],
  'retire-wording': ['done'],
  // Goals
  'record-goal': ['done'],
  'next-goal': ['found', 'none'],
  'rate-goal': ['done'],
  'close-goal': ['done'],
  'link-goal': ['done'],
  'is-fulfilment-due': ['yes', 'no'],
  'rate-fulfilment': ['done'],
  // Commitments
  'read-commitment': ['dated', 'undated', 'several'],
  'record-several': ['done'],
  'record-commitment': ['done'],
  'next-due': ['one', 'several', 'none'],
  'next-carried': ['found', 'none'],
  settle: ['done'],
  'settle-all': ['done'],
  'move-commitment': ['done', 'third-move'],
  'shrink-commitment': ['done'],
  'leave-for-check-in': ['done'],
  'move-all': ['done'],
  // Decisions
  'record-decision': ['done'],
  'next-look-back': ['found', 'none'],
  'close-decision': ['done'],
  // The coach's words
  'write-note': ['done'],
  'next-note': ['note', 'perspective', 'none'],
  'next-proposal': ['measure', 'hand-over', 'none'],
  'hand-over': ['done'],
  'accept-hand-over': ['done'],
  'set-away': ['done'],
  'keep-note': ['done'],
  'drop-note': ['done'],
  // Widening (rule 10)
  'topic-offered': ['self', 'dreams', 'none'],
  'never-widen': ['done'],
  // Safety (rule 11)
  hold: ['client', 'other'],
  'ask-for-coach': ['done'],
  // Words that were changed after they were kept
  'use-correction': ['done'],
  // Language
  'language-known': ['known', 'address', 'same', 'unknown'],
  'set-locale': ['done'],
  // Sharing (rule 8)
  offer: ['done'],
  'next-preview': ['lines', 'none'],
  share: ['some', 'none'],
  // Rhythm and rest
  'set-rhythm': ['done'],
  'set-limits': ['done'],
  pause: ['done'],
  resume: ['done'],
  snooze: ['done', 'nothing'],
  'is-slowed': ['yes', 'no'],
  'add-days-off': ['done', 'too-long'],
  'clear-days-off': ['done'],
  // Branching on what was answered earlier
  branch: [],
  'has-said': ['yes', 'no'],
  'use-said': ['done'],
  'drop-rest': ['done'],
  erase: ['done'],
  // Coaches and HR
  'is-enabled': ['yes', 'no'],
  enable: ['done'],
  'invite-client': ['done'],
  'is-coach': ['yes', 'no'],
  'one-coach': ['one', 'several', 'none'],
  'add-to-rollout': ['done'],
  'add-coaches': ['some', 'none'],
  'set-country': ['known', 'unknown'],
  'set-safety': ['done'],
  'set-cap': ['done'],
  'is-paused': ['yes', 'no'],
  'pause-all': ['done'],
  'resume-all': ['done'],
  'staff-role': ['coach', 'hr'],
  'stop-digests': ['done'],
  'resume-digests': ['done'],
} as const satisfies Record<string, readonly string[]>

export type ActName = keyof typeof ACTS
// Object.keys loses the key type; the table above is the source of both.
export const ACT_NAMES = Object.keys(ACTS) as [ActName, ...ActName[]]

/** How a commitment may be settled. */
export const SETTLED = ['kept', 'kept-and-change', 'partly', 'let-go'] as const
/** What may be offered for the share preview. */
export const OFFERS = [
  'win',
  'talk',
  'made',
  'kept',
  'partly',
  'moved',
  'measure',
  'fulfilment',
  'look-back',
  'reply',
  'changed',
  'keep',
  'dream',
  'sponsor',
] as const

/** What an act is to be told, where it takes one of a few words. */
export const ACT_ARGUMENTS: Partial<Record<ActName, readonly string[]>> = {
  'open-topic': TOPICS,
  'close-topic': TOPICS,
  'is-open': TOPICS,
  settle: SETTLED,
  'settle-all': SETTLED,
  offer: OFFERS,
}
