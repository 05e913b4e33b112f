import { ACTS, type ActName } from './act-names.ts'
import { ENTRANCES } from './entrances.ts'
import { COMMANDS, type Hearing } from './hearing.ts'
import type { PromptFile } from './load.ts'
import type { ActCall, Ask, Pack, Step } from './pack.ts'
import { FACTS, type View } from './sources.ts'
import { parseText, wordingsOf } from './words.ts'

/** One mistake in a file: where, and what to do. */
export type Finding = { readonly path: string; readonly line: number; readonly at: string; readonly message: string }

export type Loaded<Value> = {
  readonly file: PromptFile
  readonly value: Value
  readonly lineOf: (at: readonly PropertyKey[]) => number
}

type Report = (at: readonly PropertyKey[], message: string) => void

const reporter =
  ({ file, lineOf }: Loaded<unknown>, findings: Finding[]): Report =>
  (at, message) =>
    findings.push({ path: file.path, line: lineOf(at), at: at.join('.'), message })

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
  report: ['too-few', 'none-closed', 'period', 'people', 'withheld', 'question-took-part', 'question-self-rating'],
  terms: [1, 2, 3, 4, 5].flatMap(point => [`term-${point}`, `term-${point}-text`]),
  setup: ['programme', 'purpose', 'coach'],
  lines: ['line'],
  dreams: ['dreams-none'],
  topics: ['topic-work', 'topic-self', 'topic-dreams', 'open', 'closed'],
  several: [],
  help: [1, 2, 3, 4, 5].flatMap(group => [`help-${group}`, `help-${group}-text`]),
  progress: ['progress-none', 'fulfilment'],
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

const checkPack = (
  { value: pack }: Loaded<Pack>,
  together: readonly Loaded<Pack>[],
  slots: ReadonlySet<string>,
  doors: readonly string[],
  report: Report,
): void => {
  if (pack.steps[pack.start] === undefined) report(['start'], `there is no step "${pack.start}"`)
  for (const [id, label] of Object.entries(pack.labels))
    checkText(label, pack.locale, slots, message => report(['labels', id], message))
  const entered = stepsEntered(pack, together, doors)
  for (const [id, step] of Object.entries(pack.steps)) {
    const here: Report = (at, message) => report(['steps', id, ...at], message)
    checkTargets(step, pack, together, here)
    checkActs(step, pack, here)
    checkTexts(step, pack, slots, here)
    if (step.ask !== undefined) checkAsk(step, step.ask, pack, here)
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

const checkActs = (step: Step, pack: Pack, report: Report): void => {
  const calls = callsOf(step)
  calls.forEach((call, index) => {
    const outcomes: readonly string[] = ACTS[nameOf(call)]
    const decides = outcomes.length !== 1
    if (decides && index < calls.length - 1)
      report(['do'], `"${nameOf(call)}" has several outcomes, so it must come last`)
    if (decides && step.ask !== undefined)
      report(['do'], `"${nameOf(call)}" decides where to go next, so this step cannot ask as well`)
    if (nameOf(call) === 'offer' && typeof call !== 'string') checkOffer(String(Object.values(call)[0]), pack, report)
    if (!decides || index < calls.length - 1 || step.ask !== undefined) return
    if (nameOf(call) === 'branch') {
      if (typeof step.next === 'string' || step.next.other === undefined)
        report(['next'], 'a branch needs a table with "other" in it')
      return
    }
    checkTable(step.next, outcomes, report)
  })
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
    if ((text.match(/[?？]/g) ?? []).length > 1) report(['ask', 'question'], 'a message has one question at most')
  }
  if (pack.class === 'invitation' || pack.id === 'safety') return
  const longest = Math.max(0, ...says.map(({ text }) => lengthOf(text, pack.locale)))
  if (longest > MOST_WORDS) report(['say'], `${longest} words before the question; ${MOST_WORDS} at most`)
}

const lengthOf = (text: string, locale: string): number => {
  try {
    return words(parseText(text, locale).getAst())
  } catch {
    return 0 // Not a message at all: reported above.
  }
}

/** Words as read: of a choice of texts the longest, and a value counts as one. */
const words = (nodes: readonly Node[]): number =>
  nodes.reduce((sum, node) => {
    if (node.type === 0) return sum + node.value.split(/\s+/).filter(part => /[\p{L}\p{N}]/u.test(part)).length
    if ('options' in node) return sum + Math.max(...Object.values(node.options).map(({ value }) => words(value)))
    return sum + 1
  }, 0)

const checkText = (
  text: string,
  locale: string,
  slots: ReadonlySet<string>,
  report: (message: string) => void,
): void => {
  try {
    for (const name of argumentsIn(parseText(text, locale).getAst()))
      if (!slots.has(name)) report(`nothing is called {${name}} here`)
  } catch (error) {
    report(`this is not an ICU message: ${error instanceof Error ? error.message : String(error)}`)
  }
}

type Node = ReturnType<ReturnType<typeof parseText>['getAst']>[number]

/** Names a text uses; plain text (type 0) and the plural's # (type 7) have none. */
const argumentsIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap(node => {
    const own = node.type === 0 || node.type === 7 ? [] : [node.value]
    const inner = 'options' in node ? Object.values(node.options).flatMap(({ value }) => argumentsIn(value)) : []
    return [...own, ...inner]
  })

/** Each locale has the same packs, with the same bones: only words may differ. */
const checkLocales = (packs: readonly Loaded<Pack>[]): readonly Finding[] => {
  const findings: Finding[] = []
  const reference = packs[0]?.value.locale
  const bones = new Map(packs.filter(({ value }) => value.locale === reference).map(one => [one.value.id, one]))
  for (const locale of new Set(packs.map(({ value }) => value.locale))) {
    if (locale === reference) continue
    const mine = packs.filter(({ value }) => value.locale === locale)
    for (const id of bones.keys())
      if (!mine.some(({ value }) => value.id === id))
        findings.push({
          path: `prompts/${locale}`,
          line: 1,
          at: id,
          message: `this pack exists in "${reference}" and is missing here`,
        })
    for (const one of mine) {
      const model = bones.get(one.value.id)
      const report = reporter(one, findings)
      if (model === undefined) report(['id'], `there is no such pack in "${reference}"`)
      else compareBones(model.value, one.value, report)
    }
  }
  return findings
}

const compareBones = (model: Pack, pack: Pack, report: Report): void => {
  for (const id of new Set([...Object.keys(model.steps), ...Object.keys(pack.steps)])) {
    const theirs = model.steps[id]
    const mine = pack.steps[id]
    if (mine === undefined) report(['steps'], `the step "${id}" of "${model.locale}" is missing`)
    else if (theirs === undefined) report(['steps', id], `there is no such step in "${model.locale}"`)
    else if (JSON.stringify(boneOf(theirs)) !== JSON.stringify(boneOf(mine)))
      report(['steps', id], `this step asks, does or leads elsewhere than in "${model.locale}"`)
  }
}

const boneOf = ({ topic, do: act, show, ask, next, after }: Step) => ({
  topic,
  act,
  show,
  next,
  after,
  ask:
    ask === undefined
      ? undefined
      : { kind: ask.kind, as: ask.as, options: ask.options.map(option => [option.id, option['way-out']]) },
})

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
    for (const command of COMMANDS) {
      const { run } = one.value.commands[command]
      if (run === undefined) continue
      const [pack, step = ''] = run.split('.')
      const found = packs.find(({ value }) => value.locale === one.value.locale && value.id === pack)
      if (found?.value.steps[step] === undefined) report(['commands', command, 'run'], `there is no step "${run}"`)
    }
  }
  return findings
}
