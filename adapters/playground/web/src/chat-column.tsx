import { useId, useState } from 'preact/hooks'
import type { PlaygroundPerson } from '../../protocol.ts'
import { AddClient } from './add-client.tsx'
import { ChatLog } from './chat-log.tsx'
import { Composer } from './composer.tsx'
import { HomeView } from './home.tsx'
import { chatOf, type Page, type Role, shownPerson } from './model.ts'
import type { Actions } from './use-playground.ts'
import { languageWords, newWords, placeOf, roleWords, timeWords } from './words.ts'

type Props = { readonly page: Page; readonly role: Role; readonly actions: Actions }

/** One chat: who it is with, what was said, and a place to write. */
export function ChatColumn({ page, role, actions }: Props) {
  const person = shownPerson(page, role)
  const [home, setHome] = useState(false)
  const { state } = page
  if (state === null || person === undefined) return null
  const chat = chatOf(page, person.id)
  return (
    <section class="chat" aria-label={`Chat with ${person.name} (${roleWords[role]})`}>
      <div class="chat-head">
        <span class={`face face-${role}`} aria-hidden="true">
          {person.name.slice(0, 1)}
        </span>
        <Who page={page} person={person} actions={actions} />
        <button type="button" class="quiet" aria-pressed={home} onClick={() => setHome(!home)}>
          Home
        </button>
        {role === 'client' && <AddClient zone={state.zone} onAdd={actions.add} />}
      </div>
      {home ? (
        <HomeView key={`home ${person.id}`} person={person} onPressed={() => setHome(false)} />
      ) : (
        <>
          <ChatLog key={person.id} person={person} chat={chat} state={state} actions={actions} />
          <Composer key={`composer ${person.id}`} person={person} chat={chat} actions={actions} />
        </>
      )}
    </section>
  )
}

const pickerNames = { client: 'Client', coach: 'Coach', hr: 'HR' } as const

type WhoProps = { readonly page: Page; readonly person: PlaygroundPerson; readonly actions: Actions }

function Who({ page, person, actions }: WhoProps) {
  const picker = useId()
  const people = page.state?.people.filter(one => one.role === person.role) ?? []
  const role = roleWords[person.role]
  const elsewhere =
    page.state !== null && page.state.zone !== person.zone
      ? `, ${timeWords(page.state.now, person.zone)} in ${placeOf(person.zone)}`
      : ''
  if (people.length < 2)
    return (
      <div class="who">
        <h2 class="who-name">{person.name}</h2>
        <p class="who-role">
          {role}
          {elsewhere}
          <Language page={page} person={person} actions={actions} />
        </p>
      </div>
    )
  return (
    <div class="who">
      <h2 class="unseen">{person.name}</h2>
      <select
        class="who-name who-picker"
        id={picker}
        aria-label={pickerNames[person.role]}
        value={person.id}
        onChange={event => actions.change({ kind: 'choose', role: person.role, person: event.currentTarget.value })}
      >
        {people.map(one => {
          const { unread } = chatOf(page, one.id)
          return (
            <option key={one.id} value={one.id}>
              {unread > 0 && one.id !== person.id ? `${one.name}, ${newWords(unread)}` : one.name}
            </option>
          )
        })}
      </select>
      <p class="who-role">
        {role}
        {elsewhere}
        <Language page={page} person={person} actions={actions} />
      </p>
    </div>
  )
}

/** The language of somebody's account, as a platform's settings have it; Lighthand goes on in it from its next words. */
function Language({ page, person, actions }: WhoProps) {
  const languages = page.state?.languages ?? []
  if (languages.length < 2) return null
  return (
    <>
      {', '}
      <select
        class="who-language"
        aria-label={`Language of ${person.name}`}
        value={person.locale}
        onChange={event => void actions.speak(person.id, event.currentTarget.value)}
      >
        {languages.map(locale => (
          <option key={locale} value={locale} lang={locale}>
            {languageWords(locale)}
          </option>
        ))}
      </select>
    </>
  )
}
