import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answeredBlocks } from '../../../adapters/slack/answered.ts'
import { readable, type SlackBlock } from '../../../adapters/slack/elements.ts'
import { pieces, shorten } from '../../../adapters/slack/fit.ts'
import { FORM_ACTION } from '../../../adapters/slack/form.ts'
import { renderHome } from '../../../adapters/slack/home.ts'
import { renderMessage } from '../../../adapters/slack/message.ts'
import { modalOf, readSubmitted } from '../../../adapters/slack/modal.ts'
import { readChoice } from '../../../adapters/slack/question.ts'
import { typedWords } from '../../../adapters/slack/words.ts'
import type { FormBlock, Message } from '../../../src/domain/message.ts'
import { CHOICE, DATE, FORM, HOME, PEOPLE, RICH, saying } from '../../contract/chat-adapter-samples.ts'
import { refusalsOfMessage, refusalsOfView } from '../../fakes/slack/limits.ts'
import { form, home, message } from './arbitrary.ts'

/** No half of a pair stands alone. */
const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text)
const elementsIn = (blocks: readonly SlackBlock[]) =>
  blocks.flatMap(block => (block.type === 'actions' ? block.elements : []))
const formButton = (blocks: readonly SlackBlock[]) => {
  for (const block of blocks)
    if (block.type === 'actions')
      for (const one of block.elements)
        if (one.type === 'button' && one.action_id === FORM_ACTION)
          return { value: one.value ?? '', blockId: block.block_id ?? '' }
  return undefined
}
const modalFor = (block: FormBlock) => {
  const [post] = renderMessage({ text: 'x', blocks: [block] })
  const button = formButton(post.blocks)
  return button && modalOf(button.value, button.blockId, post.blocks, { channel: 'D1', ts: '1.2' })
}

describe('a message in Block Kit', () => {
  it('is never refused, whatever it says', () => {
    fc.assert(
      fc.property(message, one => {
        const posts = renderMessage(one)
        expect(posts.flatMap(refusalsOfMessage)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('keeps every word of a paragraph and a quotation, in order, over as many posts as it takes', () => {
    const walls = fc.array(
      fc.record({
        kind: fc.constantFrom('paragraph' as const, 'quote' as const),
        text: fc.nat(9_000).map(length => `word${length} `.repeat(length / 8 + 1)),
      }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(walls, blocks => {
        const posts = renderMessage({ text: blocks.map(({ text }) => text).join('\n\n'), blocks })
        const bare = (text: string): string => text.replaceAll(/\s/g, '')
        expect(bare(posts.map(post => readable(post.blocks)).join(''))).toBe(
          bare(blocks.map(({ text }) => text).join('')),
        )
        // In words, too, for those who hear it: each post by itself.
        for (const post of posts) expect(bare(post.text)).toBe(bare(readable(post.blocks)))
      }),
      { numRuns: 60 },
    )
  })

  it('gives every choice of a question back under its own id', () => {
    fc.assert(
      fc.property(message, one => {
        const given = renderMessage(one).flatMap(({ blocks }) =>
          elementsIn(blocks).flatMap(element => {
            if (element.type === 'static_select') return (element.options ?? []).map(({ value }) => value ?? '')
            return element.type === 'button' && element.action_id?.startsWith('choice') ? [element.value ?? ''] : []
          }),
        )
        const asked = one.blocks.flatMap(block =>
          block.kind === 'choices' ? block.choices.map(({ id }) => ({ ask: block.ask, choice: id })) : [],
        )
        expect(given.map(readChoice)).toEqual(asked)
      }),
      { numRuns: 100 },
    )
  })

  it('takes nothing that somebody wrote for markup', () => {
    const awkward = '*not bold* <b>nor</b> <@U1> & {this} | that ~ `so`'
    const [post] = renderMessage({
      text: awkward,
      blocks: [{ kind: 'quote', text: awkward }, ...saying(awkward).blocks],
    })
    expect(post.text).toBe('*not bold* &lt;b&gt;nor&lt;/b&gt; &lt;@U1&gt; &amp; {this} | that ~ `so`')
    expect(JSON.stringify(post.blocks)).not.toContain('mrkdwn')
    expect(readable(post.blocks)).toBe(`${awkward}\n\n${awkward}`)
  })

  it('says both ends of a scale, to eyes and to ears', () => {
    const [post] = renderMessage(RICH)
    expect(readable(post.blocks)).toContain('1: just starting · 3: there')
    const labels = elementsIn(post.blocks).map(one => (one.type === 'button' ? one.accessibility_label : undefined))
    expect(labels).toEqual(['1, just starting', undefined, '3, there'])
  })

  it('shows numbers over time as bars', () => {
    const points = [
      { date: '2026-01-02', day: '2 Jan', value: 4 },
      { date: '2026-01-09', day: '9 Jan', value: 10 },
    ]
    const series = [{ label: 'Calm evenings', points }]
    const chart = {
      kind: 'chart',
      title: 'Over time',
      text: 'x',
      from: 1,
      to: 10,
      low: 'far',
      high: 'there',
      series,
    } as const
    const [post] = renderMessage({ text: 'x', blocks: [chart] })
    expect(readable(post.blocks)).toContain('2 Jan  ████       4\n9 Jan  ██████████ 10')
  })
})

describe('a question that was answered', () => {
  it.each([
    ['choices', CHOICE],
    ['a date', DATE],
    ['people', PEOPLE],
    ['a scale', RICH],
  ])('has what was chosen in the place of %s, and the rest as it was', (_, asked: Message) => {
    const [post] = renderMessage(asked)
    const after = answeredBlocks(post.blocks, 'Let it go')
    expect(JSON.stringify(after)).not.toContain('"actions"')
    expect(JSON.stringify(after)).not.toContain('multi_users_select')
    expect(readable(after)).toContain('✓ Let it go')
    expect(readable(after)).toContain(asked.blocks[0]?.kind === 'paragraph' ? asked.blocks[0].text : '')
    expect(refusalsOfMessage({ text: 'x', blocks: after })).toEqual([])
  })

  it('shows of a form what was sent, in the words it was sent in', () => {
    const [post] = renderMessage(FORM)
    const after = answeredBlocks(post.blocks, 'Share these lines', [{ label: 'Went well', value: 'One calm morning' }])
    expect(readable(after)).toBe(
      'What would you like Tom to see?\n\nWent well\n\nOne calm morning\n\n✓ Share these lines',
    )
  })
})

describe('a form', () => {
  it('opens as a modal that Slack takes, whatever its message says', () => {
    let opened = 0
    fc.assert(
      fc.property(form, one => {
        const modal = modalFor(one)
        if (modal === undefined) return
        opened += 1
        expect(refusalsOfView(modal)).toEqual([])
      }),
      { numRuns: 200 },
    )
    expect(opened).toBeGreaterThan(100)
  })

  it('has its words in the modal as they stood in the message, and gives back what was filled in', () => {
    const block = FORM.blocks.find(one => one.kind === 'form')
    if (block?.kind !== 'form') throw new Error('the sample has no form')
    const lines = ['Two calm mornings', '👩‍👩‍👧‍👦 & <them>', ''].map((value, n) => ({
      ...{ kind: 'line', id: `l${n}`, label: 'Went well', value, include: n === 0 },
      ...{ includeLabel: 'Share this', withholdLabel: 'Leave it out' },
    })) satisfies FormBlock['fields']
    const modal = modalFor({ ...block, fields: lines })
    const initial = modal?.blocks.flatMap(one =>
      'element' in one && one.type === 'input'
        ? [(one as { element: { initial_value?: string } }).element.initial_value]
        : [],
    )
    expect(initial).toEqual(['Two calm mornings', '👩‍👩‍👧‍👦 & <them>', undefined])
    const filled = readSubmitted({
      private_metadata: modal?.private_metadata ?? '',
      state: {
        values: {
          'field.0': { value: { type: 'plain_text_input', value: 'One calm morning' } },
          'field.0.include': { include: { selected_option: { value: 'no' } } },
          'field.1': { value: { type: 'plain_text_input', value: null } },
          'field.1.include': { include: { selected_option: { value: 'yes' } } },
        },
      },
    })
    expect(filled).toEqual({
      ask: 'c1.3',
      fields: { l0: 'One calm morning', 'l0.include': 'no', l1: '', 'l1.include': 'yes', l2: '', 'l2.include': 'no' },
      place: { channel: 'D1', ts: '1.2' },
      n: 0,
    })
  })

  it('is nobody’s form if the button or the modal is not of this app', () => {
    expect(modalOf('{"a":1}', 'q.form.0', [], { channel: 'D1', ts: '1' })).toBeUndefined()
    expect(modalOf('not json', 'q.form.0', [], { channel: 'D1', ts: '1' })).toBeUndefined()
    expect(readSubmitted({ private_metadata: 'x', state: { values: {} } })).toBeUndefined()
  })
})

describe('a home', () => {
  it('is never refused, however much there is in it', () => {
    fc.assert(
      fc.property(home, one => {
        expect(refusalsOfView(renderHome(one))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
  it('shows its sections under their titles, and each action with what it is about', () => {
    const { blocks } = renderHome(HOME)
    expect(readable(blocks)).toContain('Next check-in')
    expect(JSON.stringify(blocks)).toContain('"accessibility_label":"Let it go: Send the draft"')
  })
  it('says its text where there is nothing in it', () => {
    expect(readable(renderHome({ text: 'Nothing is open.', sections: [] }).blocks)).toBe('Nothing is open.')
  })
})

describe('words', () => {
  it.each([
    ['A &amp; B &lt;3', 'A & B <3'],
    ['see <https://x.org/a?b=1&amp;c|x.org/a>', 'see x.org/a (https://x.org/a?b=1&c)'],
    ['see <https://x.org>', 'see https://x.org'],
    ['mail <mailto:a@b.org|a@b.org>', 'mail a@b.org'],
    ['ask <@U2> in <#C1|general> <!here>', 'ask @Ben in #general @here'],
    [':+1: done :tada:', '👍 done :tada:'],
    [':+1::skin-tone-3:', '👍'],
  ])('%s reads %s', (typed, read) => {
    const blocks = [{ type: 'rich_text', elements: [{ elements: [{ type: 'emoji', name: '+1', unicode: '1f44d' }] }] }]
    expect(typedWords(typed, blocks, id => (id === 'U2' ? 'Ben' : id))).toBe(read)
  })
  it('are cut between characters only, and nothing is lost', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(text, fc.integer({ min: 70, max: 120 }), (one, most) => {
        const parts = pieces(one, most)
        expect(parts.every(part => part.length <= most && isWhole(part))).toBe(true)
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(one.replaceAll(/\s/g, ''))
        expect(shorten(one, most).length).toBeLessThanOrEqual(most)
        expect(isWhole(shorten(one, most))).toBe(true)
      }),
    )
  })
})
