import { describe, expect, it } from 'vitest'
import type { Client } from '../../../src/domain/person.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { askOf, Dialogue, labelsOf, PROMPT_FILES, packsFrom } from './dialogue.ts'

/** Somebody whose words out of the blue are met by these steps, and who has just written some. */
const met = (steps: string, client: Partial<Client> = {}, labels = ''): Dialogue => {
  const files = PROMPT_FILES.filter(({ path }) => !path.endsWith('listen.yaml'))
  const text = `id: listen\nversion: 1\nclass: reply\nabout: For a test.\nstart: open\n${labels}steps:\n${steps}`
  const side = `id: side\nversion: 1\nclass: reply\nabout: For a test.\nstart: in\nsteps:\n${SIDE}`
  const packs = packsFrom([
    ...files,
    { path: 'prompts/en/listen.yaml', locale: 'en', text },
    { path: 'prompts/en/side.yaml', locale: 'en', text: side },
  ])
  const dialogue = new Dialogue(aPerson(aClient({ topics: CLOSED, ...client })), MONDAY, packs)
  dialogue.say('good day to you')
  return dialogue
}
const CLOSED = { work: false, self: false, dreams: false }

const SIDE = `
  in:
    ask:
      kind: text
      as: inner
      question: What is it, inside?
      options: [{ id: skip, label: No word, way-out: true }]
    next: { answer: deeper, skip: end }
  deeper:
    ask:
      kind: choice
      as: depth
      question: Deeper?
      options: [{ id: yes, label: Deeper }, { id: no, label: Back, way-out: true }]
    next: { yes: side.in, no: end }
    after: end
`
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
    for (const label of ['Yes, first', 'No first']) {
      const [shown] = dialogue.press(label)
      expect(shown?.text).toMatch(/^That one has moved on, and that's all right\.\n\nSecond\?/)
    }
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
      'always-on.limits',
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

const FORM = `
  open:
    ask:
      kind: form
      question: Would you fill this in?
      title: A form
      open: Open it
      submit: Send it
      fields:
        - { kind: text, id: colour, label: A colour, from: said }
        - { kind: date, id: day, label: A day, optional: true }
        - { kind: choice, id: size, label: A size, choices: [{ id: s, label: Small }, { id: l, label: Large }] }
      options: [{ id: skip, label: Leave it, way-out: true }]
    next: { answer: filled, skip: left }
  filled:
    say: "{colour}, {size}."
    next: end
  left:
    say: Left.
    next: end
`
describe('a form', () => {
  it('travels in the message that offers it, filled with what is known', () => {
    const [block] = met(FORM).last.blocks.filter(({ kind }) => kind === 'form')
    expect(block).toMatchObject({
      title: 'A form',
      open: 'Open it',
      submit: 'Send it',
      fields: [
        { kind: 'text', id: 'colour', value: 'good day to you', optional: false },
        { kind: 'date', id: 'day', value: '', optional: true },
        {
          kind: 'choice',
          id: 'size',
          choices: [
            { id: 's', label: 'Small' },
            { id: 'l', label: 'Large' },
          ],
        },
      ],
    })
  })
  it('is answered by its fields, trimmed, once; or left by its way out, pressed or typed', () => {
    const dialogue = met(FORM)
    const ask = askOf(dialogue.last) ?? ''
    dialogue.reply({ kind: 'form', ask, fields: { colour: '  blue ', size: 's' } })
    expect(dialogue.last.text).toBe('blue, s.')
    const [again] = dialogue.reply({ kind: 'form', ask, fields: { colour: 'red', size: 'l' } })
    expect(again?.text).toBe("That one has moved on, and that's all right.")
    const pressed = met(FORM)
    pressed.press('Leave it')
    expect(pressed.last.text).toBe('Left.')
    const typed = met(FORM)
    typed.say('leave it!')
    expect(typed.last.text).toBe('Left.')
  })
  it('is not answered by words: they are kept, and it is offered again, then left alone', () => {
    const dialogue = met(FORM)
    dialogue.say('blue I suppose')
    expect(dialogue.last.text).toMatch(/^I kept that the way you wrote it\./)
    expect(labelsOf(dialogue.last)).toEqual(['Leave it'])
    dialogue.say('still blue')
    expect(dialogue.last.text).toMatch(/Left\.$/)
    expect(dialogue.person.client?.offered.map(({ text }) => text)).toEqual(['blue I suppose', 'still blue'])
  })
  it('is answered by no button of another kind', () => {
    const dialogue = met(FORM)
    const ask = askOf(dialogue.last) ?? ''
    for (const reply of [
      { kind: 'choice', ask, choice: 's' },
      { kind: 'date', ask, date: '2026-02-02' },
    ] as const) {
      const [shown] = dialogue.reply({ ...reply, ask: askOf(dialogue.last) ?? '' })
      expect(shown?.text).toMatch(/^That one has moved on/)
      expect(shown?.blocks.some(({ kind }) => kind === 'form')).toBe(true)
    }
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
