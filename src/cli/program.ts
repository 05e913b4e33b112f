import { Command, InvalidArgumentError, Option } from 'commander'
import { nearestName } from '../config/nearest-name.ts'
import type { Guideline } from '../conversation/lint/guidelines.ts'
import { type LintFinding, lintPrompts } from '../conversation/lint/lint.ts'
import { PromptError, type PromptFile, type Prompts } from '../conversation/load.ts'
import type { SafetyRules } from '../conversation/safety/rules.ts'
import { TOPICS, type Topic } from '../domain/topics.ts'
import { previewPack } from './preview.ts'
import type { Terminal } from './terminal.ts'

/** What the commands need from the world; reading throws PromptError where the prompts are not sound. */
export type World = {
  readonly readFiles: () => readonly PromptFile[]
  readonly load: (files: readonly PromptFile[]) => Prompts
  readonly readGuidelines: () => readonly Guideline[]
  readonly readSafety: () => readonly SafetyRules[]
  readonly hash: (text: string) => string
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
  readonly terminal: Terminal
}

/** Something the person at the terminal can put right; its message is all they need to see. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The commands. Running one gives the exit code to `finish`: 0 if all is well, 1 if something is to be put right.
 */
export const lighthandProgram = (world: World, finish: (code: 0 | 1) => void): Command => {
  const program = new Command('lighthand')
    .description('A coaching companion that follows up with a light hand.')
    .showHelpAfterError('(lighthand --help lists the commands)')
  const prompts = program.command('prompts').description('work with the packs: what the bot says')

  prompts
    .command('check')
    .description('check every pack: structure, ways through, and words against prompts/guidelines')
    .addHelpText(
      'after',
      '\nWhat is found is listed as file:line, place, words, reason, and what to write in their place.',
    )
    .action(() => finish(guarded(world, check)))

  prompts
    .command('preview')
    .description('show a pack as a dialogue, with every way through it')
    .argument('<pack>', 'its id, such as check-in')
    .option('-l, --locale <locale>', 'the language to read it in', 'en')
    .addOption(
      new Option('-s, --stage <topics>', `the topics a client has opened, of ${TOPICS.join(', ')}; or none`)
        .default(new Set<Topic>(['work']), 'work')
        .argParser(readStage),
    )
    .addHelpText('after', '\nExample: lighthand prompts preview check-in --locale de --stage work,self')
    .action((pack: string, { locale, stage }: { locale: string; stage: ReadonlySet<Topic> }) =>
      finish(guarded(world, () => preview(world, pack, locale, stage))),
    )
  return program
}

/** @throws InvalidArgumentError naming the topic most like what was typed */
const readStage = (typed: string): ReadonlySet<Topic> => {
  const names = typed
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && name !== 'none')
  return new Set(
    names.map(name => {
      const topic = TOPICS.find(one => one === name)
      if (topic === undefined) throw new InvalidArgumentError(`There is no topic "${name}"${suggestion(name, TOPICS)}`)
      return topic
    }),
  )
}

const guarded = (world: World, command: (world: World) => 0 | 1): 0 | 1 => {
  try {
    return command(world)
  } catch (error) {
    if (!(error instanceof PromptError || error instanceof UsageError)) throw error
    world.printError(error.message)
    return 1
  }
}

const check = (world: World): 0 | 1 => {
  const files = world.readFiles()
  const prompts = world.load(files)
  const guidelines = world.readGuidelines()
  // For its mistakes alone: what stands in them is patterns, nothing that anybody is told.
  world.readSafety()
  const findings = lintPrompts(files, prompts, guidelines, world.hash)
  if (findings.length > 0) {
    world.printError(`${findings.length} place(s) in the prompts go against the guidelines.`)
    for (const finding of findings) world.printError(lineOf(finding))
    return 1
  }
  world.print(`${prompts.packs.length} packs checked against ${guidelines.length} guideline(s), no mistakes.`)
  return 0
}

const lineOf = ({ path, line, at, message }: LintFinding): string =>
  `  ${path}:${line}  ${at === '' ? '' : `${at}: `}${message}`

const preview = (world: World, id: string, locale: string, stage: ReadonlySet<Topic>): 0 | 1 => {
  const { packs } = world.load(world.readFiles())
  const locales = [...new Set(packs.map(one => one.locale))]
  if (!locales.includes(locale)) throw new UsageError(`There is no locale "${locale}"${suggestion(locale, locales)}`)
  const here = packs.filter(one => one.locale === locale)
  const pack = here.find(one => one.id === id)
  if (pack === undefined) {
    const known = here.map(one => one.id)
    throw new UsageError(`There is no pack "${id}" in "${locale}"${suggestion(id, known)}`)
  }
  for (const line of previewPack(pack, here, stage, world.terminal)) world.print(line)
  return 0
}

const suggestion = (name: string, known: readonly string[]): string => {
  const { nearest, distance } = nearestName(name, known)
  return `${distance <= Math.max(2, name.length / 3) ? `; did you mean "${nearest}"?` : '.'} There are: ${known.join(', ')}.`
}
