import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personId } from '../../../src/domain/ids.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue, lineOf } from './dialogue.ts'

/** A chat in which each typed message has a key that an edit can name. */
const chat = (over: Parameters<typeof aClient>[0] = {}) => {
  const dialogue = new Dialogue(aPerson(aClient({ topics: { work: true, self: true, dreams: true }, ...over })), MONDAY)
  return {
    dialogue,
    /** Types it; the answer is the key it came under. */
    type: (text: string): string => {
      dialogue.say(text)
      return dialogue.lastKey
    },
    edit: (of: string, text: string): string =>
      dialogue
        .happen({ kind: 'edited', of, text })
        .map(shown => shown.text)
        .join('\n'),
    commitment: () => [...dialogue.commitments.values()].at(-1),
  }
}

/** Takes on something, to the end. */
const committed = (text: string, plan = 'skip') => {
  const at = chat()
  at.dialogue.say('commit')
  const what = at.type(text)
  if (at.dialogue.last.text.includes('day')) at.dialogue.say('no day')
  at.dialogue.press('Just for me')
  const planned = at.type(plan)
  return { ...at, what, planned }
}

describe('an edited message', () => {
  it('is offered as a correction, and changes nothing by itself', () => {
    const { edit, what, commitment } = committed('Call Anna tomorrow')
    const text = edit(what, 'Call Hanna tomorrow')
    expect(text).toContain('You changed what you wrote')
    expect(text).toContain('“Call Hanna tomorrow”')
    expect(commitment()?.text).toBe('Call Anna')
  })

  it('corrects a commitment, its day without a move, and what the next check-in opens with', () => {
    const { dialogue, edit, what, commitment } = committed('Call Anna tomorrow')
    edit(what, 'Call Hanna on Friday')
    dialogue.press('Use the new words')
    expect(commitment()).toMatchObject({ text: 'Call Hanna', due: '2026-01-09', moves: 0, state: 'open' })
    expect(dialogue.person.client?.last).toMatchObject({ title: 'Call Hanna' })
    expect(dialogue.person.client?.offered.map(({ text }) => text).join()).toContain('Call Hanna')
    expect(JSON.stringify(dialogue.person.client)).not.toContain('Anna')
  })

  it('keeps the day where only the words change, and the first words where they say so', () => {
    const first = committed('Call Anna tomorrow')
    first.edit(first.what, 'Call Hanna')
    first.dialogue.press('Use the new words')
    expect(first.commitment()).toMatchObject({ text: 'Call Hanna', due: '2026-01-06' })
    const second = committed('Call Anna tomorrow')
    second.edit(second.what, 'Call Hanna')
    second.dialogue.press('Keep the first ones')
    expect(second.commitment()).toMatchObject({ text: 'Call Anna', due: '2026-01-06' })
  })

  it('corrects a plan, and can be corrected once more', () => {
    const { dialogue, edit, planned, commitment } = committed('Call Anna tomorrow', 'If it is nun, I call')
    edit(planned, 'If it is noon, I call')
    dialogue.press('Use the new words')
    expect(commitment()?.plan).toBe('If it is noon, I call')
    edit(planned, 'If it is one, I call')
    dialogue.press('Use the new words')
    expect(commitment()?.plan).toBe('If it is one, I call')
  })

  it('corrects an answer of what is being asked just now, and comes back to the question', () => {
    const { dialogue, type, edit } = chat()
    dialogue.say('commit')
    const what = type('Call Anna tomorrow')
    edit(what, 'Call Hanna tomorrow')
    dialogue.press('Use the new words')
    expect(dialogue.last.text).toContain('Just for me')
    dialogue.press('Just for me')
    dialogue.say('skip')
    expect([...dialogue.commitments.values()]).toMatchObject([{ text: 'Call Hanna', due: '2026-01-06' }])
  })

  it('corrects what is on the shelf', () => {
    const { dialogue, type, edit } = chat()
    dialogue.say('dreams')
    dialogue.press('Put something on it')
    const key = type('Sail to the Azoers')
    edit(key, 'Sail to the Azores')
    dialogue.press('Use the new words')
    expect([...dialogue.goals.values()].map(({ text }) => text)).toEqual(['Sail to the Azores'])
  })

  it('is taken for the answer where the first words were not understood', () => {
    const { dialogue, type, edit } = chat()
    dialogue.say('pause')
    const key = type('a weak')
    expect(dialogue.person.client?.offered.map(({ text }) => text)).toEqual(['a weak'])
    expect(edit(key, 'a week')).toContain('Quiet until')
    expect(dialogue.person.client?.offered).toEqual([])
  })

  it('is nothing where the first words were kept nowhere, or changed nothing', () => {
    const { type, edit, dialogue } = chat()
    const help = type('help')
    expect(edit(help, 'pause')).toBe('')
    expect(edit('never-seen', 'pause')).toBe('')
    const { edit: again, what } = committed('Call Anna tomorrow')
    expect(again(what, ' Call Anna tomorrow ')).toBe('')
    expect(again(what, '')).toBe('')
    expect(dialogue.person.client?.pause).toBeUndefined()
  })

  it('of a settled commitment changes nothing: it stays as it was settled', () => {
    const { dialogue, edit, what, commitment } = committed('Call Anna tomorrow')
    dialogue.happen({ kind: 'action', action: `do/${commitment()?.id}/kept` })
    dialogue.say('skip')
    edit(what, 'Call Hanna')
    if (dialogue.last.text.includes('new words')) dialogue.press('Use the new words')
    expect(commitment()).toMatchObject({ text: 'Call Anna', state: 'kept' })
  })

  it('says what stays as the coach read it', () => {
    const { dialogue, edit, what } = committed('Call Anna tomorrow')
    dialogue.shared.push({ id: 'l1', kind: 'commitment', text: 'Call Anna (by Tuesday)', at: MONDAY })
    edit(what, 'Call Hanna tomorrow')
    dialogue.press('Use the new words')
    expect(dialogue.last.text).toContain('What Carla has read already stays as it was.')
    expect(dialogue.shared.map(({ text }) => text)).toEqual(['Call Anna (by Tuesday)'])
  })

  it('is looked at for danger like anything that is typed, and nothing of it is kept', () => {
    const { dialogue, edit, what } = committed('Call Anna tomorrow')
    dialogue.detect = typed => (typed.includes('end it all') ? 'acute' : undefined)
    edit(what, 'I want to end it all')
    expect(dialogue.person.client?.hold).toBe(MONDAY)
    expect(JSON.stringify(dialogue.person)).not.toContain('end it all')
    dialogue.say('end it all today')
    expect(JSON.stringify(dialogue.person)).not.toContain('end it all')
  })

  it('of a coach’s note changes the words before they are passed on', () => {
    const dialogue = new Dialogue(
      aPerson(undefined, { id: personId('carla'), name: 'Carla', roles: ['coach'] }),
      MONDAY,
    )
    dialogue.happen({ kind: 'appointed' })
    dialogue.roster = [{ id: personId('ben'), name: 'Ben', roles: ['client'], coach: 'carla' }]
    dialogue.press('Write to a client')
    dialogue.press('Ben')
    dialogue.press('A note')
    dialogue.say('Good lukc')
    dialogue.happen({ kind: 'edited', of: dialogue.lastKey, text: 'Good luck' })
    dialogue.press('Use the new words')
    dialogue.press('Pass it on')
    expect(dialogue.effects.filter(({ kind }) => kind === 'tell')).toMatchObject([
      { event: { note: { text: 'Good luck' } } },
    ])
  })

  it('never loses words: whatever is edited to whatever, the first or the new ones stand', () => {
    const words = fc.stringMatching(/^[a-z]{3,8} [a-z]{3,8}$/)
    fc.assert(
      fc.property(words, words, fc.boolean(), (first, second, use) => {
        const at = committed(`${first} tomorrow`)
        const before = at.commitment()?.text
        const said = at.edit(at.what, `${second} tomorrow`)
        if (said.includes('You changed')) at.dialogue.press(use ? 'Use the new words' : 'Keep the first ones')
        const after = at.commitment()?.text
        expect(after).toBe(use && said.includes('You changed') ? after : before)
        expect([before, second]).toContain(after)
      }),
      { numRuns: 40 },
    )
  })
})

describe('what was typed', () => {
  it('is kept for a dozen messages and no longer, and not at all of commands', () => {
    const { dialogue, type } = chat()
    for (let n = 0; n < 20; n += 1) {
      type(`thought number ${n}`)
      dialogue.say('nothing')
    }
    expect(dialogue.person.typed).toHaveLength(12)
    expect(JSON.stringify(dialogue.person.typed)).not.toContain('number 3"')
    dialogue.say('help')
    dialogue.say('stop')
    expect(JSON.stringify(dialogue.person.typed)).not.toMatch(/help|stop/)
  })

  it('by a button that has moved on leaves its line alone', () => {
    const { dialogue } = chat()
    dialogue.reply({ kind: 'choice', ask: 'old', choice: 'yes' })
    expect(lineOf('moved-on')).toContain(dialogue.last.text)
    expect(dialogue.person.typed ?? []).toEqual([])
  })
})
