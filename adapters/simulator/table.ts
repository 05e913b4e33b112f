import type { Violation } from './checker/violation.ts'
import type { Counts, Promised, Row, Spread } from './figures.ts'
import type { Fault } from './world.ts'

const COLUMNS: readonly (readonly [keyof Counts, string])[] = [
  ['messages', 'unprompted'],
  ['asks', 'asks'],
  ['checkIns', 'check-ins'],
  ['nudges', 'nudges'],
  ['others', 'others'],
  ['replies', 'replies'],
  ['typed', 'typed'],
]

const cell = ({ least, median, most }: Spread): string => `${least}/${median}/${most}`

/** Columns set under one another, two blanks apart. */
const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map(row => row[index]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((one, index) => one.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** What each temperament received per month: least/median/most of its people. */
export const tableOf = (rows: readonly Row[]): string =>
  aligned([
    ['temperament', 'month', 'people', ...COLUMNS.map(([, title]) => title)],
    ...rows.map(({ temperament, month, people, of }) => [
      temperament,
      String(month),
      String(people),
      ...COLUMNS.map(([key]) => cell(of[key])),
    ]),
  ])

export const promisesText = (promises: readonly Promised[]): string =>
  promises
    .map(
      ({ what, figure, most, people }) =>
        `${figure <= most ? 'kept  ' : 'BROKEN'}  ${figure} of at most ${most}  ${what} (${people} people)`,
    )
    .join('\n')

export const activityText = (activity: Readonly<Record<string, number>>): string =>
  aligned(Object.entries(activity).map(([what, times]) => [what, String(times)]))

const MOST_LISTED = 100

export const violationsText = (violations: readonly Violation[]): string => {
  if (violations.length === 0) return 'No violations.'
  const listed = violations.slice(0, MOST_LISTED).map(({ rule, person, temperament, at, what, shown }) => {
    const who = temperament === undefined ? person : `${person} (${temperament})`
    return `rule ${rule}  ${new Date(at).toISOString()}  ${who}\n    ${what}\n    > ${shown.replace(/\n+/g, ' / ')}`
  })
  const more = violations.length > MOST_LISTED ? [`... and ${violations.length - MOST_LISTED} more`] : []
  return [`${violations.length} violation(s):`, ...listed, ...more].join('\n')
}

export const faultsText = (faults: readonly Fault[]): string =>
  faults
    .map(
      ({ at, person, what, where, times }) =>
        `FAULT in ${where}: ${what}\n    first at ${new Date(at).toISOString()}, after ${person} had written; ${times} time(s)`,
    )
    .join('\n')
