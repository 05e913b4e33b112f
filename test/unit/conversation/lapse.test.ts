import { describe, expect, it } from 'vitest'
import { aClient, aCommitment, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue, labelsOf } from './dialogue.ts'

const OPEN = { work: true, self: false, dreams: false }

const ana = (commitment = {}, client = {}): Dialogue => {
  const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN, ...client })), MONDAY)
  dialogue.commitments.set('k1', aCommitment({ plan: 'If it is Thursday at nine, I call', ...commitment }))
  return dialogue.plan()
}
const nudged = (commitment = {}, client = {}): Dialogue => {
  const dialogue = ana(commitment, client)
  dialogue.next('nudge')
  return dialogue
}
const state = (dialogue: Dialogue) => dialogue.commitments.get('k1')

describe('a nudge', () => {
  it('replays the commitment and the plan in the client’s own words, then all outcomes as equals', () => {
    const { last } = nudged()
    expect(last.blocks.filter(({ kind }) => kind === 'quote')).toEqual([
      { kind: 'quote', text: 'Ask Ben for the figures' },
      { kind: 'quote', text: 'If it is Thursday at nine, I call' },
    ])
    expect(labelsOf(last)).toEqual([
      'Done',
      "Done, and I'd change something",
      'Part of it',
      'Make it smaller',
      'Another day',
      'Let it go',
      'Leave it open',
    ])
  })
  it('is one for all that is due on a day', () => {
    const dialogue = ana()
    dialogue.commitments.set('k2', aCommitment({ id: 'k2', text: 'Book the room' }))
    dialogue.plan().next('nudge')
    expect(dialogue.last.text).toContain('Ask Ben for the figures')
    expect(dialogue.last.text).toContain('Book the room')
    expect(Object.values(dialogue.person.scheduled).filter(({ kind }) => kind === 'nudge')).toEqual([])
    dialogue.press('All done')
    expect([...dialogue.commitments.values()].map(one => one.state)).toEqual(['kept', 'kept'])
  })
})

describe('what became of it', () => {
  it('is kept, and the next check-in opens with it', () => {
    const dialogue = nudged()
    dialogue.press('Done')
    expect(state(dialogue)?.state).toBe('kept')
    const [opening] = dialogue.next('check-in')
    expect(opening?.text).toMatch(/Ask Ben for the figures/)
  })
  it('is done, also where the question that goes with it was called too personal', () => {
    const retired = { questions: ['lapse.kept-and-change'], wordings: [] }
    const dialogue = nudged({}, { retired })
    dialogue.press("Done, and I'd change something")
    expect(state(dialogue)?.state).toBe('kept')
    expect(dialogue.person.conversation).toBeUndefined()
  })
  it('is done with something to change: a talk about another try, not a grade', () => {
    const dialogue = nudged()
    dialogue.press("Done, and I'd change something")
    expect(state(dialogue)?.state).toBe('kept')
    expect(dialogue.person.conversation).toBeDefined()
  })
  it('is partly done, and that part may be enough', () => {
    const dialogue = nudged()
    dialogue.press('Part of it')
    dialogue.press('That was enough')
    expect(state(dialogue)?.state).toBe('partly')
  })
  it('is made smaller, in new words and for another day', () => {
    const dialogue = nudged()
    dialogue.press('Make it smaller')
    dialogue.say('Ask Ben for one figure')
    dialogue.say('next Tuesday')
    expect(state(dialogue)).toMatchObject({ state: 'open', text: 'Ask Ben for one figure', due: '2026-01-13' })
  })
  it('is moved; after the third move, and only then, whether it is worth having is asked, once', () => {
    const dialogue = nudged()
    const moves: boolean[] = []
    for (const day of ['15 January', '22 January', '29 January', '5 February']) {
      dialogue.press('Another day')
      dialogue.say(day)
      moves.push(/moved a few times/.test(dialogue.last.text))
      if (moves.at(-1)) dialogue.press('Yes, as it is')
      dialogue.next('nudge')
    }
    expect(moves).toEqual([false, false, true, false])
    expect(state(dialogue)?.moves).toBe(4)
  })
  it('is let go, and that leaves no more behind than a keeping', () => {
    const kept = nudged()
    kept.press('Done')
    const gone = nudged()
    gone.press('Let it go')
    expect(state(gone)?.state).toBe('let-go')
    expect(gone.person.scheduled).toEqual(kept.person.scheduled)
  })
  it('is nothing yet: one more mention at most, 48 hours later or more, then nothing until the check-in', () => {
    const dialogue = nudged(
      { due: '2026-01-06' },
      { rhythm: { ...aClient().rhythm, weeks: 4, lastDate: '2025-12-29' } },
    )
    const at = dialogue.now
    const [mention] = dialogue.next('follow-up')
    expect(mention?.text).toContain('Ask Ben for the figures')
    expect(dialogue.now - at).toBeGreaterThanOrEqual(48 * 3_600_000)
    const kinds = Object.values(dialogue.person.scheduled).map(({ kind }) => kind)
    expect(kinds.filter(kind => kind === 'nudge' || kind === 'follow-up')).toEqual([])
    dialogue.next('check-in')
    expect(dialogue.last.text).toContain('Ask Ben for the figures')
  })
  it.each([['skip'], ['blurp', 'frobnicate'], ['too personal']])(
    'is not decided by %s %s: it stays open',
    (...said) => {
      const dialogue = nudged()
      for (const words of said) dialogue.say(words)
      expect(state(dialogue)?.state).toBe('open')
      expect(dialogue.last.text).toMatch(/rests until the check-in|further away/)
    },
  )
  it.each(['👍', 'yep', 'done, I guess'])('is kept by a plain “%s”', said => {
    const dialogue = nudged()
    dialogue.say(said)
    expect(state(dialogue)?.state).toBe('kept')
  })
  it.each(['sure', 'ok', 'go ahead'])(
    'is not told by “%s”, which agrees to something and reports nothing: it is asked again',
    said => {
      const dialogue = nudged()
      dialogue.say(said)
      expect(state(dialogue)?.state).toBe('open')
      expect(labelsOf(dialogue.last)).toContain('Leave it open')
    },
  )
})
