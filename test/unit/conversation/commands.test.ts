import { describe, expect, it } from 'vitest'
import { hear } from '../../../src/conversation/hear.ts'
import type { Pack } from '../../../src/conversation/pack.ts'
import { MOST } from '../../../src/domain/pressure.ts'
import { aClient, aCommitment, aPerson, MONDAY } from '../domain/people.ts'
import { askOf, Dialogue, labelsOf, PACKS, PROMPT_FILES, type Shown } from './dialogue.ts'

const CLIENT_PACKS = PROMPT_FILES.filter(
  ({ path }) => !/(hearing|coach|coach-desk|hr|rollout|staff|home|digest)\.yaml$/.test(path),
).map(({ path }) => PACKS.current(path.replace(/^.*\/|\.yaml$/g, ''), 'en'))
const QUESTIONS = CLIENT_PACKS.flatMap(pack =>
  Object.entries(pack.steps).flatMap(([step, { ask }]) => (ask === undefined ? [] : [{ pack, step }])),
)

/** Somebody in the middle of a conversation, at one question of one pack. */
const at = (pack: Pack, step: string, between = false): Dialogue => {
  const line = { id: 'l1', kind: 'win' as const, text: 'Two calm mornings', preselected: false }
  const client = aClient({ topics: { work: true, self: true, dreams: true }, offered: [line], limits: MOST })
  const frame = {
    pack: pack.id,
    version: pack.version,
    hash: pack.hash,
    slots: { what: 'Ask Ben for the figures' },
    queue: [],
    trail: [],
    between,
  }
  const person = aPerson(client, {
    seq: 10,
    conversation: {
      id: 'c1',
      frames: [{ ...frame, step, focus: 'k1' }],
      startedAt: MONDAY,
      lastAt: MONDAY,
      answered: true,
      asked: 1,
      ledgerKey: undefined,
      misses: 0,
      class: 'reply',
      quietAfter: undefined,
      snoozed: false,
    },
  })
  const dialogue = new Dialogue(person, MONDAY)
  dialogue.commitments.set('k1', aCommitment())
  return dialogue
}

const standing = (dialogue: Dialogue): readonly string[] =>
  dialogue.person.conversation?.frames.map(({ pack, step }) => `${pack}.${step}`) ?? []

describe.each(QUESTIONS.map(({ pack, step }) => ({ name: `${pack.id}.${step}`, pack, step })))(
  'at $name an always-on command is answered',
  ({ name, pack, step }) => {
    /** Words that are an answer to this very question are one, before they are a command. */
    const isAnswer = (text: string): boolean => {
      const { ask } = pack.steps[step] ?? {}
      if (ask === undefined) throw new Error(`${name} asks nothing`)
      const where = { now: MONDAY, zone: 'UTC', locale: 'en', hearing: PACKS.hearing('en') }
      const { kind } = hear({ kind: 'text', text }, { id: '', ask, options: ask.options }, where)
      return kind === 'option' || kind === 'answer'
    }

    it.each(['help', 'talk to my coach', 'what do they see', 'commitments', 'that landed badly'])(
      '“%s”, and the question is asked again',
      text => {
        if (isAnswer(text)) return
        const dialogue = at(pack, step)
        const [shown] = dialogue.say(text)
        expect(shown?.text.trim()).toBeTruthy()
        expect(standing(dialogue)).toEqual([name])
        expect(shown === undefined ? undefined : askOf(shown)).toBe('c1.2')
        expect(shown?.text).not.toBe('')
      },
    )
    it('“pause”, which leaves the question for good', () => {
      const dialogue = at(pack, step)
      dialogue.say('pause')
      if (isAnswer('pause')) {
        // What is asked is how to pause, and with what is answered there it has been done.
        expect(dialogue.person.client?.pause?.until).toBeGreaterThan(dialogue.now)
        expect(standing(dialogue)).toEqual([])
        return
      }
      dialogue.press('Until I come back')
      expect(dialogue.person.client?.pause).toEqual({ until: undefined })
      expect(standing(dialogue)).toEqual([])
      expect(Object.values(dialogue.person.scheduled).map(({ kind }) => kind)).toEqual([])
    })
    it('“snooze”, which asks this again later and nothing now', () => {
      const dialogue = at(pack, step)
      dialogue.say('snooze')
      if (!labelsOf(dialogue.last).includes('Tomorrow')) return
      const [shown] = dialogue.press('Tomorrow')
      expect(shown === undefined ? 'nothing' : askOf(shown)).toBeUndefined()
      expect(standing(dialogue)).toEqual([name])
      const later = dialogue.next('snoozed')
      expect(later).toHaveLength(1)
      expect(standing(dialogue)).toEqual([name])
    })
    it('“stop”, which ends it, and nothing is begun any more', () => {
      const dialogue = at(pack, step)
      const [shown] = dialogue.say('stop')
      expect(shown?.text).toMatch(/^Stopped\./)
      expect(dialogue.person.client?.contract.state).toBe('stopped')
      expect(standing(dialogue)).toEqual([])
      expect(dialogue.person.scheduled).toEqual({})
    })
    it('“delete my data”, only after a second yes', () => {
      if (isAnswer('delete my data')) return
      const dialogue = at(pack, step)
      dialogue.say('delete my data')
      expect(dialogue.erased).toBe(false)
      dialogue.press('Keep it')
      expect([dialogue.erased, standing(dialogue)]).toEqual([false, [name]])
      dialogue.say('delete my data')
      const [shown] = dialogue.press('Yes, delete it all')
      expect([dialogue.erased, shown?.text]).toEqual([true, expect.stringMatching(/^I've deleted my records\..*Acme/)])
    })
    it('“too personal”, after which it is not asked again, ever', () => {
      const dialogue = at(pack, step)
      if (isAnswer('too personal')) return
      dialogue.say('too personal')
      expect(dialogue.person.client?.retired.questions).toEqual([name])
      expect(standing(dialogue)).not.toContain(name)
      const { topic } = pack.steps[step] ?? {}
      if (topic !== undefined) expect(dialogue.person.client?.topics[topic]).toBe(false)
    })
    it('“skip”, by its way out', () => {
      const dialogue = at(pack, step)
      const [shown] = dialogue.say('skip')
      expect(shown?.text.trim()).toBeTruthy()
      expect(standing(dialogue).at(-1) === name && !labelsOf(dialogue.last).length).toBe(false)
    })
    it('nonsense, twice, without the same line twice', () => {
      const dialogue = at(pack, step)
      const kind = pack.steps[step]?.ask?.kind
      if (kind === 'text') return
      const [first] = dialogue.say('blurp frobnicate')
      const { lines } = PACKS.hearing('en')
      const isOne = (shown: Shown | undefined, ...texts: readonly (string | readonly string[])[]): boolean =>
        texts.flat().some(text => shown?.text.startsWith(text.slice(0, 16)))
      expect(isOne(first, lines.kept, lines['date-unclear'], lines['number-unclear'])).toBe(true)
      expect(first === undefined ? undefined : askOf(first)).toBeDefined()
      const [second] = dialogue.say('blurp frobnicate')
      expect(isOne(second, lines['kept-and-on'])).toBe(true)
      expect(second?.text).not.toBe(first?.text)
      expect(JSON.stringify(dialogue.person)).toContain('blurp frobnicate')
    })
  },
)
