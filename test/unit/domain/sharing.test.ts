import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approved, type OfferedLine, type ShareKind, winsFirst, withOffer } from '../../../src/domain/sharing.ts'

const KINDS: readonly ShareKind[] = ['win', 'measure', 'commitment', 'talk', 'note']
const lines = fc.uniqueArray(
  fc.record({
    id: fc.nat(99).map(number => `l${number}`),
    kind: fc.constantFrom(...KINDS),
    text: fc.string(),
    preselected: fc.boolean(),
  }),
  { selector: line => line.id, maxLength: 8 },
)
/** What a form can send back for a line's box: only one of these is a yes. */
const boxes = fc.constantFrom('yes', 'no', '', 'Yes', 'true', 'on', undefined)
const previews = lines.chain(offered =>
  fc.tuple(
    fc.constant(offered),
    fc.array(fc.record({ box: boxes, text: fc.string() }), { minLength: offered.length, maxLength: offered.length }),
  ),
)

const fieldsOf = (offered: readonly OfferedLine[], filled: readonly { box: string | undefined; text: string }[]) =>
  Object.fromEntries(
    offered.flatMap((line, index) => {
      const { box, text } = filled[index] ?? { box: undefined, text: '' }
      return [[line.id, text], ...(box === undefined ? [] : [[`${line.id}.include`, box]])]
    }),
  ) as Record<string, string>

describe('the share preview', () => {
  it('shares a line only on an explicit yes, in the words that the client left in it', () => {
    fc.assert(
      fc.property(previews, ([offered, filled]) => {
        const shared = approved(offered, fieldsOf(offered, filled))
        const expected = offered.flatMap(({ id, kind }, index) => {
          const { box, text } = filled[index] ?? { box: undefined, text: '' }
          return box === 'yes' && text.trim() !== '' ? [{ id, kind, text: text.trim() }] : []
        })
        expect(shared).toEqual(expected)
      }),
    )
  })
  it('tells of one thing once: the latest line about it, and the same words only one time', () => {
    const things = fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        text: fc.constantFrom('a', 'b'),
        about: fc.constantFrom(undefined, 'k1', 'k2'),
      }),
    )
    fc.assert(
      fc.property(things, all => {
        const offered = all
          .map(({ about, ...line }, index) => ({
            id: `l${index}`,
            preselected: false,
            ...line,
            ...(about && { about }),
          }))
          .reduce<readonly OfferedLine[]>(withOffer, [])
        const abouts = offered.flatMap(({ about }) => about ?? [])
        expect(new Set(abouts).size).toBe(abouts.length)
        for (const [index, { about, kind, text }] of all.entries()) {
          const later = all.slice(index + 1)
          const isLast =
            about === undefined
              ? !later.some(one => one.about === undefined && one.kind === kind && one.text === text)
              : !later.some(one => one.about === about)
          if (about !== undefined) expect(offered.some(({ id }) => id === `l${index}`)).toBe(isLast)
          else if (!isLast) expect(offered.some(({ id }) => id === `l${index}`)).toBe(false)
        }
      }),
    )
  })
  it('shares nothing when it is not answered, also not what was made for the coach too', () => {
    fc.assert(fc.property(lines, offered => approved(offered, {}).length === 0))
  })
  it('does no more by "for the coach too" than tick the box beforehand', () => {
    fc.assert(
      fc.property(previews, ([offered, filled]) => {
        const fields = fieldsOf(offered, filled)
        const turned = offered.map(line => ({ ...line, preselected: !line.preselected }))
        expect(approved(turned, fields)).toEqual(approved(offered, fields))
      }),
    )
  })
  it('shares nothing of a line that the client emptied, whatever the box says', () => {
    const line: OfferedLine = { id: 'l1', kind: 'win', text: 'as offered', preselected: true }
    expect(approved([line], { l1: '  ', 'l1.include': 'yes' })).toEqual([])
    expect(approved([line], { 'l1.include': 'yes' })).toEqual([])
  })
  it('takes no line that was not offered', () => {
    expect(approved([], { l1: 'slipped in', 'l1.include': 'yes' })).toEqual([])
  })
  it('leaves no trace of what is withheld: not its words, not its kind, not that there was any', () => {
    fc.assert(
      fc.property(previews, fc.array(fc.string()), ([offered, filled], otherWords) => {
        const fields = fieldsOf(offered, filled)
        const isYes = (line: OfferedLine): boolean => fields[`${line.id}.include`] === 'yes'
        const shared = approved(offered, fields)
        const onlyYes = offered.filter(isYes)
        expect(JSON.stringify(approved(onlyYes, fields))).toBe(JSON.stringify(shared))
        const rewritten = Object.fromEntries(
          offered.map((line, index) => [line.id, isYes(line) ? (fields[line.id] ?? '') : (otherWords[index] ?? 'x')]),
        )
        const others = offered.map(line => (isYes(line) ? line : { ...line, kind: 'note' as const, text: 'other' }))
        expect(JSON.stringify(approved(others, { ...fields, ...rewritten }))).toBe(JSON.stringify(shared))
      }),
    )
  })
})

describe('the order of lines', () => {
  it('puts wins first and otherwise keeps things in the order in which they came', () => {
    fc.assert(
      fc.property(lines, some => {
        const sorted = winsFirst(some)
        const expected = KINDS.flatMap(kind => some.filter(line => line.kind === kind))
        expect(sorted).toEqual(expected)
      }),
    )
  })
})
