import { languageName } from '../languages.ts'
import { speak } from '../speak.ts'
import { changeFrame, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

/** The locale of ours that a wanted language is spoken in: itself, or the one it is a variety of. */
const ours = (turn: Turn, wanted: string): string | undefined => {
  const { locales } = turn.context.packs
  return locales.find(one => one === wanted) ?? locales.find(one => one === wanted.split('-')[0])
}

/** The language they read now, as one of ours. */
const spoken = (turn: Turn): string => turn.context.packs.hearing(turn.person.locale).locale

export const languageActs: Acts<'language-known' | 'set-locale'> = {
  'language-known': turn => {
    const { slots } = topFrame(turn)
    const { locale, languagesOffered = [] } = turn.person
    const { language = '' } = slots
    const names = turn.context.packs.locales.map(one => languageName(one, locale))
    changeFrame(turn, {
      slots: { ...slots, languageName: languageName(language, locale), languages: names.join(', ') },
    })
    turn.person = { ...turn.person, languagesOffered: [...new Set([...languagesOffered, language])] }
    const found = ours(turn, language)
    if (found === undefined) return 'unknown'
    return found === spoken(turn) ? 'same' : 'known'
  },
  /** Their own choice, which the platform's profile no longer changes. */
  'set-locale': done(turn => {
    const locale = ours(turn, topFrame(turn).slots.language ?? '')
    if (locale === undefined) return
    turn.person = { ...turn.person, localeChosen: true }
    speak(turn, locale)
  }),
}
