import type { TenantId } from '../domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { DeadLetter, Store } from '../ports/store.ts'

type Needed = { readonly store: Store; readonly clock: Pick<Clock, 'now'> }

/** How long a message that is taken up again may still leave. */
const DAY = 86_400_000

/** The latest first, without words. */
export const listDead = ({ store }: Needed, limit: number): Promise<readonly DeadLetter[]> =>
  store.deadLetters.list(limit)

export type Requeued =
  | 'requeued'
  | 'not there'
  /** Lighthand began it: its step was closed and its slot given back when it was set aside. */
  | 'closed'

/** Back to where it waits, once what was wrong is mended; the next look takes it up. */
export const requeueDead = async (
  { store, clock }: Needed,
  box: DeadLetter['box'],
  tenant: TenantId,
  key: string,
): Promise<Requeued> => {
  const letter = await store.deadLetters.find(box, tenant, key)
  if (letter === undefined) return 'not there'
  if (letter.class !== undefined && letter.class !== 'reply') return 'closed'
  const now = clock.now()
  return (await store.deadLetters.requeue(letter, now, now + DAY)) ? 'requeued' : 'not there'
}
