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

/** Between two words: white space, a line's end included, and the marks that open or close a quotation. */
const SPACE = '[\\s“”„"«»*_]+'
const SLOT = '\\{[\\p{L}\\p{N}#]+\\}'
const WORD = `(?:[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]*|${SLOT})`
const MOST_WORDS_BETWEEN = 4
/** A word ends where no letter follows, be it after an apostrophe or a hyphen; a slot's name is nobody's word. */
const BEFORE = "(?<![\\p{L}\\p{N}{-]|\\p{L}['’])"
const AFTER = "(?![\\p{L}\\p{N}]|['’-]\\p{L})"
const CLAUSE_END = '(?=[\\s“”"»*_)]*(?:[.!?…,;:—–)¶]|$))'
const SENTENCE_START = '(?<=(?:^|[.!?…:¶])[\\s“„"«¿¡(]*)'

type Item = {
  readonly source: string
  readonly kind: 'word' | 'mark' | 'edge' | 'gap'
  readonly optional: boolean
  /** White space stood before it in the pattern. */
  readonly spaced: boolean
}

/**
 * One regular expression that finds any of the patterns.
 * @throws PatternError naming the pattern and what is wrong with it
 */
export const compilePatterns = (patterns: readonly string[], lists: WordLists): RegExp =>
  new RegExp(`${BEFORE}(?:${patterns.map(one => compileOne(one, lists, [])).join('|')})${AFTER}`, 'gu')

/** @throws PatternError */
const compileOne = (pattern: string, lists: WordLists, within: readonly string[]): string => {
  const fail = (what: string): never => {
    throw new PatternError(`“${pattern}” ${what}`)
  }
  const text = pattern.normalize('NFC').trim()
  let at = 0

  const alternatives = (close: string): string => {
    const found = [sequence(`|${close}`)]
    while (text[at] === '|') {
      at += 1
      found.push(sequence(`|${close}`))
    }
    if (close !== '' && text[at] !== close) fail(`lacks a “${close}”`)
    at += close.length
    return found.length === 1 ? (found[0] ?? '') : `(?:${found.join('|')})`
  }

  const sequence = (stops: string): string => {
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
      return { source: `(?:${SPACE}${WORD}){0,${MOST_WORDS_BETWEEN}}`, kind: 'gap', optional: false }
    }
    const sign = text[at] ?? ''
    at += 1
    const word = (source: string, optional = false) => ({ source, kind: 'word' as const, optional })
    switch (sign) {
      case '(':
        return word(alternatives(')'))
      case '[':
        return word(alternatives(']'), true)
      case '<':
        return word(listed(until('>')))
      case '{': {
        const name = until('}')
        return word(name === '*' ? SLOT : `\\{${escaped(name)}\\}`)
      }
      case '_':
        return word(WORD)
      case '#':
        return word('\\p{N}+')
      case '*':
        return word('\\p{L}*')
      case '=': {
        const exact = /^[\p{L}]+/u.exec(text.slice(at))?.[0] ?? fail('needs a word after “=”')
        at += exact.length
        return word(exact)
      }
      case '.':
        return { source: CLAUSE_END, kind: 'edge', optional: false }
      case '^':
        return { source: SENTENCE_START, kind: 'edge', optional: false }
    }
    if (/[,!?:;]/.test(sign)) return { source: `\\s*${escaped(sign)}`, kind: 'mark', optional: false }
    const letters = sign + (/^[\p{L}\p{N}\p{M}'’%-]*/u.exec(text.slice(at))?.[0] ?? '')
    if (!/^[\p{L}\p{N}]/u.test(letters)) fail(`has a “${sign}”, which means nothing here`)
    at += letters.length - 1
    return word([...letters].map(anyCase).join(''))
  }

  const listed = (name: string): string => {
    const entries = lists[name] ?? fail(`names a list <${name}> that this locale does not have`)
    if (within.includes(name)) fail(`names the list <${name}> within itself`)
    return `(?:${entries.map(entry => compileOne(entry, lists, [...within, name])).join('|')})`
  }

  /** What may be missing takes the space on its outer side with it. */
  const join = (items: readonly Item[]): string => {
    let source = ''
    let leads = true
    items.forEach((one, index) => {
      if (one.kind === 'edge') source += one.source
      else if (one.kind === 'gap') source += leads ? fail('cannot begin with “...”') : one.source
      else {
        const space = leads || !one.spaced || one.kind === 'mark' ? '' : SPACE
        const leadsOn = leads && one.optional && items[index + 1]?.spaced === true
        if (leadsOn) source += `(?:${one.source}${SPACE})?`
        else source += one.optional ? `(?:${space}${one.source})?` : `${space}${one.source}`
        leads = leadsOn
      }
    })
    return source
  }

  const source = alternatives('')
  if (at < text.length) fail(`has a “${text[at]}” too many`)
  return source
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Either case, and either apostrophe. A word after `=` is exact, so there is no flag for this. */
const anyCase = (letter: string): string => {
  if (letter === "'" || letter === '’') return "['’‘ʼ´]"
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()]
  if (lower === upper || [...upper].length > 1) return escaped(letter)
  return `[${lower}${upper}]`
}
