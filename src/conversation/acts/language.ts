import { languageName } from '../languages.ts'
import { speak } from '../speak.ts'
import { changeFrame, type Turn, topFrame } from '../turn.ts'
import { baseOf } from '../varieties.ts'
import { type Acts, done } from './act.ts'

/** The locale of ours that a wanted language is spoken in: itself, or the one it is a variety of. */
const ours = (turn: Turn, wanted: string): string | undefined => {
  const { locales } = turn.context.packs
  return locales.find(one => one === wanted) ?? locales.find(one => one === wanted.split('-')[0])
}

/** The language they read now, as one of ours. */
const spoken = (turn: Turn): string => turn.context.packs.hearing(turn.person.locale).locale

/** Varieties of one language, told apart by how they address somebody. */
const isOneLanguage = (one: string, other: string): boolean => (baseOf(one) ?? one) === (baseOf(other) ?? other)

export const languageActs: Acts<'language-known' | 'set-locale'> = {
  /** A form of address that is asked for (`de-x-du`, `de-x-sie`) is taken up at once; a language is asked about first. */
  'language-known': turn => {
    const { slots } = topFrame(turn)
    const { locale, languagesOffered = [] } = turn.person
    const { language = '' } = slots
    const names = turn.context.packs.locales.map(one => languageName(one, locale))
    const found = ours(turn, language)
    changeFrame(turn, {
      slots: { ...slots, languageName: languageName(found ?? language, locale), languages: names.join(', ') },
    })
    turn.person = { ...turn.person, languagesOffered: [...new Set([...languagesOffered, language])] }
    if (found === undefined) return 'unknown'
    const now = spoken(turn)
    if (found === now) return 'same'
    if (isOneLanguage(found, now)) return baseOf(language) === undefined ? 'same' : 'address'
    return 'known'
  },
  /** Their own choice, which the platform's profile no longer changes. */
  'set-locale': done(turn => {
    const locale = ours(turn, topFrame(turn).slots.language ?? '')
    if (locale === undefined) return
    turn.person = { ...turn.person, localeChosen: true }
    speak(turn, locale)
    // The language's own name for itself, from here on.
    changeFrame(turn, { slots: { ...topFrame(turn).slots, languageName: languageName(locale, locale) } })
  }),
}
