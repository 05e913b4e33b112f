import type { Hearing } from './hearing.ts'
import { bare } from './hearing.ts'

/**
 * How a language is called in another, e.g. "Spanish"; a form of address with it: "German (per du)" for `de-x-du`. What the
 * runtime has no name for is called by its tag.
 */
export const languageName = (tag: string, inLocale: string): string => {
  try {
    const [base = tag, address] = tag.split('-x-')
    const name = new Intl.DisplayNames([inLocale], { type: 'language' }).of(base) ?? tag
    return address === undefined ? name : `${name} (per ${address})`
  } catch {
    return tag
  }
}

/** The name of a country, e.g. "Spain". */
export const countryName = (country: string, inLocale: string): string => {
  try {
    return new Intl.DisplayNames([inLocale], { type: 'region' }).of(country) ?? country
  } catch {
    return country
  }
}

/** Two different words of a language tell it; a single one may be a name, or borrowed. */
const ENOUGH = 2

/** The other language of ours in which something is written, if it is clearly not in the person's own. */
export const writtenIn = (text: string, own: Hearing, all: readonly Hearing[]): string | undefined => {
  const words = new Set(bare(text).split(' '))
  const count = ({ tells = [] }: Hearing): number => tells.filter(tell => words.has(bare(tell))).length
  const here = count(own)
  const base = (locale: string): string => locale.split('-')[0] ?? locale
  const best = all
    .filter(({ locale }) => base(locale) !== base(own.locale))
    .map(hearing => ({ locale: hearing.locale, found: count(hearing) }))
    .toSorted((a, b) => b.found - a.found)[0]
  return best !== undefined && best.found >= ENOUGH && best.found > here ? best.locale : undefined
}
