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

/** The built server as a process of its own, with its data below `home`. @throws if it ends before it is ready */
export const serve = (home: string, environment: Readonly<Record<string, string>> = {}): Promise<Served> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
      cwd: home,
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(home, 'data'), ...environment },
    })
    const ended = new Promise<number | null>(done => child.once('exit', done))
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const url = /playground is open at (\S+?)\/?\s/.exec(said)?.[1]
      if (url === undefined) return
      resolve({
        url,
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
