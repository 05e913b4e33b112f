import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accept,
  type Contract,
  decline,
  invite,
  mayInitiate,
  remind,
  reminderDue,
  stop,
} from '../../../src/domain/contract.ts'
import { DAY, MONDAY } from './people.ts'

const instants = fc.integer({ min: MONDAY, max: MONDAY + 400 * DAY })
const acts = fc.oneof(
  fc.record({ act: fc.constantFrom('invite', 'accept', 'decline', 'stop'), at: instants }),
  fc.record({ act: fc.constant('remind' as const), at: instants }),
)
type Act = { readonly act: 'invite' | 'accept' | 'decline' | 'stop' | 'remind'; readonly at: number }

const apply = (contract: Contract, { act, at }: Act): Contract => {
  switch (act) {
    case 'invite':
      return invite(contract, at)
    case 'remind':
      return remind(contract)
    case 'accept':
      return accept(contract, at, 'v2')
    case 'decline':
      return decline(contract, at, 'v2')
    case 'stop':
      return stop(at)
  }
}

/** Any contract that some history leads to. */
const histories = fc.array(acts, { maxLength: 12 })
const contracts = histories.map(history => history.reduce(apply, { state: 'none' } as Contract))

describe('the contract comes first', () => {
  it('lets nothing be begun in any state but accepted', () => {
    fc.assert(fc.property(contracts, contract => mayInitiate(contract) === (contract.state === 'accepted')))
  })
  it('is accepted only by the act of accepting, whatever else happens', () => {
    fc.assert(
      fc.property(histories, history => {
        const withoutYes = history.filter(({ act }) => act !== 'accept')
        expect(mayInitiate(withoutYes.reduce(apply, { state: 'none' }))).toBe(false)
      }),
    )
  })
  it('reminds once, five days after the invitation or later', () => {
    const invited = invite({ state: 'none' }, MONDAY)
    expect(reminderDue(invited, [])).toBe(MONDAY + 5 * DAY)
    expect(reminderDue(remind(invited), [])).toBeUndefined()
  })
  it('counts those days from when the invitation left, whatever held it up', () => {
    const entry = { key: 'm1', class: 'invitation', ask: true } as const
    const invited = invite({ state: 'none' }, MONDAY)
    expect(reminderDue(invited, [{ ...entry, at: MONDAY + 2 * DAY }])).toBe(MONDAY + 7 * DAY)
  })
  it('reminds at most once and only somebody who has not answered, in every history', () => {
    fc.assert(
      fc.property(histories, history => {
        let contract: Contract = { state: 'none' }
        let reminders = 0
        let invitedAt: number | undefined
        for (const one of history) {
          const due = reminderDue(contract, [])
          if (due !== undefined) expect(due).toBeGreaterThanOrEqual((invitedAt ?? Number.POSITIVE_INFINITY) + 5 * DAY)
          if (one.act === 'remind' && due !== undefined) reminders += 1
          if (one.act === 'invite' && contract.state === 'none') invitedAt = one.at
          contract = apply(contract, one)
          if (contract.state !== 'invited') expect(reminderDue(contract, [])).toBeUndefined()
        }
        expect(reminders).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('is not changed in the least by inviting again, so no invitation goes out and none can be told apart', () => {
    fc.assert(
      fc.property(contracts, instants, (contract, at) => {
        fc.pre(contract.state !== 'none')
        expect(invite(contract, at)).toBe(contract)
      }),
    )
  })
  it('opens again after a no or a stop, when the client wants it to', () => {
    const no = decline(invite({ state: 'none' }, MONDAY), MONDAY + DAY, 'v1')
    expect(no).toEqual({ state: 'declined', at: MONDAY + DAY, version: 'v1' })
    expect(accept(no, MONDAY + 2 * DAY, 'v2')).toEqual({ state: 'accepted', at: MONDAY + 2 * DAY, version: 'v2' })
    expect(accept(stop(MONDAY), MONDAY + DAY, 'v2')).toEqual({ state: 'accepted', at: MONDAY + DAY, version: 'v2' })
  })
  it('records the version and the moment of the first yes, and a repeated press keeps both', () => {
    const yes = accept(invite({ state: 'none' }, MONDAY), MONDAY + DAY, 'v1')
    expect(yes).toEqual({ state: 'accepted', at: MONDAY + DAY, version: 'v1' })
    expect(accept(yes, MONDAY + 2 * DAY, 'v2')).toBe(yes)
    // An old message's "no thanks", pressed after the yes, takes nothing away: there is "stop" for that.
    expect(decline(yes, MONDAY + 2 * DAY, 'v1')).toBe(yes)
  })
  it('ends at a stop, from every state', () => {
    fc.assert(fc.property(contracts, instants, (_contract, at) => !mayInitiate(stop(at))))
  })
})
