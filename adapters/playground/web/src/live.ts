import type { ChatLine, PlaygroundState } from '../../protocol.ts'

export type LiveEvents = {
  /** The stream is open, for the first time or again: what was missed has to be fetched. */
  readonly open: () => void
  readonly lost: () => void
  readonly state: (state: PlaygroundState) => void
  readonly line: (line: ChatLine) => void
  readonly glass: (person: string) => void
}

/** Who looks at a home hears when one was published: by the person whose it is. */
const homeListeners = new Set<(person: string) => void>()
export function heardOfHome(listener: (person: string) => void): () => void {
  homeListeners.add(listener)
  return () => {
    homeListeners.delete(listener)
  }
}

/** How long to wait, in ms, before opening a new stream where the browser has given up on the old one. */
const reopenAfter = 2_000

/** Listens to the server's events until the returned function is called. Reconnects by itself. */
export function listen(events: LiveEvents): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource

  const open = () => {
    source = new EventSource('api/events')
    // The data was written by this page's own server after the same protocol file: JSON.parse may be trusted here.
    source.addEventListener('state', event => events.state(JSON.parse(event.data) as PlaygroundState))
    source.addEventListener('line', event => events.line(JSON.parse(event.data) as ChatLine))
    source.addEventListener('glass', event => events.glass((JSON.parse(event.data) as { person: string }).person))
    source.addEventListener('home', event => {
      const { person } = JSON.parse(event.data) as { person: string }
      for (const listener of homeListeners) listener(person)
    })
    source.onopen = events.open
    source.onerror = () => {
      events.lost()
      if (source.readyState !== EventSource.CLOSED) return
      clearTimeout(timer)
      timer = setTimeout(open, reopenAfter)
    }
  }

  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
