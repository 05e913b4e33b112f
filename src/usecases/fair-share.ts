import type { TenantId } from '../domain/ids.ts'

/**
 * How much a process does at once, and whose turn it is. Tenants that wait get a place in turn, and none holds so many that
 * another one finds all of them taken: with n tenants at work each has at most its part of n + 1.
 */
export type FairShare = {
  /** Runs `work` as soon as this tenant has a place. */
  run<Result>(tenant: TenantId, work: () => Promise<Result>): Promise<Result>
  /** How many places a tenant that is alone can have. */
  readonly most: number
}

export const makeFairShare = (places: number): FairShare => {
  const waiting = new Map<TenantId, (() => void)[]>()
  const running = new Map<TenantId, number>()
  let taken = 0

  const capOf = (): number => {
    const present = new Set([...waiting.keys(), ...running.keys()]).size
    return Math.max(1, Math.floor(places / (present + 1)))
  }
  const grant = (): void => {
    let granted = true
    while (granted && taken < places && waiting.size > 0) {
      granted = false
      const cap = capOf()
      for (const [tenant, queue] of [...waiting]) {
        if (taken >= places) return
        if ((running.get(tenant) ?? 0) >= cap) continue
        const begin = queue.shift()
        // To the end of the line, if there is more: that is the turn.
        waiting.delete(tenant)
        if (queue.length > 0) waiting.set(tenant, queue)
        if (begin === undefined) continue
        taken += 1
        running.set(tenant, (running.get(tenant) ?? 0) + 1)
        granted = true
        begin()
      }
    }
  }
  const leave = (tenant: TenantId): void => {
    taken -= 1
    const left = (running.get(tenant) ?? 1) - 1
    if (left === 0) running.delete(tenant)
    else running.set(tenant, left)
    grant()
  }
  return {
    most: Math.max(1, Math.floor(places / 2)),
    run: async (tenant, work) => {
      await new Promise<void>(resolve => {
        const queue = waiting.get(tenant)
        if (queue === undefined) waiting.set(tenant, [resolve])
        else queue.push(resolve)
        grant()
      })
      try {
        return await work()
      } finally {
        leave(tenant)
      }
    },
  }
}
