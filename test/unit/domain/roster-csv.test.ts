import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importable, ROSTER_TEMPLATE, readRoster } from '../../../src/domain/roster-csv.ts'

const roster = (...lines: readonly string[]): string => ['email,role,coach', ...lines].join('\n')

describe('a list of people', () => {
  it('is read from its own template without a mistake', () => {
    expect(readRoster(ROSTER_TEMPLATE)).toEqual({
      rows: [
        { email: 'coach@example.com', role: 'coach', coach: undefined, line: 2 },
        { email: 'client@example.com', role: 'client', coach: 'coach@example.com', line: 3 },
      ],
      errors: [],
    })
  })

  it('is read as spreadsheets save it: quotes, semicolons, another order, empty lines, and what Windows adds', () => {
    const text = '\uFEFFrole;coach;email\r\n"coach";;" Tom@Example.com "\r\n;tom@example.com;ana@example.com\r\n;;\r\n'
    const { rows, errors } = readRoster(text)
    expect(errors).toEqual([])
    expect(rows.map(({ email, role }) => [email, role])).toEqual([
      ['tom@example.com', 'coach'],
      ['ana@example.com', 'client'],
    ])
  })

  it.each([
    ['no address', roster(',client,tom@example.com'), { line: 2, column: 'email', problem: 'empty' }],
    ['what is no address', roster('ana,client,tom@example.com'), { line: 2, column: 'email', problem: 'bad-address' }],
    ['a coach that is no address', roster('a@b.c,client,Tom'), { line: 2, column: 'coach', problem: 'bad-address' }],
    ['a client without a coach', roster('a@b.c,client,'), { line: 2, column: 'coach', problem: 'coach-missing' }],
    [
      'a coach whom nobody named',
      roster('a@b.c,client,eve@example.com'),
      { line: 2, column: 'coach', problem: 'coach-unknown' },
    ],
    ['an unknown role', roster('a@b.c,boss,'), { line: 2, column: 'role', problem: 'unknown-role' }],
    [
      'a coach with a coach',
      roster('a@b.c,coach,tom@example.com'),
      { line: 2, column: 'coach', problem: 'coach-has-coach' },
    ],
    [
      'somebody twice',
      roster('a@b.c,client,tom@example.com', 'A@b.c,client,tom@example.com'),
      { line: 3, column: 'email', problem: 'twice' },
    ],
    [
      'a cell too many',
      roster('a@b.c,client,tom@example.com,x'),
      { line: 2, column: 'coach', problem: 'too-many-cells' },
    ],
    ['a quote that is not closed', roster('"a@b.c,client,'), { line: 2, column: 'email', problem: 'open-quote' }],
    ['a column that is missing', 'email,role\na@b.c,coach', { line: 1, column: 'coach', problem: 'missing-column' }],
    ['a column that is none', 'email,role,coach,salary\n', { line: 1, column: 'salary', problem: 'no-such-column' }],
    ['nothing at all', '', { line: 1, column: 'email', problem: 'missing-column' }],
  ])('with %s says in which line and column', (_, text, error) => {
    expect(readRoster(text, ['tom@example.com']).errors).toEqual([error])
  })

  it('counts lines as an editor does, across a quoted line break', () => {
    expect(readRoster(roster('"a\n@b.c",coach,', 'nobody,coach,')).errors.map(({ line }) => line)).toEqual([2, 4])
  })

  it('is not taken in part, unless the rest is left out in so many words', () => {
    const read = readRoster(roster('a@b.c,coach,', 'nobody,coach,'))
    expect(importable(read, { leaveOutTheRest: false })).toBeUndefined()
    expect(importable(read, { leaveOutTheRest: true })?.map(({ email }) => email)).toEqual(['a@b.c'])
    const whole = readRoster(roster('a@b.c,coach,'))
    expect(importable(whole, { leaveOutTheRest: false })).toHaveLength(1)
  })

  it('takes no coach from a row that is wrong', () => {
    const { rows, errors } = readRoster(roster('tom@example.com,coach,a@b.c', 'ana@example.com,client,tom@example.com'))
    expect(rows.filter(({ role }) => role === 'coach')).toEqual([])
    expect(errors.map(({ problem }) => problem)).toContain('coach-has-coach')
  })

  it('never throws, whatever is in it, and tells of each filled row once as a row or as a mistake', () => {
    const cell = fc.oneof(
      fc.constantFrom('a@b.c', 'tom@example.com', 'client', 'coach', '', '"', 'x', ',', '\n', ';', 'é@b.c'),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 12 }), lines => {
        const { rows, errors } = readRoster(roster(...lines.map(cells => cells.join(','))), ['tom@example.com'])
        const wrong = new Set(errors.map(({ line }) => line))
        expect(rows.filter(({ line }) => wrong.has(line))).toEqual([])
        expect(new Set(rows.map(({ email }) => email)).size).toBe(rows.length)
        for (const { role, coach } of rows) expect(role === 'client').toBe(coach !== undefined)
      }),
    )
  })
})
