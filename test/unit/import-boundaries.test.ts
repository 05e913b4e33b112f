import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Who may import whom, and who may read the world. The core (src, but for the composition roots) imports only itself
 * and pure libraries, and takes time, randomness and settings as arguments; adapters know the core, not each other.
 */
const root = join(import.meta.dirname, '../..')

const PURE = ['zod', 'luxon', 'chrono-node', 'intl-messageformat', 'yaml', 'date-holidays']
const SERVES = ['src/serve.ts', 'src/serve-playground.ts', 'src/serve-slack.ts']
const COMPOSITION_ROOTS = ['src/main.ts', 'src/cli.ts', 'src/cli/simulate.ts', ...SERVES]

type Rule = {
  /** The files it is about: the first rule with a matching prefix holds. */
  readonly of: string
  /** Prefixes of the files they may import; their own folder needs no mention. */
  readonly files: readonly string[]
  /** The packages they may import, or `any`. */
  readonly packages: readonly string[] | 'any'
}

const RULES: readonly Rule[] = [
  { of: 'src/main.ts', files: ['src/', 'adapters/'], packages: 'any' },
  ...SERVES.map((of): Rule => ({ of, files: ['src/', 'adapters/'], packages: 'any' })),
  { of: 'src/cli.ts', files: ['src/', 'adapters/'], packages: 'any' },
  { of: 'src/cli/simulate.ts', files: ['src/', 'adapters/'], packages: 'any' },
  // Commands read prompts, run use cases and print; files, store and terminal come from cli.ts.
  {
    of: 'src/cli/',
    files: ['src/domain/', 'src/conversation/', 'src/config/', 'src/ports/', 'src/usecases/'],
    packages: ['commander'],
  },
  { of: 'src/config', files: ['src/config'], packages: ['zod', 'luxon'] },
  { of: 'src/domain/', files: [], packages: ['luxon', 'date-holidays'] },
  { of: 'src/conversation/', files: ['src/domain/'], packages: PURE },
  { of: 'src/ports/', files: ['src/domain/', 'src/conversation/'], packages: [] },
  { of: 'src/usecases/', files: ['src/domain/', 'src/conversation/', 'src/ports/'], packages: PURE },
  // The page is a program of its own: it shares the protocol with its server, and the message with the core, as types.
  {
    of: 'adapters/playground/web/',
    files: ['adapters/playground/protocol.ts', 'src/domain/'],
    packages: ['preact', 'vite'],
  },
  // The playground shows what the core knows, so it reads more of it than a chat adapter may.
  {
    of: 'adapters/playground/',
    files: ['src/domain/', 'src/ports/', 'src/usecases/', 'src/conversation/'],
    packages: 'any',
  },
  // The simulator runs the core's use cases, as the server does; its checker alone must not (test/unit/simulator).
  { of: 'adapters/simulator/', files: ['src/domain/', 'src/ports/', 'src/usecases/'], packages: 'any' },
  // The store checks what it reads against the core's types; sealing and the rest it takes from ports.
  { of: 'adapters/store/', files: ['src/domain/', 'src/ports/', 'src/conversation/'], packages: 'any' },
  // Packs come from files; what a pack is, the core's conversation says.
  { of: 'adapters/prompts/', files: ['src/domain/', 'src/conversation/'], packages: 'any' },
  { of: 'adapters/', files: ['src/domain/', 'src/ports/'], packages: 'any' },
]

/** What reads clock, randomness, environment or the event loop; it comes in as an argument instead. */
const WORLD: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\b(?!\s*\(\s*[^)\s])/, 'new Date()'],
  [/(?<!new )(?<![\w.])Date\s*\(/, 'Date()'],
  [/\b(DateTime\.(now|local|utc)\s*\(\s*\)|DateTime\.now\b)/, "luxon's now"],
  [/\bMath\.random\b/, 'Math.random'],
  [/(?<![\w$.])crypto\s*\??\.|\brandomUUID\b|\bgetRandomValues\b/, 'crypto'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'a timer'],
  [/(?<![\w$.'-])process\s*(\?\.|\.|\[)/, 'process'],
  [/(?<![\w$.'-])performance\s*(\?\.|\.|\[)/, 'performance'],
  [/\bglobalThis\b/, 'globalThis'],
  [/(?<![\w$.])(fetch|require)\s*\(/, 'fetch or require'],
]

/**
 * A module without its comments, its string literals taken out and numbered: words in a string are no code, and a `//`
 * in one is no comment. A template with holes stays, because its holes are code.
 */
const tokenize = (source: string): { readonly code: string; readonly strings: readonly string[] } => {
  const strings: string[] = []
  const code = source.replace(
    /'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\\n$])*)`|\/\*[\s\S]*?\*\/|(?<![:\\/])\/\/[^\n]*/g,
    (_all, ...[single, double, template]: (string | undefined)[]) => {
      const text = single ?? double ?? template
      return text === undefined ? ' ' : `‹${strings.push(text) - 1}›`
    },
  )
  return { code, strings }
}

/** Every specifier a module names: import, export from, bare import, import() in code and in types. */
const specifiers = (source: string): string[] => {
  const { code, strings } = tokenize(source)
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*‹(\d+)›/g)].map(match => strings[Number(match[1])] ?? '')
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** What is wrong with one file, each in a line; `path` is relative to the root, with slashes. */
const offences = (path: string, source: string): string[] => {
  const rule = RULES.find(({ of }) => path.startsWith(of))
  if (rule === undefined) return [`${path} belongs to no part: name it in the rules`]
  // A part's own folder lies directly under src/ or adapters/; only the page's is deeper.
  const own = rule.of.startsWith('adapters/playground/web/') ? rule.of : `${path.split('/').slice(0, 2).join('/')}/`
  const allowed = [own, ...rule.files]
  const imports = specifiers(source).flatMap(specifier => {
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(path), specifier)
      return allowed.some(prefix => target.startsWith(prefix)) ? [] : [`${path} imports ${target}`]
    }
    return rule.packages === 'any' || rule.packages.includes(packageOf(specifier))
      ? []
      : [`${path} imports ${specifier}`]
  })
  if (!path.startsWith('src/') || COMPOSITION_ROOTS.includes(path)) return [...imports, ...environment(path, source)]
  const { code } = tokenize(source)
  return [...imports, ...WORLD.filter(([pattern]) => pattern.test(code)).map(([, what]) => `${path} uses ${what}`)]
}

const environment = (path: string, source: string): string[] =>
  !COMPOSITION_ROOTS.includes(path) && /\bprocess\s*(\?\.|\.)\s*env\b|\bloadEnvFile\b/.test(tokenize(source).code)
    ? [`${path} reads the environment`]
    : []

const modulesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

describe('the parts of the program', () => {
  const modules = [...modulesUnder('src'), ...modulesUnder('adapters')]

  it('import only what they may, and the core reads no clock, environment or randomness', () => {
    expect(modules.flatMap(path => offences(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
  })

  it('were all seen', () => {
    // Counted another way: a listing that went wrong must not pass for a clean tree.
    const count = (folder: string): number =>
      readdirSync(folder, { withFileTypes: true })
        .map(entry =>
          entry.isDirectory() ? count(join(folder, entry.name)) : Number(/\.[cm]?[jt]sx?$/.test(entry.name)),
        )
        .reduce((sum, n) => sum + n, 0)
    expect(modules).toHaveLength(count(join(root, 'src')) + count(join(root, 'adapters')))
    for (const part of [
      'src/config.ts',
      'src/domain/',
      'src/ports/',
      'adapters/http/',
      'adapters/cron/',
      'adapters/store/',
      'adapters/playground/',
    ])
      expect(
        modules.some(path => path.startsWith(part)),
        part,
      ).toBe(true)
  })

  it('had their imports read', () => {
    const found = modules.map(path => specifiers(readFileSync(join(root, path), 'utf8')).length)
    const lines = modules.map(
      path =>
        readFileSync(join(root, path), 'utf8')
          .split('\n')
          .filter(line => /^(import|export) .* from ['"]|^\} from ['"]/.test(line)).length,
    )
    for (const [i, path] of modules.entries()) expect(found[i], path).toBeGreaterThanOrEqual(lines[i] ?? 0)
  })
})

describe('the checker', () => {
  it.each<[string, string, string[]]>([
    ['src/domain/x.ts', "import mongoose from 'mongoose'", ['src/domain/x.ts imports mongoose']],
    ['src/domain/x.ts', "import { z } from 'zod'", ['src/domain/x.ts imports zod']],
    [
      'src/domain/x.ts',
      "import type { Clock } from '../ports/clock.ts'",
      ['src/domain/x.ts imports src/ports/clock.ts'],
    ],
    [
      'src/domain/x.ts',
      "export * from '../conversation/step.ts'",
      ['src/domain/x.ts imports src/conversation/step.ts'],
    ],
    [
      'src/domain/x.ts',
      "import {\n  a,\n  b,\n} from\n  '../../adapters/store/x.ts'",
      ['src/domain/x.ts imports adapters/store/x.ts'],
    ],
    ['src/domain/x.ts', "const fs = await import('node:fs')", ['src/domain/x.ts imports node:fs']],
    ['src/domain/x.ts', 'const fs = await import(`pino`)', ['src/domain/x.ts imports pino']],
    ['src/domain/x.ts', `const s = \`\${x ? 'a' : Date.now()}\``, ['src/domain/x.ts uses Date.now']],
    ['src/domain/x.ts', "type F = import('node:fs').Stats", ['src/domain/x.ts imports node:fs']],
    ['src/domain/x.ts', "import 'luxon/side-effect'\nimport 'pino'", ['src/domain/x.ts imports pino']],
    [
      'src/conversation/x.ts',
      "import { a } from '../usecases/a.ts'",
      ['src/conversation/x.ts imports src/usecases/a.ts'],
    ],
    [
      'src/conversation/deep/x.ts',
      "import { a } from '../../ports/a.ts'",
      ['src/conversation/deep/x.ts imports src/ports/a.ts'],
    ],
    ['src/usecases/x.ts', "import { a } from '../config.ts'", ['src/usecases/x.ts imports src/config.ts']],
    [
      'src/usecases/x.ts',
      "import { readFile } from 'node:fs/promises'",
      ['src/usecases/x.ts imports node:fs/promises'],
    ],
    ['src/ports/x.ts', "import { z } from 'zod'", ['src/ports/x.ts imports zod']],
    ['src/config.ts', "import { a } from './domain/a.ts'", ['src/config.ts imports src/domain/a.ts']],
    ['src/elsewhere/x.ts', '', ['src/elsewhere/x.ts belongs to no part: name it in the rules']],
    ['adapters/http/x.ts', "import { a } from '../store/a.ts'", ['adapters/http/x.ts imports adapters/store/a.ts']],
    [
      'adapters/http/x.ts',
      "import { a } from '../../src/usecases/a.ts'",
      ['adapters/http/x.ts imports src/usecases/a.ts'],
    ],
    [
      'adapters/store/embedded/x.ts',
      "import { a } from '../../http/a.ts'",
      ['adapters/store/embedded/x.ts imports adapters/http/a.ts'],
    ],
    [
      'adapters/playground/x.ts',
      "import { a } from '../../src/main.ts'",
      ['adapters/playground/x.ts imports src/main.ts'],
    ],
    [
      'adapters/playground/web/x.tsx',
      "import { a } from '../server.ts'",
      ['adapters/playground/web/x.tsx imports adapters/playground/server.ts'],
    ],
    ['adapters/playground/web/x.tsx', "import a from 'express'", ['adapters/playground/web/x.tsx imports express']],
    ['adapters/http/x.ts', 'const level = process.env.LOG_LEVEL', ['adapters/http/x.ts reads the environment']],
    ['adapters/http/x.ts', 'process.loadEnvFile()', ['adapters/http/x.ts reads the environment']],
    ['src/domain/x.ts', 'const now = Date.now()', ['src/domain/x.ts uses Date.now']],
    ['src/domain/x.ts', 'const now = new Date( )', ['src/domain/x.ts uses new Date()']],
    ['src/domain/x.ts', 'const now = new Date', ['src/domain/x.ts uses new Date()']],
    ['src/domain/x.ts', 'const now = Date()', ['src/domain/x.ts uses Date()']],
    ['src/domain/x.ts', 'const now = DateTime.now()', ["src/domain/x.ts uses luxon's now"]],
    ['src/domain/x.ts', 'const now = DateTime.utc()', ["src/domain/x.ts uses luxon's now"]],
    ['src/usecases/x.ts', 'const id = crypto.randomUUID()', ['src/usecases/x.ts uses crypto']],
    ['src/usecases/x.ts', 'const luck = Math.random()', ['src/usecases/x.ts uses Math.random']],
    ['src/usecases/x.ts', 'setTimeout(run, 5)', ['src/usecases/x.ts uses a timer']],
    ['src/usecases/x.ts', 'process.exit(1)', ['src/usecases/x.ts uses process']],
    ['src/conversation/x.ts', 'performance.now()', ['src/conversation/x.ts uses performance']],
    ['src/conversation/x.ts', "globalThis['pro' + 'cess']", ['src/conversation/x.ts uses globalThis']],
    ['src/conversation/x.ts', "const fs = require('node:fs')", ['src/conversation/x.ts uses fetch or require']],
  ])('finds in %s: %s', (path, source, expected) => {
    expect(offences(path, source)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['src/domain/x.ts', "import { DateTime } from 'luxon'\nimport { a } from './a.ts'\nconst d = new Date(0)"],
    ['src/domain/x.ts', "import { DateTime } from 'luxon'\nDateTime.utc(2026, 1, 1)\nconst d = new Date(ms)"],
    ['src/domain/x.ts', '// Date.now() is an argument\n/* import x from "pino" */'],
    ['src/domain/x.ts', "const words = 'we process.env and Date.now() nothing'"],
    ['src/domain/x.ts', "const help = 'https://x.example' // import 'pino'"],
    ['src/domain/deep/x.ts', "import { a } from '../a.ts'"],
    ['src/domain/x.ts', "type Side = 'from' | 'to' | 'import'"],
    ['src/conversation/x.ts', "import { z } from 'zod'\nimport type { Message } from '../domain/message.ts'"],
    ['src/usecases/x.ts', "import type { Clock } from '../ports/clock.ts'\nclock.process(performance_of)"],
    ['src/main.ts', "import { a } from '../adapters/http/server.ts'\nconst c = readConfig(process.env)\nDate.now()"],
    [
      'adapters/store/embedded/x.ts',
      "import { a } from '../keys.ts'\nimport type { b } from '../../../src/ports/store.ts'",
    ],
    ['adapters/playground/web/x.tsx', "import type { Glass } from '../protocol.ts'\nimport { h } from 'preact'"],
    ['adapters/cron/x.ts', 'setTimeout(run, Date.now())'],
  ])('is content with %s: %s', (path, source) => {
    expect(offences(path, source)).toEqual([])
  })
})
