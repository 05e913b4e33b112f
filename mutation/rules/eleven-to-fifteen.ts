import { type Mutation, simulate, test } from '../mutation.ts'

/** Safety, no guessed moods, what HR sees, digests, and being truthful. */
export const ELEVEN_TO_FIFTEEN: readonly Mutation[] = [
  {
    rule: 11,
    without: 'listening for danger',
    edits: [
      {
        file: 'src/conversation/receive.ts',
        find: "  if (found.includes('acute')) return 'acute'\n",
        put: "  if (found.includes('acute')) return undefined\n",
      },
    ],
    caughtBy: [test('unit/conversation-packs/safety')],
  },
  {
    rule: 11,
    without: 'a hold after words of danger',
    edits: [
      {
        file: 'src/conversation/acts/safety.ts',
        find: 'if (turn.person.client !== undefined) changeClient(turn, { hold: turn.context.now })',
        put: '',
      },
    ],
    caughtBy: [simulate(60, 120)],
  },
  {
    rule: 11,
    without: 'an end of the hold by the client’s word',
    edits: [
      {
        file: 'src/conversation/acts/rhythm.ts',
        find: 'changeClient(turn, { pause: undefined, hold: undefined, silence: HEARD })',
        put: 'changeClient(turn, { pause: undefined, silence: HEARD })',
      },
    ],
    caughtBy: [test('unit/conversation-packs/safety')],
  },
  {
    rule: 11,
    without: 'leaving it to the client whether the coach hears of it',
    edits: [
      {
        file: 'src/conversation/acts/safety.ts',
        find: "    return isClient(turn) ? 'client' : 'other'\n",
        put: "    if (isClient(turn)) safetyActs['ask-for-coach'](turn, undefined)\n    return isClient(turn) ? 'client' : 'other'\n",
      },
    ],
    caughtBy: [simulate(60, 120)],
  },
  {
    rule: 11,
    without: "lines by the person's country",
    edits: [
      {
        file: 'src/domain/safety.ts',
        find: 'const own = ZONE_COUNTRY[zone]',
        put: 'const own = tenantCountry ?? ZONE_COUNTRY[zone]',
      },
    ],
    caughtBy: [test('unit/safety')],
  },
  {
    rule: 12,
    without: 'taking no mood from words',
    edits: [
      {
        file: 'src/conversation/receive.ts',
        find: 'const listen = (turn: Turn, said: string): void => {\n',
        put: "const listen = (turn: Turn, said: string): void => {\n  if (/tired|cry|scares/.test(said)) return enter(turn, { pack: 'hard-week', step: 'open' }, { between: false, slots: {} })\n",
      },
    ],
    caughtBy: [test('unit/conversation/no-moods')],
  },
  {
    rule: 12,
    without: 'keeping no guess about anybody',
    edits: [
      {
        file: 'src/conversation/advance.ts',
        find: 'changeClient(turn, { tookPart: month })',
        put: "changeClient(turn, { tookPart: month, ...{ mood: 'unknown' } })",
      },
    ],
    caughtBy: [test('unit/conversation/no-moods')],
  },
  {
    rule: 12,
    without: 'naming only what they titled',
    edits: [
      {
        file: 'src/conversation/acts/commitments.ts',
        find: "{ kind: 'moved', title: commitment.text }",
        put: "{ kind: 'moved', title: topFrame(turn).slots.easier ?? commitment.text }",
      },
    ],
    caughtBy: [test('unit/conversation/no-moods')],
  },
  {
    rule: 13,
    without: 'groups of five at least',
    edits: [
      {
        file: 'src/domain/aggregate.ts',
        find: 'const smallest = Math.max(SMALLEST_GROUP, minimum)',
        put: 'const smallest = minimum',
      },
    ],
    caughtBy: [test('unit/aggregate')],
  },
  {
    rule: 13,
    without: 'counts in fives',
    edits: [
      { file: 'src/domain/aggregate/rounding.ts', find: '{ step: 5, lowers: true,', put: '{ step: 1, lowers: true,' },
    ],
    caughtBy: [test('unit/aggregate')],
  },
  {
    rule: 13,
    without: 'lowering what would give somebody away',
    edits: [
      { file: 'src/domain/aggregate/rounding.ts', find: '{ step: 5, lowers: true,', put: '{ step: 5, lowers: false,' },
    ],
    caughtBy: [test('unit/aggregate')],
  },
  {
    rule: 13,
    without: 'complementary suppression',
    edits: [
      {
        file: 'src/domain/aggregate/rounding.ts',
        find: 'complementary: true, nested: true }',
        put: 'complementary: false, nested: true }',
      },
    ],
    caughtBy: [test('unit/aggregate')],
  },
  {
    rule: 13,
    without: 'periods that are over',
    edits: [
      { file: 'src/domain/aggregate.ts', find: 'if (today <= cohort.ends) {', put: 'if (today < cohort.ends) {' },
    ],
    caughtBy: [test('unit/aggregate')],
  },
  {
    rule: 13,
    without: 'the same reply to whoever is invited again',
    edits: [
      {
        file: 'src/domain/contract.ts',
        find: "  contract.state === 'none' ? { state: 'invited', at, reminded: false } : contract",
        put: "  contract.state !== 'accepted' ? { state: 'invited', at, reminded: false } : contract",
      },
    ],
    caughtBy: [test('unit/domain/contract')],
  },
  {
    rule: 13,
    without: 'figures alone, whatever a report holds',
    edits: [
      {
        file: 'src/domain/visibility.ts',
        find: 'counts: measure.counts.map(({ value, about }) => ({ value, about }))',
        put: 'counts: measure.counts',
      },
    ],
    caughtBy: [test('unit/domain/visibility')],
  },
  {
    rule: 14,
    without: 'wins first',
    edits: [
      {
        file: 'src/domain/sharing.ts',
        find: 'lines.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))',
        put: 'lines.toSorted((a, b) => ORDER.indexOf(b.kind) - ORDER.indexOf(a.kind))',
      },
    ],
    caughtBy: [simulate(14, 30)],
  },
  {
    rule: 14,
    without: "the client's own words in a digest",
    edits: [
      {
        file: 'src/conversation/digest.ts',
        find: "{ kind: 'quote', text },",
        put: "{ kind: 'quote', text: text.slice(0, 40) },",
      },
    ],
    caughtBy: [simulate(14, 30)],
  },
  {
    rule: 14,
    without: 'every line that was approved',
    edits: [
      {
        file: 'src/conversation/due.ts',
        find: "content: { kind: 'digest', from: coach.digestedTo, to: now },",
        put: "content: { kind: 'digest', from: Math.max(coach.digestedTo, now - 48 * HOUR), to: now },",
      },
    ],
    caughtBy: [simulate(14, 40)],
  },
  {
    rule: 15,
    without: 'saying what an erasure cannot reach',
    edits: [
      {
        file: 'prompts/en/always-on.yaml',
        find: 'its own backups within 7 days. What you typed stays in {workspace} until you or they remove it.',
        put: 'its own backups within 7 days. Nothing is left of it.',
      },
    ],
    caughtBy: [simulate(60, 90)],
  },
  {
    rule: 15,
    without: 'an erasure that deletes',
    edits: [{ file: 'src/usecases/erase-person.ts', find: '  await core.store.erase(tenant, id)\n', put: '' }],
    caughtBy: [test('integration/core/crash'), test('integration/core/programme')],
  },
  {
    rule: 15,
    without: 'sentences that people wrote, and no others',
    edits: [
      {
        file: 'src/conversation/compose.ts',
        find: "content: { kind: 'message', message: messageOf(turn.parts) },",
        put: "content: { kind: 'message', message: messageOf([...turn.parts, { kind: 'paragraph', text: 'Well done, you.' }]) },",
      },
    ],
    caughtBy: [simulate(14, 5)],
  },
]
