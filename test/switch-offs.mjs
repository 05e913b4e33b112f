// Shows that the four guards of delivery are needed: each is taken out in a copy of the tree, and a test must then fail that
// passes with it. `npm run switch-offs`; exit status 1 if one of them could be taken out unnoticed.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const ROOT = join(import.meta.dirname, '..')
const COPIED = ['adapters', 'prompts', 'src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']

/** What is taken out: `from` stands in the file exactly once; `of` is a part of the test file. */
const SWITCH_OFFS = [
  {
    name: 'the lease check: whoever asks for a person gets them',
    file: 'adapters/store/leases.ts',
    from: 'rows.upsert({ ...key, token: { $in: [null, token] } },',
    to: 'rows.upsert({ ...key },',
    caughtBy: 'test/integration/core/leases.test.ts',
  },
  {
    name: 'the event dedupe at the door: a repeated gesture is stored again',
    file: 'adapters/store/inbox.ts',
    from: 'return insertOnce(inbox, document)',
    to: 'return insertOnce(inbox, { ...document, _id: documentId(tenant, key, document.arrival) })',
    caughtBy: 'test/contract/store-embedded.test.ts',
    of: 'inbox',
  },
  {
    name: 'the event dedupe in the document: an applied key is taken again',
    file: 'src/usecases/take-turn.ts',
    from: 'if (before.applied.includes(key)) return',
    to: '',
    caughtBy: 'test/integration/core/leases.test.ts',
    of: 'could not tick off',
  },
  {
    name: 'the outbox key: a message that is relayed twice is stored twice',
    file: 'adapters/store/outbox.ts',
    from: 'return insertOnce(outbox, document)',
    to: 'return insertOnce(outbox, { ...document, _id: documentId(tenant, send.key, Math.random()) })',
    caughtBy: 'test/contract/store-embedded.test.ts',
    of: 'outbox',
  },
  {
    name: 'the budget gate: whatever is due may leave',
    file: 'src/domain/gate.ts',
    from: "if (why === undefined) return { kind: 'go' }",
    to: "if (why !== 'never') return { kind: 'go' }",
    caughtBy: 'test/integration/core/pressure-kept.test.ts',
  },
]

/** The first test that fails and how, or undefined: all of the file passes. */
const failureIn = (folder, { caughtBy: test, of = '' }) => {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--bail', '1', test, '-t', of], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 900_000,
  })
  // Failing because it could not run at all shows nothing.
  const said = stripVTControlCharacters(`${stdout}\n${stderr}`)
  if (!/ Tests .*\d/.test(said)) throw new Error(`${test} did not run:\n${said}`)
  if (status === 0) return undefined
  const [, name = '', how = ''] = /^ *FAIL +(.*)\n([^\n]*)/m.exec(said) ?? []
  // A machine that is too busy catches nothing.
  if (name === '' || /timed out/.test(how)) throw new Error(`${test} came to no end:\n${said}`)
  return `${name}\n             ${how}`
}

const folder = mkdtempSync(join(tmpdir(), 'lighthand-switch-offs-'))
let unnoticed = 0
try {
  for (const one of COPIED) cpSync(join(ROOT, one), join(folder, one), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const one of SWITCH_OFFS)
    if (failureIn(folder, one) !== undefined) throw new Error(`${one.caughtBy} fails with every guard in place`)
  for (const one of SWITCH_OFFS) {
    const { name, file, from, to, caughtBy } = one
    const path = join(folder, file)
    const source = readFileSync(path, 'utf8')
    if (source.split(from).length !== 2) throw new Error(`${file} no longer holds exactly one: ${from}`)
    writeFileSync(
      path,
      source.replace(from, () => to),
    )
    const failure = failureIn(folder, one)
    writeFileSync(path, source)
    if (failure === undefined) unnoticed += 1
    console.log(
      failure === undefined ? `UNNOTICED  ${name} (${caughtBy})` : `noticed    ${name}\n             ${failure}`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = unnoticed === 0 ? 0 : 1
