import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PromptFile } from '../../../src/conversation/load.ts'
import { PROMPT_FILES } from './dialogue.ts'
import { changed, findingsIn, PROBE, replaced, withProbe } from './mistakes.ts'

/** The small pack with one more step behind its first answer. */
const withStep = (...lines: readonly string[]): readonly PromptFile[] => [
  ...PROMPT_FILES,
  {
    path: 'prompts/en/probe.yaml',
    locale: 'en',
    text: `${PROBE.replace('one: end', 'one: more')}  more:\n${lines.map(line => `    ${line}\n`).join('')}`,
  },
]
const saidOf = (files: readonly PromptFile[]): string => findingsIn(files).join('\n')

describe('the loader takes nothing that would fail in front of somebody', () => {
  it('takes a step that does, says and leads on', () => {
    expect(findingsIn(withStep('do: { settle: kept }', 'say: Good.', 'next: end'))).toEqual([])
  })
  it.each([
    [
      'a table where nothing chooses',
      ['say: Here.', 'next: { yes: end }'],
      /:\d+ steps\.more\.next: nothing here chooses/,
    ],
    ['a step that goes round by itself', ['say: Here.', 'next: more'], /steps\.more\.next: this goes round/],
    [
      'a topic there is not',
      ['do: { open-topic: play }', 'next: end'],
      /steps\.more\.do: "open-topic" needs one of: work/,
    ],
    ['an outcome there is not', ['do: { settle: lost }', 'next: end'], /steps\.more\.do: "settle" needs one of: kept/],
    ['nothing to offer', ['do: offer', 'next: end'], /steps\.more\.do: "offer" needs one of: win/],
    ['something unknown to offer', ['do: { offer: mood }', 'next: end'], /steps\.more\.do: "offer" needs one of: win/],
    ['a line to offer without its words', ['do: { offer: made }', 'next: end'], /steps\.more\.do: .*labels\.line-made/],
    ['two acts as one', ['do: { settle: kept, offer: win }', 'next: end'], /steps\.more\.do: must be one act/],
    ['an act of nothing', ['do: {}', 'next: end'], /steps\.more\.do: must be one act/],
    ['a branch on nothing', ['do: branch', 'next: { other: end }'], /steps\.more\.do: "branch" needs the name/],
    ['a branch without the rest', ['do: { branch: what }', 'next: { yes: end }'], /steps\.more\.next: a branch needs/],
    [
      'an act that decides, but not last',
      ['do: [is-enabled, resume]', 'next: end'],
      /steps\.more\.do: .*must come last/,
    ],
    ['a question in what is said', ['say: Is it?', 'next: end'], /steps\.more\.say: a message has one question/],
    [
      'more than sixty words',
      [`say: ${'so '.repeat(61)}`, 'next: end'],
      /steps\.more\.say: 61 words before the question/,
    ],
    ['words for a topic without one', ['say: { open: Yes., closed: No. }', 'next: end'], /steps\.more: .*need a topic/],
    ['a blank wording among others', ['say: ["Here.", " "]', 'next: end'], /steps\.more\.say\.1: must not be blank/],
    ['nothing but a line for a step', ['say: ""', 'next: end'], /steps\.more\.say: must not be blank/],
  ])('misses %s', (_what, lines, expected) => {
    expect(saidOf(withStep(...lines))).toMatch(expected)
  })

  it.each([
    ['an alias of nothing', 'Which one?', '*nothing', /^prompts\/en\/probe\.yaml:\d+ : this cannot be read: .*nothing/],
    [
      'a name that every object has',
      'one: end',
      'one: constructor',
      /steps\.ask\.next: there is no step "constructor"/,
    ],
    ['a start that every object has', 'start: ask', 'start: constructor', /:5 start: there is no step "constructor"/],
    [
      'a date that is words already',
      'Which one?',
      'Which, {due, date}?',
      /steps\.ask\.ask\.question: \{due\} comes as words/,
    ],
    [
      'an hour inside a choice of texts',
      'Which one?',
      '"Which {hasDue, select, yes {{due, time, short}} other {x}}?"',
      /\{due\} comes as words/,
    ],
    [
      'a question that may say nothing',
      'Which one?',
      '"{purpose}"',
      /steps\.ask\.ask\.question: this may come out blank/,
    ],
    [
      'a question that sometimes says nothing',
      'Which one?',
      '"{hasPurpose, select, yes {Which?} other {}}"',
      /may come out blank/,
    ],
    [
      'a button that is no ICU message',
      'The one',
      '"The {one"',
      /:12 steps\.ask\.ask\.options\.0\.label: this is not an ICU/,
    ],
    [
      'a button that names what nothing has',
      'The one',
      '"The {nome}"',
      /options\.0\.label: nothing is called \{nome\}/,
    ],
    ['a button that may be blank', 'The one', '"{purpose}"', /options\.0\.label: this may come out blank/],
    ['two answers of one id', 'id: one,', 'id: none,', /two options have the same id/],
    ['a key that is written twice', 'version: 1', 'version: 1\nversion: 2', /:3 : this is not YAML/],
    ['a second document', 'steps:', '---\nsteps:', /this is not YAML/],
  ])('misses %s', (_what, from, to, expected) => {
    expect(saidOf(withProbe(from, to))).toMatch(expected)
  })

  it('misses a pack that is there twice, and a file with nothing in it', () => {
    const twice = { path: 'prompts/en/again.yaml', locale: 'en', text: PROBE }
    expect(saidOf([...withProbe('Which one?', 'Which?'), twice])).toMatch(/again\.yaml:1 id: another file .* "probe"/)
    expect(saidOf([...PROMPT_FILES, { ...twice, text: '' }])).toMatch(/again\.yaml:1 : /)
  })
  it('names every mistake of every file at once', () => {
    const findings = findingsIn([
      ...withProbe('version: 1', 'version: one'),
      { path: 'prompts/en/other.yaml', locale: 'en', text: PROBE.replace('class: reply', 'class: shout') },
    ])
    expect(findings.map(one => one.split(' ')[0])).toEqual(['prompts/en/probe.yaml:2', 'prompts/en/other.yaml:3'])
  })
})

describe('the words that are heard', () => {
  it.each([
    [
      'a line that is no ICU message',
      'noted: All right.',
      'noted: "All {right"',
      /lines\.noted: this is not an ICU message/,
    ],
    [
      'a line that names what not everybody has',
      'noted: All right.',
      'noted: "All right, {goal}."',
      /lines\.noted: nothing is called \{goal\}/,
    ],
    [
      'a phrase that means two things',
      '[skip, pass, next,',
      '[skip, pass, Help!, next,',
      /commands\.help\.heard: "help" means "skip" already/,
    ],
    ['a command that nothing answers', ', run: always-on.help', '', /commands\.help: needs "run"/],
    ['a command nobody knows', '  edit: {', '  edt: {', /hearing\.yaml:\d+ commands/],
  ])('are refused with %s', (_what, from, to, expected) => {
    expect(saidOf(replaced('hearing.yaml', from, to))).toMatch(expected)
  })
  it('are needed in every locale', () => {
    expect(saidOf(PROMPT_FILES.filter(({ path }) => !path.endsWith('hearing.yaml')))).toMatch(
      /prompts\/en\/hearing\.yaml:1 : this file is missing/,
    )
  })
})

describe('another locale has the same bones', () => {
  const spanish = (name: string, from: string, to: string): readonly PromptFile[] => [
    ...PROMPT_FILES,
    ...changed(name, text => text.replace(from, to)).map(({ path, text }) => ({
      path: path.replace('/en/', '/es/'),
      locale: 'es',
      text,
    })),
  ]
  it.each([
    ['check-in.yaml', 'to: 10', 'to: 5', /es\/check-in\.yaml:\d+ steps\.rate: /],
    [
      'check-in.yaml',
      'quiet-after: 72',
      'quiet-after: 7',
      /es\/check-in\.yaml:\d+ : class, quiet-after or start differ/,
    ],
    ['coach.yaml', 'pick: clients-to-invite', 'pick: coaches-to-appoint', /es\/coach\.yaml:\d+ steps\.invite: /],
    ['listen.yaml', 'nothing: left }', 'nothing: keep-win }', /es\/listen\.yaml:\d+ steps\.heard: /],
    ['welcome.yaml', 'do: decline-contract', 'do: accept-contract', /es\/welcome\.yaml:\d+ steps\.declined: /],
  ])('%s may not differ in “%s”', (name, from, to, expected) => {
    expect(saidOf(spanish(name, from, to))).toMatch(expected)
  })
  it('and other words', () => {
    expect(findingsIn(spanish('coach.yaml', 'Invite a client', 'Invita a alguien'))).toEqual([])
  })
})

describe('whatever somebody does to a file', () => {
  it('is either taken or refused by name and line: cut short, with lines lost, or with characters that mean something', {
    timeout: 60_000,
  }, () => {
    const spoiled = fc
      .record({
        file: fc.nat(PROMPT_FILES.length - 1),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(200),
        put: fc.constantFrom(
          '',
          '{',
          '}',
          '*x',
          '&x ',
          '- ',
          '\t',
          ': ',
          '"',
          "'",
          '|\n',
          '!!binary ',
          '? ',
          '%',
          '---\n',
          '<<: ',
        ),
      })
      .map(({ file, at, cut, put }) =>
        PROMPT_FILES.map((one, index) => {
          if (index !== file) return one
          const from = Math.floor(at * one.text.length)
          return { ...one, text: one.text.slice(0, from) + put + one.text.slice(from + cut) }
        }),
      )
    let refused = 0
    fc.assert(
      fc.property(spoiled, files => {
        const findings = findingsIn(files)
        if (findings.length > 0) refused += 1
        for (const finding of findings) expect(finding).toMatch(/^prompts\/\S+?(:\d+)? .*\S/)
      }),
      { numRuns: 20 },
    )
    expect(refused).toBeGreaterThan(4)
  })
})
