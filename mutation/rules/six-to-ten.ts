import { type Mutation, prompts, simulate, test } from '../mutation.ts'

/** The shape of a question, plans, the share preview, what they see, and widening. */
export const SIX_TO_TEN: readonly Mutation[] = [
  {
    rule: 6,
    without: 'a way out of a question',
    edits: [
      {
        file: 'prompts/en/check-in.yaml',
        find: 'label: Nothing comes to mind, heard: [nothing, skip, pass, no, not really], way-out: true }',
        put: 'label: Nothing comes to mind, heard: [nothing, skip, pass, no, not really] }',
      },
    ],
    caughtBy: [prompts],
  },
  {
    rule: 6,
    without: 'a check that every question has a way out',
    edits: [
      {
        file: 'src/conversation/check.ts',
        find: "if (!ask.options.some(option => option['way-out']))",
        put: "if (ask.options.every(option => option['way-out']))",
      },
    ],
    caughtBy: [prompts, test('unit/conversation/loader-mistakes')],
  },
  {
    rule: 6,
    without: 'one question a message',
    edits: [
      {
        file: 'prompts/en/check-in.yaml',
        find: "- There's this, from you.\n",
        put: '- Do you remember this one?\n',
      },
    ],
    caughtBy: [prompts, simulate(14, 30)],
  },
  {
    rule: 6,
    without: 'few words before the question',
    edits: [
      {
        file: 'prompts/en/coach-note.yaml',
        find: 'has another way of looking at something, and left it here for you."',
        put: `has another way of looking at something, and left it here for you. ${'It is a thought among others. '.repeat(10)}"`,
      },
    ],
    caughtBy: [prompts],
  },
  {
    rule: 6,
    without: 'moving on when the same question is not understood twice',
    edits: [{ file: 'src/conversation/receive.ts', find: 'if (misses > 1) {', put: 'if (misses > 99) {' }],
    caughtBy: [test('unit/conversation/answers')],
  },
  {
    rule: 7,
    without: 'a way to do without a plan',
    edits: [
      {
        file: 'prompts/en/commitment.yaml',
        find: '{ id: skip, label: "No plan needed", heard: [no, skip, no thanks, no plan], way-out: true }\n    next: record\n',
        put: '{ id: skip, label: "No plan needed", heard: [no, skip, no thanks, no plan], way-out: true }\n    next: { answer: record, skip: plan }\n',
      },
    ],
    caughtBy: [simulate(14, 30)],
  },
  {
    rule: 7,
    without: 'commitments that are whole without a plan',
    edits: [
      {
        file: 'src/conversation/acts/commitments.ts',
        find: "    const plan = (slots.plan ?? '').trim()\n",
        put: "    const plan = (slots.plan ?? '').trim()\n    if (plan === '') return\n",
      },
    ],
    caughtBy: [test('unit/conversation/answers'), test('unit/conversation-packs/packs')],
  },
  {
    rule: 8,
    without: 'a yes of the client to each line',
    edits: [
      {
        file: 'src/domain/sharing.ts',
        find: "fields[`${line.id}.include`] === 'yes'",
        put: "fields[`${line.id}.include`] !== ''",
      },
    ],
    caughtBy: [test('unit/domain/sharing')],
  },
  {
    rule: 8,
    without: 'a preview that decides what the coach gets',
    edits: [
      {
        file: 'src/conversation/acts/sharing.ts',
        find: 'const yes = approved(lines, slots)',
        put: 'const yes = approved(lines, slots).length < 0 ? [] : lines',
      },
    ],
    caughtBy: [simulate(14, 30)],
  },
  {
    rule: 8,
    without: 'forgetting what was withheld',
    edits: [
      {
        file: 'src/conversation/acts/sharing.ts',
        find: 'offered: client.offered.filter(({ id }) => !gone.has(id)),',
        put: 'offered: client.offered,',
      },
    ],
    caughtBy: [test('unit/conversation/words')],
  },
  {
    rule: 8,
    without: 'letting go of a preview that was not answered',
    edits: [
      {
        file: 'src/conversation/due.ts',
        find: 'else changeClient(turn, { offered: [] })',
        put: 'else changeClient(turn, {})',
      },
    ],
    caughtBy: [test('unit/conversation/leftovers')],
  },
  {
    rule: 9,
    without: 'all of what the coach sees',
    edits: [
      {
        file: 'src/conversation/views.ts',
        find: "const lines = seenByCoach(need(turn, 'shared'))",
        put: "const lines = seenByCoach(need(turn, 'shared')).slice(0, 3)",
      },
    ],
    caughtBy: [test('unit/conversation/seen')],
  },
  {
    rule: 9,
    without: "HR's own figures",
    edits: [{ file: 'src/conversation/views.ts', find: '...(figures ?? []),', put: '' }],
    caughtBy: [test('unit/conversation/seen')],
  },
  {
    rule: 9,
    without: 'one rule for what both are shown',
    edits: [
      {
        file: 'src/domain/visibility.ts',
        find: 'lines: seenByCoach(shared.filter(line => line.person === person))',
        put: "lines: shared.filter(line => line.person === person && line.kind !== 'measure')",
      },
    ],
    caughtBy: [test('unit/conversation/seen')],
  },
  {
    rule: 10,
    without: 'thirty and ninety days between invitations to widen',
    edits: [
      {
        file: 'src/domain/widening.ts',
        find: 'const PAUSES = [30 * DAY, 90 * DAY]',
        put: 'const PAUSES = [3 * DAY, 9 * DAY]',
      },
    ],
    caughtBy: [simulate(14, 60)],
  },
  {
    rule: 10,
    without: 'an end after the third invitation',
    edits: [
      {
        file: 'src/domain/widening.ts',
        find: 'return pause === undefined ? undefined : widening.at + pause',
        put: 'return widening.at + (pause ?? 90 * DAY)',
      },
    ],
    caughtBy: [test('unit/conversation-packs/widening')],
  },
  {
    rule: 10,
    without: 'leaving the silent alone',
    edits: [
      {
        file: 'src/domain/widening.ts',
        find: '  if (silence.unanswered > 0 || silence.closed || stretch(silence) > 1) return undefined\n',
        put: '',
      },
    ],
    caughtBy: [test('unit/domain/occasions')],
  },
  {
    rule: 10,
    without: 'a step back after “too personal”',
    edits: [
      {
        file: 'src/conversation/acts/contract.ts',
        find: 'topics: question.topic === undefined ? topics : closeTopic(topics, question.topic),',
        put: 'topics,',
      },
    ],
    caughtBy: [test('unit/conversation/commands')],
  },
]
