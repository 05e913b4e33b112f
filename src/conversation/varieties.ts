import { parseDocument } from 'yaml'
import type { PromptFile } from './load.ts'

/**
 * A variety is a locale with an address of its own, such as `de-x-du`: the same language, spoken to another kind of acquaintance.
 * Its folder holds what it says otherwise than its base (`de`); everything else is said, and understood, as there.
 */
export const baseOf = (locale: string): string | undefined => /^(.+?)-x-/.exec(locale)?.[1]

/**
 * The files of all locales, those of varieties filled up from their base: a file that a variety lacks is its base's, and of
 * one that it has, what is not in there is its base's. Maps are filled up key by key, lists of things that have an `id` thing by
 * thing; any other list is one or the other. A file that is no YAML stays as it is: the loader says what is wrong with it.
 */
export const filledUp = (files: readonly PromptFile[]): readonly PromptFile[] => {
  const of = (locale: string): readonly PromptFile[] => files.filter(file => file.locale === locale)
  return [...new Set(files.map(({ locale }) => locale))].flatMap(locale => {
    const base = baseOf(locale)
    const own = of(locale)
    if (base === undefined) return own
    const below = of(base)
    const lacking = below.filter(file => !own.some(one => nameOf(one) === nameOf(file)))
    return [
      ...own.map(file =>
        filledFrom(
          file,
          below.find(one => nameOf(one) === nameOf(file)),
        ),
      ),
      ...lacking.map(file => ({ ...file, locale })),
    ]
  })
}

const nameOf = ({ path }: PromptFile): string => path.split('/').at(-1) ?? path

const filledFrom = (own: PromptFile, base: PromptFile | undefined): PromptFile => {
  const [mine, theirs] = [contentOf(own), base === undefined ? undefined : contentOf(base)]
  if (base === undefined || !isMap(mine) || !isMap(theirs)) return own
  const written = [own, base].map(({ path, text }) => ({ path, text }))
  return { ...own, text: JSON.stringify(merged(theirs, mine), undefined, 1), written }
}

const contentOf = ({ text }: PromptFile): unknown => {
  const document = parseDocument(text, { prettyErrors: false })
  try {
    return document.errors.length === 0 ? document.toJS() : undefined
  } catch {
    // An alias that names nothing.
    return undefined
  }
}

type YamlMap = Readonly<Record<string, unknown>>
type Thing = YamlMap & { readonly id: unknown }

const isMap = (value: unknown): value is YamlMap => typeof value === 'object' && value !== null && !Array.isArray(value)
const isThing = (value: unknown): value is Thing => isMap(value) && 'id' in value
const areThings = (value: unknown): value is readonly Thing[] =>
  Array.isArray(value) && value.length > 0 && value.every(isThing)

const merged = (base: unknown, own: unknown): unknown => {
  if (isMap(base) && isMap(own)) {
    const keys = [...new Set([...Object.keys(base), ...Object.keys(own)])]
    return Object.fromEntries(keys.map(key => [key, key in own ? merged(base[key], own[key]) : base[key]]))
  }
  if (!areThings(base) || !areThings(own)) return own
  const more = own.filter(one => !base.some(({ id }) => id === one.id))
  const filled = base.map(one => {
    const mine = own.find(({ id }) => id === one.id)
    return mine === undefined ? one : merged(one, mine)
  })
  return [...filled, ...more]
}

/** The way to a value of a filled-up file within one of the files it was made of: as far as it is written there. */
export const wayWithin = (whole: unknown, part: unknown, at: readonly PropertyKey[]): readonly PropertyKey[] => {
  const [key, ...rest] = at
  if (key === undefined) return []
  const inWhole = child(whole, key)
  const own = isThing(inWhole) && areThings(part) ? part.findIndex(({ id }) => id === inWhole.id) : key
  const inPart = child(part, own)
  return inPart === undefined ? [] : [own, ...wayWithin(inWhole, inPart, rest)]
}

const child = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
