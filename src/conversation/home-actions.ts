import { COMMANDS, type Command } from './hearing.ts'

/**
 * What can be pressed in a home. Each is something that could as well be written in the chat, and is answered there: a command,
 * what became of a commitment, or one of the things that coaches and HR do.
 */
export type HomeDeed =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'commitment'; readonly commitment: string; readonly outcome: CommitmentDeed }
  /** About one of a coach's clients, by id, or nobody in particular. */
  | { readonly kind: 'staff'; readonly deed: StaffDeed; readonly about: string | undefined }
  /** They have not accepted yet: the contract's door. */
  | { readonly kind: 'door' }

const OUTCOMES = ['kept', 'smaller', 'later', 'let-go'] as const
export type CommitmentDeed = (typeof OUTCOMES)[number]

/** The step that each leads to; `told` where it is said already which client it is about. */
export const STAFF_DEEDS = {
  invite: { pack: 'coach', step: 'invite' },
  note: { pack: 'coach', step: 'note', told: 'note-kind' },
  measure: { pack: 'coach-desk', step: 'measure-for', told: 'measure-text' },
  desk: { pack: 'coach-desk', step: 'menu' },
  figures: { pack: 'hr', step: 'report' },
  setup: { pack: 'rollout', step: 'menu' },
  list: { pack: 'rollout', step: 'coach' },
  policy: { pack: 'rollout', step: 'policy' },
  rest: { pack: 'rollout', step: 'rest' },
} as const satisfies Readonly<Record<string, { pack: string; step: string; told?: string }>>
export type StaffDeed = keyof typeof STAFF_DEEDS

/** Ids that the core gave are short and have no '/'; what does not fit is told by no action. */
export const actionId = (deed: HomeDeed): string => {
  switch (deed.kind) {
    case 'command':
      return `command/${deed.command}`
    case 'commitment':
      return `do/${deed.commitment}/${deed.outcome}`
    case 'staff':
      return deed.about === undefined ? `staff/${deed.deed}` : `staff/${deed.deed}/${encodeURIComponent(deed.about)}`
    case 'door':
      return 'door'
  }
}

/** Undefined for what no home of ours has. */
export const deedIn = (action: string): HomeDeed | undefined => {
  const [kind, first = '', second] = action.split('/')
  switch (kind) {
    case 'command': {
      const command = COMMANDS.find(one => one === first)
      return command === undefined ? undefined : { kind, command }
    }
    case 'do': {
      const outcome = OUTCOMES.find(one => one === second)
      return outcome === undefined ? undefined : { kind: 'commitment', commitment: first, outcome }
    }
    case 'staff':
      return isStaffDeed(first) ? { kind, deed: first, about: decoded(second) } : undefined
    case 'door':
      return { kind }
  }
  return undefined
}

const isStaffDeed = (name: string): name is StaffDeed => Object.hasOwn(STAFF_DEEDS, name)

const decoded = (part: string | undefined): string | undefined => {
  try {
    return part === undefined ? undefined : decodeURIComponent(part)
  } catch {
    return undefined
  }
}
