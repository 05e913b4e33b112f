import type { PersonId, TenantId } from '../../src/domain/ids.ts'

type Who = { readonly tenant: TenantId; readonly person: PersonId }

/** Rows read at a time: most people have one or two waiting, so one page is usually enough. */
const PAGE = 256

/**
 * The first `limit` different people of rows that `page` reads in order. Rows that come and go between two pages may be
 * missed or seen twice, which the next look makes good: whoever takes a person reads their rows anew.
 */
export const peopleInOrder = async (
  limit: number,
  page: (skip: number, many: number) => PromiseLike<readonly Who[]>,
): Promise<readonly Who[]> => {
  const found = new Map<string, Who>()
  for (let skip = 0; found.size < limit; skip += PAGE) {
    const rows = await page(skip, PAGE)
    for (const { tenant, person } of rows) {
      const name = JSON.stringify([tenant, person])
      if (found.size < limit && !found.has(name)) found.set(name, { tenant, person })
    }
    if (rows.length < PAGE) break
  }
  return [...found.values()]
}
