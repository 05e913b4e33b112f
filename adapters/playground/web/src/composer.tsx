import { useId } from 'preact/hooks'
import type { PlaygroundPerson } from '../../protocol.ts'
import type { Chat } from './model.ts'
import type { Actions } from './use-playground.ts'

type Props = { readonly person: PlaygroundPerson; readonly chat: Chat; readonly actions: Actions }

/** Always there: typed words are as welcome as buttons. Enter sends, Shift and Enter make a new line. */
export function Composer({ person, chat, actions }: Props) {
  const box = useId()
  const trouble = useId()
  const send = () => void actions.write(person.id)
  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <p class="trouble" role="alert" id={trouble}>
        {chat.trouble}
      </p>
      <div class="composer-row">
        <label class="unseen" for={box}>
          Message as {person.name}
        </label>
        <span class="composer-grow" data-draft={`${chat.draft} `}>
          <textarea
            id={box}
            rows={1}
            maxLength={4000}
            placeholder={`Write as ${person.name}`}
            value={chat.draft}
            readOnly={chat.sending}
            aria-describedby={chat.trouble === '' ? undefined : trouble}
            onInput={event => actions.change({ kind: 'draft', person: person.id, draft: event.currentTarget.value })}
            onKeyDown={event => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
              event.preventDefault()
              send()
            }}
          />
        </span>
        <button type="submit" class="button send" aria-disabled={chat.sending}>
          {chat.sending ? 'Sending' : 'Send'}
        </button>
      </div>
    </form>
  )
}
