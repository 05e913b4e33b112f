#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash, readGuidelines, readPromptFiles, readSafety } from '../adapters/prompts/files.ts'
import { openStore } from '../adapters/store/open.ts'
import { registerOperate } from './cli/operate.ts'
import { lighthandProgram } from './cli/program.ts'
import { registerSimulate } from './cli/simulate.ts'
import { readConfig } from './config.ts'
import { loadPrompts } from './conversation/load.ts'
import type { Keyring } from './ports/keyring.ts'

const PROMPTS = join(import.meta.dirname, '../../prompts')
const WIDEST = 80

// Whoever reads the first lines and closes the pipe (`| head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

/** The operator's commands read no words: they work without the keys. */
const noKey = () => Promise.reject(new Error('the operator’s commands open no words'))
const noKeyring: Keyring = { key: noKey, destroy: noKey, isErased: noKey, close: async () => undefined }

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

const openConfigured = async () => {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { dataDir, mongodbUri } = readConfig(process.env)
  const uri = mongodbUri?.reveal()
  return openStore(uri === undefined ? { dataDir } : { mongodbUri: uri }, { keyring: noKeyring })
}

registerOperate(
  program,
  {
    openStore: async () => {
      const store = await openConfigured()
      await store.checkVersion()
      return store
    },
    prepareStore: async told => {
      const store = await openConfigured()
      await store.prepare({ told })
      await store.close()
    },
    clock: { now: Date.now },
    print: line => console.log(line),
    printError: line => console.error(line),
  },
  code => {
    process.exitCode = code
  },
)

try {
  await program.parseAsync()
} catch (error) {
  console.error(`lighthand: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
