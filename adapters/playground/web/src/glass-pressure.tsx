import type { Glass } from '../../protocol.ts'
import { whenWords } from './words.ts'

type Props = { readonly pressure: Glass['pressure']; readonly now: string; readonly zone: string }

/** The budget of the last seven days, and the ledger it is counted from. */
export function Pressure({ pressure, now, zone }: Props) {
  return (
    <>
      <div class="budgets">
        <Budget words="asks" used={pressure.asks.used} limit={pressure.asks.limit} />
        <Budget words="messages" used={pressure.messages.used} limit={pressure.messages.limit} />
      </div>
      <p class="glass-note">in the last seven days</p>
      {pressure.ledger.length > 0 && (
        <details class="ledger">
          <summary>Ledger of 28 days</summary>
          <ol class="entries">
            {pressure.ledger.map(({ at, what, ask, counted }) => (
              <li key={`${at} ${what}`}>
                <span>{what}</span>{' '}
                <span class="entry-kind">
                  {ask ? 'asks' : 'asks nothing'}, {counted ? 'counted' : 'not counted'}
                </span>{' '}
                <time dateTime={at}>{whenWords(at, now, zone)}</time>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

type BudgetProps = { readonly words: string; readonly used: number; readonly limit: number }

const Budget = ({ words, used, limit }: BudgetProps) => (
  <p class="budget">
    <span class="dots" aria-hidden="true">
      {Array.from({ length: Math.max(limit, used) }, (_, at) => (
        <span key={at} class={at < used ? 'dot dot-used' : 'dot'} />
      ))}
    </span>
    <span>
      {used} of {limit} {words}
    </span>
  </p>
)
