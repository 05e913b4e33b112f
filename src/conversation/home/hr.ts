import type { HomeSection } from '../../domain/home.ts'
import { localDate } from '../../domain/schedule.ts'
import { labelsOf } from '../labels.ts'
import { policyItems } from '../policy.ts'
import { need } from '../turn.ts'
import { dayInWords } from '../values.ts'
import { viewBlocks } from '../views.ts'
import { action, actions, type Making, toLookAt } from './sections.ts'

/** HR's home: what is switched on and how, and figures of closed months; never anything of one person (rule 13). */
export const hrSections = (making: Making): readonly HomeSection[] =>
  making.turn.context.tenant.programme === undefined
    ? [notYet(making)]
    : [programme(making), list(making), policy(making), figures(making)]

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

const policy = ({ turn, label }: Making): HomeSection => ({
  id: 'policy',
  title: label('policy-title'),
  blocks: [
    { kind: 'fields', items: policyItems(turn, labelsOf(turn, rolloutOf(turn))) },
    actions(action(label('policy-change'), { kind: 'staff', deed: 'policy', about: undefined })),
  ],
})

/** Numbers that HR's own list decides, and nobody's answer. */
const list = ({ turn, label }: Making): HomeSection => ({
  id: 'list',
  title: label('list-title'),
  blocks: [
    ...toLookAt(viewBlocks(turn, rolloutOf(turn), 'rollout')),
    actions(
      action(label('list-invite'), { kind: 'staff', deed: 'list', about: undefined }),
      action(label(turn.context.tenant.pausedAt === undefined ? 'pause-all' : 'resume-all'), {
        kind: 'staff',
        deed: 'rest',
        about: undefined,
      }),
    ),
  ],
})

const rolloutOf = ({ context, person }: Making['turn']) => context.packs.current('rollout', person.locale)

/** The same view as in the chat. */
const figures = ({ turn, label }: Making): HomeSection => {
  const pack = turn.context.packs.current('hr', turn.person.locale)
  return {
    id: 'figures',
    title: label('figures-title'),
    blocks: [
      ...toLookAt(viewBlocks(turn, pack, 'report')),
      { kind: 'context', text: label('figures-note') },
      actions(action(label('who-sees'), { kind: 'command', command: 'seen' })),
    ],
  }
}
