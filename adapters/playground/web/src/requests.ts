import type {
  AddPerson,
  ChatLines,
  Glass,
  LookAtHome,
  MoveClock,
  PersonHome,
  PlaygroundPerson,
  PlaygroundState,
  Refusal,
  SendReply,
  SetLanguage,
} from '../../protocol.ts'

/** `unreachable`: nobody knows whether it arrived, so the same key must be sent again. `refused`: it will not be taken. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused' | 'unreachable'; readonly message: string }

/** Pauses before each further attempt, in ms: long enough for a server that restarts, short enough to wait for. */
const pauses = [300, 900, 2_000]

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

async function attempt<T>(path: string, init: RequestInit): Promise<Outcome<T>> {
  try {
    const answer = await fetch(`api/${path}`, init)
    if (answer.status >= 500) return { kind: 'unreachable', message: 'The playground could not do that just now.' }
    if (!answer.ok) {
      const refusal: Partial<Refusal> = await answer.json().catch(() => ({}))
      return { kind: 'refused', message: refusal.error?.message ?? 'The playground did not take that.' }
    }
    const text = await answer.text()
    // The server is built from the same protocol file, and serves the page itself: its answers have its types.
    return { kind: 'done', value: (text === '' ? undefined : JSON.parse(text)) as T }
  } catch {
    return { kind: 'unreachable', message: 'The playground is not answering.' }
  }
}

async function insist<T>(path: string, init: RequestInit): Promise<Outcome<T>> {
  let outcome = await attempt<T>(path, init)
  for (const ms of pauses) {
    if (outcome.kind !== 'unreachable') break
    await pause(ms)
    outcome = await attempt<T>(path, init)
  }
  return outcome
}

const post = (body?: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body ?? {}),
})

export const getState = () => insist<PlaygroundState>('state', {})

export const getLines = (person: string, after: number) =>
  insist<ChatLines>(`chats/${encodeURIComponent(person)}/lines?after=${after}`, {})

export const getGlass = (person: string) => insist<Glass>(`glass/${encodeURIComponent(person)}`, {})

/** Tried again by itself under the same key, so that it counts once however often it arrives. */
export const sendReply = (person: string, reply: SendReply) =>
  insist<unknown>(`chats/${encodeURIComponent(person)}/replies`, post(reply))

/** The same language twice is once, so it is tried again by itself. */
export const setLanguage = (person: string, language: SetLanguage) =>
  insist<unknown>(`people/${encodeURIComponent(person)}/language`, post(language))

export const getHome = (person: string) => insist<PersonHome>(`chats/${encodeURIComponent(person)}/home`, {})

/** As sendReply: it counts once. */
export const lookAtHome = (person: string, look: LookAtHome) =>
  insist<unknown>(`chats/${encodeURIComponent(person)}/home`, post(look))

// These three carry no key: a second attempt could count twice, so there is none.
export const addPerson = (person: AddPerson) => attempt<PlaygroundPerson>('people', post(person))

export const moveClock = (move: MoveClock) => attempt<PlaygroundState>('clock', post(move))

export const startOver = () => attempt<PlaygroundState>('start-over', post())
