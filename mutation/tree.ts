import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { node } from './commands.ts'
import { changedBy, type Mutation } from './mutation.ts'

/** What a copy does without, or gets in another way. */
const LEFT = ['.git', 'node_modules', 'dist', 'data']
const TSC = 'node_modules/typescript/bin/tsc'
const BUILD_MS = 120_000

/** A copy of the project in a temporary folder, where rules can be switched off without harm. */
export type Tree = {
  readonly root: string
  /** As the files are now. Types are not looked at: what is off is off, and `npm run types` is about the real ones. */
  build(): Promise<void>
  /** Switches off, lets `look`, and puts everything back as it was. @throws as `edited` */
  without<Seen>(mutation: Mutation, look: () => Promise<Seen>): Promise<Seen>
  remove(): void
}

export const copyTree = (from: string): Tree => {
  const root = mkdtempSync(join(tmpdir(), 'lighthand-mutation-'))
  cpSync(from, root, { recursive: true, filter: path => !LEFT.includes(relative(from, path)) })
  symlinkSync(join(from, 'node_modules'), join(root, 'node_modules'), 'dir')
  const build = async (): Promise<void> => {
    const { code, stdout } = await node(root, [TSC, '-p', 'tsconfig.build.json', '--noCheck'], BUILD_MS)
    if (code !== 0) throw new Error(`the copy does not compile:\n${stdout}`)
  }
  return {
    root,
    build,
    without: async (mutation, look) => {
      const files = changedBy(mutation, file => readFileSync(join(root, file), 'utf8'))
      for (const [file, { after }] of files) writeFileSync(join(root, file), after)
      try {
        return await look()
      } finally {
        for (const [file, { before }] of files) writeFileSync(join(root, file), before)
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
