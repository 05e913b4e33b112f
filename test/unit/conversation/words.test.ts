import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../../../src/conversation/compose.ts'
import { digestMessage } from '../../../src/conversation/digest.ts'
import { bare, commandIn } from '../../../src/conversation/hearing.ts'
import { chooseWording, formatBlocks, formatText } from '../../../src/conversation/words.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue, PACKS } from './dialogue.ts'

/** What people write, signs that mean something to a machine included. */
const theirWords = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom('> a\n\nb', '{coach}', "it's", "'{'", '<b>', '{n, plural, one{x}}', '#', '\\n', '“so”', '> > x'),
)

describe('a text', () => {
  it('becomes paragraphs and quotations by its blank lines, and loses what is empty', () => {
    const text = 'Kept,\nin one line.\n\n> {win}\n\n{hasGoal, select, yes {For {goal}.} other {}}\n'
    expect(formatBlocks(text, 'en', { win: 'so', hasGoal: 'no', goal: '' })).toEqual([
      { kind: 'paragraph', text: 'Kept, in one line.' },
      { kind: 'quote', text: 'so' },
    ])
  })
  it('holds a client’s words as they are: they become neither structure nor another value', () => {
    fc.assert(
      fc.property(theirWords, win => {
        const blocks = formatBlocks('Before.\n\n> {win}\n\nAfter.', 'en', { win, coach: 'Carla' })
        const quote = win.trim() === '' ? [] : [{ kind: 'quote', text: win.trim() }]
        expect(blocks).toEqual([
          { kind: 'paragraph', text: 'Before.' },
          ...quote,
          { kind: 'paragraph', text: 'After.' },
        ])
      }),
    )
  })
  it('is the same one line whatever the editor broke it into', () => {
    expect(formatText('a\n  b\n\tc', 'en', {})).toBe('a b c')
  })
})

describe('a wording', () => {
  const place = 'pack.step.say'
  it('is never a retired one while another is left, nor one for a topic that is closed', () => {
    const words = { open: ['o1', 'o2', 'o3'], closed: ['c1', 'c2'] }
    const ids = ['open-0', 'open-1', 'open-2', 'closed-0', 'closed-1'].map(id => `${place}#${id}`)
    fc.assert(
      fc.property(fc.boolean(), fc.nat(1_000), fc.subarray(ids), (open, turn, retired) => {
        const chosen = chooseWording(words, place, { open, turn, retired })
        expect(chosen.id.startsWith(`${place}#${open ? 'open' : 'closed'}-`)).toBe(true)
        const left = ids.filter(id => id.includes(open ? '#open' : '#closed') && !retired.includes(id))
        if (left.length > 0) expect(left).toContain(chosen.id)
      }),
    )
  })
})

describe('typed words', () => {
  it('mean the same in any case, with any signs around them', () => {
    for (const typed of ['STOP', 'stop!!!', ' Stop. ', '“stop”', 'ｓｔｏｐ', 'stop 🙏'])
      expect(commandIn(typed, PACKS.hearing('en'))).toBe('stop')
    expect(commandIn("I'm back", PACKS.hearing('en'))).toBe('resume')
    expect(commandIn('?', PACKS.hearing('en'))).toBe('help')
  })
  it('are a command only as a whole message', () => {
    for (const typed of ['I had to stop early', 'please pause the project', 'my boss said skip it to me'])
      expect(commandIn(typed, PACKS.hearing('en'))).toBeUndefined()
  })
  it('once bared stay as they are, and never come out empty', () => {
    fc.assert(
      fc.property(theirWords, typed => {
        expect(bare(bare(typed))).toBe(bare(typed))
        if (typed.trim() !== '') expect(bare(typed)).not.toBe('')
      }),
    )
  })
})

describe('a message', () => {
  it('says in plain words everything that its blocks say', () => {
    const { text } = messageOf([
      { kind: 'paragraph', text: 'One.' },
      { kind: 'quote', text: 'Two' },
      { kind: 'fields', items: [{ label: 'Three', value: 'four' }] },
      { kind: 'choices', ask: 'a', style: 'buttons', choices: [{ id: 'x', label: 'Five' }] },
      {
        kind: 'choices',
        ask: 'a',
        style: 'scale',
        choices: ['1', '2', '9'].map(id => ({ id, label: id })),
        ends: { low: 'six', high: 'seven' },
      },
      { kind: 'date', ask: 'a', label: 'Eight' },
      {
        kind: 'form',
        ask: 'a',
        title: 'T',
        open: 'Nine',
        submit: 'S',
        fields: [{ kind: 'text', id: 'f', label: 'Ten', value: 'eleven', optional: true, long: false }],
      },
      { kind: 'context', text: 'Twelve' },
    ])
    expect(text).toBe(
      'One.\n\n“Two”\n\nThree: four\n\nFive\n\n1 (six) – 9 (seven)\n\nEight\n\nNine: Ten: eleven\n\nTwelve',
    )
  })
  it('to a coach is the clients’ lines, word for word, each under its kind', () => {
    fc.assert(
      fc.property(theirWords, words => {
        const line = { id: 'l1', kind: 'win' as const, text: words }
        const { blocks } = digestMessage([{ client: 'Ana', lines: [line] }], PACKS.current('digest', 'en'), 'en')
        expect(blocks.slice(1, -1)).toEqual([
          { kind: 'paragraph', text: 'Ana' },
          { kind: 'context', text: 'Went well' },
          { kind: 'quote', text: words },
        ])
      }),
    )
  })
})

describe('what is shown', () => {
  const ana = (over = {}): Dialogue =>
    new Dialogue(aPerson(aClient({ topics: { work: true, self: false, dreams: false }, ...over })), MONDAY).plan()

  it('as seen by the coach is what was shared, in those words, and nothing else', () => {
    const dialogue = ana()
    expect(dialogue.say('what do they see')[0]?.text).toMatch(/^Carla sees nothing from you here/)
    dialogue.say('check-in')
    dialogue.say('Two calm mornings')
    dialogue.press('Not this time')
    dialogue.say('How to say no')
    const form = dialogue.last.blocks.find(({ kind }) => kind === 'form')
    if (form?.kind !== 'form') throw new Error('there is no preview')
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Went well', 'Two calm mornings'],
      ['To talk about', 'How to say no'],
    ])
    const [win, talk] = form.fields.map(({ id }) => id)
    const fields = {
      [`${win}`]: 'Two calm, slow mornings',
      [`${win}.include`]: 'yes',
      [`${talk}`]: 'x',
      [`${talk}.include`]: 'no',
    }
    dialogue.reply({ kind: 'form', ask: form.ask, fields })
    expect(dialogue.shared.map(({ text }) => text)).toEqual(['Two calm, slow mornings'])
    expect(dialogue.person.client?.offered).toEqual([])
    expect(JSON.stringify(dialogue.person)).not.toContain('How to say no')
    const [seen] = dialogue.say('what do they see')
    expect(seen?.blocks.filter(({ kind }) => kind === 'quote')).toEqual([
      { kind: 'quote', text: 'Two calm, slow mornings' },
    ])
  })
  it('of the ledger is each message that counted, and how many may still come', () => {
    const dialogue = ana()
    dialogue.next('check-in')
    dialogue.press('Nothing comes to mind')
    const [shown] = dialogue.say('limits')
    expect(shown?.text).toMatch(/seven days: 1 of at most 2 questions, 1 of at most 3 messages/)
    expect(shown?.blocks.find(({ kind }) => kind === 'fields')).toMatchObject({
      items: [{ label: 'Monday 12 January', value: 'A check-in' }],
    })
  })
  it('of commitments is each open one with its day, or that there is none', () => {
    const dialogue = ana()
    expect(dialogue.say('commitments')[0]?.text).toMatch(/There is nothing open\.$/)
    dialogue.say('commit')
    dialogue.say('call Ben by Friday')
    dialogue.press('Just for me')
    dialogue.press('No plan needed')
    expect(dialogue.say('commitments')[0]?.text).toMatch(/Friday 9 January: call Ben$/)
  })
})
