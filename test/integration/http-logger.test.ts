import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../adapters/http/logger.ts'
import { secret } from '../../src/config/secret.ts'

const lineOf = (fields: Record<string, unknown>, message = 'it happened'): string => {
  const lines: string[] = []
  createLogger('info', { write: line => lines.push(line) }).info(fields, message)
  expect(lines).toHaveLength(1)
  return lines[0] ?? ''
}

describe('a log line', () => {
  it('is JSON with an ISO time, a level in words and the facts', () => {
    const line = JSON.parse(lineOf({ code: 'OUTBOX_SENT', count: 3, kind: 'nudge', tenant: 'T1' }))
    expect(line).toMatchObject({ level: 'info', msg: 'it happened', code: 'OUTBOX_SENT', count: 3, tenant: 'T1' })
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(line).not.toHaveProperty('hostname')
  })

  it('is not written below its level', () => {
    const lines: string[] = []
    const logger = createLogger('warn', { write: line => lines.push(line) })
    logger.debug({}, 'a')
    logger.info({}, 'b')
    logger.warn({}, 'c')
    logger.error({}, 'd')
    logger.fatal({}, 'e')
    expect(lines.map(line => JSON.parse(line).level)).toEqual(['warn', 'error', 'fatal'])
  })

  it('never holds words or credentials, at whatever depth they lie', () => {
    const privateNames = [
      'text',
      'fields',
      'words',
      'answer',
      'Authorization',
      'access_token',
      'clientSecret',
      'set-cookie',
    ]
    const nest = (name: string, words: string, path: readonly string[]): unknown =>
      path.reduceRight<unknown>((inner, step) => (step === '[]' ? [inner] : { [step]: inner }), { [name]: words })
    fc.assert(
      fc.property(
        fc.constantFrom(...privateNames),
        fc.array(fc.constantFrom('event', 'job', 'request', '[]'), { maxLength: 8 }),
        (name, path) => {
          expect(lineOf({ outer: nest(name, 'my-own-words', path) })).not.toContain('my-own-words')
        },
      ),
    )
  })

  it("keeps an error's type, code, place and cause, and not its message, which may quote anything", () => {
    const cause = Object.assign(new Error('E11000 dup key: "bakery"'), { code: 11_000 })
    const line = lineOf({ err: Object.assign(new TypeError('bad input "bakery"', { cause }), { code: 'STORE' }) })
    const { err } = JSON.parse(line)
    expect(err).toMatchObject({ type: 'TypeError', code: 'STORE', cause: { code: 11_000 } })
    expect(err.frames[0]).toContain('http-logger.test.ts')
    expect(line).not.toContain('bakery')
  })

  it("leaves out an error's message even where it looks like a stack", () => {
    expect(lineOf({ err: new Error('x\n    at my bakery\n    at home') })).not.toMatch(/bakery|home/)
  })

  it('shows a wrapped secret as such, and survives functions and circles', () => {
    const circle: Record<string, unknown> = { store: secret('hunter2'), run: () => 1, when: new Date(0) }
    Object.assign(circle, { self: circle })
    const line = lineOf({ circle })
    expect(line).not.toContain('hunter2')
    expect(JSON.parse(line).circle).toMatchObject({ store: '[secret]', when: '1970-01-01T00:00:00.000Z' })
  })
})
