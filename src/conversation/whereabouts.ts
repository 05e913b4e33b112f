import { readYamlSource } from './lint/yaml-source.ts'
import type { PromptFile } from './load.ts'
import { wayWithin } from './varieties.ts'

/** A place in what people wrote: the file and the line (from 1). */
export type Place = { readonly path: string; readonly line: number }

/**
 * Where the values of a file stand, by their path within it and, in a text, by the character: in a filled-up file of a variety,
 * in whichever of the two it was written. What stands in neither is placed at the nearest thing in the first.
 */
export const whereabouts = (file: PromptFile): ((at: readonly PropertyKey[], offset?: number) => Place) => {
  const sources = (file.written ?? [file]).map(({ path, text }) => ({ path, source: readYamlSource(text) }))
  const whole = file.written === undefined ? undefined : readYamlSource(file.text).value
  return (at, offset = 0) => {
    const ways = sources.map(({ path, source }) => ({
      path,
      source,
      way: whole === undefined ? at : wayWithin(whole, source.value, at),
    }))
    const found = ways.find(({ way }) => way.length === at.length) ?? ways[0]
    return found === undefined
      ? { path: file.path, line: 1 }
      : { path: found.path, line: found.source.lineOf(found.way, offset) }
  }
}
