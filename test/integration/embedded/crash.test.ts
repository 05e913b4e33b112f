import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, it } from 'vitest'
import { openEmbedded } from '../../../adapters/store/embedded/open.ts'
import { seeded } from './random-operations.ts'

const CHILD = path.join(import.meta.dirname, 'writer-child.mjs')
const BUILT = path.join(import.meta.dirname, '../../../dist/adapters/store/embedded/open.js')
const ROUNDS = 8
const folder = mkdtempSync(path.join(tmpdir(), 'lighthand-crash-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a writer until it has said `lines` lines, kills it in the midst, and returns all that it said. */
async function writeAndKill(file: string, prefix: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, file, prefix, 'write'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (said.length === lines) child.kill('SIGKILL')
  }
  expect(await ended, 'the writer was killed and did not fail by itself').toBe('SIGKILL')
  return said
}

it('no acknowledged write is lost when the process is killed', { timeout: 120_000 }, async () => {
  expect(existsSync(BUILT), 'built: npm install or npm run build makes it').toBe(true)
  const file = path.join(folder, 'data.db')
  const random = seeded(7)
  for (let round = 0; round < ROUNDS; round++) {
    const prefix = `r${round}`
    const said = await writeAndKill(file, prefix, 30 + random.below(400))
    const acknowledged = said.filter(line => line.startsWith(`${prefix}-`))
    const total = Number(said.findLast(line => line.startsWith('total '))?.slice(6) ?? 0)
    const store = openEmbedded({ file })
    const writes = store.connection.collection<{ _id: string; n?: number }>('writes')
    const kept = await writes.find({ group: prefix }).toArray()
    const ids = new Set(kept.map(doc => doc._id))
    expect(acknowledged.length).toBeGreaterThan(10)
    expect(acknowledged.filter(id => !ids.has(id))).toEqual([])
    const sum = kept.find(doc => doc._id === `${prefix}-total`)?.n ?? 0
    expect(sum).toBeGreaterThanOrEqual(total)
    await store.close()
  }
})
