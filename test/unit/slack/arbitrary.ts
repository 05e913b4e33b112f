import fc from 'fast-check'
import type { Home, HomeBlock } from '../../../src/domain/home.ts'
import type { Block, FormField, Message } from '../../../src/domain/message.ts'

/** Words as people and their phones make them: markup, emoji of several parts, blanks, and more than anybody would write. */
const words = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '\n\n', '<@U1> & *b* <!here>', '👩‍👩‍👧‍👦'.repeat(40), '&'.repeat(2_100)),
  },
  { weight: 1, arbitrary: fc.nat(9_000).map(length => 'so it went '.repeat(length / 11 + 1)) },
  { weight: 1, arbitrary: fc.nat(9_000).map(length => '𝒜'.repeat(length / 2 + 1)) },
)
/** Ids are the core's own: short, and never anybody's words. */
const id = fc.stringMatching(/^[a-z0-9./-]{1,40}$/)
const choice = fc.record({ id, label: words })

const field: fc.Arbitrary<FormField> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    id,
    label: words,
    value: words,
    optional: fc.boolean(),
    long: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('choice' as const),
    id,
    label: words,
    value: id,
    choices: fc.array(choice, { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('date' as const),
    id,
    label: words,
    value: fc.constantFrom('', '2026-01-16'),
    optional: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('line' as const),
    id,
    label: words,
    value: words,
    include: fc.boolean(),
    includeLabel: words,
    withholdLabel: words,
  }),
)
const date = fc.integer({ min: 1, max: 28 }).map(day => `2026-01-${String(day).padStart(2, '0')}`)
const chart = fc.record({
  kind: fc.constant('chart' as const),
  title: words,
  text: words,
  from: fc.constant(1),
  to: fc.integer({ min: 2, max: 10 }),
  low: words,
  high: words,
  series: fc.array(
    fc.record({
      label: words,
      points: fc.array(fc.record({ date, day: words, value: fc.integer({ min: -3, max: 14 }) }), { maxLength: 40 }),
    }),
    { maxLength: 4 },
  ),
})
const text = (kind: 'paragraph' | 'quote' | 'context') => fc.record({ kind: fc.constant(kind), text: words })
const fields = fc.record({
  kind: fc.constant('fields' as const),
  items: fc.array(fc.record({ label: words, value: words }), { maxLength: 20 }),
})

export const form = fc.record({
  kind: fc.constant('form' as const),
  ask: id,
  title: words,
  open: words,
  submit: words,
  fields: fc.uniqueArray(field, { minLength: 1, maxLength: 4, selector: one => one.id }),
})

const block: fc.Arbitrary<Block> = fc.oneof(
  text('paragraph'),
  text('quote'),
  text('context'),
  fields,
  chart,
  form,
  fc.record({ kind: fc.constant('date' as const), ask: id, label: words }),
  fc.record({
    kind: fc.constant('people' as const),
    ask: id,
    label: words,
    submit: words,
    most: fc.integer({ min: 1, max: 100 }),
    known: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('choices' as const),
    ask: id,
    style: fc.constantFrom('buttons' as const, 'scale' as const),
    choices: fc.array(choice, { maxLength: 130 }),
    ends: fc.record({ low: words, high: words }),
  }),
)

/** The core sends no message without a word. */
export const message: fc.Arbitrary<Message> = fc.record({
  text: words.filter(one => one.trim() !== ''),
  blocks: fc.array(block, { maxLength: 12 }),
})

const action = fc.record({ id: fc.stringMatching(/^[a-z0-9/-]{1,120}$/), label: words, spoken: words })
const homeBlock: fc.Arbitrary<HomeBlock> = fc.oneof(
  text('paragraph'),
  text('quote'),
  text('context'),
  fields,
  chart,
  fc.record({ kind: fc.constant('actions' as const), actions: fc.array(action, { minLength: 1, maxLength: 5 }) }),
)
export const home: fc.Arbitrary<Home> = fc.record({
  text: words.filter(one => one.trim() !== ''),
  sections: fc.array(fc.record({ id, title: words, blocks: fc.array(homeBlock, { maxLength: 40 }) }), { maxLength: 8 }),
})
