import { describe, expect, it } from 'vitest'
import { type Dialogue, lineOf, openingOf } from './dialogue.ts'
import { met } from './met.ts'

const CALLING = `
  open:
    ask:
      kind: text
      as: outer
      question: What is it, outside?
      options: [{ id: skip, label: None, way-out: true }]
    next: { answer: call, skip: end }
  call:
    next: side.in
    after: back
  back:
    say: "{outer} and {inner}."
    next: end
`

describe('a step that calls another pack', () => {
  it('is come back to, with what was answered there', () => {
    const dialogue = met(CALLING)
    dialogue.say('blue')
    expect(dialogue.last.text).toMatch(/^What is it, inside\?/)
    expect(dialogue.person.conversation?.frames.map(({ pack }) => pack)).toEqual(['listen', 'side'])
    dialogue.say('green')
    dialogue.press('Back')
    expect(dialogue.last.text).toBe('blue and green.')
    expect(dialogue.person.conversation).toBeUndefined()
  })
  it('is come back to also where nothing was answered there', () => {
    const dialogue = met(CALLING)
    dialogue.say('blue')
    dialogue.press('No word')
    expect(dialogue.last.text).toBe('blue and .')
  })
  it('piles nothing up where a pack calls again as its last word', () => {
    const dialogue = met(CALLING)
    dialogue.say('blue')
    for (let round = 0; round < 30; round += 1) {
      dialogue.say(`green ${round}`)
      dialogue.press('Deeper')
      expect(dialogue.person.conversation?.frames.length).toBe(2)
    }
    dialogue.say('white')
    dialogue.press('Back')
    expect(dialogue.last.text).toBe('blue and white.')
  })
  it('is not walked back out of by “edit”, nor forgotten by a command in between', () => {
    const dialogue = met(CALLING)
    dialogue.say('blue')
    expect(dialogue.say('edit')[0]?.text).toMatch(/^There is no earlier answer/)
    expect(dialogue.say('what do they see')[0]?.text).toMatch(/What is it, inside\?/)
    dialogue.say('green')
    dialogue.say('edit')
    expect(dialogue.last.text).toMatch(/^What is it, inside\?/)
    dialogue.say('red')
    dialogue.press('Back')
    expect(dialogue.last.text).toBe('blue and red.')
  })
})

const TWICE = `
  open:
    ask:
      kind: choice
      as: first
      question: First?
      options: [{ id: yes, label: "Yes, first" }, { id: no, label: No first, way-out: true }]
    next: second
  second:
    ask:
      kind: choice
      as: second
      question: Second?
      options: [{ id: yes, label: "Yes, second" }, { id: no, label: No second, way-out: true }]
    next: end
`
describe('an old button', () => {
  it('answers nothing, even where the present question has an answer of that name', () => {
    const dialogue = met(TWICE)
    dialogue.press('Yes, first')
    const told = ['Yes, first', 'No first'].map(label => {
      const [shown] = dialogue.press(label)
      expect(lineOf('moved-on')).toContain(openingOf(shown))
      expect(shown?.text).toMatch(/\n\nSecond\?\n/)
      return openingOf(shown)
    })
    expect(told[0]).not.toBe(told[1])
    dialogue.press('No second')
    expect(dialogue.person.conversation).toBeUndefined()
  })
})

describe('commands one upon another', () => {
  it('take each other’s place, and the question below is asked again once', () => {
    const dialogue = met(TWICE)
    for (const command of ['pause', 'limits', 'delete my data', 'snooze', 'limits']) dialogue.say(command)
    expect(dialogue.person.conversation?.frames.map(({ pack, step }) => `${pack}.${step}`)).toEqual([
      'listen.open',
      'always-on.limits-ask',
    ])
    expect(dialogue.press('Leave it as it is')[0]?.text).toBe('First?\n\nYes, first · No first')
  })
})

const TOPICAL = `
  open:
    say: Well.
    next: dream
  dream:
    topic: dreams
    say: A word on dreams.
    ask:
      kind: choice
      question: Which dream?
      options: [{ id: big, label: A big one }, { id: none, label: None, way-out: true }]
    next: { big: dreamt, none: self }
  dreamt:
    say: Dreamt.
    next: self
  self:
    topic: self
    say: { open: How it feels., closed: How it goes. }
    ask:
      kind: choice
      question: { open: And you?, closed: And the work? }
      options: [{ id: fine, label: Fine, way-out: true }]
    next: { fine: end }
`
describe('a topic', () => {
  it('that is closed is passed over by its way out, unless there are words for that', () => {
    expect(met(TOPICAL).last.text).toBe('Well.\n\nHow it goes.\n\nAnd the work?\n\nFine')
  })
  it('that is open is spoken of', () => {
    const dialogue = met(TOPICAL, { topics: { work: false, self: true, dreams: true } })
    expect(dialogue.last.text).toBe('Well.\n\nA word on dreams.\n\nWhich dream?\n\nA big one · None')
    dialogue.press('A big one')
    expect(dialogue.last.text).toBe('Dreamt.\n\nHow it feels.\n\nAnd you?\n\nFine')
  })
  it('is closed by “too personal”, which moves on by the way out and never comes back to it', () => {
    const dialogue = met(TOPICAL, { topics: { work: false, self: false, dreams: true } })
    const [shown] = dialogue.say('too personal')
    expect(shown?.text).not.toMatch(/dream/i)
    expect(shown?.text).toMatch(/And the work\?/)
    expect(dialogue.person.client?.topics.dreams).toBe(false)
    dialogue.press('Fine')
    expect(dialogue.say('good day')[0]?.text).toBe('Well.\n\nHow it goes.\n\nAnd the work?\n\nFine')
  })
})

const TURNING = `
  open:
    say: [First., Second., Third.]
    ask:
      kind: choice
      question: [One?, Two?]
      options: [{ id: end, label: The end, way-out: true }]
    next: { end: end }
`
describe('wordings', () => {
  /** Ends the one conversation, begins the next, and reads how it begins. */
  const again = (dialogue: Dialogue): string => {
    dialogue.press('The end')
    dialogue.say('good day')
    return dialogue.last.text
  }
  it('take turns, so that no two conversations running begin alike', () => {
    const dialogue = met(TURNING)
    const said = [dialogue.last.text, ...Array.from({ length: 6 }, () => again(dialogue))]
    const openings = said.map(text => text.split('\n')[0])
    expect(openings.slice(1).filter((opening, index) => opening === openings[index])).toEqual([])
    expect(new Set(openings).size).toBe(3)
  })
  it('that landed badly lose their turn; of several, the rest goes on; where all did, one is better than silence', () => {
    const both = ['listen.open.question#0', 'listen.open.question#1']
    const wordings = ['listen.open.say#0', 'listen.open.say#2', ...both]
    const dialogue = met(TURNING, { retired: { questions: [], wordings } })
    for (let turn = 0; turn < 4; turn += 1) expect(again(dialogue)).toMatch(/^Second\.\n\nOne\?/)
  })
})

describe('a pack that would run for ever', () => {
  it('fails its turn by name, and changes nothing', () => {
    const dialogue = met(TOPICAL)
    const before = dialogue.person
    const round = () => met('  open:\n    do: { is-open: work }\n    next: { yes: end, no: open }\n')
    expect(round).toThrow('pack listen goes round without asking anything, at "open"')
    expect(dialogue.person).toBe(before)
  })
})
