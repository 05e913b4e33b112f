import { type Limits, MOST } from '../domain/pressure.ts'
import type { Hearing } from './hearing.ts'
import type { Pack } from './pack.ts'

/** Spoken where nothing is known of somebody's language. */
export const DEFAULT_LOCALE = 'en'

/** What the guidelines leave to the engine: the budget of a week, and wordings that nobody is to read again. */
export type Guided = { readonly most: Limits; readonly retired: readonly string[] }

const UNGUIDED: Guided = { most: MOST, retired: [] }

/** All packs of a running system: the current ones by locale and id, and earlier ones by content hash. */
export type PackSet = {
  /** The current pack in that locale, or in the nearest one there is ('es-MX' -> 'es' -> the default). */
  current(id: string, locale: string): Pack
  /** The same, or undefined: an earlier version may have had a pack that is gone. */
  find(id: string, locale: string): Pack | undefined
  /** The exact content that a conversation began with; undefined if it was not loaded. */
  byHash(hash: string): Pack | undefined
  hearing(locale: string): Hearing
  readonly locales: readonly string[]
  readonly guided: Guided
}

export const makePackSet = (
  packs: readonly Pack[],
  hearings: readonly Hearing[],
  earlier: readonly Pack[] = [],
  guided: Guided = UNGUIDED,
): PackSet => {
  const current = new Map(packs.map(pack => [`${pack.locale}/${pack.id}`, pack]))
  const byHash = new Map([...earlier, ...packs].map(pack => [pack.hash, pack]))
  const hearingOf = new Map(hearings.map(hearing => [hearing.locale, hearing]))
  const locales = [...hearingOf.keys()]
  const nearest = new Map<string, string>()
  const localeFor = (wanted: string): string => {
    const known = nearest.get(wanted)
    if (known !== undefined) return known
    const found =
      locales.find(one => one === wanted) ?? locales.find(one => one === wanted.split('-')[0]) ?? DEFAULT_LOCALE
    nearest.set(wanted, found)
    return found
  }
  const find: PackSet['find'] = (id, locale) => current.get(`${localeFor(locale)}/${id}`)
  return {
    locales,
    guided,
    find,
    current: (id, locale) => {
      const pack = find(id, locale)
      if (pack === undefined) throw new Error(`there is no pack "${id}"; the loader should have said so at start`)
      return pack
    },
    byHash: hash => byHash.get(hash),
    hearing: locale => {
      const hearing = hearingOf.get(localeFor(locale))
      if (hearing === undefined) throw new Error('there is no hearing.yaml; the loader should have said so at start')
      return hearing
    },
  }
}
