/**
 * What a coach gets is what the client approved, line by line, in the share preview, and nothing else. A line that
 * is withheld is gone: it is not stored, not marked and not counted.
 */
/** `sponsor`: the coach may pass this one on to whoever sponsors the coaching; by the client's word, in the client's words. */
export type ShareKind = 'win' | 'commitment' | 'measure' | 'talk' | 'note' | 'sponsor'

/** A line that a check-in offers for the preview. */
export type OfferedLine = {
  readonly id: string
  readonly kind: ShareKind
  readonly text: string
  /** "For {coach} too": the line starts as included. It does no more than that. */
  readonly preselected: boolean
  /** The commitment that it tells of: a later line about it takes its place. */
  readonly about?: string
}

/** Adds a line: one thing has one line, its latest. Words of the client's own are the same thing when they are the same words. */
export const withOffer = (lines: readonly OfferedLine[], line: OfferedLine): readonly OfferedLine[] => [
  ...lines.filter(one => !isOfOneThing(one, line)),
  line,
]

const isOfOneThing = (a: OfferedLine, b: OfferedLine): boolean =>
  a.about === undefined && b.about === undefined ? a.kind === b.kind && a.text === b.text : a.about === b.about

export type SharedLine = { readonly id: string; readonly kind: ShareKind; readonly text: string }

/** Rule 14: wins first. */
const ORDER: readonly ShareKind[] = ['win', 'measure', 'commitment', 'talk', 'note', 'sponsor']

/** At most so many lines in one preview: a form has four fields (rule 6). */
export const LINES_A_PREVIEW = 4

export const winsFirst = <Line extends { readonly kind: ShareKind }>(lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))

/** Rule 8. What the submitted preview approved: each line whose choice is an explicit yes, in the client's final words. */
export const approved = (
  offered: readonly OfferedLine[],
  fields: Readonly<Record<string, string>>,
): readonly SharedLine[] =>
  offered.flatMap(line => {
    const text = (fields[line.id] ?? '').trim()
    return fields[`${line.id}.include`] === 'yes' && text !== '' ? [{ id: line.id, kind: line.kind, text }] : []
  })
