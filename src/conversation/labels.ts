import type { Pack } from './pack.ts'
import type { Turn } from './turn.ts'
import { valuesOf } from './values.ts'
import { formatText } from './words.ts'

/** The small texts of a pack, filled in; `more` is what a list tells of one of its entries. */
export type Labels = (id: string, more?: Readonly<Record<string, string | number>>) => string

export const labelsOf =
  (turn: Turn, pack: Pack): Labels =>
  (id, more) => {
    const text = pack.labels[id]
    if (text === undefined)
      throw new Error(`pack ${pack.id} has no label "${id}", which it shows: the loader checks this`)
    return formatText(text, turn.person.locale, valuesOf(turn, more))
  }
