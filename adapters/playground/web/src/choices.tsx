import { useId } from 'preact/hooks'
import type { ChoicesBlock } from '../../../../src/domain/message.ts'
import type { OnAnswer } from './model.ts'

type Props = {
  readonly block: ChoicesBlock
  /** The id of the paragraph that asks. */
  readonly question: string | undefined
  readonly onAnswer: OnAnswer
}

/** Choices of one look and one size: none is the better one. */
export function ChoicesView({ block, question, onAnswer }: Props) {
  const ends = useId()
  const scale = block.style === 'scale'
  const labels = question === undefined ? { 'aria-label': 'Answers' } : { 'aria-labelledby': question }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would repeat the question, which is a paragraph
    <div class={scale ? 'scale' : 'choices'} role="group" {...labels} aria-describedby={block.ends && ends}>
      <div class={scale ? `scale-row of-${block.choices.length}` : `slip columns-${columns(block)}`}>
        {block.choices.map(choice => (
          <button
            key={choice.id}
            type="button"
            onClick={() => onAnswer({ kind: 'choice', ask: block.ask, choice: choice.id }, choice.label)}
          >
            {choice.label}
          </button>
        ))}
      </div>
      {block.ends && (
        <p class="scale-ends" id={ends}>
          <span>
            <span class="scale-number">{block.choices[0]?.label}: </span>
            {block.ends.low}
          </span>{' '}
          <span>
            <span class="scale-number">{block.choices.at(-1)?.label}: </span>
            {block.ends.high}
          </span>
        </p>
      )}
    </div>
  )
}

/** Short labels stand side by side, as long as every row is full: a wider last button would look like the main one. */
function columns({ choices }: ChoicesBlock): 1 | 2 | 3 {
  const longest = Math.max(...choices.map(choice => choice.label.length))
  if (choices.length % 3 === 0 && longest <= 8) return 3
  if (choices.length % 2 === 0 && longest <= 15) return 2
  return 1
}
