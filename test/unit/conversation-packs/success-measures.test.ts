import { describe, expect, it } from 'vitest'
import { MONDAY } from '../domain/people.ts'
import { ana, type Chat, openChat } from './chat.ts'

const begun = (): Chat => {
  const chat = openChat(ana({ contract: { state: 'invited', at: MONDAY, reminded: false } }))
  chat.write('hello')
  for (let count = 0; count < 6 && !chat.labels().includes("Yes, let's begin"); count += 1)
    chat.press(chat.labels()[0] ?? '')
  chat.press("Yes, let's begin")
  return chat
}
const measures = (chat: Chat) => [...chat.goals.values()].map(({ text, sign }) => ({ text, sign }))

describe('a success measure', () => {
  it('is kept as soon as it is named, and greeted in the check-in, if they never write again', () => {
    const chat = begun()
    chat.write('I leave by six')
    expect(measures(chat)).toEqual([{ text: 'I leave by six', sign: undefined }])
    const [checkIn] = chat.live(8)
    expect(checkIn?.message.text).toContain('what should be different at work')
  })
  it('is one and the same with the sign they would notice it by', () => {
    const chat = begun()
    chat.write('I leave by six')
    chat.write('Dinner is warm')
    expect(measures(chat)).toEqual([{ text: 'I leave by six', sign: 'Dinner is warm' }])
  })
  it('is one and the same when they word it anew', () => {
    const chat = begun()
    chat.write('I leave by six')
    chat.write('edit')
    chat.write('I leave by five')
    chat.press("I'll leave that open")
    expect(measures(chat)).toEqual([{ text: 'I leave by five', sign: undefined }])
  })
})
