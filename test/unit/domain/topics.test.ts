import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeTopic, NO_TOPICS, openTopic, TOPICS, type Topic } from '../../../src/domain/topics.ts'

const topics = fc.constantFrom<Topic[]>(...TOPICS)

describe('topics', () => {
  it('are all closed until the client opens one', () => {
    expect(Object.values(NO_TOPICS)).toEqual([false, false, false])
  })
  it('open and close one by one, in any order, each by its own last act', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(topics, fc.boolean())), acts => {
        const stage = acts.reduce(
          (open, [topic, yes]) => (yes ? openTopic(open, topic) : closeTopic(open, topic)),
          NO_TOPICS,
        )
        for (const topic of TOPICS) {
          const last = acts.findLast(([one]) => one === topic)
          expect(stage[topic]).toBe(last?.[1] ?? false)
        }
      }),
    )
  })
})
