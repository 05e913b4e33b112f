import { IntlMessageFormat } from 'intl-messageformat'
import { parse } from 'yaml'
import type { PromptText } from '../transcript.ts'

/** Where a sentence stands in the prompts, and what was filled into its holes. `place` is `pack.step` or `pack/label`. */
export type Found = {
  readonly pack: string
  readonly place: string
  readonly part: 'say' | 'question' | 'label'
  readonly values: Readonly<Record<string, string>>
  /** Hardly more than a hole: it matches anything, and tells only by what fills it. */
  readonly open: boolean
}

/** Every sentence there is, as the files say it: read here anew, with no help of the program that sends them. */
export type Book = {
  /** All places where this sentence stands in that language; none: nobody wrote it. */
  find(locale: string, text: string): readonly Found[]
  /** The pack's class, as its file says. */
  classOf(pack: string): string | undefined
  isWayOut(locale: string, label: string): boolean
  /** The command that these words are when they are the whole message. */
  command(locale: string, text: string): string | undefined
  /** The language whose prompts somebody with this locale reads. */
  language(locale: string): string
}

type Pattern = Omit<Found, 'values'> & {
  readonly regex: RegExp
  readonly names: readonly string[]
}
type Element = ReturnType<IntlMessageFormat['getAst']>[number]
type Language = {
  readonly plain: Map<string, Found[]>
  readonly patterns: Pattern[]
  readonly waysOut: RegExp[]
  readonly commands: Map<string, string>
  readonly cache: Map<string, readonly Found[]>
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** What a message keeps of a text: single line breaks are the editor's. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

const isHole = (elements: readonly Element[]): boolean =>
  elements.length > 0 && elements.every(({ type }) => type === 1)

/** A regular expression of all that a text can become, and the names of its holes in order. */
const shapeOf = (elements: readonly Element[], names: string[]): string =>
  elements
    .map(element => {
      if ('options' in element)
        // A branch that is nothing but a hole would take the words of the others for what fills it.
        return `(?:${Object.values(element.options)
          .toSorted((a, b) => Number(isHole(a.value)) - Number(isHole(b.value)))
          .map(({ value }) => shapeOf(value, names))
          .join('|')})`
      if (element.type === 0) return escaped(element.value).replace(/\s+/g, '\\s+')
      if ('value' in element && typeof element.value === 'string') {
        names.push(element.value)
        return '([\\s\\S]*?)'
      }
      return '\\d+'
    })
    .join('')

/** How many letters a text has at least, whatever fills it and whichever branch is taken. */
const lettersOf = (elements: readonly Element[]): number =>
  elements.reduce((sum, one) => {
    if ('options' in one) return sum + Math.min(...Object.values(one.options).map(({ value }) => lettersOf(value)))
    return sum + (one.type === 0 ? one.value.replace(/[^\p{L}]/gu, '').length : 0)
  }, 0)

const compile = (
  text: string,
): { readonly regex: RegExp; readonly names: readonly string[]; readonly letters: number } => {
  const names: string[] = []
  const ast = new IntlMessageFormat(flat(text), 'en', undefined, { ignoreTag: true }).getAst()
  const shape = shapeOf(ast, names)
  return { regex: new RegExp(`^\\s*${shape}\\s*$`, 'u'), names, letters: lettersOf(ast) }
}

/** As people type: small, without accents, without marks. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const stringsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.flatMap(stringsIn)
      : isRecord(value)
        ? Object.entries(value).flatMap(([key, one]) => (NO_WORDS.includes(key) ? [] : stringsIn(one)))
        : []
/** Keys whose strings nobody is shown. */
const NO_WORDS = [
  'id',
  'heard',
  'kind',
  'as',
  'do',
  'next',
  'after',
  'pick',
  'from',
  'about',
  'topic',
  'run',
  'question',
]

export const readBook = (prompts: readonly PromptText[]): Book => {
  const languages = new Map<string, Language>()
  const classes = new Map<string, string>()
  const languageOf = (locale: string): Language => {
    const known = languages.get(locale)
    if (known !== undefined) return known
    const made: Language = { plain: new Map(), patterns: [], waysOut: [], commands: new Map(), cache: new Map() }
    languages.set(locale, made)
    return made
  }
  const add = (locale: string, where: Omit<Found, 'values' | 'open'>, text: string): void => {
    for (const paragraph of text.split(/\n\s*\n/)) {
      // Quotations are people's own words, and judged as such.
      if (paragraph.trimStart().startsWith('> ')) continue
      const { regex, names, letters } = compile(paragraph)
      const { plain, patterns } = languageOf(locale)
      if (names.length > 0 || /\{/.test(paragraph)) patterns.push({ ...where, regex, names, open: letters < 4 })
      else plain.set(flat(paragraph), [...(plain.get(flat(paragraph)) ?? []), { ...where, values: {}, open: false }])
    }
  }
  for (const { locale, path, text } of prompts) {
    const file: unknown = parse(text)
    if (!isRecord(file)) continue
    const pack = typeof file.id === 'string' ? file.id : (/([a-z-]+)\.yaml$/.exec(path)?.[1] ?? path)
    if (typeof file.class === 'string') classes.set(pack, file.class)
    if (isRecord(file.commands))
      for (const [command, meaning] of Object.entries(file.commands))
        for (const words of isRecord(meaning) ? stringsIn(meaning.heard) : [])
          languageOf(locale).commands.set(bare(words), command)
    for (const [group, values] of Object.entries(file)) {
      if (['id', 'version', 'class', 'about', 'start', 'steps', 'commands', 'answers', 'quiet-after'].includes(group))
        continue
      for (const [name, value] of isRecord(values) ? Object.entries(values) : [])
        for (const one of stringsIn(value)) add(locale, { pack, place: `${pack}/${name}`, part: 'label' }, one)
    }
    for (const [step, content] of isRecord(file.steps) ? Object.entries(file.steps) : []) {
      if (!isRecord(content)) continue
      const place = `${pack}.${step}`
      for (const one of stringsIn(content.say)) add(locale, { pack, place, part: 'say' }, one)
      const { ask } = content
      if (!isRecord(ask)) continue
      for (const one of stringsIn(ask.question)) add(locale, { pack, place, part: 'question' }, one)
      for (const one of stringsIn(ask)) add(locale, { pack, place, part: 'label' }, one)
      for (const option of Array.isArray(ask.options) ? ask.options : [])
        if (isRecord(option) && option['way-out'] === true && typeof option.label === 'string')
          languageOf(locale).waysOut.push(compile(option.label).regex)
    }
  }
  const language = (locale: string): string =>
    [locale, locale.split('-')[0] ?? ''].find(one => languages.has(one)) ?? 'en'
  return {
    language,
    classOf: pack => classes.get(pack),
    isWayOut: (locale, label) => languageOf(language(locale)).waysOut.some(regex => regex.test(label)),
    command: (locale, text) => languageOf(language(locale)).commands.get(bare(text)),
    find: (locale, text) => {
      const { plain, patterns, cache } = languageOf(language(locale))
      const words = flat(text)
      const known = cache.get(words)
      if (known !== undefined) return known
      const matched = patterns.flatMap(({ regex, names, open, ...where }) => {
        const match = regex.exec(words)
        if (match === null) return []
        const values: Record<string, string> = {}
        for (const [index, name] of names.entries()) {
          const value = match[index + 1]
          if (value !== undefined) values[name] = value
        }
        return [{ ...where, values, open }]
      })
      // What is hardly more than a hole matches anything, and tells nothing where something better does.
      const told = [...(plain.get(words) ?? []), ...matched.filter(({ open }) => !open)]
      const found = told.length > 0 ? told : matched
      cache.set(words, found)
      return found
    },
  }
}
