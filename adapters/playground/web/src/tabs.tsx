import { chatOf, type Page, type Role, shownPerson, type Tab } from './model.ts'
import { newWords, roleWords } from './words.ts'

export const tabId = (tab: Tab): string => `tab-${tab}`
export const panelId = (tab: Tab): string => `panel-${tab}`

const tabs: readonly Tab[] = ['client', 'coach', 'hr', 'glass']

type Props = { readonly page: Page; readonly onTab: (tab: Tab) => void }

/** One chat at a time: arrow keys, Home and End move between the chats and the glass. */
export function Tabs({ page, onTab }: Props) {
  const move = (event: KeyboardEvent) => {
    const at = tabs.indexOf(page.tab)
    const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (goal === undefined) return
    event.preventDefault()
    const tab = tabs[(goal + tabs.length) % tabs.length] ?? page.tab
    onTab(tab)
    document.getElementById(tabId(tab))?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label="Chats and the glass" onKeyDown={move}>
      {tabs.map(tab => (
        <button
          key={tab}
          type="button"
          role="tab"
          class="tab"
          id={tabId(tab)}
          aria-selected={page.tab === tab}
          aria-controls={panelId(tab)}
          tabIndex={page.tab === tab ? 0 : -1}
          onClick={() => onTab(tab)}
        >
          {tab === 'glass' ? <GlassTab /> : <ChatTab page={page} role={tab} />}
        </button>
      ))}
    </div>
  )
}

const GlassTab = () => (
  <>
    <span class="tab-over">Behind </span>
    <span class="tab-name">the glass</span>
  </>
)

function ChatTab({ page, role }: { readonly page: Page; readonly role: Role }) {
  const shown = shownPerson(page, role)
  const unread = (page.state?.people ?? [])
    .filter(person => person.role === role)
    .reduce((sum, person) => sum + chatOf(page, person.id).unread, 0)
  return (
    <>
      <span class="tab-over">
        {roleWords[role]}
        {unread > 0 && (
          <span class="tab-new">
            <span aria-hidden="true"> · {unread} new</span>
          </span>
        )}
      </span>{' '}
      <span class="tab-name">{shown?.name ?? 'Nobody'}</span>
      {unread > 0 && <span class="unseen">, {newWords(unread)}</span>}
    </>
  )
}
