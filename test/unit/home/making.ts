import { makeHome } from '../../../src/conversation/home/home.ts'
import type { Context, Loaded } from '../../../src/conversation/turn.ts'
import type { Home, HomeAction } from '../../../src/domain/home.ts'
import type { Person } from '../../../src/domain/person.ts'
import { NO_TALLY } from '../../../src/domain/rollout.ts'
import type { Tenant } from '../../../src/domain/tenant.ts'
import { aTenant, PACKS } from '../conversation/dialogue.ts'
import { MONDAY, OFFICE } from '../domain/people.ts'

const NOTHING: Loaded = {
  commitments: [],
  goals: [],
  ratings: [],
  shared: [],
  sharedWithMe: [],
  rollout: NO_TALLY,
  picked: [],
  reports: [],
  roster: [],
}

/** The home of somebody, of what is given and nothing else. */
export const homeOf = (
  person: Person,
  loaded: Partial<Loaded> = {},
  { tenant = aTenant(), now = MONDAY }: { readonly tenant?: Tenant; readonly now?: number } = {},
): Home => {
  const context: Context = { now, tenant, calendar: OFFICE, packs: PACKS, loaded: { ...NOTHING, ...loaded } }
  const made = makeHome(person, context)
  if (made.kind === 'need') throw new Error(`the home asks for ${made.need}, which it was given`)
  return made.home
}

export const actionsOf = ({ sections }: Home): readonly HomeAction[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap(block => (block.kind === 'actions' ? block.actions : [])))

export const sectionOf = ({ sections }: Home, id: string): string =>
  JSON.stringify(sections.find(section => section.id === id) ?? null)
