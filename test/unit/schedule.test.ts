import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  atLocal,
  type Calendar,
  daysBetween,
  type Instant,
  isOpen,
  localDate,
  localTime,
  nextOccurrence,
  nextOpen,
  type Occurrence,
  onDateAt,
  type Rule,
  weekdayOf,
  type Zone,
} from '../../src/domain/schedule.ts'
import { calendars, instants, localTimes, rules, weekdays, zones } from './schedule.arbitraries.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const utc = (text: string): Instant => Date.parse(`${text}Z`)
const noHolidays = () => false
const office: Calendar = { workdays: [1, 2, 3, 4, 5], quiet: { from: '20:00', to: '08:00' }, isHoliday: noHolidays }
const always: Calendar = {
  workdays: [1, 2, 3, 4, 5, 6, 7],
  quiet: { from: '00:00', to: '00:00' },
  isHoliday: noHolidays,
}

const series = (rule: Rule, zone: Zone, from: Instant, count: number, calendar?: Calendar): Occurrence[] => {
  const found: Occurrence[] = []
  for (let after = from; found.length < count; ) {
    const next = nextOccurrence(rule, zone, after, calendar)
    if (!next) break
    found.push(next)
    after = next.at
  }
  return found
}

describe('recurrence', () => {
  it('holds the wall time across a change of clock', () => {
    const rule: Rule = { kind: 'weekly', every: 1, weekday: 4, at: '09:30', anchor: '2026-01-01' }
    const found = series(rule, 'Europe/Madrid', utc('2026-03-18T00:00'), 3)
    expect(found).toEqual([
      { at: utc('2026-03-19T08:30'), date: '2026-03-19' },
      { at: utc('2026-03-26T08:30'), date: '2026-03-26' },
      { at: utc('2026-04-02T07:30'), date: '2026-04-02' },
    ])
  })
  it('fires strictly after the moment it is asked about', () => {
    const rule: Rule = { kind: 'daily', at: '09:00' }
    expect(nextOccurrence(rule, 'UTC', utc('2026-05-04T09:00'), undefined)?.date).toBe('2026-05-05')
    expect(nextOccurrence(rule, 'UTC', utc('2026-05-04T09:00') - 1, undefined)?.date).toBe('2026-05-04')
  })
  it('fires a rule for one date once', () => {
    const rule: Rule = { kind: 'once', date: '2026-05-04', at: '09:00' }
    expect(series(rule, 'Asia/Kathmandu', 0, 9)).toEqual([{ at: utc('2026-05-04T03:15'), date: '2026-05-04' }])
  })
  it('takes the last day of a month that lacks the day', () => {
    const rule: Rule = { kind: 'monthly', day: 31, at: '12:00' }
    const dates = series(rule, 'UTC', utc('2026-01-31T12:00'), 4).map(o => o.date)
    expect(dates).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'])
  })
  it('moves what falls on a closed day to the next open moment and keeps its own date', () => {
    const rule: Rule = { kind: 'weekly', every: 1, weekday: 6, at: '10:00', anchor: '2026-01-01' }
    const [first] = series(rule, 'Europe/Madrid', utc('2026-11-25T00:00'), 1, office)
    expect(first).toEqual({ at: utc('2026-11-30T07:00'), date: '2026-11-28' })
  })
  it('absorbs the weekend of a daily rule into Monday', () => {
    const found = series({ kind: 'daily', at: '10:00' }, 'UTC', utc('2026-11-27T00:00'), 3, office)
    expect(found.map(o => o.date)).toEqual(['2026-11-27', '2026-11-30', '2026-12-01'])
  })
  it('still fires each day when the hour lies in quiet hours', () => {
    const found = series({ kind: 'daily', at: '22:00' }, 'UTC', utc('2026-11-25T12:00'), 3, office)
    expect(found).toEqual([
      { at: utc('2026-11-26T08:00'), date: '2026-11-25' },
      { at: utc('2026-11-27T08:00'), date: '2026-11-26' },
      // Friday's, Saturday's and Sunday's meet on Monday at eight; the latest stands.
      { at: utc('2026-11-30T08:00'), date: '2026-11-29' },
    ])
  })
  it('fires once for a day that a zone skipped', () => {
    const found = series({ kind: 'daily', at: '09:00' }, 'Pacific/Apia', utc('2011-12-28T18:00'), 3)
    expect(found.map(o => o.date)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31'])
    expect(new Set(found.map(o => o.at)).size).toBe(3)
  })
  it('refuses rules that cannot recur, in words', () => {
    const rule = { kind: 'weekly', weekday: 1, at: '09:00', anchor: '2026-01-01' } as const
    for (const every of [0, -1, 1.5, Number.NaN]) {
      expect(() => nextOccurrence({ ...rule, every }, 'UTC', 0, undefined)).toThrow(/at least 1/)
    }
    expect(() => nextOccurrence({ kind: 'monthly', day: 32, at: '09:00' }, 'UTC', 0, undefined)).toThrow(/1 to 31/)
    expect(() => nextOccurrence({ kind: 'daily', at: '9 am' }, 'UTC', 0, undefined)).toThrow(/HH:mm/)
    expect(() => nextOccurrence({ kind: 'daily', at: '09:00' }, 'Nowhere', 0, undefined)).toThrow(/time zone/)
  })

  it('fires each date exactly once whatever moment it is asked about', () => {
    fc.assert(
      fc.property(
        zones,
        rules,
        instants,
        fc.option(calendars, { nil: undefined }),
        fc.array(fc.integer({ min: 0, max: 40 * DAY }), { maxLength: 12 }),
        (zone, rule, start, calendar, steps) => {
          const truth = series(rule, zone, start, 8, calendar)
          const last = truth.at(-1)?.at ?? start
          for (const step of steps) {
            const asked = start + step
            if (asked >= last) continue
            expect(nextOccurrence(rule, zone, asked, calendar)).toEqual(truth.find(o => o.at > asked))
          }
          for (const o of truth) expect(nextOccurrence(rule, zone, o.at - 1, calendar)).toEqual(o)
          for (let i = 1; i < truth.length; i++) {
            const [a, b] = [truth[i - 1], truth[i]]
            if (!a || !b) throw new Error('the series has holes')
            expect(a.at).toBeLessThan(b.at)
            expect(a.date < b.date).toBe(true)
            // Two never meet on one day: the person would be written to twice.
            expect(localDate(a.at, zone) < localDate(b.at, zone)).toBe(true)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
  it('leaves no date out without a calendar, but one that the zone skipped', () => {
    fc.assert(
      fc.property(zones, localTimes, instants, (zone, at, start) => {
        const found = series({ kind: 'daily', at }, zone, start, 20)
        for (let i = 1; i < found.length; i++) {
          const [a, b] = [found[i - 1], found[i]]
          if (!a || !b) throw new Error('the series has holes')
          for (let date = addDays(a.date, 1); date < b.date; date = addDays(date, 1)) {
            const moved = localDate(atLocal(date, at, zone), zone)
            expect(moved, `${date} is missing`).not.toBe(date)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
  it('fires each date at its own wall time, unless the clock skipped it', () => {
    fc.assert(
      fc.property(zones, rules, instants, (zone, rule, start) => {
        for (const o of series(rule, zone, start, 6)) {
          expect(o.at).toBe(atLocal(o.date, rule.at, zone))
          const read = `${localDate(o.at, zone)} ${localTime(o.at, zone)}`
          expect(read >= `${o.date} ${rule.at}`).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
  it('keeps the phase of a rhythm of several weeks', () => {
    fc.assert(
      fc.property(
        zones,
        weekdays,
        localTimes,
        instants,
        instants,
        fc.integer({ min: 1, max: 6 }),
        (zone, weekday, at, anchorAt, start, every) => {
          const anchor = localDate(anchorAt, 'UTC')
          const monday = addDays(anchor, 1 - weekdayOf(anchor))
          for (const o of series({ kind: 'weekly', every, weekday, at, anchor }, zone, start, 5)) {
            expect(weekdayOf(o.date)).toBe(weekday)
            expect(Math.abs(Math.floor(daysBetween(monday, o.date) / 7) % every)).toBe(0)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
  it('fires only in open moments, and never before its own date and time', () => {
    fc.assert(
      fc.property(zones, rules, instants, calendars, (zone, rule, start, calendar) => {
        for (const o of series(rule, zone, start, 4, calendar)) {
          expect(isOpen(o.at, zone, calendar)).toBe(true)
          expect(o.at).toBe(nextOpen(atLocal(o.date, rule.at, zone), zone, calendar))
          expect(o.at).toBeGreaterThan(start)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('open hours', () => {
  it('closes at night, at weekends and on holidays', () => {
    const spain: Calendar = { ...office, isHoliday: date => date === '2026-12-08' }
    const open = (text: string) => isOpen(utc(text), 'Europe/Madrid', spain)
    expect(open('2026-12-07T07:00')).toBe(true)
    expect(open('2026-12-07T06:59')).toBe(false)
    expect(open('2026-12-07T18:59:59')).toBe(true)
    expect(open('2026-12-07T19:00')).toBe(false)
    expect(open('2026-12-08T10:00')).toBe(false)
    expect(open('2026-12-12T10:00')).toBe(false)
  })
  it('waits through a long weekend', () => {
    const bridge: Calendar = { ...office, isHoliday: date => date === '2026-12-07' || date === '2026-12-08' }
    expect(nextOpen(utc('2026-12-04T20:00'), 'Europe/Madrid', bridge)).toBe(utc('2026-12-09T07:00'))
  })
  it('takes the hour asked for on that date if it can', () => {
    expect(onDateAt('2026-11-27', '16:00', 'UTC', office)).toBe(utc('2026-11-27T16:00'))
    expect(onDateAt('2026-11-28', '16:00', 'UTC', office)).toBe(utc('2026-11-30T08:00'))
    expect(onDateAt('2026-11-27', '21:00', 'UTC', office)).toBe(utc('2026-11-30T08:00'))
  })
  it('reads equal ends of quiet hours as none', () => {
    expect(isOpen(utc('2026-11-28T03:00'), 'UTC', always)).toBe(true)
  })
  it('opens at the jump of a clock that skips the end of quiet hours', () => {
    const calendar: Calendar = { ...always, quiet: { from: '22:00', to: '02:30' } }
    expect(nextOpen(utc('2026-03-29T00:30'), 'Europe/Madrid', calendar)).toBe(utc('2026-03-29T01:00'))
  })
  it('opens a second time when a clock set back makes it quiet again', () => {
    const calendar: Calendar = { ...always, quiet: { from: '22:00', to: '02:30' } }
    const second = utc('2026-10-25T01:10')
    expect(localTime(second, 'Europe/Madrid')).toBe('02:10')
    expect(nextOpen(second, 'Europe/Madrid', calendar)).toBe(utc('2026-10-25T01:30'))
  })
  it('returns to the day before with a clock set back past midnight', () => {
    // St John's, 2010-11-07, a Sunday: at 00:01 the clock goes back to 23:01 of Saturday.
    const saturdays: Calendar = { ...always, workdays: [6] }
    const sunday = utc('2010-11-07T02:30:30')
    expect(localDate(sunday, 'America/St_Johns')).toBe('2010-11-07')
    expect(nextOpen(sunday, 'America/St_Johns', saturdays)).toBe(utc('2010-11-07T02:31'))
  })
  it('gives up, in words, on a calendar that never opens', () => {
    for (const shut of [
      { ...office, workdays: [] },
      { ...office, isHoliday: () => true },
    ]) {
      expect(() => nextOpen(utc('2026-11-23T10:00'), 'UTC', shut)).toThrow(/at least one workday/)
      expect(() => nextOccurrence({ kind: 'daily', at: '09:00' }, 'UTC', utc('2026-11-23T10:00'), shut)).toThrow(/open/)
    }
  })
  it('finds the earliest open minute there is', () => {
    fc.assert(
      fc.property(zones, instants, calendars, (zone, asked, calendar) => {
        const found = nextOpen(asked, zone, calendar)
        expect(isOpen(found, zone, calendar)).toBe(true)
        if (found === asked) return
        expect(isOpen(asked, zone, calendar)).toBe(false)
        expect(found).toBeGreaterThan(asked)
        expect(found % MINUTE).toBe(0)
        // Every minute of the last three days before it, and of the first three after it was asked.
        for (let at = found - MINUTE; at > Math.max(asked, found - 3 * DAY); at -= MINUTE) {
          if (isOpen(at, zone, calendar)) throw new Error(`open at ${new Date(at).toISOString()} already`)
        }
        const first = Math.ceil(asked / MINUTE) * MINUTE
        for (let at = first; at < Math.min(found, asked + 3 * DAY); at += MINUTE) {
          if (isOpen(at, zone, calendar)) throw new Error(`open at ${new Date(at).toISOString()} already`)
        }
      }),
      { numRuns: 150 },
    )
  })
})
