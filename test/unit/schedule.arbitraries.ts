import fc from 'fast-check'
import { IANAZone } from 'luxon'
import type { Calendar, Rule, Weekday } from '../../src/domain/schedule.ts'

/** Zones with something unusual: DST both ways, half an hour of it, none, midnight changes, a skipped day, an inverted winter. */
export const oddZones = [
  'Europe/Madrid',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Asia/Gaza',
  'UTC',
] as const

export const zones = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddZones) },
  { weight: 1, arbitrary: fc.constantFrom(...Intl.supportedValuesOf('timeZone')) },
)

const MINUTE = 60_000
const DAY = 86_400_000

/** Days on or near which some zone of the list changes its clock, so that random dates meet them often. */
const changes = oddZones.flatMap(name => {
  const zone = IANAZone.create(name)
  const found: number[] = []
  for (let at = Date.UTC(2005, 0, 1); at < Date.UTC(2030, 0, 1); at += 7 * DAY) {
    if (zone.offset(at) === zone.offset(at + 7 * DAY)) continue
    let [low, high] = [at, at + 7 * DAY]
    while (high - low > 1000) {
      const middle = (low + high) / 2
      if (zone.offset(middle) === zone.offset(at)) low = middle
      else high = middle
    }
    found.push(Math.round(high / 1000) * 1000)
  }
  return found
})

export const instants = fc.oneof(
  fc.integer({ min: Date.UTC(1973, 0, 1), max: Date.UTC(2037, 0, 1) }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }))
    .map(([change, minutes]) => change + minutes * MINUTE),
  fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -2, max: 2 })).map(([change, ms]) => change + ms),
)

export const localDates = instants.map(at => new Date(at).toISOString().slice(0, 10))

export const localTimes = fc
  .oneof(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(0, 15, 90, 120, 135, 150, 1425))
  .map(minute => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)

export const weekdays = fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7)

export const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    kind: fc.constant('weekly' as const),
    every: fc.integer({ min: 1, max: 6 }),
    weekday: weekdays,
    at: localTimes,
    anchor: localDates,
  }),
  fc.record({ kind: fc.constant('daily' as const), at: localTimes }),
  fc.record({ kind: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }), at: localTimes }),
)

/** Calendars with at least one workday; holidays are days whose number gives some remainder, so closures of any shape occur. */
export const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    workdays: fc.uniqueArray(weekdays, { minLength: 1, maxLength: 7 }),
    quiet: fc.oneof(
      fc.record({ from: localTimes, to: localTimes }),
      fc.constantFrom({ from: '20:00', to: '08:00' }, { from: '00:00', to: '00:00' }, { from: '12:00', to: '14:00' }),
      // Ends and starts inside the hours that clocks skip or repeat.
      fc.constantFrom({ from: '02:15', to: '01:45' }, { from: '23:00', to: '02:30' }, { from: '02:10', to: '23:30' }),
    ),
    shut: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 9 })),
  })
  .map(({ workdays, quiet, shut }) => ({
    workdays,
    quiet,
    isHoliday: date => shut > 0 && (Date.parse(date) / DAY) % 11 < shut,
  }))
