import Holidays from 'date-holidays'
import { DateTime } from 'luxon'
import { DEFAULT_POLICY, type Policy } from '../../src/domain/tenant.ts'
import type { Random } from './random.ts'
import { TEMPERAMENTS, type Temperament } from './temperaments.ts'
import type { House, Member } from './transcript.ts'

/** Who there is: tenants in several zones and calendars, each with HR, a coach and clients. */
export type Population = {
  readonly houses: readonly (House & { readonly policy: Policy; readonly zone: string })[]
  readonly members: readonly Resident[]
}

/** `number` (0 to 499) is theirs alone. */
export type Resident = Member & {
  readonly zone: string
  readonly way: Temperament | undefined
  readonly number: number
}

type Place = { readonly zone: string; readonly country: string; readonly region?: string; readonly weekend?: 'friday' }

/** Both hemispheres, zones without a change of clock, half-hour offsets, and a week that begins on Sunday. */
const PLACES: readonly Place[] = [
  { zone: 'Europe/Madrid', country: 'ES', region: 'MD' },
  { zone: 'America/New_York', country: 'US' },
  { zone: 'Europe/Berlin', country: 'DE', region: 'BY' },
  { zone: 'Australia/Sydney', country: 'AU', region: 'NSW' },
  { zone: 'Asia/Kolkata', country: 'IN' },
  { zone: 'Europe/London', country: 'GB', region: 'ENG' },
  { zone: 'America/Sao_Paulo', country: 'BR' },
  { zone: 'Asia/Dubai', country: 'AE', weekend: 'friday' },
  { zone: 'America/Mexico_City', country: 'MX' },
]
const NEARBY: Readonly<Record<string, string>> = {
  'Europe/Madrid': 'Atlantic/Canary',
  'America/New_York': 'America/Chicago',
}
const NAMES = [
  'Ana',
  'Ben',
  'Chidi',
  'Dana',
  'Elif',
  'Femi',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kavya',
  'Luis',
  'Mina',
  'Noor',
]
const SURNAMES = [
  'Abel',
  'Baptist',
  'Castell',
  'Dorn',
  'Ebner',
  'Falk',
  'Grau',
  'Hanley',
  'Imhof',
  'Jansen',
  'Kovar',
  'Lund',
  'Moreau',
  'Novak',
  'Okafor',
  'Pereda',
  'Quist',
  'Rossi',
  'Sato',
  'Tamm',
  'Urban',
  'Vidal',
  'Wagner',
  'Yilmaz',
  'Zeller',
]
const WORKSPACES = [
  'Alder Works',
  'Brook Mill',
  'Cedar Yard',
  'Dune Post',
  'Elm Hall',
  'Fern Court',
  'Gorse Lane',
  'Hazel Row',
  'Iris Wharf',
]

/** Another for each index below firsts x surnames; nobody has a name twice in one house. */
const fullName = (firsts: readonly string[], index: number): string => {
  const first = firsts[index % firsts.length] ?? ''
  const round = Math.floor(index / firsts.length)
  const last = SURNAMES[(round + index) % SURNAMES.length] ?? ''
  const again = Math.floor(round / SURNAMES.length)
  return again === 0 ? `${first} ${last}` : `${first} ${last} ${again + 1}`
}

/** The public holidays of the law, read for the checker by itself; half-days are working days. */
const holidaysOf = ({ country, region }: Place, years: readonly number[]): readonly string[] => {
  const library = region === undefined ? new Holidays(country) : new Holidays(country, region)
  return years
    .flatMap(year => library.getHolidays(year))
    .filter(({ type, date }) => type === 'public' && date.slice(11, 13) < '12')
    .flatMap(({ date, start, end }) => {
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
      const first = DateTime.fromISO(date.slice(0, 10), { zone: 'utc' })
      return Array.from({ length: days }, (_, n) => first.plus({ days: n }).toISODate() ?? '')
    })
}

/** The locale that a platform's profile has there, where its language is spoken here; else English. */
const spokenIn = (zone: string, locales: readonly string[]): string => {
  const own = { 'Europe/Madrid': 'es', 'America/Mexico_City': 'es-MX', 'Europe/Berlin': 'de-DE' }[zone]
  return own !== undefined && locales.includes(own.slice(0, 2)) ? own : 'en'
}

/** `clients` shared out over the places, `locales` over the clients; `from` in ms. */
export const populate = (
  random: Random,
  clients: number,
  locales: readonly string[],
  from: number,
  days: number,
): Population => {
  const places = PLACES.slice(0, Math.min(PLACES.length, Math.max(2, Math.round(clients / 20))))
  const first = DateTime.fromMillis(from, { zone: 'utc' })
  const years = [first.year - 1, first.year, first.plus({ days: days + 30 }).year]
  const houses = places.map((place, index) => {
    const closed = Array.from(
      { length: 3 },
      () => first.plus({ days: random.between(10, Math.max(11, days)) }).toISODate() ?? '',
    )
    const policy: Policy = {
      ...DEFAULT_POLICY,
      country: place.country,
      region: place.region,
      daysOff: closed,
      ...(place.weekend === 'friday' ? { workdays: [7, 1, 2, 3, 4] } : {}),
      ...(index % 3 === 1 ? { quiet: { from: '17:00', to: '09:30' } } : {}),
    }
    return {
      id: `house-${index + 1}`,
      workspace: WORKSPACES[index % WORKSPACES.length] ?? '',
      purpose: index % 2 === 0 ? `Calm weeks and clear handovers at site ${index + 1}` : undefined,
      workdays: policy.workdays,
      quiet: policy.quiet,
      daysOff: new Set([...closed, ...holidaysOf(place, [...new Set(years)])]),
      policy,
      zone: place.zone,
    }
  })
  const staff = houses.flatMap(({ id, zone }, index) =>
    (['hr', 'coach'] as const).map(role => ({
      id: `${id}-${role}`,
      tenant: id,
      name: fullName(role === 'hr' ? ['Helen'] : ['Tom'], index),
      role,
      temperament: undefined,
      way: undefined,
      locale: spokenIn(zone, locales),
      zone,
    })),
  )
  const ways = TEMPERAMENTS.flatMap(one => Array.from({ length: one.weight }, () => one))
  const people = Array.from({ length: clients }, (_, index) => {
    const house = houses[index % houses.length]
    // A stride that shares no factor with the ways, so that each house has all of them.
    const way = ways[(index * 5 + Math.floor(index / ways.length)) % ways.length]
    if (house === undefined || way === undefined) throw new Error('there are no houses, or no temperaments')
    return {
      id: `client-${index + 1}`,
      tenant: house.id,
      name: fullName(NAMES, index),
      role: 'client' as const,
      temperament: way.name,
      way,
      locale: index % 4 === 3 ? random.pick(locales) : spokenIn(house.zone, locales),
      zone: random.chance(0.2) ? (NEARBY[house.zone] ?? house.zone) : house.zone,
    }
  })
  return { houses, members: [...staff, ...people].map((one, number) => ({ ...one, number })) }
}
