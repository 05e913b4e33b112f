import { describe, expect, it } from 'vitest'
import { advance } from '../../../src/conversation/advance.ts'
import { personId, tenantId } from '../../../src/domain/ids.ts'
import { DEFAULT_POLICY } from '../../../src/domain/tenant.ts'
import { ana, openChat, PACKS } from '../conversation-packs/chat.ts'
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
  it.each([
    ['on the morning of their check-in day', 0, '2026-01-12'],
    ['the day before it', 6, '2026-01-19'],
    ['in the middle of the week', 2, '2026-01-12'],
  ])('has no check-in within two days of a yes %s', (_, days, first) => {
    const invited = ana({ contract: { state: 'invited', at: MONDAY - DAY, reminded: false } })
    const { client } = invited
    if (client === undefined) throw new Error('Ana is no client')
    // The invitation was some days before, so that nothing else keeps the day free.
    const chat = openChat({ ...invited, client: { ...client, rhythm: { ...client.rhythm, lastDate: '2025-12-29' } } })
    chat.live(days)
    chat.write('hello')
    for (let count = 0; count < 6 && !chat.labels().includes("Yes, let's begin"); count += 1)
      chat.press(chat.labels()[0] ?? '')
    chat.press("Yes, let's begin")
    const checkIn = Object.values(chat.person.scheduled).find(({ kind }) => kind === 'check-in')
    expect(checkIn?.date).toBe(first)
  })
})
