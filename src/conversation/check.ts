import { PASSED_OVER } from '../domain/rollout.ts'
import { ACT_ARGUMENTS, ACTS, type ActName } from './act-names.ts'
import { checkLocales } from './check-locales.ts'
import { checkText, lengthOf, mayBeBlank } from './check-texts.ts'
import { ENTRANCES } from './entrances.ts'
import { type Finding, type Loaded, type Report, reporter } from './finding.ts'
import { COMMANDS, type Command, commandIn, type Hearing } from './hearing.ts'
import { HOME_LABELS } from './home/labels.ts'
import type { ActCall, Ask, Pack, Step } from './pack.ts'
import { FACTS, type Fact, type View } from './sources.ts'
import { wordingsOf } from './words.ts'

/** Rule 6: words before the question; the contract (class invitation) and safety are exempt. */
const MOST_WORDS = 60
/** Slots that the core itself fills. */
const GIVEN = [
  'said',
  'verbatim',
  'due',
  'hour',
  'value',
  'reports',
  'asks',
  'most',
  'messages',
  'mostMessages',
  'smallest',
  'period',
  'people',
  'client',
  'what',
  'ratings',
  // Set by acts, and only read in the steps that follow them.
  'decision',
  'decisionLeaning',
  'decisionMatters',
  'coachWords',
  'coachName',
  'languageName',
  'languages',
  'lineName',
  'lineCountry',
  'newWords',
  'newCoach',
  'firstDay',
  'lastDay',
  'sharedAlready',
  'topic',
]

/** What a view needs the pack to say. */
const VIEW_LABELS: Readonly<Record<View, readonly string[]>> = {
  focus: ['plan'],
  due: [],
  seen: ['coach-nothing', 'coach-sees', 'hr-nothing', 'hr-sees'],
  ledger: [
    'ledger',
    'class-nudge',
    'class-check-in',
    'class-look-back',
    'class-note',
    'class-follow-up',
    'class-widening',
    'class-closing',
  ],
  commitments: ['commitments-none', 'no-day'],
  progress: [
    'progress-none',
    'progress-title',
    'progress-line',
    'progress-low',
    'progress-high',
    'progress-fulfilment',
  ],
  policy: ['workdays', 'quiet', 'holidays', 'holidays-none', 'safety', 'safety-none', 'a-day', 'smallest-group'],
  rollout: ['waiting', 'invited', ...PASSED_OVER.map(why => `passed-${why}`), 'list-empty'],
  'days-off': ['days-off-none', 'days-off-range'],
  report: ['too-few', 'none-closed', 'period', 'people', 'withheld', 'question-took-part', 'question-self-rating'],
  terms: [1, 2, 3, 4, 5].flatMap(point => [`term-${point}`, `term-${point}-text`]),
  setup: ['programme', 'purpose', 'coach'],
  lines: ['line'],
  dreams: ['dreams-none'],
  topics: ['topic-work', 'topic-self', 'topic-dreams', 'open', 'closed'],
  several: [],
  help: [1, 2, 3, 4, 5].flatMap(group => [`help-${group}`, `help-${group}-text`]),
}
const LINE_KINDS = ['win', 'measure', 'commitment', 'talk', 'note', 'sponsor']

/** `doors`: the steps (`pack.step`) that commands lead to. Every pack on its own, then all of a locale together, then each locale against the first. */
export const checkPacks = (packs: readonly Loaded<Pack>[], doors: readonly string[] = []): readonly Finding[] => {
  const findings: Finding[] = []
  for (const locale of new Set(packs.map(({ value }) => value.locale))) {
    const together = packs.filter(({ value }) => value.locale === locale)
    const slots = new Set([...FACTS, ...GIVEN, ...together.flatMap(({ value }) => slotsOf(value))])
    const twice = together.filter(
      (one, index) => together.findIndex(({ value }) => value.id === one.value.id) !== index,
    )
    for (const one of twice)
      reporter(one, findings)(['id'], `another file of this locale has the pack "${one.value.id}" already`)
    for (const one of together) checkPack(one, together, slots, doors, reporter(one, findings))
    for (const { pack, step } of Object.values(ENTRANCES)) {
      if (together.find(({ value }) => value.id === pack)?.value.steps[step] !== undefined) continue
      findings.push({
        path: `prompts/${locale}`,
        line: 1,
        at: `${pack}.${step}`,
        message: 'this step is missing: the core begins there',
      })
    }
  }
  findings.push(...checkLocales(packs))
  return findings
}

const slotsOf = (pack: Pack): readonly string[] =>
  Object.values(pack.steps).flatMap(({ ask }) => [
    ...(ask?.as === undefined ? [] : [ask.as]),
    ...(ask?.kind === 'form' && ask.fields !== 'share-preview' ? ask.fields.map(({ id }) => id) : []),
  ])

/** The pack whose labels make the homes: nothing in its steps says which it needs. */
const HOME = 'home'

const checkPack = (
  { value: pack }: Loaded<Pack>,
  together: readonly Loaded<Pack>[],
  slots: ReadonlySet<string>,
  doors: readonly string[],
  report: Report,
): void => {
  if (pack.steps[pack.start] === undefined) report(['start'], `there is no step "${pack.start}"`)
  if (pack.id === HOME)
    for (const id of HOME_LABELS)
      if (pack.labels[id] === undefined) report(['labels'], `a home needs a text labels.${id}`)
  for (const [id, label] of Object.entries(pack.labels))
    checkText(label, pack.locale, slots, message => report(['labels', id], message))
  const entered = stepsEntered(pack, together, doors)
  for (const [id, step] of Object.entries(pack.steps)) {
    const here: Report = (at, message) => report(['steps', id, ...at], message)
    checkTargets(step, pack, together, here)
    checkActs(step, pack, here)
    checkTexts(step, pack, slots, here)
    if (step.ask !== undefined) checkAsk(step, step.ask, pack, here)
    if (step.ask !== undefined) checkPassing(step, step.ask, pack, together, here)
    if (step.ask !== undefined) checkAskTexts(step.ask, pack, slots, here)
    if (goesRound(id, pack)) here(['next'], 'this goes round and round without asking anything')
    if (step.show !== undefined)
      for (const label of VIEW_LABELS[step.show])
        if (pack.labels[label] === undefined) here(['show'], `"${step.show}" needs a text labels.${label} in this pack`)
    if (!entered.has(id)) here([], 'no way leads to this step: reach it from another, or remove it')
  }
}

/** Steps that something leads to: the start, entrances, commands, this pack's tables and other packs' calls. */
const stepsEntered = (pack: Pack, together: readonly Loaded<Pack>[], doors: readonly string[]): ReadonlySet<string> => {
  const entered = new Set<string>([pack.start])
  for (const [first, step = ''] of doors.map(door => door.split('.'))) if (first === pack.id) entered.add(step)
  for (const entrance of Object.values(ENTRANCES)) if (entrance.pack === pack.id) entered.add(entrance.step)
  for (const { value } of together) {
    for (const target of Object.values(value.steps).flatMap(targetsOf)) {
      const [first, second] = target.split('.')
      if (second === undefined && value.id === pack.id && first !== undefined) entered.add(first)
      if (second !== undefined && first === pack.id) entered.add(second)
    }
  }
  // Commands walk in by hearing.yaml; the pack named for that is all doors.
  if (pack.id === 'always-on') for (const id of Object.keys(pack.steps)) entered.add(id)
  return entered
}

const targetsOf = (step: Step): readonly string[] => [
  ...(typeof step.next === 'string' ? [step.next] : Object.values(step.next)),
  ...(step.after === undefined ? [] : [step.after]),
  ...(step.passed === undefined ? [] : [step.passed]),
]

const checkTargets = (step: Step, pack: Pack, together: readonly Loaded<Pack>[], report: Report): void => {
  for (const target of targetsOf(step)) {
    if (target === 'end') continue
    const [first = '', second] = target.split('.')
    const where = second === undefined ? pack : together.find(({ value }) => value.id === first)?.value
    if (where === undefined) report(['next'], `there is no pack "${first}" in this locale`)
    else if (where.steps[second ?? first] === undefined) report(['next'], `there is no step "${target}"`)
  }
}

const callsOf = (step: Step): readonly ActCall[] =>
  step.do === undefined ? [] : Array.isArray(step.do) ? step.do : [step.do]
const nameOf = (call: ActCall): ActName =>
  // The schema admits one-key maps of act names only.
  typeof call === 'string' ? call : (Object.keys(call)[0] as ActName)

const isDeciding = (call: ActCall): boolean => ACTS[nameOf(call)].length !== 1

const checkActs = (step: Step, pack: Pack, report: Report): void => {
  const calls = callsOf(step)
  if (step.ask === undefined && typeof step.next !== 'string' && !calls.some(isDeciding))
    report(['next'], 'nothing here chooses among these: a step that neither asks nor checks leads to one place')
  calls.forEach((call, index) => {
    const outcomes: readonly string[] = ACTS[nameOf(call)]
    const decides = isDeciding(call)
    if (decides && index < calls.length - 1)
      report(['do'], `"${nameOf(call)}" has several outcomes, so it must come last`)
    if (decides && step.ask !== undefined)
      report(['do'], `"${nameOf(call)}" decides where to go next, so this step cannot ask as well`)
    checkArgument(call, pack, report)
    if (!decides || index < calls.length - 1 || step.ask !== undefined) return
    if (nameOf(call) === 'branch') {
      if (typeof step.next === 'string' || step.next.other === undefined)
        report(['next'], 'a branch needs a table with "other" in it')
      return
    }
    checkTable(step.next, outcomes, report)
  })
}

const checkArgument = (call: ActCall, pack: Pack, report: Report): void => {
  const name = nameOf(call)
  const argument = typeof call === 'string' ? undefined : String(Object.values(call)[0])
  const known: readonly string[] | undefined = ACT_ARGUMENTS[name]
  if (known === undefined) {
    if (name === 'branch' && argument === undefined) report(['do'], '"branch" needs the name of an answer')
    return
  }
  if (argument === undefined || !known.includes(argument))
    return report(['do'], `"${name}" needs one of: ${known.join(', ')}`)
  if (name === 'offer') checkOffer(argument, pack, report)
}

const checkOffer = (what: string, pack: Pack, report: Report): void => {
  if (what === 'win' || what === 'talk') return // Said as they are, without a label.
  if (pack.labels[`line-${what}`] === undefined)
    report(['do'], `offering "${what}" needs a text labels.line-${what} in this pack`)
}

const checkTable = (next: Step['next'], outcomes: readonly string[], report: Report): void => {
  if (typeof next === 'string') return
  for (const outcome of outcomes)
    if (next[outcome] === undefined) report(['next'], `"${outcome}" leads nowhere: add it`)
  for (const key of Object.keys(next))
    if (!outcomes.includes(key))
      report(['next', key], `"${key}" is not an outcome here; there are: ${outcomes.join(', ')}`)
}

/** Rule 6. Every question has a way out that costs nothing; that it comes after few words, checkTexts holds. */
const checkAsk = (step: Step, ask: Ask, pack: Pack, report: Report): void => {
  const ids = ask.options.map(({ id }) => id)
  const open = ask.kind !== 'choice' || ask.pick !== undefined
  if (ids.length === 0 && !open) report(['ask'], 'a choice needs options')
  if (new Set(ids).size < ids.length) report(['ask', 'options'], 'two options have the same id')
  if (!ask.options.some(option => option['way-out']))
    report(['ask'], 'every question has a way out that costs nothing: mark an option with way-out: true')
  checkTable(step.next, [...ids, ...(open ? ['answer'] : [])], report)
  if (ask.kind !== 'form' || ask.fields !== 'share-preview') return
  if (ask.include === undefined || ask.withhold === undefined)
    report(['ask'], 'a share preview needs the words "include" and "withhold"')
  for (const kind of LINE_KINDS)
    if (pack.labels[kind] === undefined) report(['ask'], `a share preview needs a text labels.${kind} in this pack`)
}

/** Acts that decide something for good, which nobody does by saying nothing. */
const FINAL: readonly ActName[] = ['settle', 'settle-all', 'decline-contract', 'stop', 'erase', 'close-topic']

const checkPassing = (step: Step, ask: Ask, pack: Pack, together: readonly Loaded<Pack>[], report: Report): void => {
  if (step.passed !== undefined || typeof step.next === 'string') return
  const free = ask.options.find(option => option['way-out'])?.id
  const target = free === undefined ? undefined : step.next[free]
  const [first, second] = target?.split('.') ?? []
  const there = second === undefined ? pack : together.find(({ value }) => value.id === first)?.value
  const reached = there?.steps[second ?? first ?? '']
  if (reached !== undefined && callsOf(reached).some(call => FINAL.includes(nameOf(call))))
    report(['ask'], `its way out decides something ("${target}"): say with passed: where it leads when nobody answered`)
}

/** The small texts of a question: on its buttons, beside its scale, in its form. */
const checkAskTexts = (ask: Ask, pack: Pack, slots: ReadonlySet<string>, report: Report): void => {
  const check = (text: string, at: readonly PropertyKey[]): void => {
    checkText(text, pack.locale, slots, message => report(['ask', ...at], message))
    if (mayBeBlank(text, pack.locale)) report(['ask', ...at], 'this may come out blank: put words beside the values')
  }
  ask.options.forEach(({ label }, index) => {
    check(label, ['options', index, 'label'])
  })
  for (const key of ['label', 'choose', 'low', 'high', 'title', 'open', 'submit', 'include', 'withhold'] as const) {
    const text: unknown = Object.entries(ask).find(([one]) => one === key)?.[1]
    if (typeof text === 'string') check(text, [key])
  }
  if (ask.kind !== 'form' || ask.fields === 'share-preview') return
  ask.fields.forEach(({ label }, index) => {
    check(label, ['fields', index, 'label'])
  })
}

/** Whether a step leads back to itself by steps that neither ask nor check anything. */
const goesRound = (from: string, pack: Pack): boolean => {
  const seen = new Set<string>()
  for (let id = from; ; ) {
    const step = pack.steps[id]
    if (step === undefined || step.ask !== undefined || typeof step.next !== 'string') return false
    if (seen.has(id)) return id === from
    seen.add(id)
    id = step.next
  }
}

const checkTexts = (step: Step, pack: Pack, slots: ReadonlySet<string>, report: Report): void => {
  const says = step.say === undefined ? [] : wordingsOf(step.say, 'say')
  const questions = step.ask === undefined ? [] : wordingsOf(step.ask.question, 'question')
  for (const words of [step.say, step.ask?.question])
    if (words !== undefined && typeof words === 'object' && 'open' in words && step.topic === undefined)
      report([], 'words for "open" and "closed" need a topic on this step')
  for (const { text } of says) {
    checkText(text, pack.locale, slots, message => report(['say'], message))
    if (/[?？]/.test(text)) report(['say'], 'a message has one question, and it belongs in ask.question')
  }
  for (const { text } of questions) {
    checkText(text, pack.locale, slots, message => report(['ask', 'question'], message))
    if (mayBeBlank(text, pack.locale))
      report(['ask', 'question'], 'this may come out blank: put words beside the values')
    if ((text.match(/[?？]/g) ?? []).length > 1) report(['ask', 'question'], 'a message has one question at most')
  }
  if (pack.class === 'invitation' || pack.id === 'safety') return
  const longest = Math.max(0, ...says.map(({ text }) => lengthOf(text, pack.locale)))
  if (longest > MOST_WORDS) report(['say'], `${longest} words before the question; ${MOST_WORDS} at most`)
}

/** They act on the question at hand, or are a door of the core. */
const NEED_NO_STEP: readonly Command[] = ['edit', 'skip', 'menu']
/** Lines are said to everybody, also to somebody who is no client and has no conversation. */
const KNOWN_TO_LINES: ReadonlySet<string> = new Set([
  'name',
  'coach',
  'programme',
  'purpose',
  'hasPurpose',
  'workspace',
] satisfies readonly Fact[])

export const checkHearing = (
  hearings: readonly Loaded<Hearing>[],
  packs: readonly Loaded<Pack>[],
): readonly Finding[] => {
  const findings: Finding[] = []
  for (const locale of new Set(packs.map(({ value }) => value.locale)))
    if (!hearings.some(({ value }) => value.locale === locale))
      findings.push({
        path: `prompts/${locale}/hearing.yaml`,
        line: 1,
        at: '',
        message: 'this file is missing: typed words could not be understood',
      })
  for (const one of hearings) {
    const report = reporter(one, findings)
    for (const [id, line] of Object.entries(one.value.lines))
      for (const words of [line].flat())
        checkText(words, one.value.locale, KNOWN_TO_LINES, message => report(['lines', id], message))
    for (const command of COMMANDS) {
      const { run, heard } = one.value.commands[command]
      for (const phrase of heard) {
        const other = COMMANDS.find(name => name !== command && commandIn(phrase, one.value) === name)
        if (other !== undefined) report(['commands', command, 'heard'], `"${phrase}" means "${other}" already`)
      }
      if (run === undefined) {
        if (!NEED_NO_STEP.includes(command)) report(['commands', command], 'needs "run": the step that answers it')
        continue
      }
      const [pack, step = ''] = run.split('.')
      const found = packs.find(({ value }) => value.locale === one.value.locale && value.id === pack)
      if (found?.value.steps[step] === undefined) report(['commands', command, 'run'], `there is no step "${run}"`)
    }
  }
  return findings
}
