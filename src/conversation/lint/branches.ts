import { IntlMessageFormat } from 'intl-messageformat'

/**
 * One reading of an ICU message: for each choice within it one branch taken, slots left as `{name}`, paragraphs parted by
 * `¶`. `offsets[i]` is where character i stands in the message as written.
 */
export type Reading = { readonly text: string; readonly offsets: readonly number[] }

/** Beyond this many combinations each branch is still read, but no longer beside every branch of every other choice. */
const MOST_READINGS = 48

type Node = ReturnType<IntlMessageFormat['getAst']>[number]
type Located = { readonly location?: { readonly start: { readonly offset: number } } | undefined }

const LIMIT = 5_000
const cache = new Map<string, readonly Reading[]>()

/** Every reading of a text, each branch in one at least. A text that is no ICU message is read as it stands. */
export const readingsOf = (text: string, locale: string): readonly Reading[] => {
  const key = `${locale}\n${text}`
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= LIMIT) cache.clear()
  const made = makeReadings(text, locale)
  cache.set(key, made)
  return made
}

const makeReadings = (text: string, locale: string): readonly Reading[] => {
  const whole = text.normalize('NFC')
  if (!/[{}]/.test(whole))
    return [finish({ text: whole, offsets: Array.from({ length: whole.length }, (_, index) => index) })]
  return expand(nodesOf(whole, locale)).map(finish)
}

const nodesOf = (text: string, locale: string): readonly Node[] => {
  const parse = (source: string) =>
    new IntlMessageFormat(source, locale, undefined, { ignoreTag: true, captureLocation: true }).getAst()
  try {
    return parse(text)
  } catch {
    // Reported by the loader; its words can be read all the same.
    return parse(text.replace(/[{}]/g, ' '))
  }
}

const expand = (nodes: readonly Node[]): readonly Reading[] => {
  let readings: readonly Reading[] = [{ text: '', offsets: [] }]
  for (const node of nodes) {
    const next = readingsOfNode(node)
    readings =
      readings.length * next.length <= MOST_READINGS
        ? readings.flatMap(before => next.map(after => append(before, after)))
        : sideBySide(readings, next)
  }
  return readings
}

const sideBySide = (left: readonly Reading[], right: readonly Reading[]): readonly Reading[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    append(left[index % left.length] ?? EMPTY, right[index % right.length] ?? EMPTY),
  )

const EMPTY: Reading = { text: '', offsets: [] }

const append = (a: Reading, b: Reading): Reading => ({ text: a.text + b.text, offsets: [...a.offsets, ...b.offsets] })

const readingsOfNode = (node: Node): readonly Reading[] => {
  // The parser's own types leave the location out of some nodes, though captureLocation sets it on all.
  const start = (node as Located).location?.start.offset ?? 0
  if (node.type === 0)
    return [{ text: node.value, offsets: Array.from({ length: node.value.length }, (_, index) => start + index) }]
  if ('options' in node) return Object.values(node.options).flatMap(({ value }) => expand(value))
  const text = node.type === 7 ? '{#}' : `{${node.value}}`
  return [{ text, offsets: Array.from({ length: text.length }, () => start) }]
}

/** Marks the ends of paragraphs without moving a character. */
const finish = ({ text, offsets }: Reading): Reading => ({
  text: text.replace(/\n[ \t]*\n\s*/g, gap => '¶'.repeat(gap.length)),
  offsets,
})
