import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionId, deedIn } from '../../../src/conversation/home-actions.ts'
import { personId } from '../../../src/domain/ids.ts'
import { Dialogue, labelsOf, lineOf } from '../conversation/dialogue.ts'
import { aClient, aCommitment, aPerson, DAY, MONDAY } from '../domain/people.ts'
import { actionsOf, homeOf } from './making.ts'

const ana = (): Dialogue => {
  const client = aClient({ topics: { work: true, self: true, dreams: true } })
  const dialogue = new Dialogue(aPerson(client), MONDAY)
  dialogue.commitments.set('k1', aCommitment())
  return dialogue
}
const press = (dialogue: Dialogue, action: string): string => {
  const said = dialogue.happen({ kind: 'action', action })
  expect(said).toHaveLength(1)
  return said[0]?.text ?? ''
}
const carla = (): Dialogue => {
  const dialogue = new Dialogue(aPerson(undefined, { id: personId('carla'), name: 'Carla', roles: ['coach'] }), MONDAY)
  dialogue.happen({ kind: 'appointed' })
  dialogue.roster = [
    { id: personId('ben'), name: 'Ben', roles: ['client'], coach: 'carla' },
    { id: personId('cleo'), name: 'Cleo', roles: ['client'], coach: 'dora' },
  ]
  return dialogue
}

describe('what is pressed in a home', () => {
  it('settles a commitment, in the words of the chat', () => {
    const dialogue = ana()
    press(dialogue, 'do/k1/kept')
    expect(dialogue.commitments.get('k1')?.state).toBe('kept')
    const other = ana()
    press(other, 'do/k1/let-go')
    expect(other.commitments.get('k1')?.state).toBe('let-go')
  })

  it('asks in the chat what it needs to know', () => {
    const dialogue = ana()
    press(dialogue, 'do/k1/later')
    dialogue.say('next Monday')
    expect(dialogue.commitments.get('k1')).toMatchObject({ due: '2026-01-12', moves: 1 })
    press(dialogue, 'do/k1/smaller')
    dialogue.say('Ask for one figure')
    expect(dialogue.last.text).not.toBe('')
  })

  it('says kindly that it has moved on, of a commitment that was settled meanwhile', () => {
    const dialogue = ana()
    press(dialogue, 'do/k1/kept')
    dialogue.say('nothing')
    const before = dialogue.commitments.get('k1')
    expect(lineOf('moved-on')).toContain(press(dialogue, 'do/k1/let-go'))
    expect(dialogue.commitments.get('k1')).toEqual(before)
  })

  it('comes in between what is being asked, which is asked again', () => {
    const dialogue = ana()
    dialogue.say('commit')
    press(dialogue, 'command/seen')
    expect(dialogue.last.text).toMatch(/^Carla sees nothing.*Add the day, if there is one\./s)
    press(dialogue, 'command/pause')
    dialogue.press('A week')
    expect(dialogue.person.client?.pause?.until).toBeGreaterThan(MONDAY + 6 * DAY)
  })

  it('is answered, each of them, whatever the home shows', () => {
    const dialogue = ana()
    for (const { id } of actionsOf(homeOf(dialogue.person, { commitments: [aCommitment()] })))
      expect(press(ana(), id)).not.toBe('')
  })

  it('writes to the client whom it is about, if they are one of this coach’s', () => {
    const dialogue = carla()
    expect(press(dialogue, 'staff/note/ben')).toContain('A perspective')
    dialogue.press('A note')
    dialogue.say('Good luck tomorrow')
    dialogue.press('Pass it on')
    expect(dialogue.effects.filter(({ kind }) => kind === 'tell')).toMatchObject([
      { to: 'ben', event: { kind: 'coach-note', note: { text: 'Good luck tomorrow' } } },
    ])
    const other = carla()
    press(other, 'staff/note/cleo')
    expect(labelsOf(other.last)).toEqual(['Ben', 'Nobody for now'])
  })

  it('is nothing to somebody whose home does not have it', () => {
    for (const action of ['staff/invite', 'staff/figures', 'staff/setup', 'do/k9/kept', 'nonsense', 'command/none', ''])
      expect(lineOf('moved-on')).toContain(press(ana(), action))
    expect(lineOf('moved-on')).toContain(press(carla(), 'staff/figures'))
    expect(lineOf('moved-on')).toContain(press(carla(), 'do/k1/kept'))
  })

  it('comes back from its id as it went in, whatever a platform calls its people', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), about => {
        const deed = { kind: 'staff', deed: 'note', about } as const
        expect(deedIn(actionId(deed))).toEqual(deed)
      }),
    )
    fc.assert(
      fc.property(fc.string(), action => {
        deedIn(action)
      }),
    )
  })
})

describe('the platform’s command', () => {
  it('does what the same words do in the chat', () => {
    const dialogue = ana()
    dialogue.happen({ kind: 'command', text: ' Pause ' })
    expect(labelsOf(dialogue.last)).toContain('Two weeks')
    dialogue.happen({ kind: 'command', text: 'what do they see' })
    expect(dialogue.last.text).toContain("you haven't shared a line yet")
  })

  it('answers no words and unknown ones with help', () => {
    for (const text of ['', 'frobnicate', 'tell me a joke please']) {
      const dialogue = ana()
      dialogue.happen({ kind: 'command', text })
      expect(dialogue.last.text).toContain('These words work at any moment')
    }
  })

  it('takes a language by its name', () => {
    const dialogue = ana()
    dialogue.happen({ kind: 'command', text: 'klingon' })
    dialogue.happen({ kind: 'command', text: 'français' })
    expect(dialogue.last.text).toContain("I don't speak")
  })

  it('listens for danger first', () => {
    const dialogue = ana()
    dialogue.detect = () => 'acute'
    dialogue.happen({ kind: 'command', text: 'I want it to end' })
    expect(dialogue.person.client?.hold).toBe(MONDAY)
  })
})

describe('a home that was opened', () => {
  it('is published then, and with each thing they do for a week; after that when they look again', () => {
    const homes = (dialogue: Dialogue) => dialogue.effects.filter(({ kind }) => kind === 'home').length
    const dialogue = ana()
    dialogue.say('help')
    expect(homes(dialogue)).toBe(0)
    expect(dialogue.happen({ kind: 'home-opened' })).toEqual([])
    expect(homes(dialogue)).toBe(1)
    dialogue.say('help')
    expect(homes(dialogue)).toBe(2)
    dialogue.now += 8 * DAY
    dialogue.say('help')
    expect(homes(dialogue)).toBe(2)
    dialogue.happen({ kind: 'home-opened' })
    expect(homes(dialogue)).toBe(3)
  })

  it('is not taken for an answer: silence goes on as it was', () => {
    const client = aClient({ silence: { unanswered: 3, closed: false } })
    const dialogue = new Dialogue(aPerson(client), MONDAY)
    dialogue.happen({ kind: 'home-opened' })
    expect(dialogue.person.client?.silence.unanswered).toBe(3)
  })
})

describe('somebody who left', () => {
  it('has nothing planned, keeps everything, and goes on where they come back', () => {
    const dialogue = ana().plan()
    expect(Object.keys(dialogue.person.scheduled)).not.toEqual([])
    dialogue.happen({ kind: 'left', why: 'deactivated' })
    expect(dialogue.person.scheduled).toEqual({})
    expect(dialogue.person.client?.contract.state).toBe('accepted')
    const back = { kind: 'joined', name: 'Ana', locale: 'en', zone: 'UTC', route: 'D9', roles: ['client'] } as const
    expect(dialogue.happen(back)).toEqual([])
    expect(dialogue.person).toMatchObject({ route: 'D9' })
    expect(dialogue.person.left).toBeUndefined()
    expect(Object.keys(dialogue.person.scheduled)).not.toEqual([])
  })
})

describe('a profile that changed', () => {
  it('moves their hours with them, and leaves the language they chose', () => {
    const dialogue = ana().plan()
    const before = Object.values(dialogue.person.scheduled)[0]?.at ?? 0
    dialogue.happen({ kind: 'profile', change: { zone: 'America/New_York', locale: 'es', name: 'Ana M.' } })
    expect(dialogue.person).toMatchObject({ zone: 'America/New_York', locale: 'es', name: 'Ana M.' })
    expect(Object.values(dialogue.person.scheduled)[0]?.at).toBe(before + 5 * 3_600_000)
    const chosen = new Dialogue({ ...ana().person, locale: 'en', localeChosen: true }, MONDAY)
    chosen.happen({ kind: 'profile', change: { locale: 'es' } })
    expect(chosen.person.locale).toBe('en')
  })
})
