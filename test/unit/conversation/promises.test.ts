import { describe, expect, it } from 'vitest'
import { personId } from '../../../src/domain/ids.ts'
import { aClient, aPerson, DAY, MONDAY } from '../domain/people.ts'
import { Dialogue } from './dialogue.ts'

const CLOSED = { work: false, self: false, dreams: false }
const OPEN = { ...CLOSED, work: true }

describe('what was said', () => {
  it('holds: after “not now” there is no reminder', () => {
    const dialogue = new Dialogue(aPerson(undefined), MONDAY)
    dialogue.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
    expect(Object.values(dialogue.person.scheduled).map(({ kind }) => kind)).toEqual(['reminder'])
    dialogue.press('My idea')
    dialogue.press('Not now')
    expect(dialogue.last.text).toMatch(/I won't bring it up/)
    expect(dialogue.person.scheduled).toEqual({})
  })
  it('names the next check-in only where there is one to come', () => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN })), MONDAY).plan()
    dialogue.next('check-in')
    for (const answer of ['nothing', 'no', 'nothing']) dialogue.say(answer)
    expect(dialogue.last.text).toMatch(/Monday 19 January\.$/)
    const none = new Dialogue(aPerson(aClient({ topics: OPEN, rhythm: { ...aClient().rhythm, weeks: 0 } })), MONDAY)
    none.say('check-in')
    for (const answer of ['nothing', 'no', 'nothing']) none.say(answer)
    expect(none.last.text).toMatch(/Nothing goes to Carla from today\.$|that is fine\.$/)
  })
  it('does not promise a day that has been meanwhile', () => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN })), MONDAY)
    dialogue.say('commit')
    dialogue.say('call Ben by tomorrow')
    dialogue.now += 7 * DAY
    dialogue.press('Just for me')
    dialogue.press('No plan needed')
    expect(dialogue.last.text).not.toMatch(/January/)
    expect([...dialogue.commitments.values()][0]).toMatchObject({ due: undefined, carried: true })
  })
})

describe('a client with everything closed', () => {
  it('is written to ever less, as anybody who is silent: what asks nothing finds no answer either', () => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: CLOSED })), MONDAY).plan()
    let messages = 0
    for (let events = 0; events < 20 && Object.keys(dialogue.person.scheduled).length > 0; events += 1)
      messages += dialogue.next().length
    expect(messages).toBe(5)
    expect(dialogue.last.text).toMatch(/^No reply needed/)
    expect(dialogue.person.scheduled).toEqual({})
  })
})

describe('a coach who is a client too', () => {
  it('meets the coach’s menu by asking for the menu, and is a client otherwise', () => {
    const coach = { appointedAt: MONDAY, digestedTo: MONDAY }
    const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN }), { coach, roles: ['client', 'coach'] }), MONDAY)
    expect(dialogue.say('menu')[0]?.blocks).toContainEqual(
      expect.objectContaining({ choices: expect.arrayContaining([{ id: 'invite', label: 'Invite a client' }]) }),
    )
    dialogue.say('nothing')
    expect(dialogue.say('I slept badly')[0]?.text).toMatch(/What is this to you\?/)
  })
})
