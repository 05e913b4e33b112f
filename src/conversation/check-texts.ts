import { parseText } from './words.ts'

/** Words before the question, as read; 0 for what is no message at all: that is reported by `checkText`. */
export const lengthOf = (text: string, locale: string): number => {
  try {
    return words(parseText(text, locale).getAst())
  } catch {
    return 0
  }
}

/** Words as read: of a choice of texts the longest, and a value counts as one. */
const words = (nodes: readonly Node[]): number =>
  nodes.reduce((sum, node) => {
    if (node.type === 0) return sum + node.value.split(/\s+/).filter(part => /[\p{L}\p{N}]/u.test(part)).length
    if ('options' in node) return sum + Math.max(...Object.values(node.options).map(({ value }) => words(value)))
    return sum + 1
  }, 0)

/** One text: an ICU message that names only what there is, and formats no date or hour itself (all values are words already). */
export const checkText = (
  text: string,
  locale: string,
  slots: ReadonlySet<string>,
  report: (message: string) => void,
): void => {
  try {
    const nodes = parseText(text, locale).getAst()
    for (const name of argumentsIn(nodes)) if (!slots.has(name)) report(`nothing is called {${name}} here`)
    for (const name of formattedIn(nodes)) report(`{${name}} comes as words: write it without a format`)
  } catch (error) {
    report(`this is not an ICU message: ${error instanceof Error ? error.message : String(error)}`)
  }
}

type Node = ReturnType<ReturnType<typeof parseText>['getAst']>[number]

/** Names a text uses; plain text (type 0) and the plural's # (type 7) have none. */
const argumentsIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap(node => {
    const own = node.type === 0 || node.type === 7 ? [] : [node.value]
    const inner = 'options' in node ? Object.values(node.options).flatMap(({ value }) => argumentsIn(value)) : []
    return [...own, ...inner]
  })

/** Dates (type 3) and times (type 4): ICU would format numbers, and there are none. */
const formattedIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap(node => {
    const inner = 'options' in node ? Object.values(node.options).flatMap(({ value }) => formattedIn(value)) : []
    return node.type === 3 || node.type === 4 ? [node.value, ...inner] : inner
  })

/** Whether a text may come out empty: made of values alone, or of choices of which one says nothing. */
export const mayBeBlank = (text: string, locale: string): boolean => {
  try {
    return maybeEmpty(parseText(text, locale).getAst())
  } catch {
    return false
  }
}

const maybeEmpty = (nodes: readonly Node[]): boolean =>
  nodes.every(node => {
    if (node.type === 0) return node.value.trim() === ''
    return 'options' in node ? Object.values(node.options).some(({ value }) => maybeEmpty(value)) : node.type !== 7
  })
