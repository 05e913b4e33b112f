import { describe, expect, it } from 'vitest'
import { advance } from '../../../src/conversation/advance.ts'
import { personId, tenantId } from '../../../src/domain/ids.ts'
import { DEFAULT_POLICY } from '../../../src/domain/tenant.ts'
import { PACKS } from '../conversation-packs/chat.ts'
import { aPerson, DAY, MONDAY, OFFICE } from '../domain/people.ts'

const tenant = {
  id: tenantId('acme'),
  platform: 'playground' as const,
  workspace: 'Acme',
  zone: 'UTC',
  programme: undefined,
  policy: DEFAULT_POLICY,
  revision: 1,
}
const invitedAt = (now: number) => {
  const advanced = advance(aPerson(undefined), { kind: 'invited', coach: personId('tom'), coachName: 'Tom' }, 'e1', {
    now,
    tenant,
    calendar: OFFICE,
    packs: PACKS,
    loaded: {},
  })
  if (advanced.kind === 'need') throw new Error(`needs ${advanced.need}`)
  return advanced.person.client?.rhythm.weekday
}

describe('the first rhythm', () => {
  it.each([
    ['a Monday', 0, 1],
    ['a Friday', 4, 5],
    ['a Saturday', 5, 1],
    ['a Sunday', 6, 1],
  ])('of who is invited on %s is a day they work on', (_, days, weekday) => {
    expect(invitedAt(MONDAY + days * DAY)).toBe(weekday)
  })
})
