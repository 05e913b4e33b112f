import { describe, expect, it } from 'vitest'
import { COMMANDS, type Command } from '../../../src/conversation/hearing.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { Block } from '../../../src/domain/message.ts'
import { aCommitment } from '../domain/people.ts'
import { ana, openChat, PACKS } from './chat.ts'

/** Words of ours before the question; what is quoted or listed is not counted. */
const wordsBefore = (blocks: readonly Block[]): number => {
  const texts = blocks.flatMap(block => (block.kind === 'paragraph' || block.kind === 'context' ? [block.text] : []))
  const asking = texts.findLastIndex(text => text.includes('?'))
  return texts.slice(0, Math.max(0, asking)).join(' ').split(/\s+/).filter(Boolean).length
}

/** Questions that stand for a while, and are asked again with what they are about. */
const QUESTIONS: readonly Command[] = ['limits', 'rhythm', 'check-in', 'goodbye', 'commit', 'topics', 'hard-week']
const EXEMPT: readonly Command[] = ['safety']

/** HR has figures, so that “what do they see” is as long as it comes. */
const PUBLISHED = {
  roster: Array.from({ length: 5 }, (_, index) => ({
    id: personId(`c${index}`),
    name: `Client ${index}`,
    roles: ['client' as const],
    coach: personId('carla'),
  })),
  reports: [
    {
      period: '2025-12-01' as const,
      report: JSON.stringify([
        {
          group: undefined,
          measures: [{ question: 'took-part', kind: 'count', counts: [{ value: 'yes', about: 5 }] }],
        },
      ]),
    },
  ],
}

describe('a question that is asked again', () => {
  it('quotes what it is about once more: nobody is to rate what they cannot see', () => {
    const chat = openChat(ana())
    chat.goals.set('g1', {
      id: 'g1',
      kind: 'measure',
      text: 'Calm mornings',
      sign: undefined,
      madeAt: 0,
      closedAt: undefined,
    })
    chat.write('check-in')
    expect(chat.write('skip')).toContain('Calm mornings')
    const again = chat.write('who reads this?')
    expect(again).toContain('Calm mornings')
    expect(again.split('Calm mornings')).toHaveLength(2)
  })
})

describe.each(PACKS.locales)('in %s, a question that a command comes in between of', locale => {
  const typed = (command: Command): string => PACKS.hearing(locale).commands[command].heard[0] ?? command
  it.each(QUESTIONS)('is asked again after few words: %s', question => {
    for (const between of COMMANDS.filter(one => !EXEMPT.includes(one))) {
      const chat = openChat({ ...ana({ coachName: 'Anna Maria Berg' }), locale }, PUBLISHED)
      chat.commitments.set('k1', aCommitment({ carried: true, plan: 'after lunch' }))
      chat.write(typed(question))
      chat.write(typed(between))
      const words = wordsBefore(chat.blocks())
      expect([between, words, words < 60]).toEqual([between, words, true])
    }
  })
})
