import type { Home, HomeSection } from '../../domain/home.ts'
import type { Person } from '../../domain/person.ts'
import { labelsOf } from '../labels.ts'
import { beginTurn, type Context, Missing, type Need } from '../turn.ts'
import { clientSections } from './client.ts'
import { coachSections } from './coach.ts'
import { hrSections } from './hr.ts'
import { homeOfSections, type Making } from './sections.ts'

type Made =
  | { readonly kind: 'home'; readonly home: Home }
  /** Make it again with this loaded. */
  | { readonly kind: 'need'; readonly need: Need }

/**
 * What somebody finds beside their chat, by all that they are: pure, and made of nothing but what their chat could show them as
 * well. Each part goes through domain/visibility as its like in the chat does.
 */
export const makeHome = (person: Person, context: Context): Made => {
  const turn = beginTurn(person, context)
  const making: Making = { turn, label: labelsOf(turn, context.packs.current('home', person.locale)) }
  try {
    const sections = [
      ...(person.roles.includes('hr') ? hrSections(making) : []),
      ...(person.coach === undefined ? [] : coachSections(making)),
      ...(person.client === undefined ? [] : clientSections(making)),
    ]
    return { kind: 'home', home: homeOfSections(sections.length === 0 ? [stranger(making)] : sections) }
  } catch (error) {
    if (error instanceof Missing) return { kind: 'need', need: error.need }
    throw error
  }
}

const stranger = ({ label }: Making): HomeSection => ({
  id: 'stranger',
  title: label('stranger-title'),
  blocks: [{ kind: 'paragraph', text: label('stranger-text') }],
})
