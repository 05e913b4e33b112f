import { cpus } from 'node:os'

/** The middle of the values; of an even number, the mean of the two in the middle. NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN]
  return (low + high) / 2
}

/** To so many significant digits: more would claim a precision that a shared machine does not have. */
export const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits))

/** How long `work` took, in ms on the monotonic clock. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** Progress goes to stderr: stdout carries the one JSON document. */
export const progress = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** What the figures were measured on: nothing that names the machine. */
export const machine = (): { readonly node: string; readonly cpus: number; readonly platform: string } => ({
  node: process.versions.node,
  cpus: cpus().length,
  platform: `${process.platform} ${process.arch}`,
})
