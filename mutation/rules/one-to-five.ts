import { type Mutation, prompts, simulate, test } from '../mutation.ts'

/** The contract, the pressure budget, nudges, silence, and interest before ask. */
export const ONE_TO_FIVE: readonly Mutation[] = [
  {
    rule: 1,
    without: 'waiting for the yes before anything is begun',
    edits: [
      {
        file: 'src/domain/contract.ts',
        find: "=> contract.state === 'accepted'\n",
        put: "=> contract.state !== 'none'\n",
      },
    ],
    caughtBy: [test('unit/domain/contract'), simulate(14, 40)],
  },
  {
    rule: 1,
    without: 'stopping at one reminder',
    edits: [
      {
        file: 'src/domain/contract.ts',
        find: "contract.state === 'invited' ? { ...contract, reminded: true } : contract",
        put: 'contract',
      },
    ],
    caughtBy: [test('unit/domain/contract'), simulate(14, 30)],
  },
  {
    rule: 1,
    without: 'five days between the invitation and its reminder',
    edits: [
      {
        file: 'src/domain/contract.ts',
        find: 'const REMINDER_AFTER = 5 * DAY',
        put: 'const REMINDER_AFTER = 2 * DAY',
      },
    ],
    caughtBy: [simulate(14, 20)],
  },
  {
    rule: 1,
    without: 'the danger exception in the contract',
    edits: [
      { file: 'prompts/en/welcome.yaml', find: 'someone is in danger, {coach} may', put: 'something, {coach} may' },
    ],
    caughtBy: [simulate(14, 10)],
  },
  {
    rule: 1,
    without: 'an end at “stop”',
    edits: [
      {
        file: 'src/conversation/acts/contract.ts',
        find: 'stop: done(turn => changeClient(turn, { contract: stop(turn.context.now) })),',
        put: 'stop: done(() => undefined),',
      },
    ],
    caughtBy: [test('unit/conversation/commands')],
  },
  {
    rule: 2,
    without: 'a limit to the asks of seven days',
    edits: [
      { file: 'src/domain/pressure.ts', find: "  if (used.asks + 1 > limits.asks) return 'asks-spent'\n", put: '' },
    ],
    caughtBy: [test('unit/domain/pressure'), simulate(30, 60)],
  },
  {
    rule: 2,
    without: 'a limit to the messages of seven days',
    edits: [
      {
        file: 'src/domain/pressure.ts',
        find: "  if (used.messages + 1 > limits.messages) return 'messages-spent'\n",
        put: '',
      },
    ],
    caughtBy: [test('unit/domain/pressure')],
  },
  {
    rule: 2,
    without: "the client's own lower limit",
    edits: [
      { file: 'src/domain/gate.ts', find: 'const limits = within(client.limits, most)', put: 'const limits = most' },
    ],
    caughtBy: [simulate(40, 100)],
  },
  {
    rule: 2,
    without: 'one note in seven days',
    edits: [
      { file: 'src/domain/coach-note.ts', find: '...sent.map(at => at + WEEK)', put: '...sent' },
      {
        file: 'src/domain/pressure.ts',
        find: "if (candidate.class === 'note' && countedSince",
        put: "if (candidate.class === 'invitation' && countedSince",
      },
    ],
    caughtBy: [simulate(40, 90)],
  },
  {
    rule: 2,
    without: "the check-in's first claim to a slot",
    edits: [
      {
        file: 'src/domain/pressure.ts',
        find: "if (higher === 'check-in') return true",
        put: "if (higher === 'check-in') return false",
      },
    ],
    caughtBy: [test('unit/domain/pressure')],
  },
  {
    rule: 2,
    without: 'a second look at the budget as a message leaves',
    edits: [
      {
        file: 'src/usecases/deliver.ts',
        find: "if (send.class === 'reply' || person?.client === undefined) return 'go'",
        put: "if (send.class === 'reply' || person?.client === undefined || unsure || !unsure) return 'go'",
      },
    ],
    caughtBy: [test('integration/core/deliver'), test('integration/core/pressure-kept')],
  },
  {
    rule: 3,
    without: 'two days between a nudge and its follow-up',
    edits: [
      {
        file: 'src/domain/agenda.ts',
        find: 'const FOLLOW_UP_AFTER = 48 * HOUR',
        put: 'const FOLLOW_UP_AFTER = 20 * HOUR',
      },
    ],
    caughtBy: [test('unit/domain/agenda')],
  },
  {
    rule: 3,
    without: 'quiet hours, days off and holidays',
    edits: [
      {
        file: 'src/domain/schedule.ts',
        find: 'return !isQuiet(localTime(at, zone), calendar.quiet) && isOpenDay(localDate(at, zone), calendar)',
        put: 'return calendar.workdays.length > 0',
      },
    ],
    caughtBy: [simulate(14, 14)],
  },
  {
    rule: 3,
    without: 'a pause that holds',
    edits: [
      {
        file: 'src/domain/gate.ts',
        find: '(client.pause !== undefined && (client.pause.until === undefined || client.pause.until > now))',
        put: '(client.pause !== undefined && now < 0)',
      },
      {
        file: 'src/domain/agenda.ts',
        find: 'return client.pause.until === undefined ? undefined : Math.max(now, client.pause.until)',
        put: 'return now',
      },
    ],
    caughtBy: [simulate(40, 60)],
  },
  {
    rule: 3,
    without: 'the if-then plan in the nudge',
    edits: [
      {
        file: 'src/conversation/views.ts',
        find: 'commitment.plan === undefined\n        ? []',
        put: "commitment.plan !== ''\n        ? []",
      },
    ],
    caughtBy: [simulate(14, 30)],
  },
  {
    rule: 3,
    without: 'leaving alone what was left for the check-in',
    edits: [
      {
        file: 'src/domain/agenda.ts',
        find: "if (commitment.state !== 'open' || commitment.carried || nudgedAt === undefined) continue",
        put: "if (commitment.state !== 'open' || nudgedAt === undefined) continue",
      },
      {
        file: 'src/conversation/due.ts',
        find: 'one.due === event.date && !one.carried && isForIt(one, kind)',
        put: 'one.due === event.date && isForIt(one, kind)',
      },
    ],
    caughtBy: [test('unit/domain/agenda'), simulate(60, 120)],
  },
  {
    rule: 4,
    without: 'a rhythm that halves',
    edits: [
      {
        file: 'src/domain/silence.ts',
        find: '(silence.unanswered >= 2 ? 2 : 1)',
        put: '(silence.unanswered >= 2 ? 1 : 1)',
      },
    ],
    caughtBy: [test('unit/domain/silence'), simulate(14, 60)],
  },
  {
    rule: 4,
    without: 'an end after four check-ins without an answer',
    edits: [
      {
        file: 'src/domain/silence.ts',
        find: 'export const isQuiet = (silence: Silence): boolean => silence.unanswered >= 4',
        put: 'export const isQuiet = (silence: Silence): boolean => silence.unanswered >= 40',
      },
      {
        file: 'src/domain/silence.ts',
        find: 'silence.unanswered >= 4 && !silence.closed',
        put: 'silence.unanswered >= 40 && !silence.closed',
      },
    ],
    caughtBy: [simulate(14, 100)],
  },
  {
    rule: 4,
    without: "a reply that restores the client's own rhythm",
    edits: [
      {
        file: 'src/conversation/receive.ts',
        find: 'if (client !== undefined && client.silence !== HEARD && client.silence.unanswered > 0)',
        put: 'if (client !== undefined && client.silence !== HEARD && client.silence.unanswered > 90)',
      },
    ],
    caughtBy: [test('unit/conversation/answers'), test('unit/conversation/promises')],
  },
  {
    rule: 5,
    without: 'interest before ask',
    edits: [
      {
        file: 'src/domain/pressure.ts',
        find: 'if (asks > 2 + 2 * quiet) return false',
        put: 'if (asks > 99 + 2 * quiet) return false',
      },
    ],
    caughtBy: [test('unit/domain/pressure'), simulate(40, 60)],
  },
  {
    rule: 5,
    without: 'an acknowledgement at the beginning of a check-in',
    edits: [
      {
        file: 'src/conversation/entrances.ts',
        find: "checkIn: { pack: 'check-in', step: 'open' }",
        put: "checkIn: { pack: 'check-in', step: 'slowed' }",
      },
    ],
    caughtBy: [prompts, simulate(14, 14)],
  },
]
