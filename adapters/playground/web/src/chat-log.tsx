import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PlaygroundPerson, PlaygroundState } from '../../protocol.ts'
import { ChatLineView } from './chat-line.tsx'
import type { Chat, PlacedLine } from './model.ts'
import type { Actions } from './use-playground.ts'
import { dayName, dayWords } from './words.ts'

/** A reader this close to the end, in CSS pixels, is reading the end. */
const nearEnd = 48

/** Lines within this many ms of the last one that showed its time belong to the same moment. */
const groupMs = 10 * 60_000

const firstSteps = {
  client: (name: string) => `Nothing here yet. ${name} hears from Lighthand once a coach sends an invitation.`,
  coach: (name: string) => `Nothing here yet. ${name} can invite clients once HR has switched Lighthand on.`,
  hr: (_name: string) => 'Nothing here yet. Write hello, and Lighthand says what it is for.',
}

type Props = {
  readonly person: PlaygroundPerson
  readonly chat: Chat
  readonly state: PlaygroundState
  readonly actions: Actions
}

export function ChatLog({ person, chat, state, actions }: Props) {
  const { log, behind, follow, toEnd } = useFollow(chat.lines)
  const opening = openings(chat.lines)
  return (
    <div class="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="log" role="log" aria-label={`Messages to ${person.name}`} tabIndex={0} ref={log} onScroll={follow}>
        {chat.loaded && chat.lines.length === 0 && <p class="first-step">{firstSteps[person.role](person.name)}</p>}
        {chat.lines.map((line, at) => {
          const before = chat.lines[at - 1]
          const newDay = before === undefined || dayName(before.at, state.zone) !== dayName(line.at, state.zone)
          return (
            <div key={line.id} class="log-entry">
              {newDay && (
                <p class="day">
                  <span>{dayWords(line.at, state.zone)}</span>
                </p>
              )}
              <ChatLineView
                line={line}
                person={person}
                zone={state.zone}
                opens={newDay || opening.has(line.id)}
                gesture={chat.gestures[line.id]}
                onAnswer={(reply, words) => void actions.answer(person.id, line.id, reply, words)}
              />
            </div>
          )
        })}
      </div>
      {behind && (
        <button type="button" class="button to-end" onClick={toEnd}>
          Newer messages
        </button>
      )}
    </div>
  )
}

/** The lines that show their time: the first, and each that comes a while after the last that did. */
function openings(lines: readonly PlacedLine[]): ReadonlySet<string> {
  const ids = new Set<string>()
  let since = Number.NEGATIVE_INFINITY
  for (const line of lines) {
    const at = Date.parse(line.at)
    if (at - since < groupMs) continue
    ids.add(line.id)
    since = at
  }
  return ids
}

/** Stays at the end while the reader is at the end; a reader who scrolled back is only told that more has come. */
function useFollow(lines: readonly PlacedLine[]) {
  const log = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const [behind, setBehind] = useState(false)
  const last = lines.at(-1)

  const toEnd = () => {
    following.current = true
    setBehind(false)
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight
  }
  const follow = () => {
    const box = log.current
    if (box === null || box.clientHeight === 0) return
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd
    if (following.current) setBehind(false)
  }

  useLayoutEffect(() => {
    if (following.current || last?.from === 'person') toEnd()
    else setBehind(true)
  }, [last?.id])

  useLayoutEffect(() => {
    if (log.current === null) return
    const resized = new ResizeObserver(() => {
      if (following.current) toEnd()
    })
    resized.observe(log.current)
    return () => resized.disconnect()
  }, [])

  return { log, behind, follow, toEnd }
}
