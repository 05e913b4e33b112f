/**
 * The places in packs where the core itself walks in. Everything else is reached from these by the packs' own tables; the
 * loader checks that each is there in every locale.
 */
export const ENTRANCES = {
  invitation: { pack: 'welcome', step: 'invitation' },
  reminder: { pack: 'welcome', step: 'reminder' },
  /** They wrote, and have not accepted (yet, or any more). */
  door: { pack: 'welcome', step: 'door' },
  checkIn: { pack: 'check-in', step: 'open' },
  nudge: { pack: 'nudge', step: 'open' },
  followUp: { pack: 'nudge', step: 'follow-up' },
  lookBack: { pack: 'look-back', step: 'open' },
  coachNote: { pack: 'coach-note', step: 'open' },
  /** A measure that the coach proposes, or another coach. */
  proposal: { pack: 'proposal', step: 'open' },
  /** A client goes on with this coach. */
  handedOver: { pack: 'coach-desk', step: 'handed-over' },
  widening: { pack: 'widening', step: 'open' },
  /** They wrote in, or asked for, another language. */
  language: { pack: 'always-on', step: 'language' },
  /** They changed words that were kept. */
  correction: { pack: 'correction', step: 'ask' },
  closingLine: { pack: 'long-silence', step: 'line' },
  /** Rule 11: acute distress was heard; and the matters that have a route of their own. */
  safety: { pack: 'safety', step: 'open' },
  harassment: { pack: 'routes', step: 'harassment' },
  legal: { pack: 'routes', step: 'legal' },
  medical: { pack: 'routes', step: 'medical' },
  /** Words out of the blue. */
  listen: { pack: 'listen', step: 'open' },
  /** Somebody whom no coach has invited writes. */
  stranger: { pack: 'welcome', step: 'stranger' },
  /** A client asked, by a tap, that their coach get in touch. */
  coachAsked: { pack: 'coach', step: 'asked' },
  coachAppointed: { pack: 'coach', step: 'appointed' },
  coachMenu: { pack: 'coach', step: 'menu' },
  /** What is always answered (rule 1), for those who are no clients. */
  staffSeen: { pack: 'staff', step: 'seen' },
  staffStop: { pack: 'staff', step: 'stop' },
  staffResume: { pack: 'staff', step: 'resume' },
  staffDelete: { pack: 'staff', step: 'delete' },
  /** Nobody is left on HR's list. */
  rolloutDone: { pack: 'rollout', step: 'wave-done' },
  hrHello: { pack: 'hr', step: 'hello' },
  hrMenu: { pack: 'rollout', step: 'menu' },
} as const satisfies Record<string, { pack: string; step: string }>

export type Entrance = (typeof ENTRANCES)[keyof typeof ENTRANCES]
