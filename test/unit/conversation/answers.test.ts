import { describe, expect, it } from 'vitest'
import type { LineId } from '../../../src/conversation/hearing.ts'
import { aClient, aPerson, DAY, HOUR, MONDAY } from '../domain/people.ts'
import { askOf, Dialogue, labelsOf, lineOf, openingOf, type Shown } from './dialogue.ts'

const OPEN = { work: true, self: false, dreams: false }
const ana = (over = {}): Dialogue => new Dialogue(aPerson(aClient({ topics: OPEN, ...over })), MONDAY).plan()

/** In the middle of making a commitment without a day: Lighthand asks for one. */
const atTheDay = (): Dialogue => {
  const dialogue = ana()
  dialogue.say('commit')
  dialogue.say('call Ben')
  return dialogue
}
const due = (dialogue: Dialogue): string | undefined => {
  dialogue.press('Just for me')
  dialogue.press('No plan needed')
  return [...dialogue.commitments.values()][0]?.due
}

describe('a day', () => {
  it.each([
    ['Friday', '2026-01-09'],
    ['by the end of next week', '2026-01-16'],
    ['tomorrow', '2026-01-06'],
    ['on 3 March', '2026-03-03'],
    ['No particular day', undefined],
    ['whenever', undefined],
  ])('may be written as “%s”', (text, date) => {
    const dialogue = atTheDay()
    dialogue.say(text)
    expect(due(dialogue)).toBe(date)
  })
  it('may be picked', () => {
    const dialogue = atTheDay()
    dialogue.reply({ kind: 'date', ask: askOf(dialogue.last) ?? '', date: '2026-01-20' })
    expect(due(dialogue)).toBe('2026-01-20')
  })
  it('that has been is asked for again, kindly, and the picker cannot offer it', () => {
    const dialogue = atTheDay()
    const block = dialogue.last.blocks.find(({ kind }) => kind === 'date')
    expect(block).toMatchObject({ min: '2026-01-05' })
    for (const answer of [
      { kind: 'text', text: '3 January 2026' },
      { kind: 'date', ask: askOf(dialogue.last) ?? '', date: '2026-01-04' },
    ] as const) {
      const other = atTheDay()
      const [shown] = other.reply(answer.kind === 'date' ? { ...answer, ask: askOf(other.last) ?? '' } : answer)
      expect(lineOf('date-past')).toContain(openingOf(shown))
      other.say('Friday')
      expect(due(other)).toBe('2026-01-09')
    }
  })
  it('that cannot be read is kept, and what a day may look like is said', () => {
    const dialogue = atTheDay()
    const [shown] = dialogue.say('when the moon is right')
    expect(lineOf('date-unclear')).toContain(openingOf(shown))
    expect(dialogue.person.client?.offered.map(({ text }) => text)).toEqual(['when the moon is right'])
  })
  it('is taken from the commitment itself, and leaves the rest of it', () => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say('send Maria the draft by Friday')
    expect(due(dialogue)).toBe('2026-01-09')
    expect([...dialogue.commitments.values()][0]?.text).toBe('send Maria the draft')
  })
})

describe('a number', () => {
  const atTheScale = (): Dialogue => {
    const dialogue = ana({ rhythm: { ...aClient().rhythm, lastDate: '2025-12-29' } })
    dialogue.goals.set('g1', {
      id: 'g1',
      kind: 'measure',
      text: 'I leave on time',
      sign: undefined,
      madeAt: MONDAY,
      closedAt: undefined,
    })
    dialogue.say('check-in')
    dialogue.say('Two calm mornings')
    return dialogue
  }
  it.each([
    ['7', 7],
    ['about 7', 7],
    ['8/10', 8],
    ['10', 10],
    ['3 out of 10', 3],
  ])('may be written as “%s”', (text, value) => {
    const dialogue = atTheScale()
    expect(dialogue.last.blocks.some(block => block.kind === 'choices' && block.style === 'scale')).toBe(true)
    dialogue.say(text)
    expect(dialogue.ratings.map(rating => rating.value)).toEqual([value])
  })
  it.each(['0', '11', 'seven and a half', '-'])('that is none of those is kept and not guessed at: “%s”', text => {
    const dialogue = atTheScale()
    const [shown] = dialogue.say(text)
    expect(lineOf('number-unclear')).toContain(openingOf(shown))
    expect(dialogue.ratings).toEqual([])
  })
  it('may be pressed, and may be skipped', () => {
    const pressed = atTheScale()
    pressed.press('4')
    expect(pressed.ratings.map(({ value, about }) => [value, about])).toEqual([[4, 'g1']])
    const skipped = atTheScale()
    skipped.press('Skip this one')
    expect(skipped.ratings).toEqual([])
  })
})

describe('an answer', () => {
  it('to a question that was answered already answers no other: the present one is asked again', () => {
    const dialogue = atTheDay()
    const old = askOf(dialogue.last) ?? ''
    dialogue.say('Friday')
    const before = dialogue.person.conversation?.frames
    const [shown] = dialogue.reply({ kind: 'choice', ask: old, choice: 'none' })
    expect(lineOf('moved-on')).toContain(openingOf(shown))
    expect(labelsOf(dialogue.last)).toContain('Just for me')
    expect(dialogue.person.conversation?.frames.map(({ step }) => step)).toEqual(before?.map(({ step }) => step))
    expect(due(dialogue)).toBe('2026-01-09')
  })
  it('may be taken back with “edit”, as far as this conversation goes', () => {
    const dialogue = atTheDay()
    dialogue.say('Friday')
    dialogue.say('edit')
    expect(dialogue.last.blocks.some(({ kind }) => kind === 'date')).toBe(true)
    dialogue.say('tomorrow')
    expect(due(dialogue)).toBe('2026-01-06')
    const fresh = ana()
    const [shown] = fresh.say('edit')
    expect(shown?.text).toMatch(/no earlier answer/)
  })
  it('may be the number of a button', () => {
    const dialogue = ana()
    dialogue.say('I slept badly')
    dialogue.say('4')
    expect(dialogue.last.text).toBe('Left as it is.')
  })
  it('is cut at 8,000 characters, not refused', () => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say(`${'word '.repeat(4_000)}`)
    dialogue.say('Friday')
    due(dialogue)
    expect([...dialogue.commitments.values()][0]?.text.length).toBeLessThanOrEqual(8_000)
  })
})

describe('a line that belongs to no pack', () => {
  const answers: readonly [LineId, (dialogue: Dialogue) => readonly Shown[]][] = [
    ['moved-on', dialogue => dialogue.reply({ kind: 'choice', ask: 'c0.0', choice: 'none' })],
    ['date-unclear', dialogue => unreadable(dialogue, 'when the moon is right')],
    ['date-past', dialogue => unreadable(dialogue, '3 January 2026')],
  ]
  const unreadable = (dialogue: Dialogue, text: string): readonly Shown[] => {
    dialogue.say('commit')
    dialogue.say('call Ben')
    const said = dialogue.say(text)
    dialogue.say('stop asking, skip')
    dialogue.press('Just for me')
    dialogue.say('skip')
    return said
  }
  it.each(answers)('“%s” takes its wordings in turn, from the first, none twice running', (id, make) => {
    const dialogue = ana()
    const all = lineOf(id)
    const read = Array.from({ length: all.length + 1 }, () => openingOf(make(dialogue)[0]))
    expect(read).toEqual([...all, all[0]])
  })
  it('is not read again by whom it landed badly with', () => {
    const dialogue = ana()
    const press = (): string => openingOf(dialogue.reply({ kind: 'choice', ask: 'c0.0', choice: 'none' })[0])
    const landed = press()
    dialogue.say('that landed badly')
    const read = lineOf('moved-on').map(press)
    expect(new Set(read)).toEqual(new Set(lineOf('moved-on').filter(one => one !== landed)))
  })
})

describe('words that landed badly', () => {
  it('are not used for this client again, whatever their turn', () => {
    const first = ana()
    const [greeting] = first.next('check-in')
    const said = greeting?.text.split('\n\n')[0]
    first.say('that landed badly')
    expect(first.person.client?.retired.wordings.length).toBeGreaterThan(0)
    expect(first.effects.filter(({ kind }) => kind === 'landed-badly').length).toBeGreaterThan(0)
    expect(JSON.stringify(first.effects.filter(({ kind }) => kind === 'landed-badly'))).not.toContain('ana')
    for (let week = 0; week < 4; week += 1) {
      const [next] = first.next('check-in')
      expect(next?.text.split('\n\n')[0]).not.toBe(said)
      first.say('Two calm mornings')
      first.say('stop asking, skip')
    }
  })
})

describe('a conversation that goes quiet', () => {
  it('ends by itself, without a word, and is not answered by a later hello', () => {
    const dialogue = ana()
    dialogue.next('check-in')
    expect(dialogue.person.conversation).toBeDefined()
    expect(dialogue.next('expiry')).toEqual([])
    expect(dialogue.person.conversation).toBeUndefined()
    const [shown] = dialogue.say('hello')
    expect(shown?.text).toMatch(/What would you like to do\?/)
  })
  it('waits on while there are answers', () => {
    const dialogue = ana()
    dialogue.next('check-in')
    dialogue.now += 2 * DAY
    dialogue.say('Two calm mornings')
    expect(dialogue.next('expiry')).toEqual([])
    expect(dialogue.person.conversation).toBeDefined()
    expect(Object.values(dialogue.person.scheduled).find(({ kind }) => kind === 'expiry')?.at).toBeGreaterThan(
      dialogue.now + HOUR,
    )
  })
  it('whose question never left asks nothing: the next word is met afresh', () => {
    const dialogue = ana()
    const [shown] = dialogue.next('check-in')
    const asks = dialogue.person.client?.ledger.filter(({ ask }) => ask).length
    dialogue.happen({ kind: 'unsent', key: shown?.key ?? '', why: 'too-late' })
    expect(dialogue.person.conversation).toBeUndefined()
    expect(dialogue.person.client?.ledger.filter(({ ask }) => ask).length).toBe((asks ?? 0) - 1)
    dialogue.say('yes')
    expect(dialogue.last.text).toMatch(/What is this to you\?/)
  })
})
