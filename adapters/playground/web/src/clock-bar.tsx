import { useId, useState } from 'preact/hooks'
import type { MoveClock, PlaygroundState } from '../../protocol.ts'
import { dayWords, placeOf, timeWords, whenWords } from './words.ts'

type Props = {
  readonly state: PlaygroundState
  /** Answers '' when the clock was moved, else what to tell the reader. */
  readonly onMove: (move: MoveClock) => Promise<string>
}

/** The playground's present, and the ways to move it. */
export function ClockBar({ state, onMove }: Props) {
  const [asked, setAsked] = useState(false)
  const [trouble, setTrouble] = useState('')
  const nextWords = useId()
  const moving = asked || state.moving

  const move = async (how: MoveClock) => {
    if (moving) return
    setAsked(true)
    setTrouble('')
    setTrouble(await onMove(how))
    setAsked(false)
  }
  const nothingNext = state.next === null
  return (
    <section class={`clock ${moving ? 'moving' : ''}`} aria-label="Clock">
      <p class="clock-now">
        <time class="clock-time" dateTime={state.now}>
          {timeWords(state.now, state.zone)}
        </time>
        <span class="clock-day">
          {dayWords(state.now, state.zone)} <span class="clock-place">in {placeOf(state.zone)}</span>
        </span>
      </p>
      <div class="clock-moves">
        <button
          type="button"
          class="button"
          aria-label="Forward one hour"
          aria-disabled={moving}
          onClick={() => move({ hours: 1 })}
        >
          <Forward />
          One hour
        </button>
        <button
          type="button"
          class="button"
          aria-label="Forward one day"
          aria-disabled={moving}
          onClick={() => move({ days: 1 })}
        >
          <Forward />
          One day
        </button>
        <button
          type="button"
          class="button"
          aria-label="To the next event"
          aria-describedby={nextWords}
          aria-disabled={moving || nothingNext}
          onClick={() => !nothingNext && move({ to: 'next' })}
        >
          <Forward />
          <span class="at-wide">To the next event</span>
          <span class="at-narrow">Next event</span>
        </button>
      </div>
      <p class="clock-next" id={nextWords}>
        {state.next === null ? (
          'Nothing is waiting to happen.'
        ) : (
          <>
            <span class="clock-what">{state.next.what}</span>{' '}
            <span class="clock-when">{whenWords(state.next.at, state.now, state.zone)}</span>
          </>
        )}
      </p>
      <p class="unseen" role="status">
        {moving
          ? 'Moving the clock.'
          : `It is ${dayWords(state.now, state.zone)}, ${timeWords(state.now, state.zone)}.`}
      </p>
      <p class="trouble clock-trouble" role="alert">
        {trouble}
      </p>
    </section>
  )
}

const Forward = () => (
  <svg class="forward" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
    <path d="M4 2l4.5 4L4 10" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />
  </svg>
)
