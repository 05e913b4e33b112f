import { LineCounter, parseDocument } from 'yaml'

/** A YAML text, read, with the way back from a value to the line it was written on. */
export type YamlSource = {
  readonly value: unknown
  readonly errors: readonly { readonly line: number; readonly message: string }[]
  /**
   * The line (from 1) of the value at a path; with `offset`, of that character of the text there, wherever the text was
   * folded. A missing key is placed at the nearest thing that exists.
   */
  readonly lineOf: (at: readonly PropertyKey[], offset?: number) => number
}

export const readYamlSource = (text: string): YamlSource => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (position: number): number => lines.linePos(position).line
  if (document.errors.length > 0)
    return {
      value: undefined,
      errors: document.errors.map(({ pos, message }) => ({
        line: lineAt(pos[0]),
        message: `this is not YAML: ${message}`,
      })),
      lineOf: () => 1,
    }
  return {
    value: document.toJS(),
    errors: [],
    lineOf: (at, offset = 0) => {
      for (let length = at.length; length > 0; length -= 1) {
        const node: unknown = document.getIn(at.slice(0, length), true)
        if (!hasRange(node)) continue
        const [start, end] = node.range
        if (length < at.length || typeof node.value !== 'string' || offset === 0) return lineAt(start)
        return lineAt(start + placeIn(text.slice(start, end), node.value, offset))
      }
      return 1
    },
  }
}

const hasRange = (node: unknown): node is { range: [number, number, number]; value?: unknown } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)

/**
 * Folding changes nothing but white space, so the n-th visible character of a value is the n-th of its source, where an
 * escape in quotation marks counts as the one character it stands for.
 */
const placeIn = (source: string, value: string, offset: number): number => {
  const header = /^[|>][^\n]*\n|^["']/.exec(source)?.[0] ?? ''
  const piece = header === '"' ? QUOTED : header === "'" ? /''|[\s\S]/g : /[\s\S]/g
  let visible = value.slice(0, offset).replace(/\s/g, '').length
  for (const { 0: written, index } of source.slice(header.length).matchAll(piece)) {
    if (/^\s|^\\[ntr\s]/.test(written)) continue
    if (visible === 0) return header.length + index
    visible -= 1
  }
  return header.length
}

const QUOTED = /\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[\s\S]|[\s\S]/g
