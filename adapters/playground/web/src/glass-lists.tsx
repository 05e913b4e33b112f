import type { Glass } from '../../protocol.ts'
import { dateWords, whenWords } from './words.ts'

type HeldBackProps = { readonly heldBack: Glass['heldBack']; readonly now: string; readonly zone: string }

export function HeldBackList({ heldBack, now, zone }: HeldBackProps) {
  if (heldBack.length === 0) return <p class="glass-none">Nothing.</p>
  return (
    <ol class="entries">
      {heldBack.map(({ at, what, why }) => (
        <li key={`${at} ${what} ${why}`}>
          <span>{what}</span> <time dateTime={at}>{whenWords(at, now, zone)}</time>
          <p class="why">{why}</p>
        </li>
      ))}
    </ol>
  )
}

/** A due date may be a local date or an instant; an instant's date is enough here. */
const dueWords = (due: string): string => dateWords(due.slice(0, 10))

export function CommitmentList({ commitments }: { readonly commitments: Glass['commitments'] }) {
  if (commitments.length === 0) return <p class="glass-none">None yet.</p>
  return (
    <ul class="entries">
      {commitments.map(({ text, due, state, forWhom, plan }) => (
        <li key={`${text} ${due} ${state}`}>
          <span class="own-words">{text}</span>
          {plan !== null && <p class="why">{plan}</p>}
          <span class="entry-kind">
            {state}, {forWhom}
            {due !== null && `, ${dueWords(due)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

export const SeenList = ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) => (
  <div class="seen">
    <h4>{title}</h4>
    {lines.length === 0 ? (
      <p class="glass-none">Nothing.</p>
    ) : (
      <ul class="seen-lines">
        {lines.map((line, at) => (
          <li key={`${at} ${line}`}>{line}</li>
        ))}
      </ul>
    )}
  </div>
)
