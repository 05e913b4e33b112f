import { useId } from 'preact/hooks'
import type { DateBlock } from '../../../../src/domain/message.ts'
import type { OnAnswer } from './model.ts'
import { dateWords } from './words.ts'

type Props = {
  readonly block: DateBlock
  readonly lang: string | undefined
  readonly onAnswer: OnAnswer
}

export function DateView({ block, lang, onAnswer }: Props) {
  const input = useId()
  return (
    <form
      class="date"
      onSubmit={event => {
        event.preventDefault()
        const date = String(new FormData(event.currentTarget).get('date') ?? '')
        if (date !== '') onAnswer({ kind: 'date', ask: block.ask, date }, dateWords(date, lang))
      }}
    >
      <label class="field-label" for={input}>
        {block.label}
      </label>
      <div class="date-row">
        <input
          class="input"
          id={input}
          type="date"
          name="date"
          required
          min={block.min}
          defaultValue={block.initial ?? ''}
        />
        <button type="submit" class="button">
          {block.choose ?? 'Choose'}
        </button>
      </div>
    </form>
  )
}
