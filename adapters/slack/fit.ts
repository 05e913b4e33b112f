const MORE = '…'

/** The text if it fits, else its beginning with a sign that there is more; never cut within a character. */
export const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, wholeBefore(text, most - MORE.length)).trimEnd()}${MORE}`

/**
 * The text in pieces of at most `most` characters that together are the text again: cut after a line, else after a word, else
 * between characters. No piece of a blank text.
 */
export const pieces = (text: string, most: number): readonly string[] => {
  const found: string[] = []
  for (let rest = text; rest.trim() !== ''; ) {
    if (rest.length <= most) return [...found, rest]
    const end = cutIn(rest, most)
    // A piece of blanks alone would be refused: it goes with its neighbours or not at all.
    if (rest.slice(0, end).trim() !== '') found.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return found
}

const cutIn = (text: string, most: number): number => {
  const window = text.slice(0, most)
  const after = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' ')) + 1
  return after > most / 2 ? after : wholeBefore(text, most)
}

/** The index at or before `index` that lies between characters: not within a surrogate pair or a joined emoji. */
const wholeBefore = (text: string, index: number): number => {
  const segments = new Intl.Segmenter('und', { granularity: 'grapheme' })
  // Only the surroundings are looked at: segmenting a long text from its start takes long.
  const from = Math.max(0, index - 64)
  const start = isLowSurrogate(text, from) ? from + 1 : from
  const boundary = segments.segment(text.slice(start, index + 64)).containing(index - start)
  const whole = boundary === undefined ? index : start + boundary.index
  return whole > 0 ? whole : index
}

const isLowSurrogate = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index)
  return code >= 0xdc00 && code <= 0xdfff
}

/** Lists of at most `most` of the items, in order. */
export const groups = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, index) => items.slice(index * most, (index + 1) * most))
