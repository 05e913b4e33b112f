import fc from 'fast-check'
import { IANAZone } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  atLocal,
  daysBetween,
  isLocalDate,
  isLocalTime,
  isValidZone,
  localDate,
  localTime,
  localWeek,
  offsetAt,
  ScheduleError,
  toLocalDate,
  toLocalTime,
  weekdayOf,
} from '../../src/domain/calendar.ts'
import { instants, localDates, localTimes, zones } from './schedule.arbitraries.ts'

const HOUR = 3_600_000
const utc = (text: string): number => Date.parse(`${text}Z`)

describe('dates and times as written', () => {
  it('accepts what exists', () => {
    for (const date of ['2024-02-29', '2000-02-29', '2026-12-31', '1999-01-01']) expect(isLocalDate(date)).toBe(true)
    for (const time of ['00:00', '09:30', '23:59']) expect(isLocalTime(time)).toBe(true)
  })
  it('refuses what does not', () => {
    const dates = [
      '2026-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-1-1',
      '26-01-01',
      '',
      '2026-01-01T00',
    ]
    for (const date of dates) expect(isLocalDate(date), date).toBe(false)
    for (const time of ['24:00', '9:30', '09:60', '0930', '', '09:30:00', '-1:30'])
      expect(isLocalTime(time), time).toBe(false)
  })
  it('says how to write them', () => {
    expect(() => toLocalDate('2026-02-30')).toThrow(/"2026-02-30".*YYYY-MM-DD/)
    expect(() => toLocalTime('25:00')).toThrow(/"25:00".*HH:mm/)
    expect(toLocalDate('2026-02-28')).toBe('2026-02-28')
    expect(toLocalTime('07:05')).toBe('07:05')
  })
  it('knows zones by their names', () => {
    expect(isValidZone('Europe/Madrid')).toBe(true)
    expect(isValidZone('UTC')).toBe(true)
    for (const zone of ['Europe/Atlantis', '', '+02:00', 'local', 'Mars']) expect(isValidZone(zone), zone).toBe(false)
    const refusal = () => localDate(0, 'Europe/Atlantis')
    expect(refusal).toThrow(ScheduleError)
    expect(refusal).toThrow(/Europe\/Atlantis.*Europe\/Madrid/)
  })
})

describe('date arithmetic', () => {
  it('agrees with the calendar on the wall', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-11-23', '2026-12-25')).toBe(32)
    expect(weekdayOf('2026-11-23')).toBe(1)
    expect(weekdayOf('1969-12-28')).toBe(7)
  })
  it('numbers weeks as ISO 8601 does', () => {
    expect(localWeek('2026-11-23')).toBe('2026-W48')
    expect(localWeek('2027-01-03')).toBe('2026-W53')
    expect(localWeek('2024-12-30')).toBe('2025-W01')
    expect(localWeek('2021-01-01')).toBe('2020-W53')
  })
  it('goes there and back', () => {
    fc.assert(
      fc.property(localDates, fc.integer({ min: -4000, max: 4000 }), (date, n) => {
        expect(daysBetween(date, addDays(date, n))).toBe(n)
        expect(addDays(addDays(date, n), -n)).toBe(date)
        expect((weekdayOf(addDays(date, n)) - weekdayOf(date) - n) % 7).toBeCloseTo(0)
      }),
    )
  })
})

describe('local times and instants', () => {
  it('keeps the same offset as the runtime at any instant of any zone', () => {
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        expect(offsetAt(at, zone)).toBe(IANAZone.create(zone).offset(at) * 60_000)
      }),
      { numRuns: 400 },
    )
  })
  it('finds each change of clock to the minute', () => {
    expect(localTime(utc('2026-03-29T00:59:59'), 'Europe/Madrid')).toBe('01:59')
    expect(localTime(utc('2026-03-29T01:00:00'), 'Europe/Madrid')).toBe('03:00')
    expect(localTime(utc('2026-04-04T14:59:59'), 'Australia/Lord_Howe')).toBe('01:59')
    expect(localTime(utc('2026-04-04T15:00:00'), 'Australia/Lord_Howe')).toBe('01:30')
    expect(localDate(utc('2011-12-30T09:59:59'), 'Pacific/Apia')).toBe('2011-12-29')
    expect(localDate(utc('2011-12-30T10:00:00'), 'Pacific/Apia')).toBe('2011-12-31')
  })
  it('moves a time that a clock skips forward by what it skipped', () => {
    expect(atLocal('2026-03-29', '02:30', 'Europe/Madrid')).toBe(utc('2026-03-29T01:30'))
    expect(atLocal('2026-03-08', '02:30', 'America/New_York')).toBe(utc('2026-03-08T07:30'))
    expect(atLocal('2018-11-04', '00:15', 'America/Sao_Paulo')).toBe(utc('2018-11-04T03:15'))
    expect(localTime(atLocal('2026-10-04', '02:10', 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toBe('02:40')
    const skipped = atLocal('2011-12-30', '09:00', 'Pacific/Apia')
    expect([localDate(skipped, 'Pacific/Apia'), localTime(skipped, 'Pacific/Apia')]).toEqual(['2011-12-31', '09:00'])
  })
  it('takes the first of two equal times', () => {
    expect(atLocal('2026-10-25', '02:30', 'Europe/Madrid')).toBe(utc('2026-10-25T00:30'))
    expect(atLocal('2026-11-01', '01:30', 'America/New_York')).toBe(utc('2026-11-01T05:30'))
    expect(atLocal('2026-04-05', '01:45', 'Australia/Lord_Howe')).toBe(utc('2026-04-04T14:45'))
    expect(atLocal('2018-02-17', '23:30', 'America/Sao_Paulo')).toBe(utc('2018-02-18T01:30'))
  })
  it('reads back the time it was given, or a later one that the clock did show', () => {
    fc.assert(
      fc.property(zones, localDates, localTimes, (zone, date, time) => {
        const at = atLocal(date, time, zone)
        const read = `${localDate(at, zone)} ${localTime(at, zone)}`
        expect(read >= `${date} ${time}`).toBe(true)
        if (read !== `${date} ${time}`) {
          // Only a gap may move it: the clock must have jumped over the time within the preceding day and a bit.
          expect(offsetAt(at, zone)).toBeGreaterThan(offsetAt(at - 25 * HOUR, zone))
        } else {
          // The first of two: no earlier instant that day read the same.
          for (const back of [0.5, 1, 2, 3, 24]) {
            const earlier = at - back * HOUR
            expect(`${localDate(earlier, zone)} ${localTime(earlier, zone)}`).not.toBe(read)
          }
        }
      }),
      { numRuns: 400 },
    )
  })
})
