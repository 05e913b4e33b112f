import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../adapters/prompts/files.ts'
import { lighthandProgram, type World } from '../../../src/cli/program.ts'
import { PromptError, type PromptFile, readPack } from '../../../src/conversation/load.ts'
import { GUIDELINES } from './guidelines-folder.ts'

const CHECK_IN = `id: check-in
version: 3
class: check-in
about: A check-in.
start: open
steps:
  open:
    say: "{last, select, kept {You finished “{lastTitle}”.} other {Hello {name}, here is a moment to look back at what you took on, if you want one today.}}"
    next: ask
  ask:
    topic: self
    ask:
      kind: choice
      question: How is work?
      options:
        - { id: more, label: Tell more }
        - { id: skip, label: Skip this, way-out: true }
    next: { more: listen.open, skip: words }
    after: open
  words:
    topic: dreams
    say: { open: Your shelf is open., closed: That is all. }
    next: end
`
const LISTEN = `id: listen
version: 1
class: reply
about: Listening.
start: open
steps:
  open:
    ask: { kind: text, as: said, question: What is it?, options: [{ id: skip, label: Nothing, way-out: true }] }
    next: { answer: open, skip: end }
`

const run = async (
  args: readonly string[],
  {
    texts = [CHECK_IN, LISTEN],
    load,
    colours = false,
  }: { texts?: readonly string[]; load?: World['load']; colours?: boolean } = {},
) => {
  const files = texts.map((text, index): PromptFile => ({ path: `prompts/en/${index}.yaml`, locale: 'en', text }))
  const packs = files.map(file => readPack(file, contentHash(`en\n${file.text}`)))
  const out: string[] = []
  const errors: string[] = []
  let code: number | undefined
  const program = lighthandProgram(
    {
      readFiles: () => files,
      load: load ?? (() => ({ packs, hearings: [] })),
      readGuidelines: () => GUIDELINES,
      readSafety: () => [],
      hash: contentHash,
      print: line => out.push(line),
      printError: line => errors.push(line),
      terminal: { columns: 80, colours },
    },
    result => {
      code = result
    },
  )
  for (const command of [program, ...program.commands, ...program.commands.flatMap(one => one.commands)])
    command.exitOverride().configureOutput({ writeOut: text => out.push(text), writeErr: text => errors.push(text) })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    code = error.exitCode
  }
  return { out: out.join('\n'), errors: errors.join('\n'), code }
}

describe('prompts check', () => {
  it('says how much it checked', async () => {
    expect(await run(['prompts', 'check'])).toEqual({
      out: '2 packs checked against 1 guideline(s), no mistakes.',
      errors: '',
      code: 0,
    })
  })

  it('lists what goes against the guidelines, and fails', async () => {
    const { out, errors, code } = await run(['prompts', 'check'], {
      texts: [CHECK_IN.replace('That is all.', 'No worries.')],
    })
    expect(out).toBe('')
    expect(errors).toMatch(
      /^1 place\(s\) in the prompts go against the guidelines\.\n {2}prompts\/en\/0\.yaml:22 {2}steps\.words\.say\.closed: “No worries”: It talks down/,
    )
    expect(code).toBe(1)
  })

  it('lists what is wrong in structure first, without a stack trace', async () => {
    const load = () => {
      throw new PromptError([
        { path: 'prompts/en/a.yaml', line: 3, at: 'steps.a.ask', message: 'every question has a way out' },
      ])
    }
    const { errors, code } = await run(['prompts', 'check'], { load })
    expect(errors).toContain('prompts/en/a.yaml:3  steps.a.ask: every question has a way out')
    expect(errors).not.toMatch(/^\s+at /m)
    expect(code).toBe(1)
  })
})

describe('prompts preview', () => {
  it('shows each step once, with every branch, button and way, also into other packs', async () => {
    const { out, code } = await run(['prompts', 'preview', 'check-in', '--stage', 'work, self'])
    expect(out.split('\n')).toEqual([
      'check-in (en), version 3; topics open: work, self',
      'A check-in.',
      '',
      '1 check-in.open',
      '  │ You finished “Write the outline”.',
      '  │ or: Hello Robin, here is a moment to look back at what you took on, if you',
      '  │ want one today.',
      '    → 2 check-in.ask',
      '',
      '2 check-in.ask',
      '  │ How is work?',
      '    [Tell more] → 4 listen.open, then 1 check-in.open',
      '    [Skip this] (way out) → 3 check-in.words',
      '',
      '3 check-in.words',
      '  │ That is all.',
      '    → the end, or back',
      '',
      '4 listen.open',
      '  │ What is it?',
      '    (they write) → 4 listen.open',
      '    [Nothing] (way out) → the end, or back',
    ])
    expect(code).toBe(0)
  })

  it('passes over a step of a closed topic by its way out, and says the words of an open one', async () => {
    const { out } = await run(['prompts', 'preview', 'check-in', '--stage', 'dreams'])
    expect(out).toContain('2 check-in.ask\n    (passed over while the topic "self" is closed) → 3 check-in.words')
    expect(out).toContain('Your shelf is open.')
    expect((await run(['prompts', 'preview', 'check-in', '-s', 'none'])).out).toContain('topics open: none')
  })

  it('keeps to the width and colours nothing for a pipe', async () => {
    const plain = await run(['prompts', 'preview', 'check-in'])
    for (const line of plain.out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80)
    expect(plain.out).not.toContain('\u001b[')
    expect((await run(['prompts', 'preview', 'check-in'], { colours: true })).out).toContain('\u001b[36m    [Nothing]')
  })

  it.each([
    [['chek-in'], 'There is no pack "chek-in" in "en"; did you mean "check-in"? There are: check-in, listen.'],
    [['welcome-you'], 'There is no pack "welcome-you" in "en". There are: check-in, listen.'],
    [['listen', '-l', 'em'], 'There is no locale "em"; did you mean "en"? There are: en.'],
    [
      ['listen', '-s', 'work,dream'],
      'There is no topic "dream"; did you mean "dreams"? There are: work, self, dreams.',
    ],
    [[], "missing required argument 'pack'"],
  ])('%j is refused in words', async (args, message) => {
    const { errors, code } = await run(['prompts', 'preview', ...args])
    expect(errors).toContain(message)
    expect(code).toBe(1)
  })
})

describe('help', () => {
  it('lists the commands and what they take', async () => {
    expect((await run(['prompts', '--help'])).out).toMatch(/check[\s\S]+preview/)
    expect((await run(['prompts', 'preview', '--help'])).out).toMatch(
      /--stage <topics>[\s\S]+work, self, dreams[\s\S]+Example/,
    )
  })
})
