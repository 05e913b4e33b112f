import { describe, expect, it } from 'vitest'
import { mayAskFulfilment } from '../../../src/domain/fulfilment.ts'
import { DAY, MONDAY } from '../domain/people.ts'
import { ana, type Chat, openChat } from './chat.ts'

const open = { work: true, self: true, dreams: true }

/** Answers the check-in that came, with a number where one is asked for. */
const checkIn = (chat: Chat, number: string): boolean => {
  let asked = false
  for (let count = 0; count < 20 && chat.person.conversation !== undefined; count += 1) {
    const isFulfilment = /fulfil|fill|gives you something/.test(chat.sent.at(-1)?.message.text ?? '')
    if (isFulfilment && chat.labels().includes('Skip this one')) {
      asked = true
      chat.write(number)
    } else chat.write('skip')
  }
  return asked
}

describe('fulfilment', () => {
  it('rides in a check-in about once a month while `self` is open, and never when it is closed', () => {
    const weeksAsked = (self: boolean) => {
      const chat = openChat(ana({ topics: { ...open, self } }))
      const asked: number[] = []
      for (let week = 1; week <= 13; week += 1)
        for (let half = 0; half < 14; half += 1)
          if (chat.live(0.5).some(one => one.class === 'check-in') && checkIn(chat, '6')) asked.push(week)
      return asked
    }
    expect(weeksAsked(true)).toEqual([2, 6, 10])
    expect(weeksAsked(false)).toEqual([])
  })
  it('is shown over time to the client, goes to the coach only by choice, and counts for no report', () => {
    const chat = openChat(ana({ topics: open }))
    chat.live(7.5)
    checkIn(chat, '6')
    expect(chat.ratings.map(({ about, value }) => [about, value])).toEqual([['fulfilment', 6]])
    const preview = chat.sent.flatMap(({ message }) => message.blocks).find(block => block.kind === 'form')
    expect(preview).toMatchObject({ fields: [{ value: 'How fulfilling my work is: 6 out of 10', include: false }] })
    expect(chat.shared).toEqual([])
    expect(chat.write('how am I doing?')).toMatch(/How work feels\. 12 Jan: 6/)
  })
  it('is not asked within four weeks of having been asked', () => {
    expect(mayAskFulfilment(true, undefined, MONDAY)).toBe(true)
    expect(mayAskFulfilment(true, MONDAY, MONDAY + 21 * DAY)).toBe(false)
    expect(mayAskFulfilment(true, MONDAY, MONDAY + 28 * DAY)).toBe(true)
    expect(mayAskFulfilment(false, undefined, MONDAY)).toBe(false)
  })
})

describe('the dreams shelf', () => {
  const shelf = () => {
    const chat = openChat(ana())
    chat.write('dreams')
    chat.press('Yes, put it up')
    chat.write('A year by the sea')
    return chat
  }
  it('is put up by the client, holds their words, and is never brought up', () => {
    const chat = shelf()
    expect(chat.client.topics.dreams).toBe(true)
    expect([...chat.goals.values()]).toMatchObject([{ kind: 'dream', text: 'A year by the sea' }])
    expect(chat.client.last).toEqual({ kind: 'nothing' })
    const after = chat.sent.length
    for (let half = 0; half < 60; half += 1) if (chat.live(0.5).some(one => one.class === 'check-in')) chat.skipAll()
    expect(
      chat.sent
        .slice(after)
        .map(({ message }) => message.text)
        .join(),
    ).not.toContain('sea')
    expect(chat.client.offered).toEqual([])
  })
  it('lets one be taken off', () => {
    const chat = shelf()
    expect(chat.write('dreams')).toContain('A year by the sea')
    chat.press('Take one off')
    expect(chat.press('A year by the sea')).toContain('off the shelf')
    expect(chat.write('dreams')).toContain('The shelf is empty')
  })
  it('gives a commitment its why, in the nudge, while the shelf is open', () => {
    const nudge = (close: boolean) => {
      const chat = shelf()
      chat.write('dreams')
      chat.press('Take on a step for one')
      chat.press('A year by the sea')
      chat.write('ask about leave by Wednesday')
      chat.press('Just for me')
      chat.write('no plan')
      if (close) {
        chat.write('topics')
        chat.press('Hopes beyond the job')
      }
      return chat.live(3).find(one => one.class === 'nudge')?.message.text
    }
    expect(nudge(false)).toContain('You want it for “A year by the sea”.')
    expect(nudge(true)).toContain('ask about leave')
    expect(nudge(true)).not.toContain('sea')
  })
  it('lets a line go to the coach only through the preview', () => {
    const chat = shelf()
    chat.write('dreams')
    chat.press('Offer one to Carla')
    chat.press('A year by the sea')
    expect(chat.client.offered.map(({ text, preselected }) => [text, preselected])).toEqual([
      ['A hope of mine: A year by the sea', false],
    ])
    expect(chat.shared).toEqual([])
  })
})

describe('a commitment', () => {
  it('is tied to a measure by “link”, and says so when it is done', () => {
    const chat = openChat(ana(), {})
    chat.goals.set('g1', {
      id: 'g1',
      kind: 'measure',
      text: 'Calm mornings',
      sign: undefined,
      madeAt: 0,
      closedAt: undefined,
    })
    chat.write('commit')
    chat.write('close the door at nine by Wednesday')
    chat.press('Just for me')
    chat.write('no plan')
    chat.write('link')
    chat.press('close the door at nine')
    expect(chat.press('Calm mornings')).toContain('tied to “Calm mornings”')
    chat.live(3)
    expect(chat.press('Done')).toContain("That's a step towards “Calm mornings”")
  })
})
