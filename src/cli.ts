#!/usr/bin/env node
import { join } from 'node:path'
import { contentHash, readGuidelines, readPromptFiles, readSafety } from '../adapters/prompts/files.ts'
import { lighthandProgram } from './cli/program.ts'
import { registerSimulate } from './cli/simulate.ts'
import { loadPrompts } from './conversation/load.ts'

const PROMPTS = join(import.meta.dirname, '../../prompts')
const WIDEST = 80

// Whoever reads the first lines and closes the pipe (`| head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const program = lighthandProgram(
  {
    readFiles: () => readPromptFiles(PROMPTS),
    load: files => loadPrompts(files, contentHash),
    readGuidelines: () => readGuidelines(PROMPTS),
    readSafety: () => readSafety(PROMPTS),
    hash: contentHash,
    print: line => console.log(line),
    printError: line => console.error(line),
    terminal: {
      columns: Math.min(WIDEST, process.stdout.columns ?? WIDEST),
      colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    },
  },
  code => {
    process.exitCode = code
  },
)

registerSimulate(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(`lighthand: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
