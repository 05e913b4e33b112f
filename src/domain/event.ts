import type { WrittenNote } from './coach-note.ts'
import type { PersonId } from './ids.ts'
import type { Reply } from './message.ts'
import type { AppointmentKind } from './person.ts'
import type { Tally } from './rollout.ts'
import type { LocalDate } from './schedule.ts'

/** Something that happened to one person, in the core's own words. Whatever changes a person's document is one of these. */
export type Event =
  /** They wrote, chose, picked or filled in. */
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** They can be written to: installed, opened the chat, or were added. */
  | {
      readonly kind: 'joined'
      readonly name: string
      readonly locale: string
      readonly zone: string
      readonly route: string
      readonly roles: readonly ('client' | 'coach' | 'hr')[]
    }
  /** They look at their home. */
  | { readonly kind: 'home-opened' }
  /** They pressed an action of their home. */
  | { readonly kind: 'action'; readonly action: string }
  /** They gave the platform's command, with these words after it. */
  | { readonly kind: 'command'; readonly text: string }
  /** They changed what they had typed; `of` is the key of the reply that it was. */
  | { readonly kind: 'edited'; readonly of: string; readonly text: string }
  /** Their name, language or zone is another now. */
  | {
      readonly kind: 'profile'
      readonly change: { readonly name?: string; readonly locale?: string; readonly zone?: string }
    }
  /** They can no longer be written to. */
  | { readonly kind: 'left'; readonly why: 'removed' | 'deactivated' }
  /** An appointment came due. */
  | {
      readonly kind: 'due'
      readonly key: string
      readonly appointment: AppointmentKind
      readonly at: number
      readonly date: LocalDate
    }
  /** A message was not sent after all; its step closes, so that the next "hi" answers no question they did not see. */
  | { readonly kind: 'unsent'; readonly key: string; readonly why: string }
  /** A day's invitations went out; what is left of the list, and what became of the rest. */
  | { readonly kind: 'wave-done'; readonly tally: Tally }
  /** A coach invited them. */
  | { readonly kind: 'invited'; readonly coach: PersonId; readonly coachName: string }
  /** HR switched the programme on and named them as a coach. */
  | { readonly kind: 'appointed' }
  /** One of a coach's clients asked, by a tap, that they get in touch; it says no more than that (rule 11). */
  | { readonly kind: 'asked-for-coach'; readonly client: string }
  /** A client goes on with them, who went along with another coach before; by the client's own word. */
  | { readonly kind: 'handed-over'; readonly client: string }
  /** Their coach wrote them something. */
  | { readonly kind: 'coach-note'; readonly coach: PersonId; readonly note: WrittenNote }
