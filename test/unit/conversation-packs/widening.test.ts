import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEARD } from '../../../src/domain/silence.ts'
import { offered, postponed, type Widening, wideningDue } from '../../../src/domain/widening.ts'
import { DAY, MONDAY } from '../domain/people.ts'
import { ana, type Chat, openChat } from './chat.ts'

const fresh = () => openChat(ana({ widening: { made: 0, at: 0, never: false } }))
const invitations = (chat: Chat) => chat.sent.filter(one => one.class === 'widening')

/** Weeks with somebody who answers each check-in, if only by skipping, and invitations as told. */
const weeks = (chat: Chat, count: number, answer: string | undefined = 'No,'): Chat => {
  for (let week = 0; week < count; week += 1) {
    for (let half = 0; half < 14; half += 1) {
      for (const { class: as } of chat.live(0.5)) {
        if (as === 'widening' && answer !== undefined)
          chat.press(chat.labels().find(one => one.startsWith(answer)) ?? '')
        if (as === 'check-in') chat.skipAll()
      }
    }
  }
  return chat
}

describe('invitations to widen', () => {
  it('come three times at most, the second 30 days or more after the first and the third 90 or more after that', () => {
    const chat = weeks(fresh(), 60)
    const [first, second, third, ...more] = invitations(chat).map(({ at }) => at)
    expect(more).toEqual([])
    expect((first ?? 0) - MONDAY).toBeGreaterThanOrEqual(28 * DAY)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(30 * DAY)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(90 * DAY)
  })
  it('speak of the one closed topic and then of the other, and open nothing by themselves', () => {
    const chat = weeks(fresh(), 60)
    const texts = invitations(chat).map(({ message }) => message.text)
    expect(texts[0]).toContain('how the work itself is for you')
    expect(texts[1]).toContain('shelf')
    expect(chat.client.topics).toEqual({ work: true, self: false, dreams: false })
  })
  it('open a topic by the client’s tap, and end once all is open', () => {
    const chat = weeks(fresh(), 60, 'Yes,')
    expect(chat.client.topics).toEqual({ work: true, self: true, dreams: true })
    expect(invitations(chat)).toHaveLength(2)
    const done = openChat(
      ana({ topics: { work: true, self: true, dreams: true }, widening: { made: 0, at: 0, never: false } }),
    )
    expect(invitations(weeks(done, 20))).toEqual([])
  })
  it('do not come to somebody silent', () => {
    const chat = fresh()
    chat.live(120)
    expect(invitations(chat)).toEqual([])
  })
  it('do not come to somebody who wants a check-in only when they ask', () => {
    const chat = fresh()
    chat.write('rhythm')
    chat.press('Only when I ask')
    chat.live(60)
    expect(invitations(chat)).toEqual([])
  })
  it('do not push aside a check-in that waits for somebody who takes their days', () => {
    const chat = fresh()
    for (let week = 0; week < 20 && invitations(chat).length === 0; week += 1) {
      for (let day = 0; day < 7; day += 1) {
        if (chat.live(1).some(({ class: as }) => as === 'check-in')) {
          // A day and a half later their answer still finds the question.
          expect(chat.live(1.5).map(({ class: as }) => as)).toEqual([])
          expect(chat.press('Nothing comes to mind')).not.toContain('moved on')
          chat.skipAll()
        }
      }
    }
    expect(invitations(chat)).toHaveLength(1)
  })
  it('end for good with “don’t offer again”', () => {
    expect(invitations(weeks(fresh(), 60, "Don't offer again"))).toHaveLength(1)
  })
  it('are never due before their time, whatever was made, tried or put off', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(200)), { maxLength: 30 }), steps => {
        let widening: Widening | undefined
        const made: number[] = []
        let now = MONDAY
        for (const [goes, days] of steps) {
          now += days * DAY
          const topics = { work: true, self: false, dreams: false }
          const facts = { topics, silence: HEARD, rhythm: { weeks: 1 }, widening }
          const due = wideningDue(facts, MONDAY)
          if (due === undefined || due > now) continue
          widening = goes ? offered(widening, now) : postponed(widening, now)
          if (goes) made.push(now)
          else expect(wideningDue({ ...facts, widening }, MONDAY)).toBeGreaterThanOrEqual(now + 7 * DAY)
        }
        expect(made.length).toBeLessThanOrEqual(3)
        made.forEach((at, index) => {
          const least = [28, 30, 90][index] ?? 0
          expect(at - (made[index - 1] ?? MONDAY)).toBeGreaterThanOrEqual(least * DAY)
        })
      }),
    )
  })
})

describe('topics', () => {
  it('open and close by the client, at any time', () => {
    const chat = fresh()
    chat.write('more')
    expect(chat.press('How the work is for me')).toContain('is open')
    expect(chat.client.topics.self).toBe(true)
    chat.write('topics')
    chat.press('How the work is for me')
    expect(chat.client.topics.self).toBe(false)
  })
})
