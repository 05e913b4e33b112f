import { describe, expect, it } from 'vitest'
import { countryName, languageName } from '../../../src/conversation/languages.ts'

describe('the name of a language', () => {
  it.each([
    ['es', 'en', 'Spanish'],
    ['es', 'de', 'Spanisch'],
    ['de', 'es', 'alemán'],
    ['de-x-du', 'de', 'Deutsch (per du)'],
    ['de', 'de-x-du', 'Deutsch'],
    ['not a tag', 'en', 'not a tag'],
  ])('%s in %s is %s', (tag, locale, name) => expect(languageName(tag, locale)).toBe(name))

  it('and of a country, or its code', () => {
    expect(countryName('ES', 'en')).toBe('Spain')
    expect(countryName('nowhere at all', 'en')).toBe('nowhere at all')
  })
})
