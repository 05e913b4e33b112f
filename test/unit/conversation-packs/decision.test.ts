import { describe, expect, it } from 'vitest'
import { DAY, MONDAY } from '../domain/people.ts'
import { ana, openChat } from './chat.ts'

const decided = (day = 'Friday', over: Parameters<typeof ana>[0] = {}) => {
  const chat = openChat(ana(over))
  chat.write('decision')
  chat.press('Large: take it apart')
  chat.write('Whether to lead the new team')
  chat.write('lead it, stay, do nothing')
  chat.write('time for my own work')
  chat.write('stay, rather')
  chat.write(day)
  return chat
}

describe('a small decision', () => {
  it('takes two steps and keeps nothing', () => {
    const chat = openChat(ana())
    chat.write('I have to decide')
    chat.press('Small: two steps')
    expect(chat.write('train or car')).toContain('train or car')
    const end = chat.write('train, I can read')
    expect(end).toContain('train, I can read')
    expect(chat.person.conversation).toBeUndefined()
    expect(chat.client.decisions ?? []).toEqual([])
  })
})

describe('a large decision', () => {
  it('comes back on the client’s own day, once, in their words, and closes the loop', () => {
    const chat = decided()
    expect(chat.client.decisions).toHaveLength(1)
    const sent = chat.live(6).filter(one => one.class === 'look-back')
    expect(sent).toHaveLength(1)
    expect((sent[0]?.at ?? 0) - MONDAY).toBe(4 * DAY)
    expect(sent[0]?.message.text).toContain('Whether to lead the new team')
    expect(sent[0]?.message.text).toContain('stay, rather')
  })
  it('asks what became of it and what they would do the same way, and offers a line for the coach', () => {
    const chat = decided('tomorrow')
    chat.live(1.5)
    expect(chat.write('I stayed, and it was right')).toContain('the same way')
    chat.write('ask two people first')
    expect(chat.client.decisions).toEqual([])
    expect(chat.client.offered.map(({ text, preselected }) => [text, preselected])).toEqual([
      ['Looking back at “Whether to lead the new team”: I stayed, and it was right', false],
    ])
    expect(chat.live(60).filter(one => one.class === 'look-back')).toEqual([])
  })
  it('is asked about inside the next check-in when its day had no room, and not by itself after that', () => {
    const chat = decided('tomorrow', { limits: { asks: 1, messages: 1 } })
    chat.live(2)
    expect(chat.sent.filter(one => one.class === 'look-back')).toEqual([])
    expect(chat.client.decisions?.[0]?.rides).toBe(true)
    chat.live(6)
    expect(chat.sent.at(-1)?.class).toBe('check-in')
    expect(chat.sent.at(-1)?.message.text).toContain('Whether to lead the new team')
    chat.write('skip')
    expect(chat.client.decisions).toEqual([])
  })
  it('without a day to look back is not kept', () => {
    expect(decided('no day').client.decisions ?? []).toEqual([])
  })
})
