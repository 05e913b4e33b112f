import type { Block, Reply } from '../../src/domain/message.ts'

/**
 * What happened in the chats, as the platform and the people in them know it: who was shown or typed what, and when. It is all
 * that the checker gets to see; nothing of how it came about.
 */
export type Line = {
  /** ms. */
  readonly at: number
  readonly person: string
  /** Where they are at that moment: an IANA name, as their profile on the platform says. */
  readonly zone: string
  readonly text: string
} & (
  | {
      readonly dir: 'shown'
      readonly blocks: readonly Block[]
      /** When the platform was first asked to show it: earlier than `at` if it failed at first. */
      readonly triedAt: number
    }
  | { readonly dir: 'typed'; readonly reply: Reply }
)

export type Shown = Extract<Line, { dir: 'shown' }>
export type Typed = Extract<Line, { dir: 'typed' }>

export type Member = {
  /** Unique among all tenants. */
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly role: 'client' | 'coach' | 'hr'
  /** How they live with it; what the table groups by. Staff have none. */
  readonly temperament: string | undefined
  readonly locale: string
}

/** A tenant, as everybody there knows it: where they work, and when they do not. */
export type House = {
  readonly id: string
  readonly workspace: string
  readonly purpose: string | undefined
  /** ISO weekdays, Monday is 1. */
  readonly workdays: readonly number[]
  /** Local times 'HH:mm'; runs over midnight. */
  readonly quiet: { readonly from: string; readonly to: string }
  /** Local dates on which nobody works: public holidays and the tenant's own. */
  readonly daysOff: ReadonlySet<string>
}

/** One prompt file as it stands on disk. */
export type PromptText = { readonly path: string; readonly locale: string; readonly text: string }

/** Everything the checker judges by. */
export type Evidence = {
  readonly from: number
  readonly until: number
  readonly houses: readonly House[]
  readonly members: readonly Member[]
  /** In order of time. */
  readonly lines: readonly Line[]
  readonly prompts: readonly PromptText[]
}
