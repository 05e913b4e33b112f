import type { PersonId } from '../../src/domain/ids.ts'

/** Rows read at a time: most people have one or two waiting, so one page is usually enough. */
const PAGE = 256

/**
 * The first `limit` different people of rows that `page` reads in order. Rows that come and go between two pages may be
 * missed or seen twice, which the next look makes good: whoever takes a person reads their rows anew.
 */
export const peopleInOrder = async (
  limit: number,
  page: (skip: number, many: number) => PromiseLike<readonly { readonly person: PersonId }[]>,
): Promise<readonly PersonId[]> => {
  const found = new Set<PersonId>()
  for (let skip = 0; found.size < limit; skip += PAGE) {
    const rows = await page(skip, PAGE)
    for (const { person } of rows) if (found.size < limit) found.add(person)
    if (rows.length < PAGE) break
  }
  return [...found]
}
