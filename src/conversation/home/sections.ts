import type { ActionsBlock, Home, HomeAction, HomeBlock, HomeSection } from '../../domain/home.ts'
import type { Block } from '../../domain/message.ts'
import { blockInWords } from '../compose.ts'
import { actionId, type HomeDeed } from '../home-actions.ts'
import type { Labels } from '../labels.ts'
import type { Turn } from '../turn.ts'

/** What the sections of a home are made with; `label` speaks from the pack `home`. */
export type Making = { readonly turn: Turn; readonly label: Labels }

/** Entries of one list: the rest is a word away in the chat. */
export const LISTED = 10
/** Lines that somebody shared, of each client. */
export const LINES_SHOWN = 3

export const action = (label: string, deed: HomeDeed, about?: string): HomeAction => ({
  id: actionId(deed),
  label,
  ...(about === undefined ? {} : { spoken: `${label}: ${about}` }),
})

export const actions = (...all: readonly HomeAction[]): ActionsBlock => ({ kind: 'actions', actions: all })

/** A home asks nothing: of a list made for the chat, what can be looked at. */
export const toLookAt = (blocks: readonly Block[]): readonly HomeBlock[] =>
  blocks.flatMap((block): readonly HomeBlock[] => {
    switch (block.kind) {
      case 'choices':
      case 'date':
      case 'people':
      case 'form':
        return []
      default:
        return [block]
    }
  })

/** With all of it in words as well. */
export const homeOfSections = (sections: readonly HomeSection[]): Home => ({
  text: sections.map(({ title, blocks }) => [title, ...blocks.map(inWords)].filter(Boolean).join('\n')).join('\n\n'),
  sections,
})

const inWords = (block: HomeBlock): string =>
  block.kind === 'actions' ? block.actions.map(({ label }) => label).join(' · ') : blockInWords(block)
