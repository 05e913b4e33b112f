import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ROOT } from './bot.ts'
import { makeFolder } from './engines.ts'
import { median, progress, rounded } from './figures.ts'

export type StartFigures = {
  readonly start: { readonly cold_ms: number; readonly warm_ms: number; readonly bare_node_ms: number }
  /** Resident set at rest; null where /proc does not tell. */
  readonly rss_mb: number | null
}

const STARTS = 5
/** The arguments of node in package.json's `start`: what a deployment runs, flags included. */
const START = ((): readonly string[] => {
  const { scripts }: { scripts: { start: string } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const [node, ...given] = scripts.start.split(' ')
  if (node !== 'node') throw new Error("package.json's start script no longer begins with node")
  return given.map(argument => (argument.startsWith('-') ? argument : join(ROOT, argument)))
})()

/** ms at rest before the memory is read: longer than any work that a start leaves behind. */
const REST = 3_000

/**
 * From the spawn of what `npm start` runs until its /readyz answers 200, as a newcomer's first start: the playground, an
 * empty data directory ("cold") and then the same directory again ("warm"). The files of the program itself are in the
 * system's cache in both. Beside it, what a node costs that does nothing. Medians; the memory is a warm start's, at rest.
 */
export const measureStart = async (): Promise<StartFigures> => {
  const cold: number[] = []
  const warm: number[] = []
  const bare: number[] = []
  const resident: number[] = []
  for (let index = 0; index < STARTS; index += 1) {
    const { folder, remove } = makeFolder()
    bare.push(await bareNode(folder))
    cold.push(await startOnce(folder))
    warm.push(await startOnce(folder, index < 2 ? rss => resident.push(rss) : undefined))
    remove()
  }
  progress('starts are measured')
  return {
    start: {
      cold_ms: rounded(median(cold)),
      warm_ms: rounded(median(warm)),
      bare_node_ms: rounded(median(bare)),
    },
    rss_mb: resident.length === 0 ? null : rounded(median(resident)),
  }
}

const startOnce = async (folder: string, atRest?: (rss: number) => void): Promise<number> => {
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  const began = performance.now()
  const child = spawn(process.execPath, START, {
    cwd: home,
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  try {
    const url = await addressOf(child)
    for (;;) {
      const answer = await fetch(`${url}/readyz`)
      await answer.arrayBuffer()
      if (answer.status === 200) break
    }
    const took = performance.now() - began
    if (atRest !== undefined) {
      await wait(REST)
      const rss = residentOf(child.pid)
      if (rss !== undefined) atRest(rss)
    }
    return took
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

/** Where it listens, from its own log: the one line with an address. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', code => reject(new Error(`the server ended with ${code} before it was ready`)))
  })

const bareNode = async (cwd: string): Promise<number> => {
  const began = performance.now()
  const child = spawn(process.execPath, ['-e', ''], { cwd, stdio: 'ignore' })
  await new Promise<void>(resolve => child.once('exit', () => resolve()))
  return performance.now() - began
}

/** MB (of 1,000,000 bytes) that a process keeps in memory. */
const residentOf = (pid: number | undefined): number | undefined => {
  if (process.platform !== 'linux') return undefined
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kib === undefined ? undefined : (Number(kib) * 1024) / 1_000_000
}
