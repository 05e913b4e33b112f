import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Ended, node } from './commands.ts'
import type { Catcher } from './mutation.ts'

/** What a catcher noticed: by which test, or in which line. Undefined: nothing. */
export type Catch = { readonly by: string; readonly line: string }

/** On a machine that is busy with other things as well. */
const LIMIT_MS = 900_000
const CLI = 'dist/src/cli.js'
const VITEST = 'node_modules/vitest/vitest.mjs'

export const needsBuild = ({ kind }: Catcher): boolean => kind !== 'test'

export const nameOf = (catcher: Catcher): string => {
  if (catcher.kind === 'test') return catcher.file
  if (catcher.kind === 'prompts') return 'prompts check'
  return `simulate --clients ${catcher.clients} --days ${catcher.days} --seed ${catcher.seed}`
}

/** Lets a catcher look at the tree in `root`. @throws where it came to no end: slowness is no catch */
export const look = async (root: string, catcher: Catcher, rule: number): Promise<Catch | undefined> => {
  if (catcher.kind === 'test') return lookAtTests(root, [catcher.file])
  const ended = await node(root, [CLI, ...nameOf(catcher).split(' ')], LIMIT_MS)
  if (ended.code === undefined) throw new Error(`${nameOf(catcher)} came to no end in ${LIMIT_MS / 1_000} s`)
  if (ended.code === 0) return undefined
  const line = catcher.kind === 'simulate' ? lineOf(ended, rule) : ended.stdout.trim().split('\n')[0]
  return { by: nameOf(catcher), line: line ?? firstLine(ended.stderr) }
}

/** Of that rule if there is one: a rule that is off often breaks others as well. */
const lineOf = ({ stdout }: Ended, rule: number): string | undefined => {
  const violations = [...stdout.matchAll(/^(rule (\d+)) .*\n {4}(.*)$/gm)]
  const [own = violations[0]] = violations.filter(([, , number]) => number === String(rule))
  return own === undefined ? /^(?:FAULT|BROKEN) .*$/m.exec(stdout)?.[0] : `${own[1]}: ${own[3]}`
}

const firstLine = (text: string): string => text.trim().split('\n').slice(0, 2).join(' ').replace(/\s+/g, ' ')

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
})

/** The first test that fails in these files. @throws where only the clock failed it */
export const lookAtTests = async (root: string, files: readonly string[]): Promise<Catch | undefined> => {
  const results = join(root, 'mutation-results.json')
  rmSync(results, { force: true })
  const args = [VITEST, 'run', ...files, '--bail', '1', '--reporter', 'json', '--outputFile', results]
  const { code, stderr } = await node(root, args, LIMIT_MS)
  if (code === undefined) throw new Error(`${files.join(', ')} came to no end in ${LIMIT_MS / 1_000} s`)
  if (code === 0) return undefined
  const { testResults } = report.parse(JSON.parse(readFileSync(results, 'utf8')))
  for (const { name, status, message, assertionResults } of testResults) {
    const by = name.slice(name.lastIndexOf('/test/') + 1)
    const failed = assertionResults.find(one => one.status === 'failed')
    if (failed?.failureMessages.some(why => /timed out in \d+ms/.test(why)))
      throw new Error(`${by} ran out of time: "${failed.fullName}"`)
    if (failed !== undefined) return { by, line: `“${failed.fullName}”` }
    // Where nothing could be read or imported there are no tests.
    if (status === 'failed') return { by, line: firstLine(message) }
  }
  throw new Error(`vitest failed without a failing test:\n${stderr}`)
}
