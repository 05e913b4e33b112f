import { useEffect, useState } from 'preact/hooks'
import type { Home, HomeBlock } from '../../../../src/domain/home.ts'
import type { PlaygroundPerson } from '../../protocol.ts'
import { heardOfHome } from './live.ts'
import { getHome, lookAtHome } from './requests.ts'

type Props = {
  readonly person: PlaygroundPerson
  /** Back to the chat, where what was pressed is answered. */
  readonly onPressed: () => void
}

/** What stands beside somebody's chat: Slack's App Home, a tab in Teams. */
export function HomeView({ person, onPressed }: Props) {
  const [home, setHome] = useState<Home | null>(null)
  const [trouble, setTrouble] = useState('')
  useEffect(() => {
    let live = true
    const fetchHome = async () => {
      const read = await getHome(person.id)
      if (live && read.kind === 'done') setHome(read.value.home)
    }
    const forget = heardOfHome(one => {
      if (one === person.id) void fetchHome()
    })
    void lookAtHome(person.id, { key: crypto.randomUUID() }).then(fetchHome)
    return () => {
      live = false
      forget()
    }
  }, [person.id])
  const press = async (action: string) => {
    const outcome = await lookAtHome(person.id, { key: crypto.randomUUID(), action })
    if (outcome.kind === 'done') onPressed()
    else setTrouble(outcome.message)
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: nothing here is filled in, so it is no fieldset
    <div class="home" tabIndex={0} role="group" aria-label={`Home of ${person.name}`}>
      {trouble !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {home?.sections.map(({ id, title, blocks }) => (
        <section key={id} class="home-part">
          <h3>{title}</h3>
          {blocks.map((block, at) => (
            <Block key={`${block.kind} ${at}`} block={block} onPress={press} />
          ))}
        </section>
      ))}
    </div>
  )
}

function Block({ block, onPress }: { readonly block: HomeBlock; readonly onPress: (action: string) => void }) {
  switch (block.kind) {
    case 'paragraph':
      return <p>{block.text}</p>
    case 'chart':
    case 'context':
      return <p class="context">{block.text}</p>
    case 'quote':
      return <blockquote class="quote">{block.text}</blockquote>
    case 'fields':
      return (
        <dl class="fields">
          {block.items.map(item => (
            <div key={item.label}>
              <dt>{item.label}</dt>
              <dd>{item.value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'actions':
      return (
        <div class="home-actions">
          {block.actions.map(({ id, label, spoken }) => (
            <button
              key={id}
              type="button"
              class="button"
              {...(spoken === undefined ? {} : { 'aria-label': spoken })}
              onClick={() => onPress(id)}
            >
              {label}
            </button>
          ))}
        </div>
      )
  }
}
