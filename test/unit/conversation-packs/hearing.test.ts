import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Asking, hear } from '../../../src/conversation/hear.ts'
import { readings } from '../../../src/conversation/hearing.ts'
import { partsOf } from '../../../src/conversation/several.ts'
import { aCommitment, MONDAY } from '../domain/people.ts'
import { ana, openChat, PACKS } from './chat.ts'

const hearing = PACKS.hearing('en')
const where = { now: MONDAY, zone: 'UTC', locale: 'en', hearing }

const askingAt = (pack: string, step: string): Asking => {
  const ask = PACKS.current(pack, 'en').steps[step]?.ask
  if (ask === undefined) throw new Error(`nothing is asked at ${pack}.${step}`)
  return { id: 'q', ask, options: ask.options }
}
const said = (text: string, asking: Asking | undefined): string => {
  const heard = hear({ kind: 'text', text }, asking, where)
  if (heard.kind === 'option') return heard.id
  if (heard.kind === 'command') return `command ${heard.command}`
  return heard.kind
}

describe('at a nudge', () => {
  const nudge = askingAt('nudge', 'today')
  it.each([
    ['done 👍', 'kept'],
    ['Done!', 'kept'],
    ['yep, done', 'kept'],
    ['I did it, thanks', 'kept'],
    ['👍🏽', 'kept'],
    ['half of it', 'partly'],
    ['well, half of it I guess', 'partly'],
    ['I did half of it', 'partly'],
    ['sort of', 'partly'],
    ['not yet', 'later'],
    ['tomorrow maybe', 'later'],
    ['drop it please', 'let-go'],
    ['stop messaging me', 'command stop'],
    ['ok stop', 'command stop'],
    ['who reads this?', 'command seen'],
    ['skip', 'leave'],
    ['hard week', 'command hard-week'],
    // Agreeing with nothing in particular reports nothing.
    ['ok', 'unheard'],
    ['I have seen a bird', 'unheard'],
  ])('“%s” means %s', (text, meant) => expect(said(text, nudge)).toBe(meant))
})

describe('where a yes or a no is asked for', () => {
  const plan = askingAt('check-in', 'plan-next')
  it.each([
    ['nope', 'no'],
    ['not now', 'no'],
    ['no thanks', 'no'],
    ['yes please', 'yes'],
    ['ok', 'yes'],
    ['sure, why not', 'unheard'],
    ['sure', 'yes'],
    ['1', 'yes'],
  ])('“%s” means %s', (text, meant) => expect(said(text, plan)).toBe(meant))
})

describe('where words are asked for', () => {
  const win = askingAt('check-in', 'win')
  it.each([
    ['nope', 'skip'],
    ['nothing', 'skip'],
    ['no idea', 'skip'],
    ['I finally said no to the third project', 'answer'],
    ['stop doing everything myself', 'answer'],
    ['called ana then the deck went out nobody complained', 'answer'],
  ])('“%s” is %s', (text, meant) => expect(said(text, win)).toBe(meant))
})

describe('fillers', () => {
  it('are stripped one by one, never to nothing, and the fullest reading comes first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...hearing.fillers.before, ...hearing.fillers.after, 'cat'), {
          minLength: 1,
          maxLength: 6,
        }),
        words => {
          const all = readings(words.join(' '), hearing)
          expect(all.every(one => one.trim() !== '')).toBe(true)
          for (const [index, one] of all.entries()) {
            expect((all[0] ?? '').includes(one)).toBe(true)
            expect(one.length).toBeLessThanOrEqual((all[index - 1] ?? all[0] ?? '').length)
          }
        },
      ),
    )
  })
})

describe('what is not understood', () => {
  it('is kept word for word and answered with the choices, never by the same line twice running', () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment({ carried: true }))
    chat.commitments.set('k2', aCommitment({ id: 'k2', carried: true }))
    chat.write('check-in')
    const first = chat.write('the printer was in a mood')
    expect(chat.labels()).toContain('Let it go')
    expect(JSON.stringify(chat.person.conversation)).toContain('the printer was in a mood')
    const lines = [first]
    for (let count = 0; count < 5 && chat.person.conversation !== undefined; count += 1)
      lines.push(chat.write('the printer'))
    lines.forEach((line, index) => {
      if (index > 0) expect(line.split('\n')[0]).not.toBe(lines[index - 1]?.split('\n')[0])
    })
  })
})

describe('several things', () => {
  const what = (text: string) => partsOf(text, hearing, where).map(one => [one.what, one.due])
  it('are found with or without punctuation', () => {
    expect(what('call ana tomorrow and send the deck by friday')).toEqual([
      ['call ana', '2026-01-06'],
      ['send the deck', '2026-01-09'],
    ])
    expect(what('Call Ana tomorrow; then send the deck by Friday, and book a room on Thursday')).toHaveLength(3)
  })
  it('are not made of one thing with one day, or of days without words', () => {
    expect(what('call Ana and Ben by Friday')).toEqual([])
    expect(what('rehearse on Thursday and Friday')).toEqual([])
    expect(what('call Ana tomorrow and send the deck')).toEqual([])
  })
})
