// Builds dist/: the server by tsc, the playground's page by Vite. `npm install` calls it as `prepare --if-possible`,
// where a production install without the compiler is no error.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const root = import.meta.dirname

const binOf = (name, bin) => {
  try {
    const manifest = require.resolve(`${name}/package.json`)
    const { bin: bins } = require(manifest)
    return join(dirname(manifest), typeof bins === 'string' ? bins : bins[bin])
  } catch {
    return undefined
  }
}

const tsc = binOf('typescript', 'tsc')
const vite = binOf('vite', 'vite')
if (tsc === undefined || vite === undefined) {
  if (process.argv.includes('--if-possible')) process.exit(0)
  console.error('The build needs the development packages: run `npm install` without --omit=dev.')
  process.exit(1)
}

const run = (script, args) => {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (existsSync(join(root, 'dist'))) rmSync(join(root, 'dist'), { recursive: true })
run(tsc, ['-p', 'tsconfig.build.json'])
run(vite, ['build', '--config', 'adapters/playground/web/vite.config.ts', '--logLevel', 'warn'])
