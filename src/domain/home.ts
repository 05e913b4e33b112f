import type { Block, ChartBlock } from './message.ts'

/**
 * What somebody finds beside their chat whenever they look: Slack's App Home, a tab or a card menu in Teams. It is published
 * whole each time. `text` says everything the sections show, in words, for a platform that has nowhere to put them.
 */
export type Home = { readonly text: string; readonly sections: readonly HomeSection[] }

export type HomeSection = {
  /** The same at each publishing: 'next', 'commitments', ... */
  readonly id: string
  readonly title: string
  readonly blocks: readonly HomeBlock[]
}

/** A home asks nothing by itself: instead of the blocks that do, it has actions. */
export type HomeBlock =
  | Extract<Block, { kind: 'paragraph' | 'quote' | 'fields' | 'context' }>
  | ChartBlock
  | ActionsBlock

/** Buttons of equal weight, about what stands before them. At most five. */
export type ActionsBlock = { readonly kind: 'actions'; readonly actions: readonly HomeAction[] }

export type HomeAction = {
  /** Opaque, at most 120 characters, unique in its home, never anybody's words: what an InboundEvent of kind 'action' gives back. */
  readonly id: string
  /** At most 75 characters. */
  readonly label: string
  /** The label with what it is about, for those who hear the page: "Done: send the draft". */
  readonly spoken?: string
}
