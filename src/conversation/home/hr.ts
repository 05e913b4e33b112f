import type { HomeSection } from '../../domain/home.ts'
import { localDate } from '../../domain/schedule.ts'
import { need } from '../turn.ts'
import { dayInWords } from '../values.ts'
import { viewBlocks } from '../views.ts'
import { action, actions, type Making, toLookAt } from './sections.ts'

/** HR's home: what is switched on and how, and figures of closed months; never anything of one person (rule 13). */
export const hrSections = (making: Making): readonly HomeSection[] =>
  making.turn.context.tenant.programme === undefined
    ? [notYet(making)]
    : [programme(making), policy(making), figures(making)]

const notYet = ({ label }: Making): HomeSection => ({
  id: 'programme',
  title: label('programme-title'),
  blocks: [
    { kind: 'paragraph', text: label('programme-none') },
    actions(action(label('setup'), { kind: 'staff', deed: 'setup', about: undefined })),
  ],
})

const programme = ({ turn, label }: Making): HomeSection => {
  const { programme: running, workspace } = turn.context.tenant
  const coaches = need(turn, 'roster').filter(({ id }) => running?.coaches.some(one => one === id))
  const items = [
    { label: label('programme'), value: running?.name ?? workspace },
    ...(running?.purpose === undefined ? [] : [{ label: label('purpose'), value: running.purpose }]),
    { label: label('coaches'), value: coaches.map(({ name }) => name).join(', ') },
    {
      label: label('since'),
      value: dayInWords(localDate(running?.enabledAt ?? 0, turn.context.tenant.zone), turn.person.locale),
    },
  ]
  return {
    id: 'programme',
    title: label('programme-title'),
    blocks: [
      { kind: 'fields', items },
      actions(action(label('setup-change'), { kind: 'staff', deed: 'setup', about: undefined })),
    ],
  }
}

const policy = ({ turn, label }: Making): HomeSection => {
  const { quiet, country, smallestGroup, workdays } = turn.context.tenant.policy
  const { locale } = turn.person
  const names = workdays.map(day =>
    new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day)),
  )
  const items = [
    { label: label('workdays'), value: new Intl.ListFormat(locale, { type: 'unit' }).format(names) },
    { label: label('quiet'), value: `${quiet.from} – ${quiet.to}` },
    {
      label: label('holidays'),
      value:
        country === undefined
          ? label('holidays-none')
          : (new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country),
    },
    { label: label('smallest'), value: String(smallestGroup) },
  ]
  return { id: 'policy', title: label('policy-title'), blocks: [{ kind: 'fields', items }] }
}

/** The same view as in the chat. */
const figures = ({ turn, label }: Making): HomeSection => {
  const pack = turn.context.packs.current('hr', turn.person.locale)
  return {
    id: 'figures',
    title: label('figures-title'),
    blocks: [
      ...toLookAt(viewBlocks(turn, pack, 'report')),
      { kind: 'context', text: label('figures-note') },
      actions(action(label('see'), { kind: 'command', command: 'seen' })),
    ],
  }
}
