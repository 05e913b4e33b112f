import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PlatformFile, PlatformState } from './platform.ts'

/** The playground's transcript file cannot be read; it is left untouched. */
class TranscriptBroken extends Error {
  readonly code = 'TRANSCRIPT_BROKEN'
  constructor(file: string, cause: unknown) {
    super(
      `${file} cannot be read: move the data directory and its key files away to start afresh, or restore them together.`,
      { cause },
    )
    this.name = 'TranscriptBroken'
  }
}

/**
 * One sealed file, replaced whole: written beside, fsynced, renamed, and the directory fsynced. Writes are joined: those that
 * come while one is under way share the next.
 */
export const sealedFile = (
  file: string,
  seal: (words: string) => string,
  unseal: (sealed: string) => string,
): PlatformFile => {
  let waiting: { state: PlatformState; done: Promise<void> } | undefined
  let running: Promise<void> = Promise.resolve()
  const write = async (state: PlatformState): Promise<void> => {
    const draft = `${file}.new`
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(seal(JSON.stringify(state)))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    const directory = await open(dirname(file), 'r')
    try {
      await directory.sync()
    } finally {
      await directory.close()
    }
  }
  return {
    load: async () => {
      const sealed = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (sealed === undefined) return undefined
      try {
        // Written by save alone, under authenticated encryption: what opens is what was written.
        return JSON.parse(unseal(sealed)) as PlatformState
      } catch (error) {
        throw new TranscriptBroken(file, error)
      }
    },
    save: state => {
      if (waiting !== undefined) {
        waiting.state = state
        return waiting.done
      }
      const next = { state, done: Promise.resolve() }
      next.done = running.then(() => {
        waiting = undefined
        return write(next.state)
      })
      waiting = next
      running = next.done.catch(() => undefined)
      return next.done
    },
  }
}
