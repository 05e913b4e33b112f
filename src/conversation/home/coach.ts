import type { HomeBlock, HomeSection } from '../../domain/home.ts'
import { digestOf } from '../../domain/visibility.ts'
import { need } from '../turn.ts'
import { action, actions, LINES_SHOWN, LISTED, type Making } from './sections.ts'

/**
 * A coach's home: whom they invited, and what those chose to share lately. Whoever shared nothing is a name among the others, and
 * nothing tells them from somebody who said no, paused or stopped (rules 13, 14).
 */
export const coachSections = (making: Making): readonly HomeSection[] => [clients(making), shared(making)]

const clients = ({ turn, label }: Making): HomeSection => {
  const mine = clientsOf(turn)
  return {
    id: 'clients',
    title: label('clients-title'),
    blocks: [
      mine.length === 0
        ? { kind: 'paragraph', text: label('clients-none') }
        : { kind: 'paragraph', text: mine.map(({ name }) => name).join(', ') },
      { kind: 'context', text: label('clients-note') },
      actions(
        action(label('invite'), { kind: 'staff', deed: 'invite', about: undefined }),
        action(label('write'), { kind: 'staff', deed: 'note', about: undefined }),
        action(label('desk'), { kind: 'staff', deed: 'desk', about: undefined }),
        action(label('who-sees'), { kind: 'command', command: 'seen' }),
      ),
    ],
  }
}

const shared = (making: Making): HomeSection => {
  const { turn, label } = making
  const mine = clientsOf(turn)
  const names = new Map<string, string>(need(turn, 'roster').map(({ id, name }) => [id, name]))
  // Newest first: whoever shared last stands first.
  const lately = need(turn, 'sharedWithMe').toReversed()
  const entries = digestOf(lately, person => names.get(person) ?? '')
  const people = [...new Set(lately.map(({ person }) => person))]
  const kinds = turn.context.packs.current('digest', turn.person.locale).labels
  const blocks = entries.slice(0, LISTED).flatMap(({ client, lines }, index): readonly HomeBlock[] => {
    const about = mine.find(({ id }) => id === people[index])?.id
    const rest = lines.length - LINES_SHOWN
    return [
      { kind: 'paragraph', text: client },
      ...lines.slice(0, LINES_SHOWN).flatMap(({ kind, text }): readonly HomeBlock[] => [
        { kind: 'context', text: kinds[kind] ?? kind },
        { kind: 'quote', text },
      ]),
      ...(rest > 0 ? [{ kind: 'context', text: label('more-shared', { count: rest }) } as const] : []),
      ...(about === undefined
        ? []
        : [
            actions(
              action(label('write-to', { client }), { kind: 'staff', deed: 'note', about }),
              action(label('propose'), { kind: 'staff', deed: 'measure', about }, client),
            ),
          ]),
    ]
  })
  return {
    id: 'shared',
    title: label('shared-title'),
    blocks: blocks.length === 0 ? [{ kind: 'paragraph', text: label('shared-none') }] : blocks,
  }
}

const clientsOf = (turn: Making['turn']) => need(turn, 'roster').filter(({ coach }) => coach === turn.person.id)
