/** How a language is typed: see the fields of the same sense in rules.ts. */
export type Spelling = {
  readonly stands: ReadonlyMap<string, string>
  readonly typos: readonly string[]
  readonly known: ReadonlySet<string>
}

/** Lower case, one kind of apostrophe, and no accents: half of a chat leaves them out. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[’‘ʼ´`]/g, "'")
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')

const TOKEN = /[\p{L}\p{N}]+(?:['*@-][\p{L}\p{N}]+)*|\p{Extended_Pictographic}|[.!?;…\n]+/gu
const PAUSE = /^(?:\.{2,}|…)+$/
const SENTENCE_END = '.'

/**
 * Words in lower case with a space between them and a full stop where a sentence ends. Accents, other marks, letters drawn
 * out, abbreviations of chats and misspellings of the words that matter are gone. Commas and pauses ("...") are no end: chats set them anywhere.
 */
export const normalise = (typed: string, spelling: Spelling): string => {
  const tokens = folded(typed).match(TOKEN) ?? []
  return tokens
    .filter(token => !PAUSE.test(token))
    .map(token => spelt(token, spelling))
    .join(' ')
}

const spelt = (token: string, { stands, typos, known }: Spelling): string => {
  if (/^[.!?;…\n]/.test(token)) return SENTENCE_END
  const drawn = token.replace(/(.)\1{2,}/gu, '$1')
  const meant = stands.get(token) ?? stands.get(drawn)
  if (meant !== undefined) return meant
  const word = drawn.replace(/['*@-]/g, mark => (mark === '-' ? ' ' : mark === "'" ? "'" : ''))
  const bare = word.replace(/'/g, '')
  return stands.get(bare) ?? nearest(bare, typos, known) ?? bare
}

/** Too short a word has too many neighbours that mean something else. */
const SHORTEST = 5

const nearest = (word: string, typos: readonly string[], known: ReadonlySet<string>): string | undefined => {
  if (word.length < SHORTEST - 1 || known.has(word) || typos.includes(word)) return undefined
  return typos.find(right => right.length >= SHORTEST && right[0] === word[0] && isOneSlip(word, right))
}

/** One letter too many, too few, wrong, or two that changed places. */
export const isOneSlip = (typed: string, right: string): boolean => {
  if (Math.abs(typed.length - right.length) > 1 || typed === right) return false
  let start = 0
  while (start < typed.length && typed[start] === right[start]) start += 1
  const rest = (text: string, from: number): string => text.slice(from)
  if (typed.length > right.length) return rest(typed, start + 1) === rest(right, start)
  if (typed.length < right.length) return rest(typed, start) === rest(right, start + 1)
  if (rest(typed, start + 1) === rest(right, start + 1)) return true
  return (
    typed[start] === right[start + 1] &&
    typed[start + 1] === right[start] &&
    rest(typed, start + 2) === rest(right, start + 2)
  )
}
