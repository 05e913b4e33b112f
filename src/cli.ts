#!/usr/bin/env node
import { join } from 'node:path'
import { Command } from 'commander'
import { readPrompts } from '../adapters/prompts/files.ts'
import { PromptError } from './conversation/load.ts'

const PROMPTS = join(import.meta.dirname, '../../prompts')

const program = new Command('lighthand').description('A coaching companion that follows up with a light hand.')

program
  .command('prompts')
  .description('work with the question packs')
  .command('check')
  .description('check every pack: structure, texts, ways through')
  .action(() => {
    try {
      const { packs } = readPrompts(PROMPTS)
      console.log(`${packs.length} packs checked, no mistakes.`)
    } catch (error) {
      if (!(error instanceof PromptError)) throw error
      console.error(error.message)
      process.exitCode = 1
    }
  })

await program.parseAsync()
