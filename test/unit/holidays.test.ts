import { afterEach, describe, expect, it } from 'vitest'
import { calendarHolidays, loadHolidays, onlyHolidays } from '../../src/domain/holidays.ts'

const machineZone = process.env.TZ
afterEach(() => {
  if (machineZone === undefined) delete process.env.TZ
  else process.env.TZ = machineZone
})

describe('public holidays', () => {
  it('knows a country and its regions', async () => {
    const spain = await loadHolidays('ES')
    const madrid = await loadHolidays('es', 'md')
    expect(spain('2026-12-25')).toBe(true)
    expect(spain('2026-12-24')).toBe(false)
    expect(spain('2026-05-02')).toBe(false)
    expect(madrid('2026-05-02')).toBe(true)
    expect(madrid('2028-05-02')).toBe(true)
  })
  it('knows parts of regions', async () => {
    expect((await loadHolidays('DE', 'BY-A'))('2026-08-08')).toBe(true)
    expect((await loadHolidays('DE', 'BY'))('2026-08-08')).toBe(false)
  })
  it('counts every day of a holiday of several days, but not its eve', async () => {
    const arabia = await loadHolidays('SA')
    const eid = ['2026-03-18', '2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23']
    expect(eid.map(arabia)).toEqual([false, true, true, true, true, false])
  })
  it('works on days that are only banks’ or half-days from noon', async () => {
    const china = await loadHolidays('CN')
    expect(china('2026-05-04')).toBe(false)
    const germany = await loadHolidays('DE')
    expect(germany('2026-12-24')).toBe(false)
  })
  it('adds a tenant’s days off and works where the tenant works', async () => {
    const changed = await loadHolidays('ES', undefined, { extra: ['2026-12-24'], worked: ['2026-12-08'] })
    expect(changed('2026-12-24')).toBe(true)
    expect(changed('2026-12-08')).toBe(false)
    expect((await loadHolidays('ES'))('2026-12-08')).toBe(true)
    await expect(loadHolidays('ES', undefined, { extra: ['24/12/2026'] })).rejects.toThrow(/YYYY-MM-DD/)
    expect(onlyHolidays(['2026-12-24'])('2026-12-24')).toBe(true)
    expect(onlyHolidays(['2026-12-24'])('2026-12-25')).toBe(false)
  })
  it('keeps a tenant’s own days where its country is none that holidays are known of, or none is named', async () => {
    for (const country of ['XX', undefined]) {
      const isHoliday = await calendarHolidays(country, undefined, ['2026-12-24'])
      expect([isHoliday('2026-12-24'), isHoliday('2026-12-25')]).toEqual([true, false])
    }
    const spanish = await calendarHolidays('ES', undefined, ['2026-12-24'])
    expect([spanish('2026-12-24'), spanish('2026-12-25')]).toEqual([true, true])
    await expect(calendarHolidays('ES', undefined, ['24/12/2026'])).rejects.toThrow(/YYYY-MM-DD/)
  })
  it('says what it accepts', async () => {
    await expect(loadHolidays('XX')).rejects.toThrow(/"XX".*\bES\b.*\bUS\b/)
    await expect(loadHolidays('ES', 'ZZ')).rejects.toThrow(/"ZZ".*\bCT\b/)
    await expect(loadHolidays('DE', 'BY-Q')).rejects.toThrow(/BY.*KATH/)
    await expect(loadHolidays('toString')).rejects.toThrow(/toString/)
  })
  it.each(['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
    'does not depend on a machine in %s',
    async zone => {
      process.env.TZ = zone
      // Regions not asked for above, so that nothing is remembered from another zone.
      const region = { 'Asia/Tokyo': 'AR', 'America/Los_Angeles': 'GA', 'Pacific/Kiritimati': 'CB' }[zone]
      const holidays = await loadHolidays('ES', region)
      expect(new Date(2026, 0, 1).getTimezoneOffset()).not.toBe(0)
      expect(holidays('2026-12-25')).toBe(true)
      expect(holidays('2026-12-24')).toBe(false)
      expect(holidays('2026-12-26')).toBe(false)
    },
  )
})
