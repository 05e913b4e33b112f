import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { tenantId } from '../../../src/domain/ids.ts'
import type { PlatformLimits } from '../../../src/ports/chat.ts'
import { makePacer, type Pacer } from '../../../src/usecases/pacer.ts'

const ACME = tenantId('acme')
const GLOBEX = tenantId('globex')
const ana = { tenant: ACME, route: 'ana' }
const ben = { tenant: ACME, route: 'ben' }
const otto = { tenant: GLOBEX, route: 'otto' }
const FIVE_A_SECOND: PlatformLimits = { tenant: [{ sends: 5, per: 1_000 }], route: [] }

describe('the pace of a platform', () => {
  let now = 0
  let pacer: Pacer
  beforeEach(() => {
    now = 0
    pacer = makePacer(() => now)
  })
  const takes = (many: number, to = ana, limits = FIVE_A_SECOND, kind: 'reply' | 'unprompted' = 'reply') =>
    Array.from({ length: many }, () => pacer.take(to, limits, kind)).filter(wait => wait === 0).length

  it('lets so many go, and names the moment when the next one may', () => {
    expect(takes(9)).toBe(5)
    now = 400
    expect(pacer.take(ana, FIVE_A_SECOND, 'reply')).toBe(600)
    now = 999
    expect(takes(1)).toBe(0)
    now = 1_000
    expect(takes(9)).toBe(5)
  })

  it('is each tenant’s own', () => {
    expect(takes(9)).toBe(5)
    expect(takes(9, otto)).toBe(5)
  })

  it('keeps a part of it for answers, so that a backlog delays nobody who writes', () => {
    expect(takes(9, ana, FIVE_A_SECOND, 'unprompted')).toBe(4)
    expect(pacer.wait(ACME, FIVE_A_SECOND)).toBe(1_000)
    expect(takes(9)).toBe(1)
  })

  it('keeps the limit of one route as well, and leaves the others alone', () => {
    const limits = { tenant: [], route: [{ sends: 1, per: 1_000 }] }
    expect(takes(3, ana, limits)).toBe(1)
    expect(takes(3, ben, limits)).toBe(1)
    expect(pacer.wait(ACME, limits)).toBe(0)
  })

  it('keeps all limits of a list at once', () => {
    const thread = {
      tenant: [],
      route: [
        { sends: 7, per: 1_000 },
        { sends: 8, per: 2_000 },
      ],
    }
    expect(takes(9, ana, thread)).toBe(7)
    now = 1_000
    expect(takes(9, ana, thread)).toBe(1)
    now = 1_999
    expect(takes(9, ana, thread)).toBe(0)
  })

  it('takes only its share where several processes work', () => {
    const shared = makePacer(
      () => now,
      () => 1 / 3,
    )
    const limits = { tenant: [{ sends: 60, per: 60_000 }], route: [] }
    expect(Array.from({ length: 60 }, () => shared.take(ana, limits, 'reply')).filter(wait => wait === 0)).toHaveLength(
      20,
    )
  })

  it('waits for one tenant alone when its platform asked for that, and then sends one ahead each second until one is taken', () => {
    pacer.hold(ana, 'tenant', 30_000)
    expect(pacer.take(ben, undefined, 'reply')).toBe(30_000)
    expect(pacer.take(otto, undefined, 'reply')).toBe(0)
    now = 30_000
    expect(takes(3, ana)).toBe(1)
    now = 31_000
    expect(takes(3, ben)).toBe(1)
    pacer.taken(ben)
    expect(takes(9, ben)).toBe(4)
  })

  it('waits for one route alone when that is what was meant', () => {
    pacer.hold(ana, 'route', 30_000)
    expect(pacer.take(ana, undefined, 'reply')).toBe(30_000)
    expect(pacer.take(ben, undefined, 'reply')).toBe(0)
  })

  it('counts nothing that did not go', () => {
    expect(takes(5)).toBe(5)
    pacer.giveBack(ana)
    expect(takes(5)).toBe(1)
  })

  it('is never broken, whatever the moments at which things are sent', () => {
    const limit = fc.record({ sends: fc.integer({ min: 1, max: 8 }), per: fc.integer({ min: 1, max: 500 }) })
    fc.assert(
      fc.property(
        fc.array(limit, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 60 }),
        (tenant, pauses) => {
          now = 0
          const free = makePacer(() => now)
          const sent: number[] = []
          for (const pause of pauses) {
            now += pause
            const wait = free.take(ana, { tenant, route: [] }, 'reply')
            if (wait === 0) sent.push(now)
            else {
              // The wait that it names is enough.
              now += wait
              expect(free.take(ana, { tenant, route: [] }, 'reply')).toBe(0)
              sent.push(now)
            }
          }
          for (const { sends, per } of tenant)
            for (const at of sent)
              expect(sent.filter(other => other > at - per && other <= at).length).toBeLessThanOrEqual(sends)
        },
      ),
    )
  })
})
