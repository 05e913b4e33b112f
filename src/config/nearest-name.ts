/** The known name most like `name`, and how many single-character edits apart they are. */
export const nearestName = (
  name: string,
  known: readonly string[],
): { readonly nearest: string; readonly distance: number } =>
  known
    .map(candidate => ({ nearest: candidate, distance: editDistance(name, candidate) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best), {
      nearest: '',
      distance: Number.POSITIVE_INFINITY,
    })

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, y] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (x === y ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}
