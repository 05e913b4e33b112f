import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { AFTER_FAILURE, type Consequence } from '../../src/domain/failure.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const OPERATING = read('docs/operating.md')

describe('docs/operating.md', () => {
  it('shows the failure table as the code has it', () => {
    const [, table = ''] = /<!-- failure table -->\n([\s\S]*?)<!-- end of failure table -->/.exec(OPERATING) ?? []
    const rows = table
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .map(line => line.split('|').map(cell => cell.trim()))
      .map(([, kind = '', means, message, person, tenant]) => [
        kind.replaceAll('`', ''),
        { means, message, person, tenant },
      ])
    const expected: Readonly<Record<string, Consequence>> = AFTER_FAILURE
    expect(Object.fromEntries(rows)).toEqual(expected)
  })

  it('explains every code that a log line carries', () => {
    const sources = ['src/main.ts', 'adapters/cron/ticker.ts', 'adapters/cron/alarm.ts', 'adapters/http/refusal.ts']
    const cases = readdirSync(join(ROOT, 'src/usecases')).map(name => `src/usecases/${name}`)
    const files = [...sources, ...cases]
    const codes = new Set(files.flatMap(file => [...read(file).matchAll(/code: '([A-Z_]+)'/g)].map(([, code]) => code)))
    expect(codes.size).toBeGreaterThan(12)
    for (const code of codes) expect(OPERATING, code).toContain(`\`${code}\``)
  })
})

describe('the container', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as {
    readonly services: Readonly<Record<string, Record<string, unknown>>>
    readonly volumes: Readonly<Record<string, unknown>>
  }
  const instructions = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(line => /^[A-Z]+ /.test(line))

  it('is built in two stages and runs without root', () => {
    expect(instructions.filter(line => line.startsWith('FROM '))).toHaveLength(2)
    const last = instructions.slice(instructions.findLastIndex(line => line.startsWith('FROM ')))
    expect(last).toContain('USER node')
    expect(last.indexOf('USER node')).toBeGreaterThan(last.findLastIndex(line => /^(RUN|COPY)/.test(line)))
  })

  it('starts what npm start starts', () => {
    const command = instructions.find(line => line.startsWith('CMD '))?.slice('CMD '.length) ?? ''
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } }
    expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts.start)
  })

  it('copies nothing that is not there, and takes no secret along', () => {
    const sources = instructions
      .filter(line => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap(line => line.split(/\s+/).slice(1, -1))
    expect(sources.length).toBeGreaterThan(5)
    for (const source of sources) expect(() => readFileSync(join(ROOT, source)), source).not.toThrow(/ENOENT/)
    expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.env', 'data', 'node_modules']))
  })

  it('has a read-only root file system, no capabilities, and a replica set of three', () => {
    const { bot, ...others } = compose.services
    expect(bot).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] })
    const members = Object.entries(others).filter(([, { command }]) => String(command).includes('rs0'))
    expect(members.map(([name]) => name)).toEqual(['mongo1', 'mongo2', 'mongo3'])
    const { MONGODB_URI, KEYRING_URI } = (bot?.environment ?? {}) as Record<string, string>
    for (const [name] of members) expect(MONGODB_URI).toContain(name)
    expect(KEYRING_URI?.split('?')[0]).not.toBe(MONGODB_URI?.split('?')[0])
    const used = Object.values(compose.services).flatMap(({ volumes }) => (volumes as string[] | undefined) ?? [])
    for (const volume of used) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
  })
})
