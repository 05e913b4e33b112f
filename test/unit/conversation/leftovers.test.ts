import { describe, expect, it } from 'vitest'
import { wordingsOf } from '../../../src/conversation/words.ts'
import { aClient, aCommitment, aPerson, MONDAY } from '../domain/people.ts'
import { askOf, Dialogue, lineOf, openingOf, PACKS } from './dialogue.ts'

const OPEN = { work: true, self: false, dreams: false }
const ana = (): Dialogue => new Dialogue(aPerson(aClient({ topics: OPEN })), MONDAY).plan()
const made = (dialogue: Dialogue) => [...dialogue.commitments.values()].at(-1)
const finish = (dialogue: Dialogue) => {
  dialogue.press('Just for me')
  dialogue.press('No plan needed')
  return made(dialogue)
}

describe('an answer that was taken back leaves nothing behind', () => {
  it('a day and its hour, when after all there is to be none', () => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say('call Ben')
    dialogue.say('Friday at 3pm')
    dialogue.say('edit')
    dialogue.press('No particular day')
    expect(finish(dialogue)).toMatchObject({ due: undefined, hour: undefined, carried: true })
  })
  it.each([
    ['typed', (dialogue: Dialogue) => dialogue.say('tomorrow')],
    [
      'picked',
      (dialogue: Dialogue) => dialogue.reply({ kind: 'date', ask: askOf(dialogue.last) ?? '', date: '2026-01-06' }),
    ],
  ])('an hour, when another day is %s without one', (_how, name) => {
    const dialogue = ana()
    dialogue.say('commit')
    dialogue.say('call Ben')
    dialogue.say('Friday at 3pm')
    dialogue.say('edit')
    name(dialogue)
    expect(finish(dialogue)).toMatchObject({ due: '2026-01-06', hour: undefined })
  })
})

describe('two commitments of one conversation', () => {
  const afterMoving = (): Dialogue => {
    const dialogue = ana()
    dialogue.commitments.set('k1', aCommitment({ due: undefined, carried: true }))
    dialogue.plan().say('check-in')
    dialogue.press('Another day')
    dialogue.say('Friday at 3pm')
    expect(dialogue.commitments.get('k1')).toMatchObject({ due: '2026-01-09', hour: '15:00' })
    dialogue.press('Nothing comes to mind')
    dialogue.press('Yes, one thing')
    return dialogue
  }

  it('have each their own day: the new one has none if none is named', () => {
    const dialogue = afterMoving()
    dialogue.say('call Eva')
    dialogue.press('No particular day')
    expect(finish(dialogue)).toMatchObject({ text: 'call Eva', due: undefined, hour: undefined })
    expect(dialogue.commitments.get('k1')).toMatchObject({ due: '2026-01-09', hour: '15:00' })
  })
  it('have each their own hour', () => {
    const dialogue = afterMoving()
    dialogue.say('call Eva by next Tuesday')
    expect(finish(dialogue)).toMatchObject({ text: 'call Eva', due: '2026-01-13', hour: undefined })
  })
  it('have each their own day also where the question for it was too personal', () => {
    const dialogue = new Dialogue(
      aPerson(aClient({ topics: OPEN, retired: { questions: ['commitment.when'], wordings: [] } })),
      MONDAY,
    )
    dialogue.commitments.set('k1', aCommitment({ due: undefined, carried: true }))
    dialogue.plan().say('check-in')
    dialogue.press('Another day')
    dialogue.say('Friday')
    dialogue.press('Nothing comes to mind')
    dialogue.press('Yes, one thing')
    dialogue.say('call Eva')
    expect(finish(dialogue)).toMatchObject({ text: 'call Eva', due: undefined })
  })
  it('have each their own plan', () => {
    const dialogue = ana()
    dialogue.commitments.set('k1', aCommitment({ due: undefined, carried: true }))
    dialogue.plan().say('check-in')
    dialogue.press("Done, and I'd change something")
    dialogue.say('Start with the small one')
    dialogue.press('Yes, as something new')
    dialogue.say('call Ben by Friday')
    dialogue.press('Just for me')
    dialogue.say('If it is nine, I call')
    expect(made(dialogue)).toMatchObject({ text: 'call Ben', plan: 'If it is nine, I call' })
    dialogue.press('Nothing comes to mind')
    dialogue.press('Yes, one thing')
    dialogue.say('call Eva by Friday')
    expect(finish(dialogue)).toMatchObject({ text: 'call Eva', plan: undefined })
  })
})

/** Every way in which a question of making a commitment is put. */
const questionsOf = (step: string): readonly string[] => {
  const question = PACKS.current('commitment', 'en').steps[step]?.ask?.question
  return question === undefined ? [] : wordingsOf(question, step).map(({ text }) => text)
}

describe('a message without words', () => {
  it('answers nothing: what is asked is asked again, and nothing is kept or offered', () => {
    const dialogue = ana()
    dialogue.say('commit')
    const [asked] = dialogue.say('   ')
    expect(questionsOf('what')).toContain(asked?.text.split('\n')[0])
    dialogue.say('call Ben')
    dialogue.say(' \n ')
    expect(questionsOf('when')).toContain(openingOf(dialogue.last))
    dialogue.say('Friday')
    expect(finish(dialogue)).toMatchObject({ text: 'call Ben', due: '2026-01-09' })
    expect(dialogue.person.client?.offered.filter(({ text }) => text.trim() === '')).toEqual([])
  })
  it('is met with the door where nothing is asked', () => {
    expect(ana().say('  ')[0]?.text).toMatch(/^What would you like to do\?/)
  })
})

describe('a number', () => {
  it('means the button in that place, but never another number’s place', () => {
    const byPlace = ana()
    byPlace.say('I slept badly')
    byPlace.say('4')
    expect(byPlace.last.text).toBe('Left as it is.')
    const dialogue = ana()
    const { limits } = dialogue.person.client ?? {}
    dialogue.say('limits')
    const [shown] = dialogue.say('3')
    expect(lineOf('kept')).toContain(openingOf(shown))
    expect(dialogue.person.client?.limits).toEqual(limits)
    dialogue.say('1')
    expect(dialogue.person.client?.limits).toEqual({ asks: 1, messages: 2 })
  })
})

describe('what a new commitment is for', () => {
  const goal = { id: 'g1', kind: 'measure', text: 'Calmer', sign: undefined, madeAt: 1, closedAt: undefined } as const
  const dream = { ...goal, id: 'g2', kind: 'dream', text: 'Sail' } as const
  const withGoals = (): Dialogue => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: { work: true, self: false, dreams: true } })), MONDAY)
    dialogue.goals.set('g1', goal)
    dialogue.goals.set('g2', dream)
    return dialogue
  }

  it('is not the measure that was rated just before: nobody said so', () => {
    const dialogue = withGoals()
    dialogue.say('check-in')
    for (let turns = 0; turns < 12 && dialogue.commitments.size === 0; turns += 1) {
      const asked = dialogue.last.text
      if (asked.includes('Just for me')) dialogue.press('Just for me')
      else if (asked.includes('Yes, one thing')) dialogue.press('Yes, one thing')
      else if (dialogue.last.blocks.some(block => block.kind === 'choices' && block.style === 'scale'))
        dialogue.say('6')
      else if (/like to do|shall it be|take on|want to do|in mind/.test(asked)) dialogue.say('call Ben tomorrow')
      else dialogue.say('skip')
    }
    expect(dialogue.ratings).toMatchObject([{ about: 'g1', value: 6 }])
    expect(made(dialogue)).toMatchObject({ text: 'call Ben', goal: undefined })
  })

  it('is the dream that they picked for it', () => {
    const dialogue = withGoals()
    dialogue.say('dreams')
    dialogue.press('Take on a step for one')
    dialogue.press('Sail')
    dialogue.say('call Ben tomorrow')
    expect(finish(dialogue)).toMatchObject({ text: 'call Ben', goal: 'g2' })
  })
})

describe('a nudge that was not sent', () => {
  const nudged = (): Dialogue => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: OPEN })), MONDAY)
    dialogue.commitments.set('k1', aCommitment({ due: '2026-01-06' }))
    dialogue.commitments.set('k2', aCommitment({ id: 'k2', text: 'Write to Eva', due: '2026-01-06' }))
    dialogue.plan().next('nudge')
    expect([...dialogue.commitments.values()].every(({ nudgedAt }) => nudgedAt === dialogue.now)).toBe(true)
    return dialogue
  }

  it('is none: nothing follows it up, and the check-in asks as for the first time', () => {
    const dialogue = nudged()
    dialogue.happen({ kind: 'unsent', key: dialogue.last.key, why: 'too-late' })
    expect([...dialogue.commitments.values()].map(({ nudgedAt }) => nudgedAt)).toEqual([undefined, undefined])
    expect(Object.values(dialogue.person.scheduled).map(({ kind }) => kind)).toEqual(['check-in'])
  })

  it('is told from one that was, by its key', () => {
    const dialogue = nudged()
    dialogue.happen({ kind: 'unsent', key: 'another', why: 'too-late' })
    expect([...dialogue.commitments.values()].every(({ nudgedAt }) => nudgedAt === dialogue.now)).toBe(true)
  })
})
