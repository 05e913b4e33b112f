import { describe, expect, it } from 'vitest'
import { DAY } from '../domain/people.ts'
import { ana, openChat } from './chat.ts'

const checkInDays = (chat: ReturnType<typeof openChat>, days: number): readonly number[] =>
  chat
    .live(days)
    .filter(one => one.class === 'check-in')
    .map(({ at }) => at)

describe('the rhythm', () => {
  it.each([
    ['every two weeks', 'Every two weeks', 14],
    ['monthly', 'Every four weeks', 28],
    ['weekly', 'Every week', 7],
  ])('is the client’s to choose at any time: “%s”', (typed, label, days) => {
    const chat = openChat(ana())
    expect(chat.write(typed)).toContain('How often suits you?')
    const set = chat.press(label)
    expect(set).toMatch(/^Set\. The next check-in is on \w+day \d+ \w+\.$/)
    const [first = 0, second = 0] = checkInDays(chat, 3 * days)
    expect(second - first).toBe(days * DAY)
  })
  it('can be none: then a check-in comes only when they ask for one', () => {
    const chat = openChat(ana())
    chat.write('no more check-ins')
    expect(chat.press('Only when I ask')).toBe('Set. Write “check-in” whenever you want one.')
    expect(chat.live(180)).toEqual([])
    expect(chat.write('rhythm')).toContain('only when you ask for one')
    chat.press('Leave it as it is')
    expect(chat.write('check-in')).toContain('?')
    chat.skipAll()
    chat.write('how often')
    chat.press('Every week')
    expect(checkInDays(chat, 7)).toHaveLength(1)
  })
})
