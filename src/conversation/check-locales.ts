import { type Finding, type Loaded, type Report, reporter } from './finding.ts'
import type { Ask, Pack, Step } from './pack.ts'
import { DEFAULT_LOCALE } from './pack-set.ts'

/** Each locale has the same packs as the default one, with the same bones: only words may differ. */
export const checkLocales = (packs: readonly Loaded<Pack>[]): readonly Finding[] => {
  const findings: Finding[] = []
  const reference = DEFAULT_LOCALE
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
  if (JSON.stringify(spineOf(model)) !== JSON.stringify(spineOf(pack)))
    report([], `class, quiet-after or start differ: they are not those of "${model.locale}"`)
  for (const id of new Set([...Object.keys(model.steps), ...Object.keys(pack.steps)])) {
    const theirs = model.steps[id]
    const mine = pack.steps[id]
    if (mine === undefined) report(['steps'], `the step "${id}" of "${model.locale}" is missing`)
    else if (theirs === undefined) report(['steps', id], `there is no such step in "${model.locale}"`)
    else if (JSON.stringify(boneOf(theirs)) !== JSON.stringify(boneOf(mine)))
      report(['steps', id], `this step asks, does or leads elsewhere than in "${model.locale}"`)
  }
}

const spineOf = (pack: Pack) => [pack.class, pack['quiet-after'], pack.start]

const boneOf = ({ topic, do: act, show, ask, next, after, passed }: Step) => ({
  topic,
  act,
  show,
  next,
  after,
  passed,
  ask:
    ask === undefined
      ? undefined
      : {
          kind: ask.kind,
          as: ask.as,
          options: ask.options.map(option => [option.id, option['way-out']]),
          pick: ask.kind === 'choice' ? ask.pick : undefined,
          people: ask.kind === 'people' ? [ask.from, ask.most] : undefined,
          scale: ask.kind === 'scale' ? [ask.from, ask.to] : undefined,
          fields: ask.kind === 'form' ? fieldsOf(ask) : undefined,
        },
})

const fieldsOf = ({ fields }: Extract<Ask, { kind: 'form' }>) =>
  fields === 'share-preview'
    ? fields
    : fields.map(field => [
        field.kind,
        field.id,
        field.kind === 'choice' ? field.choices.map(({ id }) => id) : undefined,
      ])
