import type { Turn } from './turn.ts'

/**
 * Speaks with this person in that language, from the next words on. The steps of what is running are the same in every language,
 * so it goes on in the new one from where it stands; what began with an earlier version of a pack ends in the words it began with.
 */
export const speak = (turn: Turn, locale: string): void => {
  turn.person = { ...turn.person, locale }
  turn.frames = turn.frames.map(frame => {
    const pack = turn.context.packs.find(frame.pack, locale)
    const isSame = pack?.version === frame.version && pack.steps[frame.step] !== undefined
    return isSame ? { ...frame, hash: pack.hash } : frame
  })
}
