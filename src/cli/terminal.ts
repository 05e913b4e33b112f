/** How lines look in a terminal: colours only where somebody sees them, and never wider than asked. */
export type Terminal = { readonly columns: number; readonly colours: boolean }

const STYLES = { bold: [1, 22], dim: [2, 22], cyan: [36, 39] } as const

export type Paint = (style: keyof typeof STYLES, text: string) => string

export const paintFor =
  ({ colours }: Terminal): Paint =>
  (style, text) =>
    colours ? `\u001b[${STYLES[style][0]}m${text}\u001b[${STYLES[style][1]}m` : text

/**
 * Wraps one paragraph into lines of at most `columns` characters, each behind the indent (the first behind `first`, if
 * given). A word longer than a line is cut.
 */
export const wrap = (text: string, columns: number, indent: string, first = indent): readonly string[] => {
  const lines: string[] = []
  let line = ''
  const room = (): number => Math.max(1, columns - (lines.length === 0 ? first : indent).length)
  for (const word of text.split(/\s+/).filter(part => part !== '')) {
    let rest = word
    if (line !== '' && length(line) + 1 + length(rest) > room()) {
      lines.push(line)
      line = ''
    }
    while (line === '' && length(rest) > room()) {
      const head = [...rest].slice(0, room()).join('')
      lines.push(head)
      rest = rest.slice(head.length)
    }
    line = line === '' ? rest : `${line} ${rest}`
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines.map((one, index) => (index === 0 ? first : indent) + one)
}

const length = (text: string): number => [...text].length
