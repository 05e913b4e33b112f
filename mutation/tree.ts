import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { node } from './commands.ts'
import { changedBy, type Mutation } from './mutation.ts'

/** What a copy does without, or gets in another way. */
const LEFT = ['.git', 'node_modules', 'dist', 'data']
const TSC = 'node_modules/typescript/bin/tsc'
const BUILD_MS = 240_000
/** Nothing is off in what is compiled. */
const WHOLE = '[]'

/** A copy of the project in a temporary folder, where rules can be switched off without harm. */
export type Tree = {
  readonly root: string
  /**
   * Compiles the files as they are now, if what is compiled is not that already: a rule that was off before is in force again.
   * Types are not looked at: what is off is off, and `npm run types` is about the real ones.
   */
  build(): Promise<void>
  /** Switches off, lets `look`, and puts everything back as it was. @throws as `edited` */
  without<Seen>(mutation: Mutation, look: () => Promise<Seen>): Promise<Seen>
  remove(): void
}

export const copyTree = (from: string): Tree => {
  const root = mkdtempSync(join(tmpdir(), 'lighthand-mutation-'))
  cpSync(from, root, { recursive: true, filter: path => !LEFT.includes(relative(from, path)) })
  symlinkSync(join(from, 'node_modules'), join(root, 'node_modules'), 'dir')
  /** What is off among the files that are compiled: in them, and in `dist`. Prompts are read as they lie there. */
  let off = WHOLE
  let compiled: string | undefined
  const build = async (): Promise<void> => {
    if (compiled === off) return
    compiled = undefined
    const { code, stdout } = await node(root, [TSC, '-p', 'tsconfig.build.json', '--noCheck'], BUILD_MS)
    if (code !== 0) throw new Error(`the copy does not compile:\n${stdout}`)
    compiled = off
  }
  return {
    root,
    build,
    without: async (mutation, look) => {
      const files = changedBy(mutation, file => readFileSync(join(root, file), 'utf8'))
      off = JSON.stringify(mutation.edits.filter(({ file }) => file.endsWith('.ts')))
      for (const [file, { after }] of files) writeFileSync(join(root, file), after)
      try {
        return await look()
      } finally {
        off = WHOLE
        for (const [file, { before }] of files) writeFileSync(join(root, file), before)
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
