import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../../../src')

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))

describe('each of the fifteen rules', () => {
  it.each(Array.from({ length: 15 }, (_, index) => index + 1))(
    'rule %i is held in one place, found by its number',
    number => {
      const held = new RegExp(`/\\*\\*\\s(?:\\s*\\*\\s)?Rule ${number}\\. `, 'g')
      const places = sources.flatMap(({ name, text }) => [...text.matchAll(held)].map(() => name))
      expect(places).toHaveLength(1)
    },
  )
})
