/**
 * The notation in which guidelines write phrases; prompts/guidelines/README.md explains it to those who write them. A
 * pattern compiles to a regular expression over the texts that branches.ts makes: slots stand in them as `{name}`, and a
 * paragraph's end as `¶`.
 */

/** Named lists of words, used as `<name>`; each entry is a pattern itself. */
export type WordLists = Readonly<Record<string, readonly string[]>>

/** What is wrong with a pattern, in words for the person who wrote it. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/**
 * Letters, digits and combining marks, for use in brackets. `\p{L}\p{N}\p{M}` would say it, but costs half a millisecond
 * in every expression that has it; here only marks of rare scripts are taken for letters as well.
 */
export const LETTERS =
  'A-Za-z0-9\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3038-\\u303c\\u3041-\\ud7ff\\uf900-\\ufdff'
/** Between two words: white space, a line's end included, and the marks that open or close a quotation. */
const SPACE = '[\\s“”„"«»*_]+'
const SLOT = `\\{[${LETTERS}#]+\\}`
const WORD = `(?:[${LETTERS}][${LETTERS}'’-]*|${SLOT})`
const MOST_WORDS_BETWEEN = 4
/** A word ends where no letter follows, be it after an apostrophe or a hyphen; a slot's name is nobody's word. */
const BEFORE = `(?<![${LETTERS}{-]|[${LETTERS}]['’])`
const AFTER = `(?![${LETTERS}]|['’-][${LETTERS}])`
const CLAUSE_END = '(?=[\\s“”"»*_)]*(?:[.!?…,;:—–)¶]|$))'
const SENTENCE_START = '(?<=(?:^|[.!?…:¶])[\\s“„"«¿¡(]*)'

/** Part of a regular expression, and for each word it cannot match without, the forms that word may have. */
type Piece = {
  /** The expression, with what parts it from the word before; a mark or an edge needs nothing there. */
  readonly source: (space: string) => string
  readonly needs: readonly ReadonlySet<string>[]
}

type Item = Piece & {
  readonly kind: 'word' | 'mark' | 'edge' | 'gap'
  readonly optional: boolean
  /** White space stood before it in the pattern. */
  readonly spaced: boolean
}

/** A phrase to look for. */
export type Phrase = {
  /** It stands in no text that has none of these words; undefined if it may stand in any. */
  readonly cue: ReadonlySet<string> | undefined
  /** Every place where it stands in a text, whose words (see `wordSetOf`) are looked at first. */
  readonly find: (
    text: string,
    words: ReadonlySet<string>,
  ) => readonly { readonly start: number; readonly found: string }[]
}

/**
 * Reads a pattern. Its regular expression is made when a text first has all the words it needs: most never are.
 * @throws PatternError naming the pattern and what is wrong with it
 */
export const readPattern = (pattern: string, lists: WordLists): Phrase => {
  const { source, needs } = readPiece(pattern, lists, [])
  let expression: RegExp | undefined
  return {
    cue: cueOf(needs),
    find: (text, words) => {
      if (!needs.every(forms => (forms.size < words.size ? some(forms, words) : some(words, forms)))) return []
      expression ??= new RegExp(`${BEFORE}(?:${source('')})${AFTER}`, 'g')
      return Array.from(text.matchAll(expression), match => ({ start: match.index, found: match[0] }))
    },
  }
}

/** Of the words that a phrase needs the most telling: long words are rare. */
const cueOf = (needs: Piece['needs']): ReadonlySet<string> | undefined =>
  needs.toSorted((a, b) => shortest(b) - shortest(a))[0]
const shortest = (forms: ReadonlySet<string>): number => Math.min(...Array.from(forms, ({ length }) => length))

const some = (few: ReadonlySet<string>, many: ReadonlySet<string>): boolean => {
  for (const one of few) if (many.has(one)) return true
  return false
}

/** The words and slots of a text, in lower case and with one kind of apostrophe. */
export const wordSetOf = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(WORDS), ([word]) => plain(word)))

const WORDS = new RegExp(`${SLOT}|[${LETTERS}]+(?:['’‘ʼ´-][${LETTERS}]+)*`, 'g')
const plain = (word: string): string => word.toLowerCase().replace(/[’‘ʼ´]/g, "'")

/** Lists are named by many phrases and read once. */
const listPieces = new WeakMap<WordLists, Map<string, Piece>>()

/** @throws PatternError */
const readPiece = (pattern: string, lists: WordLists, within: readonly string[]): Piece => {
  const fail = (what: string): never => {
    throw new PatternError(`“${pattern}” ${what}`)
  }
  const text = pattern.normalize('NFC').trim()
  let at = 0

  const alternatives = (close: string): Piece => {
    const found = [sequence(`|${close}`)]
    while (text[at] === '|') {
      at += 1
      found.push(sequence(`|${close}`))
    }
    if (close !== '' && text[at] !== close) fail(`lacks a “${close}”`)
    at += close.length
    return eitherOf(found)
  }

  const sequence = (stops: string): Piece => {
    const items: Item[] = []
    let spaced = false
    while (at < text.length && !stops.includes(text[at] ?? '')) {
      if (/\s/.test(text[at] ?? '')) {
        spaced = true
        at += 1
        continue
      }
      items.push({ ...item(), spaced })
      spaced = false
    }
    if (items.length === 0) fail('has an empty place')
    return join(items)
  }

  const until = (close: string): string => {
    const end = text.indexOf(close, at)
    if (end === -1) fail(`lacks a “${close}”`)
    const inner = text.slice(at, end)
    at = end + 1
    return inner
  }

  const item = (): Omit<Item, 'spaced'> => {
    if (text.startsWith('...', at)) {
      at += 3
      return { source: () => `(?:${SPACE}${WORD}){0,${MOST_WORDS_BETWEEN}}`, kind: 'gap', optional: false, needs: [] }
    }
    const sign = text[at] ?? ''
    at += 1
    const word = (source: string, ...forms: readonly string[]) =>
      piece({ source: space => space + source, needs: [new Set(forms)].filter(one => one.size > 0) })
    const piece = (one: Piece, optional = false) => ({ ...one, kind: 'word' as const, optional })
    switch (sign) {
      case '(':
        return piece(alternatives(')'))
      case '[':
        return piece(alternatives(']'), true)
      case '<':
        return piece(listed(until('>')))
      case '{': {
        const name = until('}')
        return name === '*' ? word(SLOT) : word(`\\{${escaped(name)}\\}`, `{${plain(name)}}`)
      }
      case '_':
        return word(WORD)
      case '#':
        return word('[0-9]+(?:[.,][0-9]+)?')
      case '*':
        return word(`[${LETTERS}]*`)
      case '=': {
        const exact = /^[\p{L}]+/u.exec(text.slice(at))?.[0] ?? fail('needs a word after “=”')
        at += exact.length
        return word(exact, plain(exact))
      }
      case '.':
        return { source: () => CLAUSE_END, kind: 'edge', optional: false, needs: [] }
      case '^':
        return { source: () => SENTENCE_START, kind: 'edge', optional: false, needs: [] }
    }
    if (/[,!?:;]/.test(sign)) return { source: () => `\\s*${escaped(sign)}`, kind: 'mark', optional: false, needs: [] }
    const letters = sign + (/^[\p{L}\p{N}\p{M}'’%-]*/u.exec(text.slice(at))?.[0] ?? '')
    if (!/^[\p{L}\p{N}]/u.test(letters)) fail(`has a “${sign}”, which means nothing here`)
    at += letters.length - 1
    return word([...letters].map(anyCase).join(''), ...(letters.endsWith('%') ? [] : [plain(letters)]))
  }

  const listed = (name: string): Piece => {
    const entries = lists[name] ?? fail(`names a list <${name}> that this locale does not have`)
    if (within.includes(name)) fail(`names the list <${name}> within itself`)
    const known = listPieces.get(lists) ?? new Map<string, Piece>()
    listPieces.set(lists, known)
    const piece = known.get(name) ?? eitherOf(entries.map(entry => readPiece(entry, lists, [...within, name])))
    known.set(name, piece)
    return piece
  }

  const join = (items: readonly Item[]): Piece => {
    if (items[0]?.kind === 'gap') fail('cannot begin with “...”')
    /** What may be missing takes a space with it: the one before it, or at the very beginning the one behind. */
    const source = (space: string): string => {
      let begun = false
      return items
        .map((one, index) => {
          if (one.kind === 'edge' || one.kind === 'gap') return one.source('')
          const before = !begun ? space : one.spaced ? SPACE : ''
          if (!one.optional) {
            begun = true
            return one.source(before)
          }
          const behind = !begun && space === '' && items[index + 1]?.spaced === true ? SPACE : ''
          return `(?:${one.source(before)}${behind})?`
        })
        .join('')
    }
    // Words written as one are one word, of which neither part is told.
    const isGlued = (index: number): boolean =>
      index > 0 && items[index]?.spaced === false && items[index]?.kind === 'word'
    const needs = items.flatMap((one, index) => (one.optional || isGlued(index) || isGlued(index + 1) ? [] : one.needs))
    return { source, needs }
  }

  const piece = alternatives('')
  if (at < text.length) fail(`has a “${text[at]}” too many`)
  return piece
}

/** Any one of several: what all of them need, each in its own way. */
const eitherOf = (pieces: readonly Piece[]): Piece => {
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return { ...only, source: space => `(?:${only.source(space)})` }
  const needs = pieces.every(one => one.needs.length > 0)
    ? [new Set(pieces.flatMap(one => [...(cueOf(one.needs) ?? [])]))]
    : []
  return { source: space => `(?:${pieces.map(({ source }) => source(space)).join('|')})`, needs }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Either case, and either apostrophe. A word after `=` is exact, so there is no flag for this. */
const anyCase = (letter: string): string => {
  if (letter === "'" || letter === '’') return "['’‘ʼ´]"
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()]
  if (lower === upper || [...upper].length > 1) return escaped(letter)
  return `[${lower}${upper}]`
}
