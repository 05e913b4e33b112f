import { useState } from 'preact/hooks'
import { ClockBar } from './clock-bar.tsx'
import mark from './mark.svg'
import { Modal } from './modal.tsx'
import type { Page } from './model.ts'
import type { Actions } from './use-playground.ts'

type Props = {
  readonly page: Page
  readonly actions: Actions
  readonly glassOpen: boolean
  readonly onGlass: () => void
}

export function Header({ page, actions, glassOpen, onGlass }: Props) {
  const [asking, setAsking] = useState(false)
  return (
    <header class="header">
      <h1 class="brand">
        <img src={mark} alt="" width="34" height="34" />
        <span>
          Lighthand <span class="brand-place">playground</span>
        </span>
      </h1>
      {page.state !== null && <ClockBar state={page.state} onMove={actions.move} />}
      <div class="header-end">
        {!page.narrow && (
          <button type="button" class="quiet" aria-expanded={glassOpen} onClick={onGlass}>
            {glassOpen ? 'Hide the glass' : 'Show the glass'}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => setAsking(true)}>
          Start over
        </button>
      </div>
      {asking && (
        <Modal title="Start over?" submit="Start over" onClose={() => setAsking(false)} onSubmit={actions.restart}>
          <p>Everything said and kept in this playground is forgotten, and the clock goes back to its beginning.</p>
        </Modal>
      )}
    </header>
  )
}
