/** What will happen at a virtual time, soonest first; at one instant, in the order in which it was planned. */
export type Events = {
  /** `at` in ms; what is planned for the past happens now. */
  plan(at: number, happen: () => Promise<void>): void
  soonest(): number | undefined
  take(): (() => Promise<void>) | undefined
}

type Planned = { readonly at: number; readonly order: number; readonly happen: () => Promise<void> }

const isSooner = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

/** A binary heap. */
export const makeEvents = (): Events => {
  const heap: Planned[] = []
  let order = 0
  const swapIfSooner = (child: number, parent: number): boolean => {
    const [a, b] = [heap[child], heap[parent]]
    if (a === undefined || b === undefined || !isSooner(a, b)) return false
    heap[child] = b
    heap[parent] = a
    return true
  }
  const rise = (index: number): void => {
    const parent = (index - 1) >> 1
    if (index > 0 && swapIfSooner(index, parent)) rise(parent)
  }
  const sink = (index: number): void => {
    const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]]
    if (left === undefined) return
    const child = right !== undefined && isSooner(right, left) ? 2 * index + 2 : 2 * index + 1
    if (swapIfSooner(child, index)) sink(child)
  }
  return {
    plan: (at, happen) => {
      order += 1
      heap.push({ at: Math.floor(at), order, happen })
      rise(heap.length - 1)
    },
    soonest: () => heap[0]?.at,
    take: () => {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined) return undefined
      if (heap.length > 0) {
        heap[0] = last
        sink(0)
      }
      return first.happen
    },
  }
}
