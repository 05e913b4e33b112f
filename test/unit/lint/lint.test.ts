import { describe, expect, it } from 'vitest'
import { contentHash, readPromptFiles, readPrompts } from '../../../adapters/prompts/files.ts'
import { COMMANDS, hearingSchema } from '../../../src/conversation/hearing.ts'
import { loadGuidelines } from '../../../src/conversation/lint/guidelines.ts'
import { lintPrompts } from '../../../src/conversation/lint/lint.ts'
import { readYamlSource } from '../../../src/conversation/lint/yaml-source.ts'
import { type PromptFile, readPack } from '../../../src/conversation/load.ts'
import { GUIDELINES, PROMPTS } from './guidelines-folder.ts'

const fileOf = (text: string, locale = 'en', name = 'pack'): PromptFile => ({
  path: `prompts/${locale}/${name}.yaml`,
  locale,
  text,
})

/** Findings as `line at: rule`, or `line at: message` for structure. */
const linted = (files: readonly PromptFile[], guidelines = GUIDELINES): readonly string[] => {
  const packs = files.map(file => readPack(file, contentHash(`${file.locale}\n${file.text}`)))
  return lintPrompts(files, { packs, hearings: [] }, guidelines, contentHash).map(
    ({ path, line, at, rule, message }) =>
      `${path === files[0]?.path ? '' : `${path} `}${line} ${at}: ${/^[a-z-]+$/.test(rule) ? message : rule}`,
  )
}

const pack = (steps: string, more = ''): string =>
  `id: pack\nversion: 1\nclass: reply\nabout: You promised, in a note for editors.\nstart: a\n${more}steps:\n${steps}`

describe('linting a pack', () => {
  it('names the line of a phrase in block, folded, quoted and plain texts', () => {
    const text = pack(`  a:
    say: |
      One line.
      You
      promised it.
    next: b
  b:
    say:
      - >-
        A first sentence runs
        on over lines, and

        you promised it.
      - "Fine. \\"Oh.\\"
        You promised."
      - Fine here
        and you promised
        at last.
    next: end
`)
    expect(linted([fileOf(text)])).toEqual([
      '10 steps.a.say: genuine-interest.guilt',
      '19 steps.b.say.0: genuine-interest.guilt',
      '21 steps.b.say.1: genuine-interest.guilt',
      '23 steps.b.say.2: genuine-interest.guilt',
    ])
  })

  it('reads each branch of an ICU message with what stands around it, and tells its line', () => {
    const text = pack(`  a:
    say: |
      {hasDue, select,
        yes {You only}
        other {You rightly}}
      {count, plural, one {did # thing.} other {did # of {goal}.}}
    next: end
`)
    expect(linted([fileOf(text)])).toEqual(['10 steps.a.say: genuine-interest.only-before-result'])
  })

  it('never joins words of two branches of one choice', () => {
    const text = pack(`  a:
    say: "{last, select, kept {You} partly {promised} other {Done.}}"
    next: end
`)
    expect(linted([fileOf(text)])).toEqual([])
  })

  it('leaves a client’s words alone, and what a client may type', () => {
    const text = pack(`  a:
    say: |
      > {what}

      > I only did 2, I failed again.

      Kept.
    ask:
      kind: choice
      question: What now?
      options:
        - { id: yes, label: Go on, heard: [you promised, no worries, oops], way-out: true }
    next: end
`)
    expect(linted([fileOf(text)])).toEqual([])
  })

  it('reads what the pack itself puts beside a slot in a quotation', () => {
    const text = pack('  a:\n    say: |\n      > You promised {what}\n    next: end\n')
    expect(linted([fileOf(text)])).toEqual(['9 steps.a.say: genuine-interest.guilt'])
  })

  it('reads buttons, labels, forms, and words for open and closed topics', () => {
    const text = pack(
      `  a:
    topic: self
    say: { open: You failed., closed: You promised. }
    ask:
      kind: form
      question: What now?
      title: Oops
      open: Simply open it
      submit: Send
      fields:
        - { kind: choice, id: x, label: No worries, choices: [{ id: a, label: At least }, { id: b, label: B }] }
      options:
        - { id: skip, label: I failed to do it, way-out: true }
    next: end
`,
      'labels:\n  fine: This is overdue.\n',
    )
    expect(linted([fileOf(text)])).toEqual([
      '7 labels.fine: genuine-interest.counting',
      '11 steps.a.say.open: genuine-interest.graded-person',
      '11 steps.a.say.closed: genuine-interest.guilt',
      '21 steps.a.ask.options.0.label: genuine-interest.graded-person',
      '15 steps.a.ask.title: genuine-interest.inflation',
      '16 steps.a.ask.open: genuine-interest.pressure',
      '19 steps.a.ask.fields.0.label: genuine-interest.dismissive',
      '19 steps.a.ask.fields.0.choices.0.label: genuine-interest.dismissive',
    ])
  })

  it('says why, and what to write in its place, in the locale’s own words', () => {
    const file = fileOf(pack('  a:\n    say: Hoppla.\n    next: end\n'), 'de')
    const [finding] = lintPrompts(
      [file],
      { packs: [readPack(file, contentHash(`de\n${file.text}`))], hearings: [] },
      GUIDELINES,
      contentHash,
    )
    expect(finding?.message).toContain('“Hoppla”: Applause is a grade')
    expect(finding?.message).toContain('Instead: nenn, was sie getan haben und wofür. (genuine-interest: inflation)')
  })

  it('reads a region’s packs with the phrases of its language, and says so when a language has none', () => {
    const text = pack('  a:\n    say: Prometiste llamar.\n    next: end\n')
    expect(linted([fileOf(text, 'es-MX')])).toEqual(['8 steps.a.say: genuine-interest.guilt'])
    expect(linted([fileOf(text, 'fr')])).toEqual([
      'prompts/fr 1 : no guideline has phrases for "fr", so nobody checked its words',
    ])
  })

  it('reads the lines of hearing.yaml, and not what is heard there', () => {
    const lines = Object.keys(hearingSchema.shape.lines.shape)
    const text = [
      'about: x',
      'commands:',
      ...COMMANDS.map(name => `  ${name}: { heard: [you promised] }`),
      'answers: { no: [no worries] }',
      'lines:',
      ...lines.map(name => `  ${name}: ${name === 'edit' ? 'No worries.' : 'Fine.'}`),
    ].join('\n')
    const hearing = { ...hearingSchema.parse(readYamlSource(text).value), locale: 'en' }
    const own = fileOf(pack('  a:\n    say: Fine.\n    next: end\n'))
    const packs = [readPack(own, contentHash(`en\n${own.text}`))]
    const found = lintPrompts(
      [own, fileOf(text, 'en', 'hearing')],
      { packs, hearings: [hearing] },
      GUIDELINES,
      contentHash,
    )
    expect(found.map(({ path, line, at }) => `${path}:${line} ${at}`)).toEqual([
      `prompts/en/hearing.yaml:${COMMANDS.length + lines.indexOf('edit') + 5} lines.edit`,
    ])
  })
})

describe('structure', () => {
  const ask = (question: string): string =>
    `    ask: { kind: choice, question: "${question}", options: [{ id: no, label: No, way-out: true }] }\n    next: end\n`
  const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ')

  it('allows one question, counted branch by branch', () => {
    expect(linted([fileOf(pack(`  a:\n${ask('{hasDue, select, yes {Now?} other {Later?}}')}`))])).toEqual([])
    const [found] = linted([fileOf(pack(`  a:\n${ask('{hasDue, select, yes {Now? Or not?} other {Later?}}')}`))])
    expect(found).toMatch(/^8 steps\.a\.ask\.question: 2 questions in one message; 1 at most\. Of two questions/)
  })

  it('counts all words before a question, over steps and packs that make one message', () => {
    const caller = `  a:\n    say: ${words(40)}\n    next: called.x\n    after: b\n  b:\n    say: Fine.\n${ask('Yes?')}`
    const called = (count: number): string =>
      pack(`  x:\n    say: ${words(count)}\n    next: end\n`)
        .replace('id: pack', 'id: called')
        .replace('start: a', 'start: x')
    expect(linted([fileOf(pack(caller)), fileOf(called(19), 'en', 'called')])).toEqual([])
    const [found] = linted([fileOf(pack(caller)), fileOf(called(20), 'en', 'called')])
    expect(found).toMatch(
      /^13 steps\.b\.ask\.question: 61 words before this question; 60 at most, and one message may hold pack\.a, called\.x, pack\.b/,
    )
  })

  it('counts sentences that lead up to the question, and begins anew after an answer', () => {
    const long = pack(`  a:\n    say: ${words(30)}.\n${ask(`${words(31)}. Yes?`)}`)
    expect(linted([fileOf(long)])[0]).toContain('61 words before this question')
    const two = pack(
      `  a:\n    say: ${words(50)}\n${ask('Yes?').replace('next: end', 'next: b')}  b:\n    say: ${words(50)}\n${ask('No?')}`,
    )
    expect(linted([fileOf(two)])).toEqual([])
  })

  it('leaves the contract and safety as long as they need to be', () => {
    const long = pack(`  a:\n    say: ${words(90)}\n${ask('Yes?')}`)
    expect(linted([fileOf(long.replace('class: reply', 'class: invitation'))])).toEqual([])
    expect(linted([fileOf(long.replace('id: pack', 'id: safety'))])).toEqual([])
    expect(linted([fileOf(long)])).toHaveLength(1)
  })

  it('ends, whatever goes round', () => {
    const text = pack(
      `  a:\n    say: ${words(10)}\n    do: is-open\n    next: { yes: a, no: b }\n  b:\n    say: Fine.\n    next: pack.a\n    after: b\n`,
    )
    expect(linted([fileOf(text)])).toEqual([])
  })
})

describe('a second file of guidelines', () => {
  const second = (text: string) =>
    loadGuidelines([
      {
        path: 'prompts/guidelines/01-first.yaml',
        text: 'id: first\nversion: 1\nabout: x\nlists: { en: { day: [monday] } }\nlimits:\n  - { limit: words-before-question, most: 60, reason: R., instead: I. }\n',
      },
      { path: 'prompts/guidelines/02-second.yaml', text: `id: second\nversion: 1\nabout: x\n${text}` },
    ])
  const say = (text: string): PromptFile =>
    fileOf(
      pack(
        `  a:\n    say: ${text}\n    ask: { kind: choice, question: Yes?, options: [{ id: no, label: No, way-out: true }] }\n    next: end\n`,
      ),
    )

  it('brings its phrases, where it wants them, with lists of the first', () => {
    const rule = (where: string) =>
      second(`words:\n  - { id: days, reason: R., instead: {}, ${where} phrases: { en: ["on <day>"] } }\n`)
    expect(linted([say('On Monday.')], rule(''))).toEqual(['8 steps.a.say: second.days'])
    expect(linted([say('On Monday.')], rule('in: { packs: [other] },'))).toEqual([])
    expect(linted([say('On Monday.')], rule('in: { parts: [button] },'))).toEqual([])
    expect(linted([say('On Monday.')], rule('in: { packs: [pack], parts: [say] },'))).toEqual([
      '8 steps.a.say: second.days',
    ])
  })

  it('tightens a limit, and says whose it is', () => {
    const tight = second(
      'limits:\n  - { limit: words-before-question, most: 3, reason: Short is kind., instead: Cut it. }\n',
    )
    expect(linted([say('One two three.')], tight)).toEqual([])
    expect(linted([say('One two three four.')], tight)).toEqual([
      '9 steps.a.ask.question: 4 words before this question; 3 at most. Short is kind. Cut it. (second: words-before-question)',
    ])
  })

  it('retires wordings that exist and leaves something to say', () => {
    const retiring = (...wordings: string[]) =>
      second(`retired:\n${wordings.map(wording => `  - { wording: "${wording}", reason: R. }\n`).join('')}`)
    const two = say('[One., Two.]')
    expect(linted([two], retiring('pack.a.say#1'))).toEqual([])
    expect(linted([two], retiring('pack.a.say#2'))).toEqual(['8 steps.a: there is no wording "pack.a.say#2" to retire'])
    expect(linted([two], retiring('pack.a.say#0', 'pack.a.say#1'))).toContain(
      '8 steps.a: every wording of pack.a.say is retired: write another, or one of them is said',
    )
    expect(linted([two], retiring('pakc.a.say#0'))).toEqual([
      'prompts/guidelines/02-second.yaml 5 retired.0.wording: there is no pack for the wording "pakc.a.say#0"',
    ])
  })
})

describe('the prompts as shipped', () => {
  it('keep to the guidelines', () => {
    const found = lintPrompts(readPromptFiles(PROMPTS), readPrompts(PROMPTS), GUIDELINES, contentHash)
    expect(found.map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual([])
  })
})
