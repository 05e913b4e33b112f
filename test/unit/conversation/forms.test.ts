import { describe, expect, it } from 'vitest'
import { askOf, labelsOf, lineOf, openingOf } from './dialogue.ts'
import { met } from './met.ts'

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
    expect(lineOf('moved-on')).toContain(again?.text)
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
    expect(lineOf('kept')).toContain(openingOf(dialogue.last))
    expect(labelsOf(dialogue.last)).toEqual(['Leave it'])
    dialogue.say('still blue')
    expect(dialogue.last.text).toMatch(/Left\.$/)
    expect(dialogue.person.client?.offered.map(({ text }) => text)).toEqual(['blue I suppose', 'still blue'])
  })
  it.each([
    ['a field that it does not have', { colour: 'blue', shape: 'round' }],
    ['a choice that it does not offer', { colour: 'blue', size: 'xl' }],
    ['a day that is none', { colour: 'blue', day: 'tomorrow or so' }],
    ['a line to share, which is another form’s', { colour: 'blue', 'l1.include': 'yes' }],
  ])('is not answered with %s: it is offered once more, and nothing of it is kept', (_, fields) => {
    const dialogue = met(FORM)
    const [shown] = dialogue.reply({ kind: 'form', ask: askOf(dialogue.last) ?? '', fields })
    expect(lineOf('moved-on')).toContain(openingOf(shown))
    expect(shown?.blocks.some(({ kind }) => kind === 'form')).toBe(true)
    expect(JSON.stringify(dialogue.person)).not.toMatch(/blue|xl|round/)
    dialogue.reply({ kind: 'form', ask: askOf(dialogue.last) ?? '', fields: { colour: 'red', size: 'l', day: '' } })
    expect(dialogue.last.text).toBe('red, l.')
  })
  it('is answered by no button of another kind', () => {
    const dialogue = met(FORM)
    const ask = askOf(dialogue.last) ?? ''
    for (const reply of [
      { kind: 'choice', ask, choice: 's' },
      { kind: 'date', ask, date: '2026-02-02' },
    ] as const) {
      const [shown] = dialogue.reply({ ...reply, ask: askOf(dialogue.last) ?? '' })
      expect(lineOf('moved-on')).toContain(openingOf(shown))
      expect(shown?.blocks.some(({ kind }) => kind === 'form')).toBe(true)
    }
  })
})
