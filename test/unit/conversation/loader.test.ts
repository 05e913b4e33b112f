import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import type { PromptFile } from '../../../src/conversation/load.ts'
import { PROMPT_FILES } from './dialogue.ts'
import { changed, findingsIn, replaced, withProbe } from './mistakes.ts'

describe('the loader', () => {
  it('finds nothing wrong with the prompts as they are, nor with a small pack beside them', () => {
    expect(findingsIn(PROMPT_FILES)).toEqual([])
    expect(findingsIn(withProbe('Which one?', 'Which one?'))).toEqual([])
  })

  it.each([
    ['what is not YAML', 'start: ask', 'start: [ask', /^prompts\/en\/probe\.yaml:\d+ : this is not YAML/],
    ['a key nobody knows', 'start: ask', 'starts: ask', /^prompts\/en\/probe\.yaml:\d+ .*(start|Unrecognized)/],
    ['a start that is not there', 'start: ask', 'start: asks', /:5 start: there is no step "asks"/],
    ['a way to a step that is not there', 'one: end,', 'one: ends,', /:14 steps\.ask\.next: there is no step "ends"/],
    ['a way to a pack that is not there', 'one: end,', 'one: nope.open,', /:14 steps\.ask\.next: .*nope/],
    ['an answer without a way', 'one: end, ', '', /:14 steps\.ask\.next.*one/],
    ['a way without an answer', 'one: end,', 'one: end, two: end,', /:14 steps\.ask\.next.*two/],
    ['a question without a way out', ', way-out: true', '', /:9 steps\.ask\.ask: every question has a way out/],
    ['a blank question', 'Which one?', '"  "', /:10 steps\.ask\.ask\.question: must not be blank/],
    [
      'a message that is no ICU message',
      'Which one?',
      '"Which {count, plural, one {a}?"',
      /:10 steps\.ask\.ask\.question/,
    ],
    [
      'a name that nothing has',
      'Which one?',
      'Which one, {nome}?',
      /:10 steps\.ask\.ask\.question: nothing is called \{nome\}/,
    ],
    ['a class there is not', 'class: reply', 'class: shout', /:3 class/],
    [
      'a label that fits no button',
      'label: The one',
      `label: ${'so '.repeat(30)}long`,
      /:12 steps\.ask\.ask\.options\.0\.label: must fit on a button/,
    ],
    ['an act there is not', '    ask:\n      kind', '    do: jump\n    ask:\n      kind', /:8 steps\.ask\.do/],
    [
      'an act with an outcome that has no way',
      '    ask:\n      kind',
      '    do: is-open\n    ask:\n      kind',
      /steps\.ask/,
    ],
    [
      'a step that nothing leads to',
      'steps:\n',
      'steps:\n  lost:\n    say: Here.\n    next: end\n',
      /:8 steps\.lost: no way leads to this step/,
    ],
    [
      'a view without its labels',
      '    ask:\n      kind',
      '    show: focus\n    ask:\n      kind',
      /:8 steps\.ask\.show: "focus" needs a text labels\.plan/,
    ],
  ])('names file, line and place of %s', (_what, from, to, expected) => {
    expect(findingsIn(withProbe(from, to)).join('\n')).toMatch(expected)
  })

  it('lets nothing be decided by passing a question over', () => {
    const found = findingsIn(changed('lapse.yaml', text => text.replace(/^ {4}passed: rest\n/m, '')))
    expect(found.join('\n')).toMatch(/lapse\.yaml:\d+ steps\.partly\.ask: its way out decides something/)
  })

  it('misses a command that hearing.yaml does not answer, and one that leads nowhere', () => {
    const without = findingsIn(changed('hearing.yaml', text => text.replace(/^ {2}help:.*$/m, '')))
    expect(without.join('\n')).toMatch(/hearing\.yaml:\d+ commands/)
    const nowhere = findingsIn(replaced('hearing.yaml', 'run: always-on.help', 'run: always-on.helpp'))
    expect(nowhere.join('\n')).toMatch(/hearing\.yaml:\d+ commands\.help.*helpp/)
  })

  it('misses a pack, a step and an answer that another locale has', () => {
    const spanish = (name: string, text: string): PromptFile => ({ path: `prompts/es/${name}`, locale: 'es', text })
    const all = PROMPT_FILES.map(({ path, text }) => spanish(path.split('/').at(-1) ?? '', text))
    expect(findingsIn([...PROMPT_FILES, ...all])).toEqual([])
    const without = all.filter(({ path }) => !path.endsWith('/nudge.yaml'))
    expect(findingsIn([...PROMPT_FILES, ...without]).join('\n')).toMatch(/prompts\/es.*nudge/)
    const fewer = all.map(file =>
      file.path.endsWith('/lapse.yaml')
        ? { ...file, text: file.text.replace(/\n {2}rest:\n(?: {4}.*\n)+/, '\n').replaceAll(': rest', ': end') }
        : file,
    )
    expect(findingsIn([...PROMPT_FILES, ...fewer]).join('\n')).toMatch(/prompts\/es\/lapse\.yaml:\d+.*rest/)
  })

  it('lets no step, text, way, label or phrase be missing: without any one of them it says so', {
    timeout: 60_000,
  }, () => {
    const removable = PROMPT_FILES.flatMap((file, index) => pathsIn(file).map(path => ({ index, path })))
    expect(removable.length).toBeGreaterThan(300)
    fc.assert(
      fc.property(fc.constantFrom(...removable), ({ index, path }) => {
        const files = PROMPT_FILES.map((file, at) => (at === index ? without(file, path) : file))
        expect({ path, found: findingsIn(files).length > 0 }).toEqual({ path, found: true })
      }),
      { numRuns: 40 },
    )
  })
})

type Path = readonly (string | number)[]

/** Every part of a file that cannot be left out. */
const pathsIn = (file: PromptFile): readonly Path[] => {
  const content: unknown = parseDocument(file.text).toJS()
  const paths: Path[] = []
  const walk = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      const at = [...path, key]
      if (isNeeded(at)) paths.push(at)
      walk(child, at)
    }
  }
  walk(content, [])
  return paths
}

const isNeeded = (path: Path): boolean => {
  const [top, , part] = path
  const last = path.at(-1)
  if (path.length === 1)
    return ['id', 'version', 'class', 'about', 'start', 'steps', 'commands', 'lines'].includes(String(top))
  // Of a line's wordings one may go; the line itself may not.
  if (top === 'lines' || top === 'commands') return path.length === 2
  // A step of a pack is led to from somewhere, and what a question says is all there is of it.
  if (top !== 'steps') return false
  if (path.length === 2) return true
  if (part === 'next' && path.length === 4) return true
  return path.length >= 4 && (last === 'question' || last === 'label' || last === 'kind') && part === 'ask'
}

const without = (file: PromptFile, path: Path): PromptFile => {
  const document = parseDocument(file.text)
  if (!document.deleteIn(path)) throw new Error(`${file.path} has no ${path.join('.')}`)
  return { ...file, text: String(document) }
}
