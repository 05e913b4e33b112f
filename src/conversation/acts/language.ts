import { languageName } from '../languages.ts'
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
  /**
   * From the next words on. The steps of what is running are the same in every language, so it goes on in the new one from
   * where it stands.
   */
  'set-locale': done(turn => {
    const locale = ours(turn, topFrame(turn).slots.language ?? '')
    if (locale === undefined) return
    turn.person = { ...turn.person, locale, localeChosen: true }
    turn.frames = turn.frames.map(frame => {
      const pack = turn.context.packs.current(frame.pack, locale)
      const isSame = pack.version === frame.version && pack.steps[frame.step] !== undefined
      return isSame ? { ...frame, hash: pack.hash } : frame
    })
  }),
}
