import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestMessage } from '../../../src/conversation/digest.ts'
import type { Measure } from '../../../src/domain/aggregate.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { Block } from '../../../src/domain/message.ts'
import type { ShareKind } from '../../../src/domain/sharing.ts'
import { digestOf } from '../../../src/domain/visibility.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { aTenant, Dialogue, PACKS } from './dialogue.ts'

/** Rule 9: what the client is shown of what others see is what those others are shown. */
const lines = fc.uniqueArray(
  fc.record({
    id: fc.nat(999).map(number => `l${number}`),
    kind: fc.constantFrom<ShareKind[]>('win', 'measure', 'commitment', 'talk', 'note', 'sponsor'),
    text: fc.stringMatching(/^[a-z]{1,12}$/),
    at: fc.nat(MONDAY),
    person: fc.constantFrom('ana', 'ben'),
  }),
  { selector: line => line.id, maxLength: 12 },
)
const measures: fc.Arbitrary<Measure> = fc.oneof(
  fc.record({
    question: fc.constantFrom('took-part', 'self-rating'),
    kind: fc.constant('count' as const),
    counts: fc.array(fc.record({ value: fc.constantFrom('1-3', '9-10'), about: fc.nat(9).map(n => 5 * n) })),
  }),
  fc.record({
    question: fc.constantFrom('took-part', 'self-rating'),
    kind: fc.constant('suppressed' as const),
    why: fc.constantFrom('small-group' as const, 'complementary' as const),
  }),
)
const reports = fc.array(fc.array(measures, { maxLength: 4 }), { maxLength: 3 }).map(all =>
  all.map((some, index) => ({
    period: `2025-${12 - index}-01`,
    report: JSON.stringify([{ group: undefined, measures: some }]),
  })),
)

const clients = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: personId(index === 0 ? 'ana' : `c${index}`),
    name: `Client ${index}`,
    roles: ['client' as const],
    coach: personId('carla'),
  }))
const quotesIn = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(block => (block.kind === 'quote' ? [block.text] : []))
const figuresIn = (blocks: readonly Block[]) => blocks.filter(({ kind }) => kind === 'fields')

const ana = (): Dialogue => new Dialogue(aPerson(aClient()), MONDAY)
const hilda = (): Dialogue => {
  const tenant = aTenant({
    programme: { name: 'Grow', purpose: undefined, coaches: [], enabledBy: personId('hilda'), enabledAt: MONDAY },
  })
  return new Dialogue(
    aPerson(undefined, { id: personId('hilda'), name: 'Hilda', roles: ['hr'] }),
    MONDAY,
    PACKS,
    tenant,
  )
}

describe('“what do they see”', () => {
  it('shows every line of theirs that a digest ever told the coach, in its order and words, and no other', () => {
    fc.assert(
      fc.property(lines, shared => {
        const told = digestMessage(
          digestOf(shared, person => person).filter(({ client }) => client === 'ana'),
          PACKS.current('digest', 'en'),
          'en',
        )
        const dialogue = ana()
        dialogue.shared.push(...shared.filter(({ person }) => person === 'ana'))
        const [seen] = dialogue.say('what do they see')
        expect(quotesIn(seen?.blocks ?? [])).toEqual(quotesIn(told.blocks))
      }),
    )
  })
  it('shows the figures that HR is shown, those and no others', () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(3, 5, 12), (published, count) => {
        const hr = hilda()
        const client = ana()
        for (const one of [hr, client]) {
          one.reports = published
          one.roster = clients(count)
        }
        hr.say('hello')
        hr.press('See the figures')
        const [seen] = client.say('what do they see')
        expect(figuresIn(seen?.blocks ?? [])).toEqual(figuresIn(hr.last.blocks))
        const isNothing = published.length === 0 || count < 5
        expect(figuresIn(hr.last.blocks)).toHaveLength(isNothing ? 0 : 1)
        expect(seen?.text.includes('HR sees no figures yet')).toBe(isNothing)
      }),
    )
  })
})
