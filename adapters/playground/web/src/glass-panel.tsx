import type { ComponentChildren } from 'preact'
import type { Glass, PlaygroundPerson, PlaygroundState } from '../../protocol.ts'
import { CommitmentList, HeldBackList, SeenList } from './glass-lists.tsx'
import { Pressure } from './glass-pressure.tsx'
import { whenWords } from './words.ts'

type Props = {
  readonly state: PlaygroundState
  readonly client: PlaygroundPerson | undefined
  readonly glass: Glass | null
}

/** What nobody in the chats sees: what Lighthand knows about the chosen client, and why it does what it does. */
export function GlassPanel({ state, client, glass }: Props) {
  const shown = glass !== null && glass.person === client?.id ? glass : null
  return (
    <section class="glass" aria-label="Behind the glass">
      <div class="glass-head">
        <h2>Behind the glass</h2>
        {client !== undefined && <p>What Lighthand knows of {client.name}, and why.</p>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: nothing here is filled in, so it is no fieldset */}
      <div class="glass-body" tabIndex={0} role="group" aria-label="Details">
        {shown === null || client === undefined ? (
          <p class="glass-none">Nothing is known yet.</p>
        ) : (
          <Details glass={shown} state={state} name={client.name} />
        )}
      </div>
    </section>
  )
}

const topicWords = { work: 'Work', self: 'Self', dreams: 'Dreams' } as const

type DetailsProps = { readonly glass: Glass; readonly state: PlaygroundState; readonly name: string }

function Details({ glass, state, name }: DetailsProps) {
  return (
    <div class="glass-parts">
      <p class="glass-standing">
        {glass.consent}
        <br />
        {glass.rhythm}
      </p>
      <Part title="Open topics">
        <ul class="topics">
          {glass.topics.map(({ topic, open }) => (
            <li key={topic} class={open ? 'topic topic-open' : 'topic'}>
              <span class="topic-door" aria-hidden="true" />
              {topicWords[topic]} <span class="topic-state">{open ? 'open' : 'closed'}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Pressure">
        <Pressure pressure={glass.pressure} now={state.now} zone={state.zone} />
      </Part>
      <Part title="Scheduled next">
        {glass.scheduled.length === 0 ? (
          <p class="glass-none">Nothing.</p>
        ) : (
          <ol class="entries">
            {glass.scheduled.map(({ at, what }) => (
              <li key={`${at} ${what}`}>
                <span>{what}</span> <time dateTime={at}>{whenWords(at, state.now, state.zone)}</time>
              </li>
            ))}
          </ol>
        )}
      </Part>
      <Part title="Held back">
        <HeldBackList heldBack={glass.heldBack} now={state.now} zone={state.zone} />
      </Part>
      <Part title="Commitments">
        <CommitmentList commitments={glass.commitments} />
      </Part>
      <Part title={`What others see of ${name}`}>
        <SeenList title="The coach" lines={glass.seen.coach} />
        <SeenList title="HR" lines={glass.seen.hr} />
      </Part>
    </div>
  )
}

type PartProps = { readonly title: string; readonly children: ComponentChildren }

const Part = ({ title, children }: PartProps) => (
  <div class="part">
    <h3>{title}</h3>
    {children}
  </div>
)
