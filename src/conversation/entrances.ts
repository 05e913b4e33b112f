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
  closingLine: { pack: 'long-silence', step: 'line' },
  /** Words out of the blue. */
  listen: { pack: 'listen', step: 'open' },
  /** Somebody whom no coach has invited writes. */
  stranger: { pack: 'welcome', step: 'stranger' },
  coachAppointed: { pack: 'coach', step: 'appointed' },
  coachMenu: { pack: 'coach', step: 'menu' },
  hrHello: { pack: 'hr', step: 'hello' },
  hrMenu: { pack: 'hr', step: 'menu' },
} as const satisfies Record<string, { pack: string; step: string }>

export type Entrance = (typeof ENTRANCES)[keyof typeof ENTRANCES]
