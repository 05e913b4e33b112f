import { EMERGENCY_LINES, type EmergencyLine, EUROPE_WITH_112, ZONE_COUNTRY } from './emergency-lines.ts'
import type { Zone } from './schedule.ts'

/** What typed words may be about that no pack may answer as if it were ordinary: each has words and a route of its own. */
export type Concern = 'acute' | 'harassment' | 'legal' | 'medical'

/**
 * Rule 11's detector, as the conversation sees it: words as typed, and the person's locale. Pure. Whoever makes one is free
 * in how; undefined means that nothing was found.
 */
export type Detect = (typed: string, locale: string) => Concern | undefined

/** What to call at once, and lines where somebody listens, for one country. */
export type Lines = {
  /** ISO 3166 alpha-2; undefined: the country is not known. */
  readonly country: string | undefined
  /** The number to call in danger; undefined: it is not known, and the words say "your local emergency number". */
  readonly emergency: string | undefined
  readonly lines: readonly EmergencyLine[]
}

/**
 * Rule 11: lines by where the person is, never by their language. Their zone says it where a zone belongs to one country.
 * Platforms also put several countries of Europe under one zone: there 112 is right in each of them, and the lines are those
 * of the country that the tenant's policy names, if it is one of Europe. Each line is shown with its country's name.
 */
export const linesFor = (zone: Zone, tenantCountry: string | undefined): Lines => {
  const own = ZONE_COUNTRY[zone]
  const known = own === undefined ? undefined : EMERGENCY_LINES[own]
  if (known !== undefined) return { country: own, ...known }
  if (!EUROPE_WITH_112.includes(zone)) return { country: undefined, emergency: undefined, lines: [] }
  const country = isInEurope(tenantCountry) ? tenantCountry : undefined
  const lines = country === undefined ? [] : (EMERGENCY_LINES[country]?.lines ?? [])
  return { country, emergency: '112', lines }
}

const isInEurope = (country: string | undefined): boolean =>
  ['FR', 'NL'].includes(country ?? '') ||
  Object.entries(ZONE_COUNTRY).some(([zone, its]) => its === country && zone.startsWith('Europe/'))
