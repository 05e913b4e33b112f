import { useState } from 'preact/hooks'
import type { PeopleBlock } from '../../../../src/domain/message.ts'
import type { OnAnswer } from './model.ts'

type Props = {
  readonly block: PeopleBlock
  /** The id of the paragraph that asks. */
  readonly question: string | undefined
  readonly onAnswer: OnAnswer
}

/** Everybody at the playground who fits, to tick. */
export function PeopleView({ block, question, onAnswer }: Props) {
  const [picked, setPicked] = useState<readonly string[]>([])
  const labels = question === undefined ? { 'aria-label': block.label } : { 'aria-labelledby': question }
  const toggle = (id: string) => {
    const others = picked.filter(one => one !== id)
    if (picked.includes(id)) return setPicked(others)
    setPicked(block.most === 1 ? [id] : [...others, id].slice(-block.most))
  }
  const names = block.known.filter(({ id }) => picked.includes(id)).map(({ label }) => label)
  return (
    <form
      class="form-fields"
      onSubmit={event => {
        event.preventDefault()
        if (picked.length > 0) onAnswer({ kind: 'people', ask: block.ask, people: picked }, names.join(', '))
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would repeat the question, which is a paragraph */}
      <div class="radios" role="group" {...labels}>
        {block.known.map(({ id, label }) => (
          <label key={id} class="radio">
            <input type="checkbox" checked={picked.includes(id)} onChange={() => toggle(id)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <div class="form-end">
        <button type="submit" class="button" disabled={picked.length === 0}>
          {block.submit}
        </button>
      </div>
    </form>
  )
}
