import { describe, expect, it } from 'vitest'
import { personId } from '../../../src/domain/ids.ts'
import { aCommitment, aPerson, DAY } from '../domain/people.ts'
import { ana, openChat } from './chat.ts'

describe('a question that is put off', () => {
  it('is not asked again at once, comes back as agreed, and waits where it was', () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment({ carried: true }))
    chat.write('check-in')
    chat.write('snooze')
    expect(chat.press('Tomorrow')).toBe("I'll come back to it then.")
    const [back] = chat.live(1.2)
    expect(back).toMatchObject({ class: 'check-in', ask: true })
    expect(chat.press('Done')).toContain('Ask Ben for the figures')
  })
})

describe('an invitation that is left for later', () => {
  it('is not brought up: there is no reminder', () => {
    const chat = openChat(aPerson(undefined))
    chat.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
    chat.press('My idea')
    expect(chat.press('Not now')).toContain("I won't bring it up")
    expect(chat.live(60)).toEqual([])
    expect(chat.write('hello')).toContain("You're welcome here")
  })
  it('that found no answer is mentioned once more', () => {
    const chat = openChat(aPerson(undefined))
    chat.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
    expect(chat.live(60)).toHaveLength(1)
  })
})

describe('check-ins with all topics closed', () => {
  it('grow rarer and end like unanswered ones, and always name the next day', () => {
    const chat = openChat(ana({ topics: { work: false, self: false, dreams: false } }))
    const sent = chat.live(180)
    const checkIns = sent.filter(one => one.class === 'check-in')
    expect(checkIns).toHaveLength(4)
    expect((checkIns[3]?.at ?? 0) - (checkIns[2]?.at ?? 0)).toBe(14 * DAY)
    for (const { message } of checkIns.slice(0, 2)) expect(message.text).toMatch(/day \d+ \w+/)
    expect(sent.at(-1)?.class).toBe('closing')
  })
})

describe('what is passed over or skipped', () => {
  it('settles nothing: a commitment of somebody who closed work stays open', () => {
    const chat = openChat(ana({ topics: { work: false, self: false, dreams: false } }))
    chat.commitments.set('k1', aCommitment({ carried: true }))
    chat.live(30)
    expect(chat.commitments.get('k1')?.state).toBe('open')
  })
  it('settles nothing: “skip” leaves it open, at the nudge and in the check-in', () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment())
    chat.write('hello')
    chat.write('nothing')
    const nudge = chat.live(4).find(one => one.class === 'nudge')
    expect(nudge?.message.text).toContain('Ask Ben for the figures')
    chat.write('skip')
    expect(chat.commitments.get('k1')).toMatchObject({ state: 'open', carried: true })
    chat.live(4)
    expect(chat.sent.at(-1)?.message.text).toContain('Ask Ben for the figures')
    chat.skipAll()
    expect(chat.commitments.get('k1')?.state).toBe('open')
  })
  it('brings no more nudges to somebody who called one too personal', () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment())
    chat.commitments.set('k2', aCommitment({ id: 'k2', due: '2026-01-14' }))
    chat.write('hello')
    chat.write('nothing')
    chat.live(3.5)
    chat.write('too personal')
    expect(chat.live(14).filter(one => one.class === 'nudge')).toEqual([])
    expect([...chat.commitments.values()].every(({ state }) => state === 'open')).toBe(true)
  })
})
