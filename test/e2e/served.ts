import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

export type Served = {
  readonly url: string
  /** Asks it to stop, as a service manager does; the exit code. */
  readonly stop: () => Promise<number | null>
  /** `kill -9`: it gets to finish nothing. */
  readonly kill: () => Promise<void>
}

const PLAYGROUND = /playground is open at (\S+?)\/?\s/

/**
 * The built server as a process of its own, with its data below `home`. It is ready when it says what `greets` looks for, and where
 * it is, if that catches an address. @throws if it ends before it is ready
 */
export const serve = (
  home: string,
  environment: Readonly<Record<string, string>> = {},
  greets = PLAYGROUND,
): Promise<Served> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
      cwd: home,
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(home, 'data'), ...environment },
    })
    const ended = new Promise<number | null>(done => child.once('exit', done))
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const greeting = greets.exec(said)
      if (greeting === null) return
      resolve({
        url: greeting[1] ?? '',
        stop: () => {
          child.kill('SIGTERM')
          return ended
        },
        kill: async () => {
          child.kill('SIGKILL')
          await ended
        },
      })
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    ended.then(code => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
