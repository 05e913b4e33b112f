import { bare } from './hearing.ts'

const LETTERS = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n))
/** Codes that stand for no country: unions, tests, and what is not known. */
const NO_COUNTRY = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']
const CODES = LETTERS.flatMap(first => LETTERS.map(second => `${first}${second}`)).filter(
  code => !NO_COUNTRY.includes(code),
)

const namesIn = new Map<string, ReadonlyMap<string, string>>()

/** Every country's name in a language, bare, with its ISO code. */
const named = (locale: string): ReadonlyMap<string, string> => {
  const known = namesIn.get(locale)
  if (known !== undefined) return known
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
  const made = new Map(
    CODES.flatMap(code => {
      const name = names.of(code)
      return name === undefined ? [] : [[bare(name), code] as const]
    }),
  )
  namesIn.set(locale, made)
  return made
}

/** The ISO 3166 alpha-2 code of a country as somebody writes it: its name in their language or in English, or the code. */
export const countryIn = (typed: string, locale: string): string | undefined => {
  const name = bare(typed)
  const found = named(locale).get(name) ?? named('en').get(name)
  if (found !== undefined) return found
  const code = typed.trim().toUpperCase()
  return [...named('en').values()].includes(code) ? code : undefined
}
