import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

/**
 * npm leaves out of the lock what the registry at hand does not carry; `npm ci` elsewhere then installs no binary for
 * that platform and fails. So the lock names every platform's optional package, and no registry.
 */
const root = join(import.meta.dirname, '../..')
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))

const versions = z.record(z.string(), z.string()).default({})
const manifestSchema = z.object({
  private: z.boolean().optional(),
  engines: versions,
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
})
const entrySchema = manifestSchema.extend({
  version: z.string().optional(),
  resolved: z.string().optional(),
  optional: z.boolean().optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
})
type Entry = z.infer<typeof entrySchema>
type Locked = Readonly<Record<string, Entry>>

const packages = z.object({ packages: z.record(z.string(), entrySchema) }).parse(read('package-lock.json')).packages

/** What Node would find as `name` from inside the package at `path`: in its own node_modules, else in those around it. */
const lockedAt = (locked: Locked, path: string, name: string): Entry | undefined => {
  const found = locked[`${path === '' ? '' : `${path}/`}node_modules/${name}`]
  if (found !== undefined || path === '') return found
  return lockedAt(locked, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}

/** `parent -> name` for each optional dependency the lock does not name, or names in another exact version. */
const missing = (locked: Locked, parents: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] =>
  Object.entries(parents).flatMap(([path, wanted]) =>
    Object.entries(wanted)
      .filter(([name, range]) => {
        const entry = lockedAt(locked, path, name)
        return entry?.optional !== true || (/^\d/.test(range) && entry.version !== range)
      })
      .map(([name]) => `${path} -> ${name}`),
  )

describe('the lock', () => {
  it("names every platform's optional packages of every package installed", () => {
    const installed = Object.keys(packages).filter(path => path !== '' && existsSync(join(root, path, 'package.json')))
    const manifests = installed.map(path => [path, manifestSchema.parse(read(join(path, 'package.json')))] as const)
    const parents = manifests.filter(([, manifest]) => Object.keys(manifest.optionalDependencies).length > 0)
    const names = parents.map(([path]) => path.replace('node_modules/', ''))
    expect(names).toEqual(expect.arrayContaining(['@biomejs/biome', 'libsql', 'rolldown', 'typescript']))
    expect(missing(packages, Object.fromEntries(parents.map(([path, m]) => [path, m.optionalDependencies])))).toEqual(
      [],
    )
  })

  it('names what its own entries call optional', () => {
    expect(
      missing(
        packages,
        Object.fromEntries(Object.entries(packages).map(([path, e]) => [path, e.optionalDependencies])),
      ),
    ).toEqual([])
  })

  it('tells for which system and processor a binary is', () => {
    const binaries = Object.entries(packages).filter(([path]) => /-(darwin|win32|linux)-(x64|arm64)/.test(path))
    expect(binaries.length).toBeGreaterThan(30)
    for (const [path, { os, cpu }] of binaries) {
      const [, system, processor] = /-(darwin|win32|linux)-(x64|arm64)/.exec(path) ?? []
      expect([path, os, cpu]).toEqual([path, [system], [processor]])
    }
  })

  it('names no registry, and a version for everything', () => {
    const named = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)
    expect(named.map(([path]) => path)).toEqual([])
    expect(Object.entries(packages).filter(([, entry]) => entry.version === undefined)).toEqual([])
  })

  it('agrees with package.json, which is private and names its Node', () => {
    const manifest = manifestSchema.parse(read('package.json'))
    const { dependencies, devDependencies, engines } = packages[''] ?? manifestSchema.parse({})
    expect({ dependencies, devDependencies, engines }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
      engines: manifest.engines,
    })
    expect(manifest.private).toBe(true)
    expect(manifest.engines.node).toBe('>=20.19')
  })

  it.each<[string, Locked]>([
    ['absent', {}],
    ['of another version', { 'node_modules/@x/a': entrySchema.parse({ version: '2.0.0', optional: true }) }],
    ['not optional', { 'node_modules/@x/a': entrySchema.parse({ version: '1.0.0' }) }],
    [
      "another parent's own",
      { 'node_modules/y/node_modules/@x/a': entrySchema.parse({ version: '1.0.0', optional: true }) },
    ],
  ])('is found wanting where a package is %s', (_how, locked) => {
    expect(missing(locked, { 'node_modules/x': { '@x/a': '1.0.0' } })).toEqual(['node_modules/x -> @x/a'])
  })

  it.each(['node_modules/@x/a', 'node_modules/x/node_modules/@x/a'])('is content with a package at %s', path => {
    const locked = { [path]: entrySchema.parse({ version: '1.0.0', optional: true }) }
    expect(missing(locked, { 'node_modules/x': { '@x/a': '1.0.0' } })).toEqual([])
  })
})
