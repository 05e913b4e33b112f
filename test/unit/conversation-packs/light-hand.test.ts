import { describe, expect, it } from 'vitest'
import type { Event } from '../../../src/domain/event.ts'
import { personId } from '../../../src/domain/ids.ts'
import { addDays, type LocalDate } from '../../../src/domain/schedule.ts'
import { aCommitment, DAY, MONDAY } from '../domain/people.ts'
import { ana, type Chat, openChat, type Sent } from './chat.ts'

/** Whatever the coach does, and with all that could be offered: the figures that the light hand is held to. */
const NEVER_WIDENED = { widening: { made: 0, at: 0, never: false } }
const note = (kind: 'note' | 'perspective'): Event => ({
  kind: 'coach-note',
  coach: personId('carla'),
  note: { kind, text: 'Thinking of your week.' },
})
const unprompted = (chat: Chat): readonly Sent[] => chat.sent.filter(one => one.class !== 'reply')
/** The most that stand in any seven days, looked at from each of them. */
const mostInAWeek = (sent: readonly Sent[]): number =>
  Math.max(0, ...sent.map(({ at }) => sent.filter(one => one.at <= at && one.at > at - 7 * DAY).length))

describe('the light hand', () => {
  it('writes to somebody who was sent, answers once and is then silent at most eight times in three months', () => {
    const chat = openChat(
      ana({ contract: { state: 'invited', at: MONDAY, reminded: false }, origin: 'theirs', ...NEVER_WIDENED }),
    )
    chat.write('hello')
    for (let count = 0; count < 6 && !chat.labels().includes("Yes, let's begin"); count += 1)
      chat.press(chat.labels()[0] ?? '')
    chat.press("Yes, let's begin")
    chat.write('leave me alone with this')
    for (let day = 0; day < 92; day += 1) {
      chat.happen(note(day % 2 === 0 ? 'note' : 'perspective'))
      chat.live(1)
    }
    const classes = unprompted(chat).map(one => one.class)
    expect(classes.filter(one => one === 'check-in')).toHaveLength(4)
    expect(classes.length).toBeLessThanOrEqual(8)
  })

  it('keeps the check-ins of a slow opener, however many notes and perspectives their coach writes', () => {
    const chat = openChat(ana(NEVER_WIDENED))
    for (let day = 0; day < 84; day += 1) {
      for (let more = 0; more < 3; more += 1) chat.happen(note(more === 0 ? 'note' : 'perspective'))
      // They take a day, and then the way out of every question; of a preview, too.
      for (const { class: as } of chat.live(1)) if (as === 'check-in') chat.live(0.5)
      if (chat.sent.at(-1)?.ask === true) chat.skipAll()
    }
    const own = unprompted(chat)
    const notes = own.filter(one => one.class === 'note')
    expect(own.filter(one => one.class === 'check-in').length).toBeGreaterThanOrEqual(11)
    expect(notes.length).toBeGreaterThan(4)
    expect(mostInAWeek(notes)).toBe(1)
  })

  it('asks somebody who opens up at once, and takes on something for each day, at most twice in a week', () => {
    const chat = openChat(ana({ topics: { work: true, self: true, dreams: true }, ...NEVER_WIDENED }))
    for (let day = 0; day < 84; day += 1) {
      const due: LocalDate = addDays('2026-01-06', day)
      chat.commitments.set(`k${day}`, aCommitment({ id: `k${day}`, text: `Write page ${day}`, due }))
      chat.happen(note('perspective'))
      chat.live(1)
      if (chat.sent.at(-1)?.ask === true) chat.skipAll()
      chat.write('something went well')
      chat.skipAll()
    }
    const asks = unprompted(chat).filter(({ ask }) => ask)
    expect(asks.length).toBeGreaterThan(12)
    expect(mostInAWeek(asks)).toBe(2)
  })

  it('names what it is about to ask after once, and not in the greeting as well', () => {
    const chat = openChat(ana())
    chat.write('commit')
    chat.write('Ask Ben for the figures')
    for (let count = 0; count < 5 && chat.person.conversation !== undefined; count += 1) chat.write('skip')
    const [checkIn] = chat.live(8)
    expect(checkIn?.message.text.split('Ask Ben for the figures')).toHaveLength(2)
  })
})
