import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RULE_TEXTS } from '../../adapters/simulator/rules.ts'
import { changedBy } from '../../mutation/mutation.ts'
import { MUTATIONS } from '../../mutation/mutations.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** `npm run mutate` takes minutes and is no part of the gate; that it still can be run is. */
describe('the edits that switch off each rule', () => {
  it('are there for each of the fifteen', () => {
    const covered = [...new Set(MUTATIONS.map(({ rule }) => rule))]
    expect(covered).toEqual(Array.from({ length: 15 }, (_, index) => index + 1))
    expect(covered).toEqual(RULE_TEXTS.map(({ rule }) => rule))
  })

  it.each(MUTATIONS)('apply: rule $rule, without $without', mutation => {
    const files = changedBy(mutation, read)
    expect(files.size).toBeGreaterThan(0)
    for (const { before, after } of files.values()) expect(after).not.toBe(before)
  })

  it('are each to be caught by something that is there', () => {
    for (const { without, caughtBy } of MUTATIONS) {
      expect(caughtBy.length, without).toBeGreaterThan(0)
      for (const one of caughtBy) if (one.kind === 'test') expect(existsSync(join(ROOT, one.file)), one.file).toBe(true)
    }
  })
})
