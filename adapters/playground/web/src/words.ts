const formatters = new Map<string, Intl.DateTimeFormat>()

function format(iso: string, zone: string, options: Intl.DateTimeFormatOptions, lang = 'en-GB'): string {
  const name = `${lang} ${zone} ${JSON.stringify(options)}`
  let formatter = formatters.get(name)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(lang, { ...options, timeZone: zone })
    formatters.set(name, formatter)
  }
  return formatter.format(new Date(iso))
}

/** "09:00", in the zone. */
export const timeWords = (iso: string, zone: string): string =>
  format(iso, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** "Thursday 12 March", in the zone. */
export const dayWords = (iso: string, zone: string): string =>
  format(iso, zone, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')

/** "12 March 2026", from a local date `YYYY-MM-DD`; in the page's language, or in another. */
export const dateWords = (date: string, lang?: string): string =>
  format(
    `${date}T00:00:00Z`,
    'UTC',
    { day: 'numeric', month: 'long', year: 'numeric' },
    lang === 'en' ? undefined : lang,
  )

/** A name for the local day, the same for two instants exactly when they fall on one day there. */
export const dayName = (iso: string, zone: string): string =>
  format(iso, zone, { year: 'numeric', month: '2-digit', day: '2-digit' })

const dayMs = 86_400_000

const shifted = (iso: string, days: number): string => new Date(Date.parse(iso) + days * dayMs).toISOString()

/** "today at 16:00", "tomorrow at 09:00", else "Thu 12 Mar at 09:00", seen from `now`. */
export function whenWords(iso: string, now: string, zone: string): string {
  const day = dayName(iso, zone)
  const time = timeWords(iso, zone)
  if (day === dayName(now, zone)) return `today at ${time}`
  if (day === dayName(shifted(now, 1), zone)) return `tomorrow at ${time}`
  if (day === dayName(shifted(now, -1), zone)) return `yesterday at ${time}`
  return `${format(iso, zone, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')} at ${time}`
}

/** "Lisbon", from "Europe/Lisbon". */
export const placeOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** A language as its speakers call it: "español", from "es". */
export const languageWords = (locale: string): string =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale

/** "1 new message", "3 new messages". */
export const newWords = (count: number): string => `${count} new ${count === 1 ? 'message' : 'messages'}`

export const roleWords = { client: 'client', coach: 'coach', hr: 'HR' } as const
