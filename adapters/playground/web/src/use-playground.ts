import { useEffect, useReducer, useRef } from 'preact/hooks'
import type { Reply } from '../../../../src/domain/message.ts'
import type { AddPerson, MoveClock } from '../../protocol.ts'
import { send } from './gestures.ts'
import { listen } from './live.ts'
import { type Change, chatOf, next, openingPage, type Page, shownPerson } from './model.ts'
import { addPerson, getGlass, getLines, getState, moveClock, setLanguage, startOver } from './requests.ts'

/** Below this width one chat is shown at a time; the style sheets know the same number. */
const narrowScreen = '(max-width: 56rem)'

/** Several changes in one moment fetch the glass once, this many ms after the last. */
const glassPause = 120

export type Actions = {
  readonly change: (change: Change) => void
  readonly write: (person: string) => Promise<void>
  readonly answer: (person: string, line: string, reply: Reply, words: string) => Promise<void>
  /** These three answer '' when it was done, else what to tell the reader. */
  readonly move: (move: MoveClock) => Promise<string>
  readonly add: (person: AddPerson) => Promise<string>
  readonly restart: () => Promise<string>
  /** Sets the language of somebody's account; what could not be done stands above where they write. */
  readonly speak: (person: string, locale: string) => Promise<void>
}

/** The page's state, kept in step with the server, and what can be done to it. */
export function usePlayground(): { readonly page: Page; readonly actions: Actions } {
  const [page, change] = useReducer(next, openingPage)
  const latest = useRef(page)
  latest.current = page
  useNarrow(change)
  useStream(latest, change)
  useLines(page, change)
  return { page, actions: useActions(latest, change) }
}

type Latest = { readonly current: Page }
type Apply = (change: Change) => void

function useNarrow(change: Apply): void {
  useEffect(() => {
    const screen = matchMedia(narrowScreen)
    const tell = () => change({ kind: 'narrow', narrow: screen.matches })
    tell()
    screen.addEventListener('change', tell)
    return () => screen.removeEventListener('change', tell)
  }, [change])
}

async function fetchLines(epoch: string, person: string, after: number, change: Apply): Promise<boolean> {
  const read = await getLines(person, after)
  if (read.kind === 'done') change({ kind: 'loaded', epoch, person, lines: read.value.lines })
  return read.kind === 'done'
}

/** Server-sent events, and the glass, which they only point at. */
function useStream(latest: Latest, change: Apply): void {
  const client = shownPerson(latest.current, 'client')?.id
  const settled = `${latest.current.state?.epoch} ${latest.current.state?.moving}`
  const refresh = useRef<(person?: string) => void>(() => {})

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let live = true
    const fetchGlass = async () => {
      if (client === undefined) return
      const read = await getGlass(client)
      if (live) change({ kind: 'glass', glass: read.kind === 'done' ? read.value : null })
    }
    refresh.current = person => {
      if (person !== undefined && person !== client) return
      clearTimeout(timer)
      timer = setTimeout(fetchGlass, glassPause)
    }
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [client, change])

  // What is behind the glass also changes when the clock comes to rest, and when the playground starts over.
  useEffect(() => refresh.current(), [client, settled])

  useEffect(() => {
    const catchUp = async () => {
      const read = await getState()
      if (read.kind !== 'done') return
      change({ kind: 'state', state: read.value })
      change({ kind: 'link', link: 'live' })
      refresh.current()
      for (const [person, chat] of Object.entries(latest.current.chats))
        if (chat.loaded) await fetchLines(read.value.epoch, person, chat.lastSeq, change)
    }
    return listen({
      open: catchUp,
      lost: () => change({ kind: 'link', link: 'lost' }),
      state: state => change({ kind: 'state', state }),
      line: line => change({ kind: 'line', line }),
      glass: person => refresh.current(person),
    })
  }, [latest, change])
}

/** Reads each person's chat once an epoch, from its beginning. */
function useLines(page: Page, change: Apply): void {
  const asked = useRef(new Set<string>())
  useEffect(() => {
    const { state } = page
    if (state === null) return
    for (const { id } of state.people) {
      const name = `${state.epoch} ${id}`
      if (asked.current.has(name)) continue
      asked.current.add(name)
      void fetchLines(state.epoch, id, 0, change).then(done => {
        if (!done) asked.current.delete(name)
      })
    }
  }, [page, change])
}

function useActions(latest: Latest, change: Apply): Actions {
  const actions = useRef<Actions | null>(null)
  actions.current ??= {
    change,
    async write(person) {
      const chat = chatOf(latest.current, person)
      const text = chat.draft.trim()
      if (text === '' || chat.sending) return
      change({ kind: 'sending', person })
      const outcome = await send(person, { kind: 'text', text })
      if (outcome.kind === 'done') change({ kind: 'sent', person, text })
      else change({ kind: 'unsent', person, message: `${outcome.message} Your words are kept here.` })
    },
    async answer(person, line, reply, words) {
      change({ kind: 'gesture', person, line, gesture: { kind: 'chosen', words } })
      const outcome = await send(person, reply, line)
      if (outcome.kind === 'done') return
      const message = `${outcome.message} Nothing was sent; you can choose again.`
      change({ kind: 'gesture', person, line, gesture: { kind: 'failed', message } })
    },
    async move(move) {
      const outcome = await moveClock(move)
      if (outcome.kind !== 'done') return outcome.message
      change({ kind: 'state', state: outcome.value })
      return ''
    },
    async add(person) {
      const outcome = await addPerson(person)
      if (outcome.kind !== 'done') return outcome.message
      const added = outcome.value
      change({ kind: 'choose', role: added.role, person: added.id })
      const read = await getState()
      if (read.kind === 'done') change({ kind: 'state', state: read.value })
      return ''
    },
    async restart() {
      const outcome = await startOver()
      if (outcome.kind !== 'done') return outcome.message
      change({ kind: 'state', state: outcome.value })
      return ''
    },
    async speak(person, locale) {
      const outcome = await setLanguage(person, { locale })
      if (outcome.kind !== 'done') return change({ kind: 'unsent', person, message: outcome.message })
      const read = await getState()
      if (read.kind === 'done') change({ kind: 'state', state: read.value })
    },
  }
  return actions.current
}
