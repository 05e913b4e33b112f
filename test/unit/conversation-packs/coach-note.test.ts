import { describe, expect, it } from 'vitest'
import type { Event } from '../../../src/domain/event.ts'
import { personId } from '../../../src/domain/ids.ts'
import { aPerson, DAY } from '../domain/people.ts'
import { ana, openChat } from './chat.ts'

const carla = personId('carla')
const note = (text: string, kind: 'note' | 'perspective' = 'note'): Event => ({
  kind: 'coach-note',
  coach: carla,
  note: { kind, text },
})

describe('a coach', () => {
  const roster = [
    { id: personId('ana'), name: 'Ana', roles: ['client'], coach: 'carla' },
    { id: personId('zoe'), name: 'Zoe', roles: ['client'], coach: 'someone-else' },
  ] as const
  it('writes to one of their own clients, sees the words before they go, and hears the same whatever becomes of it', () => {
    const coach = aPerson(undefined, { id: carla, roles: ['coach'], coach: { appointedAt: 0, digestedTo: 0 } })
    const chat = openChat(coach, { roster })
    chat.write('hello')
    chat.press('Write to a client')
    expect(chat.labels()).not.toContain('Zoe')
    chat.press('Ana')
    chat.press('A perspective')
    expect(chat.write('What if it were easy?')).toContain('What if it were easy?')
    expect(chat.told).toEqual([])
    chat.press('Pass it on')
    expect(chat.told).toEqual([{ to: 'ana', event: note('What if it were easy?', 'perspective') }])
  })
})

describe('a note', () => {
  it('reaches the client quoted, under the coach’s name, and asks nothing', () => {
    const chat = openChat(ana())
    expect(chat.happen(note('Well begun.'))).toBe('')
    const [sent] = chat.live(1)
    expect(sent).toMatchObject({ class: 'note', ask: false })
    expect(sent?.message.text).toContain('Carla wrote you this')
    expect(sent?.message.blocks).toContainEqual({ kind: 'quote', text: 'Well begun.' })
    expect(chat.client.notes).toEqual([])
  })
  it('comes by itself once in seven days; another rides in the check-in, where an answer is kept for the preview', () => {
    const chat = openChat(ana())
    for (const text of ['One.', 'Two.', 'Three.']) chat.happen(note(text))
    chat.live(6.9)
    expect(chat.sent.filter(one => one.class === 'note')).toHaveLength(1)
    chat.live(1)
    expect(chat.sent.some(one => one.class === 'check-in' && /Two|Three/.test(one.message.text))).toBe(true)
    chat.write('That helps')
    expect(chat.client.offered.map(({ text }) => text)).toEqual(['To your note: That helps'])
    chat.live(40)
    const own = chat.sent.filter(one => one.class === 'note').map(({ at }) => at)
    own.forEach((at, index) => {
      if (index > 0) expect(at - (own[index - 1] ?? 0)).toBeGreaterThanOrEqual(7 * DAY)
    })
  })
  it('of somebody who is not their coach, or to somebody who has not accepted, is not kept', () => {
    const chat = openChat(ana())
    chat.happen({ ...note('x'), coach: personId('mallory') } as Event)
    expect(chat.client.notes ?? []).toEqual([])
    const stopped = openChat(ana({ contract: { state: 'stopped', at: 0 } }))
    stopped.happen(note('x'))
    expect(stopped.client.notes ?? []).toEqual([])
  })
  it('waits out a pause and then rides', () => {
    const chat = openChat(ana({ pause: { until: undefined } }))
    chat.happen(note('Well begun.'))
    expect(chat.live(30)).toEqual([])
    expect(chat.client.notes).toHaveLength(1)
  })
})

describe('a perspective', () => {
  it('is offered first, and unread when they say no', () => {
    const chat = openChat(ana())
    chat.happen(note('What if it were easy?', 'perspective'))
    const [sent] = chat.live(1)
    expect(sent?.message.text).toContain('Are you open to another angle?')
    expect(sent?.message.text).not.toContain('easy')
    expect(chat.press('No, thank you')).not.toContain('easy')
    expect(chat.client.notes).toEqual([])
    expect(chat.told).toEqual([])
  })
  it('is shown on a yes, or waits for the check-in on a later', () => {
    const chat = openChat(ana())
    chat.happen(note('What if it were easy?', 'perspective'))
    chat.live(1)
    chat.press('In the next check-in')
    chat.live(7)
    expect(chat.press('Yes, show me')).toContain('What if it were easy?')
    expect(chat.client.notes).toEqual([])
  })
  it('that finds no answer twice is not offered once more', () => {
    const chat = openChat(ana())
    chat.happen(note('What if it were easy?', 'perspective'))
    chat.live(60)
    expect(chat.sent.filter(({ message }) => message.text.includes('another angle')).length).toBeLessThanOrEqual(2)
    expect(chat.client.notes).toEqual([])
  })
})
