import type { Core } from './core.ts'

const DAY = 86_400_000
/** Longer than any platform repeats an event, or any effect is still applied. */
const KEYS_KEPT = 30 * DAY
/** Documents deleted in one go. */
const BATCH = 500

/** Forgets the keys of what was done, sent or ended long ago. Nothing waits for it: once an hour is often enough. */
export const tidy = async ({ store, clock, watch }: Core): Promise<void> => {
  if (watch?.steady() === false) return
  const before = clock.now() - KEYS_KEPT
  for (const { prune } of [store.inbox, store.outbox, store.appointments])
    while ((await prune(before, BATCH)) === BATCH);
}
