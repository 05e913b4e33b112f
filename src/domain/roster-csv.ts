/**
 * A list of people to invite, as a spreadsheet saves it. Read row by row; what is wrong is told by line and column, so that it can
 * be put right where it was written. Nothing is taken unless all of it is right, or the rest is accepted in so many words.
 */
export type RosterRow = {
  /** In small letters: how a platform's directory finds somebody. */
  readonly email: string
  readonly role: 'client' | 'coach'
  /** The coach's address, for clients. */
  readonly coach: string | undefined
  readonly line: number
}

export type RosterProblem =
  | 'no-such-column'
  | 'missing-column'
  | 'too-many-cells'
  | 'open-quote'
  | 'empty'
  | 'bad-address'
  | 'twice'
  | 'unknown-role'
  | 'coach-missing'
  | 'coach-unknown'
  | 'coach-has-coach'
  | 'too-long'

/** `line` counts as an editor does, from 1. */
export type RosterError = { readonly line: number; readonly column: string; readonly problem: RosterProblem }

export type Roster = { readonly rows: readonly RosterRow[]; readonly errors: readonly RosterError[] }

const COLUMNS = ['email', 'role', 'coach'] as const
type Column = (typeof COLUMNS)[number]

/** What HR fills in. Reading it back gives no error and one coach with one client. */
export const ROSTER_TEMPLATE = `${COLUMNS.join(',')}\ncoach@example.com,coach,\nclient@example.com,client,coach@example.com\n`

/** More are several lists: a page that shows errors of each row stays readable. */
const MOST_ROWS = 10_000
/** RFC 5321: no address is longer. */
const LONGEST_ADDRESS = 254

const ADDRESS = /^[^\s@,;"<>]+@[^\s@,;"<>.]+(\.[^\s@,;"<>.]+)+$/

/** @param known addresses of coaches that the programme has already */
export const readRoster = (text: string, known: readonly string[] = []): Roster => {
  const records = recordsOf(text.replace(/^\uFEFF/, ''))
  const [head, ...body] = records
  if (head === undefined) return { rows: [], errors: [{ line: 1, column: 'email', problem: 'missing-column' }] }
  const columns = head.cells.map(cell => cell.trim().toLowerCase())
  const errors = [...headErrors(columns, head.line), ...records.flatMap(openQuotes)]
  if (errors.length > 0) return { rows: [], errors }
  const filled = body.filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
  const cut = filled[MOST_ROWS]
  if (cut !== undefined) return { rows: [], errors: [{ line: cut.line, column: 'email', problem: 'too-long' }] }
  const read = filled.map(record => rowOf(record, columns))
  const coaches = new Set([
    ...known.map(small),
    ...read.flatMap(({ row }) => (row?.role === 'coach' ? [row.email] : [])),
  ])
  const seen = new Set<string>()
  const checked = read.map(({ row, errors: own }) => {
    if (row === undefined) return { row, errors: own }
    const more = whole(row, coaches, seen)
    seen.add(row.email)
    return more.length === 0 ? { row, errors: own } : { row: undefined, errors: [...own, ...more] }
  })
  return {
    rows: checked.flatMap(({ row }) => row ?? []),
    errors: checked.flatMap(one => one.errors),
  }
}

/** What may be taken: all of a list without a mistake; of any other only what is right, and only if they say so. */
export const importable = (
  { rows, errors }: Roster,
  said: { readonly leaveOutTheRest: boolean },
): readonly RosterRow[] | undefined => (errors.length === 0 || said.leaveOutTheRest ? rows : undefined)

type Line = { readonly cells: readonly string[]; readonly line: number; readonly open: boolean }

/** Cells by RFC 4180; a list of a country that writes decimals with a comma has semicolons between them. */
const recordsOf = (text: string): readonly Line[] => {
  const [first = ''] = text.split(/\r?\n/, 1)
  const separator = first.includes(';') && !first.includes(',') ? ';' : ','
  const records: Line[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begun = 1
  const endCell = (): void => {
    cells.push(cell)
    cell = ''
  }
  const endRecord = (): void => {
    endCell()
    records.push({ cells, line: begun, open: quoted })
    cells = []
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '\n') line += 1
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (sign === separator) endCell()
    else if (sign === '\n') {
      endRecord()
      begun = line
    } else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || cells.length > 0 || quoted) endRecord()
  return records
}

const openQuotes = ({ open, line }: Line): readonly RosterError[] =>
  open ? [{ line, column: 'email', problem: 'open-quote' }] : []

const isColumn = (name: string): name is Column => COLUMNS.some(column => column === name)

const headErrors = (columns: readonly string[], line: number): readonly RosterError[] => [
  ...COLUMNS.filter(column => !columns.includes(column)).map(
    (column): RosterError => ({ line, column, problem: 'missing-column' }),
  ),
  ...columns
    .filter((column, index) => column !== '' && (!isColumn(column) || columns.indexOf(column) !== index))
    .map((column): RosterError => ({ line, column, problem: 'no-such-column' })),
]

const small = (address: string): string => address.trim().toLowerCase()

const rowOf = (
  { cells, line }: Line,
  columns: readonly string[],
): { readonly row: RosterRow | undefined; readonly errors: readonly RosterError[] } => {
  const cell = (column: Column): string => small(cells[columns.indexOf(column)] ?? '')
  const errors: RosterError[] = []
  const report = (column: Column, problem: RosterProblem): void => {
    errors.push({ line, column, problem })
  }
  if (cells.slice(columns.length).some(rest => rest.trim() !== '')) report('coach', 'too-many-cells')
  const [email, coach, role] = [cell('email'), cell('coach'), cell('role') || 'client']
  if (email === '') report('email', 'empty')
  else if (!isAddress(email)) report('email', 'bad-address')
  if (coach !== '' && !isAddress(coach)) report('coach', 'bad-address')
  if (role !== 'client' && role !== 'coach') {
    report('role', 'unknown-role')
    return { row: undefined, errors }
  }
  const row: RosterRow = { email, role, coach: coach === '' ? undefined : coach, line }
  return { row: errors.length === 0 ? row : undefined, errors }
}

const isAddress = (text: string): boolean => text.length <= LONGEST_ADDRESS && ADDRESS.test(text)

/** What only the whole list can tell of one row. */
const whole = (
  { email, role, coach, line }: RosterRow,
  coaches: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): readonly RosterError[] => {
  const error = (column: Column, problem: RosterProblem): RosterError => ({ line, column, problem })
  return [
    ...(seen.has(email) ? [error('email', 'twice')] : []),
    ...(role === 'coach' && coach !== undefined ? [error('coach', 'coach-has-coach')] : []),
    ...(role === 'client' && coach === undefined ? [error('coach', 'coach-missing')] : []),
    ...(role === 'client' && coach !== undefined && !coaches.has(coach) ? [error('coach', 'coach-unknown')] : []),
  ]
}
