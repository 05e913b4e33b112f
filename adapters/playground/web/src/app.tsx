import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ChatColumn } from './chat-column.tsx'
import { GlassPanel } from './glass-panel.tsx'
import { Header } from './header.tsx'
import { type Page, type Role, shownPerson, type Tab } from './model.ts'
import { panelId, Tabs, tabId } from './tabs.tsx'
import { type Actions, usePlayground } from './use-playground.ts'

const roles: readonly Role[] = ['client', 'coach', 'hr']

/** From this width on there is room for the glass beside the three chats, so it starts open. */
const wideScreen = '(min-width: 75rem)'

export function App() {
  const { page, actions } = usePlayground()
  const [glassOpen, setGlassOpen] = useState(() => matchMedia(wideScreen).matches)
  return (
    <div class={`page ${page.narrow ? 'narrow' : 'wide'}`}>
      <Header page={page} actions={actions} glassOpen={glassOpen} onGlass={() => setGlassOpen(!glassOpen)} />
      <p class="notice" role="status">
        {page.link === 'lost' && 'The playground is not answering. This page keeps trying, and catches up by itself.'}
      </p>
      <main class="main">
        {page.narrow && <Tabs page={page} onTab={tab => actions.change({ kind: 'tab', tab })} />}
        <Room page={page} actions={actions} glassOpen={glassOpen} />
      </main>
    </div>
  )
}

type RoomProps = { readonly page: Page; readonly actions: Actions; readonly glassOpen: boolean }

function Room({ page, actions, glassOpen }: RoomProps) {
  if (page.state === null) return <div class="room opening">{page.link === 'opening' && <p>Opening.</p>}</div>
  const glassShown = page.narrow || glassOpen
  return (
    <div class={`room ${glassShown ? 'with-glass' : ''}`}>
      {roles.map(role => (
        <Panel key={role} page={page} tab={role}>
          <ChatColumn page={page} role={role} actions={actions} />
        </Panel>
      ))}
      {glassShown && (
        <Panel page={page} tab="glass">
          <GlassPanel state={page.state} client={shownPerson(page, 'client')} glass={page.glass} />
        </Panel>
      )}
    </div>
  )
}

type PanelProps = { readonly page: Page; readonly tab: Tab; readonly children: ComponentChildren }

/** On a narrow screen a tab's panel, on a wide one simply a place in the row. */
function Panel({ page, tab, children }: PanelProps) {
  if (!page.narrow) return <div class={`panel panel-${tab}`}>{children}</div>
  return (
    <div
      class={`panel panel-${tab}`}
      role="tabpanel"
      id={panelId(tab)}
      aria-labelledby={tabId(tab)}
      hidden={page.tab !== tab}
    >
      {children}
    </div>
  )
}
